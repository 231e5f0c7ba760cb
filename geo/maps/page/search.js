// Search in places and articles, folded: what a reader types finds every spelling.

const MOST_FOUND = 30;
// Milliseconds of folding before the page is let to do something else.
const SLICE = 12;

/** Return the search box: a combobox whose list opens as the reader types. */
function searchBox(app) {
  const { speech, data } = app;
  const index = [];
  let rest = null;

  /** What can be found, each with its folded text, which takes a while for a large corpus. */
  function* entries() {
    for (const place of data.places) yield {
      key: ` ${fold([place.name, place.name_ar, ...new Set(place.sites.map((site) => site.text))].join(" \n "))}`,
      rank: 0,
      build: () => [symbol(place.kind, { area: place.isArea, size: 20 }), isolated(speech.names(place)[0]), make("span", { class: "quiet", text: whereabouts(app, place) })],
      go: () => app.select(place, { from: "list" }),
    };
    for (const article of data.articles) yield {
      key: ` ${fold(`${article.title ?? article.id} \n ${article.source ?? ""} \n ${article.text}`)}`,
      rank: 2,
      build: () => [make("span", { class: "article-sign", "aria-hidden": "true", text: "¶" }), isolated(article.title ?? article.id), make("span", { class: "quiet", text: speech.listed([article.source, speech.date(article.date)]) })],
      go: () => app.openArticle(article),
    };
  }
  /** Go on with the index, and look again when it is whole. */
  function grow() {
    const end = performance.now() + SLICE;
    for (let next = rest.next(); !next.done; next = rest.next()) {
      index.push(next.value);
      if (performance.now() > end) return setTimeout(grow);
    }
    isWhole = true;
    if (!list.hidden) look(found[at]);
  }
  const list = make("ul", { id: "found", class: "found", role: "listbox", hidden: true, "aria-label": speech.word("search") });
  const input = make("input", {
    type: "search", id: "search", role: "combobox", dir: "auto", autocomplete: "off", spellcheck: "false",
    placeholder: speech.word("search"), "aria-label": speech.word("search"),
    "aria-controls": "found", "aria-expanded": "false",
  });
  let found = [], at = -1, isWhole = false;

  function point(next) {
    at = found.length ? (next + found.length) % found.length : -1;
    [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === at)));
    input.setAttribute("aria-activedescendant", at < 0 ? "" : `found-${at}`);
    list.children[at]?.scrollIntoView({ block: "nearest" });
  }
  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
  }
  function choose(entry) {
    close();
    entry.go();
  }
  /** List what holds the words typed, and point at the first, or at what was pointed at. */
  function look(pointed) {
    const wanted = fold(input.value);
    if (!wanted) return close();
    found = index
      .filter((entry) => entry.key.includes(wanted))
      .map((entry) => ({ entry, rank: entry.rank + (entry.key.includes(` ${wanted}`) ? 0 : 1) }))
      .sort((one, other) => one.rank - other.rank)
      .slice(0, MOST_FOUND)
      .map(({ entry }) => entry);
    list.replaceChildren(
      ...found.map((entry, place) => make("li", { role: "option", id: `found-${place}`, onmousedown: (event) => { event.preventDefault(); choose(entry); } }, ...entry.build())),
    );
    if (!found.length && isWhole) list.append(make("li", { class: "quiet", text: speech.word("nothing_found") }));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    point(Math.max(0, found.indexOf(pointed)));
  }
  function begin() {
    if (!rest) {
      rest = entries();
      grow();
    }
    look();
  }
  input.addEventListener("input", begin);
  input.addEventListener("focus", begin);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") point(at + 1);
    else if (event.key === "ArrowUp") point(at - 1);
    else if (event.key === "Enter" && found[at]) choose(found[at]);
    else if (event.key === "Escape") { input.value = ""; close(); }
    else return;
    event.preventDefault();
  });
  return make("div", { class: "search", role: "search" }, input, list);
}
