// The map underneath: land, rivers, borders and names from Natural Earth, drawn once on a canvas.

/** Draw the basemap; return its source of labels and the function that repaints it. */
function baseLayer(map, id, app) {
  const data = readIsland(id);
  const lines = (list) => list.map((line) => decodeLine(line, data.scale));
  map.createPane("base");
  const renderer = L.canvas({ pane: "base", padding: 0.25 });
  const options = { pane: "base", renderer, interactive: false, smoothFactor: 1.2, lineJoin: "round" };
  const land = lines(data.land), borders = lines(data.borders);
  // From below: the first zoom that a layer is drawn at, and the layer.
  const layers = {
    shore: [0, L.polygon(land, { ...options, fill: false })],
    land: [0, L.polygon(land, { ...options, fillOpacity: 1, weight: 1 })],
    ...Object.fromEntries(data.rivers.map(([zoom, rivers]) => [`river ${zoom}`, [zoom, L.polyline(lines(rivers), options)]])),
    regions: [6, L.polyline(lines(data.regions), { ...options, weight: 0.9, dashArray: "4 4" })],
    band: [0, L.polyline(borders, options)],
    borders: [0, L.polyline(borders, options)],
  };
  const rivers = data.rivers.map(([zoom]) => layers[`river ${zoom}`]);
  const style = (name, choices) => layers[name][1].setStyle(choices);
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  function paint() {
    style("shore", { color: colour("--shore") });
    style("land", { color: colour("--coast"), fillColor: colour("--land") });
    style("regions", { color: colour("--region-line") });
    style("band", { color: colour("--border-band") });
    style("borders", { color: colour("--border-line") });
    for (const [, layer] of rivers) layer.setStyle({ color: colour("--river") });
  }

  /** Lines grow with the zoom; inner borders and small rivers would be a net at world scale. */
  function sift() {
    const zoom = map.getZoom();
    style("shore", { weight: Math.min(7, Math.max(2, zoom)) });
    style("band", { weight: zoom < 4 ? 0.1 : Math.min(5, zoom - 2) });
    style("borders", { weight: Math.min(1.3, 0.4 + zoom / 8) });
    for (const [from, layer] of rivers) layer.setStyle({ weight: Math.min(2.6, 0.7 + (zoom - from) * 0.35) });
    let isNew = false;
    for (const [from, layer] of Object.values(layers)) {
      if (zoom >= from === map.hasLayer(layer)) continue;
      if (zoom < from) layer.remove();
      else isNew = Boolean(layer.addTo(map));
    }
    // What was added lies on top, whatever belongs over it.
    if (isNew) for (const [, layer] of Object.values(layers)) if (map.hasLayer(layer)) layer.bringToFront();
  }

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
    const named = (look) => (row) =>
      ({ text: pick(row[1], row[2]), lat: row[3], lon: row[4], style: look });
    const waters = zoom >= 6 ? data.waters.filter((row) => inside(row, 2)) : [];
    const water = (row) => ({ text: pick(row[0], row[1]), lat: row[2], lon: row[3], style: "water", offsets: WATER_OFFSETS });
    return { labels: [...countries.map(named("country")), ...waters.map(water), ...cities.slice(0, 80), ...admin1.map(named("admin1"))] };
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
const WATER_OFFSETS = [[10, 0], [-10, 0]];
// The fewest people, in thousands, for a city to be named, by zoom.
const CITY_PEOPLE = [9e9, 9e9, 9e9, 8000, 3500, 900, 350, 120, 45, 15, 0];
