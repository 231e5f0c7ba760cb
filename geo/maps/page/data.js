// The page's data: read once, linked once, never changed.

/** Turn an encoded line back into [lat, lon] pairs. */
function decodeLine(line, scale) {
  const points = [];
  let lat = 0, lon = 0, index = 0;
  const next = () => {
    let value = 0, shift = 0, group;
    do {
      group = line.charCodeAt(index++) - 63;
      value |= (group & 31) << shift;
      shift += 5;
    } while (group >= 32);
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

/** Read the sites and link them: each place knows its sites, each article its mentions. */
function readData(id) {
  const data = readIsland(id);
  data.places.forEach((place, index) => {
    place.index = index;
    place.sites = [];
    place.group = GROUP_OF[place.kind] ?? "landmark";
    place.rings = place.shape?.rings.map((part) => part.map((ring) => decodeLine(ring, place.shape.scale))) ?? null;
    place.isArea = place.shape !== undefined && (place.rings !== null || place.radius > 0);
  });
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
    site.unsure = !site.verified || site.confidence < UNSURE_BELOW;
    site.text = site.article.text.slice(site.start, site.end);
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

/** The smallest box round a place: its rings, or its circle. */
function boundsOf(place) {
  if (place.rings) return L.latLngBounds(place.rings.flatMap((part) => part[0]));
  return L.latLng(place.lat, place.lon).toBounds(Math.max(place.radius, 1) * 2000);
}
