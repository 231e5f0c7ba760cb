// The interface in the reader's language; numbers, dates and country names are the browser's.

const CERTAINTIES = ["certain", "likely", "fair", "doubtful"];
const certaintyStep = (value) => (value >= 0.9 ? "certain" : value >= 0.75 ? "likely" : value >= UNSURE_BELOW ? "fair" : "doubtful");

/** Return the functions that speak `language`, with words from `table`; `places` lend their names. */
function speak(table, language, places = []) {
  const own = table[language];
  // Western digits in both languages: they are what maps and most newsrooms print.
  const locale = language === "ar" ? "ar-u-nu-latn" : language;
  const count = new Intl.NumberFormat(locale);
  const share = new Intl.NumberFormat(locale, { style: "percent" });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });
  const plural = new Intl.PluralRules(locale);
  const lands = new Intl.DisplayNames(locale, { type: "region" });
  const word = (name, values = {}) =>
    (own[name] ?? name).replace(/\{(\w+)\}/g, (_, key) => String(values[key] ?? ""));
  return {
    language,
    direction: own.direction,
    word,
    number: (value) => count.format(value),
    percent: (value) => share.format(value),
    kind: (kind) => own.kinds[kind] ?? kind,
    reason: reasonTeller(own, language === "ar" ? places : []),
    /** "3 places", with the word's form for that number. */
    counted(name, value) {
      const forms = own.counts[name];
      return (forms[plural.select(value)] ?? forms.other).replace("{n}", count.format(value));
    },
    date(text) {
      const time = /^\d{4}-\d{2}-\d{2}$/.test(text ?? "") ? Date.parse(text) : NaN;
      return Number.isNaN(time) ? text : day.format(time);
    },
    country(code) {
      try {
        return /^[A-Z]{2}$/.test(code ?? "") ? lands.of(code) : code;
      } catch {
        return code;
      }
    },
    /** The name of a place to this reader, and beside it the other one if there is one. */
    names(place) {
      const [first, second] =
        language === "ar" ? [place.name_ar, place.name] : [place.name, place.name_ar];
      if (!first) return [second, null];
      return [first, second && second !== first ? second : null];
    },
    /** How sure a site is, in words: of its place, and whether its point is. */
    certainty({ confidence, unverified }) {
      const step = word(`confidence_${certaintyStep(confidence)}`);
      return unverified ? word("confidence_unverified", { step }) : step;
    },
    /** Texts that follow one another in a line. */
    listed: (texts) => texts.filter(Boolean).join(own.comma),
  };
}

// No reason of ours is longer, and a longer text could keep the patterns busy for hours.
const LONGEST_REASON = 400;

/** Return the function that says a record's reason in the reader's words, or as it is. */
function reasonTeller({ reasons, kinds, comma }, places) {
  const names = new Map(places.map((place) => [place.name, place.name_ar]).filter(([, name]) => name));
  const phrases = new Map(Object.entries(kinds).map(([kind, text]) => [kind.replaceAll("_", " "), text]));
  const patterns = [];
  for (const [said, told] of Object.entries(reasons)) {
    if (!said.includes("{")) phrases.set(said, told);
    else patterns.push({ told, weight: said.replace(/\{\w+\}/g, "").length, test: new RegExp(`^${said.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{(\w+)\}/g, "(?<$1>(?:(?!; ).)+)")}$`, "s") });
  }
  // What says more in its own words is tried first.
  patterns.sort((one, other) => other.weight - one.weight);
  function tell(text) {
    if (phrases.has(text) || names.has(text)) return phrases.get(text) ?? names.get(text);
    if (text.length > LONGEST_REASON) return text;
    for (const { test, told } of patterns) {
      const found = test.exec(text)?.groups;
      if (found) return told.replace(/\{(\w+)\}/g, (_, name) => tell(found[name]));
    }
    return text.includes("; ") ? text.split("; ").map(tell).join(comma) : text;
  }
  return tell;
}
