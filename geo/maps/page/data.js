// The page's data: read once, linked once, never changed.

// The letters that lines are written in, by their worth; those from the 56th say that more follow.
const LETTERS = Array.from({ length: 92 }, (_, at) => String.fromCharCode(at + 35)).filter((letter) => !"&'<>\\".includes(letter));
const WORTHS = new Map(LETTERS.map((letter, worth) => [letter.charCodeAt(0), worth]));
const LAST_LETTER = 56;

/** Turn an encoded line back into [lat, lon] pairs. */
function decodeLine(line, scale) {
  const points = [];
  let lat = 0, lon = 0, index = 0;
  const next = () => {
    let value = 0, unit = 1, worth;
    do {
      worth = WORTHS.get(line.charCodeAt(index++));
      value += worth * unit;
      unit *= LETTERS.length - LAST_LETTER;
    } while (worth >= LAST_LETTER);
    return value & 1 ? ~(value >> 1) : value >> 1;
  };
  while (index < line.length) {
    lat += next();
    lon += next();
    points.push([lat / scale, lon / scale]);
  }
  return points;
}

const UNSURE_BELOW = 0.6;
// Footprints that come from the words of an article and not from a gazetteer.
const DERIVED = new Set(["relation", "coordinates"]);
const DAY = 86400000;

function readIsland(id) {
  return JSON.parse(document.getElementById(id).textContent);
}

/** Turn columns into rows: a column is its values, or its distinct values and each row's number. */
function readTable(columns) {
  const names = Object.keys(columns);
  const lists = Object.values(columns).map((column) => (Array.isArray(column) ? column : column.rows.map((row) => column.values[row])));
  return Array.from({ length: lists[0]?.length ?? 0 }, (_, row) => {
    const found = {};
    for (let at = 0; at < names.length; at++) found[names[at]] = lists[at][row];
    return found;
  });
}

const TABLES = ["articles", "places", "others", "sites", "unplaced", "rejected"];

/** Read the sites and link them: each place knows its sites, each article its mentions. */
function readData(id) {
  const data = readIsland(id);
  for (const name of TABLES) data[name] = readTable(data[name]);
  data.places.forEach((place, index) => {
    const [scale, rings] = place.shape ?? [1, []];
    place.index = index;
    place.sites = [];
    place.group = GROUP_OF[place.kind] ?? "landmark";
    place.rings = rings.length ? rings.map((part) => part.map((ring) => decodeLine(ring, scale))) : null;
    place.lines = place.lines && place.lines[1].map((line) => decodeLine(line, place.lines[0]));
    place.isArea = place.shape !== null && (place.rings !== null || place.radius > 0);
    place.isPoint = !place.isArea && !place.lines;
    place.isShown = false;
  });
  const others = (numbers) => (numbers.length ? numbers.map((number) => data.others[number]) : numbers);
  for (const article of data.articles) Object.assign(article, { sites: [], unplaced: [], rejected: [] });
  data.articles.forEach((article, index) => {
    article.index = index;
    const time = /^\d{4}-\d{2}-\d{2}$/.test(article.date ?? "") ? Date.parse(article.date) : NaN;
    article.day = Number.isNaN(time) ? null : time / DAY;
  });
  data.sites.forEach((site, index) => {
    site.index = index;
    site.place = data.places[site.place];
    site.article = data.articles[site.article];
    site.basis = DERIVED.has(site.source) ? site.source : "gazetteer";
    site.disputed = site.why.some((reason) => /^contradicts\b/i.test(reason));
    // What an article describes has no point of the gazetteer's to verify.
    site.unverified = !site.verified && site.basis === "gazetteer";
    site.unsure = !site.verified || site.confidence < UNSURE_BELOW;
    site.text = site.article.text.slice(site.start, site.end);
    site.alternatives = others(site.alternatives);
    site.anchors = others(site.anchors);
    site.fails = 0;
    site.place.sites.push(site);
    site.article.sites.push(site);
  });
  for (const list of ["unplaced", "rejected"]) {
    for (const mention of data[list]) {
      mention.article = data.articles[mention.article];
      mention.article[list].push(mention);
    }
  }
  data.places = data.places.filter((place) => place.sites.length);
  for (const place of data.places) {
    place.unsure = place.sites.every((site) => site.unsure);
    place.isDerived = place.sites.every((site) => site.basis !== "gazetteer");
    place.disputed = place.sites.some((site) => site.disputed);
  }
  return data;
}

const BOXES = new WeakMap();

/** The smallest box round a place: its rings or lines, or its circle. */
function boundsOf(place) {
  const outline = place.lines ?? place.rings?.flatMap((part) => part[0]);
  if (!outline) return L.latLng(place.lat, place.lon).toBounds(Math.max(place.radius, 1) * 2000);
  if (!BOXES.has(place)) BOXES.set(place, L.latLngBounds(outline.flat(place.lines ? 1 : 0)));
  return BOXES.get(place);
}

/** The credits that sources of places ask to be said on every map: those that begin with ©. */
function creditsOwed(places) {
  return [...new Set(places.map((place) => place.origin))].filter((origin) => origin?.startsWith("©")).sort();
}
