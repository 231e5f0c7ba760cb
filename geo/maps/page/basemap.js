// The map underneath: land, borders and names from Natural Earth, drawn once on a canvas.

/** Draw the basemap; return its source of labels and the function that repaints it. */
function baseLayer(map, id, app) {
  const data = readIsland(id);
  const lines = (list) => list.map((line) => decodeLine(line, data.scale));
  map.createPane("base");
  const renderer = L.canvas({ pane: "base", padding: 0.4 });
  const options = { pane: "base", renderer, interactive: false, smoothFactor: 1.2, lineJoin: "round" };
  const land = lines(data.land), borders = lines(data.borders);
  const layers = {
    shore: L.polygon(land, { ...options, fill: false }),
    land: L.polygon(land, { ...options, fillOpacity: 1, weight: 1 }),
    regions: L.polyline(lines(data.regions), { ...options, weight: 0.9, dashArray: "4 4" }),
    band: L.polyline(borders, options),
    borders: L.polyline(borders, options),
  };
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  function paint() {
    layers.shore.setStyle({ color: colour("--shore") });
    layers.land.setStyle({ color: colour("--coast"), fillColor: colour("--land") });
    layers.regions.setStyle({ color: colour("--region-line") });
    layers.band.setStyle({ color: colour("--border-band") });
    layers.borders.setStyle({ color: colour("--border-line") });
  }

  /** Lines grow with the zoom; inner borders would be a net at world scale. */
  function sift() {
    const zoom = map.getZoom(), near = zoom >= 6;
    layers.shore.setStyle({ weight: Math.min(7, Math.max(2, zoom)) });
    layers.band.setStyle({ weight: zoom < 4 ? 0.1 : Math.min(5, zoom - 2) });
    layers.borders.setStyle({ weight: Math.min(1.3, 0.4 + zoom / 8) });
    if (near === map.hasLayer(layers.regions)) return;
    if (near) {
      layers.regions.addTo(map).bringToBack();
      layers.land.bringToBack();
      layers.shore.bringToBack();
    } else layers.regions.remove();
  }

  for (const name of ["shore", "land", "band", "borders"]) layers[name].addTo(map);
  paint();
  sift();
  map.on("zoomend", sift);

  const pick = (english, arabic) => (app.speech.language === "ar" ? arabic || english : english);
  const city = (row) => ({ text: pick(row[0], row[1]), lat: row[2], lon: row[3], style: "city", dot: true, offsets: CITY_OFFSETS });

  const online = app.data.tiles ? onlineTiles(map, app.data.tiles) : null;

  /** Names by zoom: countries, then governorates, then cities by their people. */
  function labels(zoom) {
    if (online?.isOn()) return { labels: [] };
    const view = map.getBounds().pad(0.05);
    const inside = (row, at) => view.contains([row[at], row[at + 1]]);
    const countries = zoom < 9 ? data.countries.filter((row) => row[5] <= zoom && inside(row, 3)) : [];
    const admin1 = zoom >= 7 ? data.admin1.filter((row) => inside(row, 3)) : [];
    const least = CITY_PEOPLE[Math.min(Math.floor(zoom), CITY_PEOPLE.length - 1)];
    const cities = [];
    for (const row of data.cities) {
      if (row[4] < least) break;
      if (inside(row, 2)) cities.push(city(row));
    }
    const named = (style) => (row) => ({ text: pick(row[1], row[2]), lat: row[3], lon: row[4], style });
    return { labels: [...countries.map(named("country")), ...cities.slice(0, 80), ...admin1.map(named("admin1"))] };
  }

  const names = new Map(data.admin1.map((row) => [row[0], row]));
  const admin1 = (code) => (names.has(code) ? pick(names.get(code)[1], names.get(code)[2]) : null);
  return { labels, paint, admin1, online };
}

/** The background that the map was made with; nothing is asked of the network until it is chosen. */
function onlineTiles(map, { name, url, subdomains, maxZoom, credits }) {
  map.createPane("tiles");
  const layer = L.tileLayer(url, {
    pane: "tiles",
    subdomains,
    maxNativeZoom: maxZoom,
    // Some providers refuse whoever does not say where they come from; they learn the site, not the page.
    referrerPolicy: "strict-origin-when-cross-origin",
  });
  const isOn = () => map.hasLayer(layer);
  function turn() {
    if (isOn()) layer.remove();
    else layer.addTo(map);
    map.getPane("base").hidden = isOn();
  }
  return { name, credits, isOn, turn };
}

const CITY_OFFSETS = [[0, -12], [8, 0], [-8, 0], [0, 13]];
// The fewest people, in thousands, for a city to be named, by zoom.
const CITY_PEOPLE = [9e9, 9e9, 9e9, 8000, 3500, 900, 350, 120, 45, 15, 0];
