// Sites as one layer on somebody else's Leaflet map: symbols, areas, popups, tooltips, a legend.
// Nothing here reads or styles the page round it.

const LAYER_CLASS = "mawaqi-layer";
const AREAS_PANE = "mawaqi-areas", POINTS_PANE = "mawaqi-points";
const POPUP = { className: `${LAYER_CLASS} site-popup`, minWidth: 240, maxWidth: 340 };
const LAYER_PANES = { [AREAS_PANE]: 390, [POINTS_PANE]: 600 };

/** Return the layer whose data stand in the element `id`. */
function sitesOf(id) {
  const data = readData(id);
  const speech = speak(data.words, data.language, data.places);
  const app = { data, speech, state: { shows: () => true }, admin1: () => null, turnedTo: () => {} };
  const { colours, of } = data.legend;
  for (const place of data.places) {
    if (colours) place.colour = colours[commonest(place.sites.map((site) => of[site.index]))];
  }
  const renderer = L.svg({ pane: AREAS_PANE, padding: 0.5 });
  const areas = data.places.filter((place) => !place.isPoint).map((place) => ({ place, size: SIZE_OF(place) }));
  areas.sort((one, other) => other.size - one.size);
  const shapes = areas.map(({ place }) => dress(shapeOf(place, AREAS_PANE, renderer), place, app));
  return new SitesLayer([...shapes, pointGroups(app)], app);
}

/** The value that comes up most often, the first of several. */
function commonest(values) {
  const counts = new Map();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((one, other) => other[1] - one[1])[0]?.[0];
}

// Written here and nowhere else: Leaflet takes it for HTML.
const SOURCES_OF_PLACES = [
  ["https://www.geonames.org/", "GeoNames"],
  ["https://creativecommons.org/licenses/by/4.0/", "CC BY 4.0"],
  ["https://www.naturalearthdata.com/", "Natural Earth"],
].map(([url, name]) => `<a href="${url}" target="_blank" rel="noopener noreferrer">${name}</a>`).join(" · ");

/** Text for a place where Leaflet takes HTML. */
function asHtml(text) {
  return text.replace(/[&<>"'`]/gu, (letter) => `&#${letter.codePointAt(0)};`);
}

/** A group of layers that brings its panes to the map, and its legend. */
const SitesLayer = L.FeatureGroup.extend({
  initialize(layers, app) {
    L.FeatureGroup.prototype.initialize.call(this, layers);
    this.app = app;
    this.legend = app.data.legend.shown ? legendOf(app) : null;
  },
  getAttribution() {
    return [SOURCES_OF_PLACES, ...creditsOwed(this.app.data.places).map(asHtml)].join(" · ");
  },
  onAdd(map) {
    for (const [name, height] of Object.entries(LAYER_PANES)) {
      const pane = map.getPane(name) ?? map.createPane(name);
      pane.classList.add(LAYER_CLASS);
      pane.style.zIndex = height;
    }
    L.FeatureGroup.prototype.onAdd.call(this, map);
    this.legend?.addTo(map);
    this.app.point = (others) => showOthers(map, others);
  },
  onRemove(map) {
    this.legend?.remove();
    L.FeatureGroup.prototype.onRemove.call(this, map);
  },
});

/** The points, those that are close as a ring; the place whose popup is open stands by itself. */
function pointGroups(app) {
  const { speech } = app;
  return new PlaceGroups(app.data.places.filter((place) => place.isPoint), {
    pane: POINTS_PANE,
    apart: () => app.opened,
    symbol: pointIcon,
    ring: (places) => ringIcon(places, app),
    label: (places) => (places.length > 1 ? speech.listed([speech.counted("places", places.length), speech.names(places[0])[0]]) : nameOf(app, places[0])),
    dress: (marker, place) => dress(marker, place, app),
    open: (places, marker, from) => offerPlaces(app, places, marker, from),
  });
}

function pointIcon(place) {
  const html = tint(symbol(place.kind, { unsure: place.unsure, disputed: place.disputed }), place.colour);
  return L.divIcon({ html, className: "point", iconSize: [28, 28], popupAnchor: [0, -12] });
}

/** List places that no zoom parts, to choose one of. */
function offerPlaces(app, places, marker, from) {
  const popup = L.popup(POPUP).setLatLng(marker.getLatLng());
  const choose = (place) => (event) => {
    // The button is gone once it is pressed; Leaflet would take the click for one on the map.
    event.stopPropagation();
    popup.setContent(app.data.popup ? tint(contentOf(app, place), place.colour) : nameOf(app, place));
  };
  const items = places.map((place) => make("li", {}, make("button", { type: "button", class: "plain-link", onclick: choose(place) }, isolated(app.speech.names(place)[0]))));
  const list = make("div", { class: "popup", dir: app.speech.direction }, make("ul", {}, ...items));
  popup.setContent(list).openOn(marker._map);
  if (from === "keyboard") list.querySelector("button").focus({ preventScroll: true });
}

const nameOf = ({ speech }, place) => speech.listed([speech.names(place)[0], speech.kind(place.kind), speech.counted("mentions", place.sites.length)]);

function tint(element, colour) {
  if (colour) element.style.setProperty("--c", colour);
  return element;
}

/** Give a marker or shape its colour, its name, its tooltip, its popup, and the keyboard. */
function dress(layer, place, app) {
  const { data } = app;
  const name = nameOf(app, place);
  let opener = null;
  const closeOnEscape = (event) => event.key === "Escape" && layer.closePopup();
  const open = (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    opener = event.currentTarget;
    layer.openPopup();
  };
  layer.on("add", () => {
    const element = tint(layer.getElement(), place.colour);
    if (layer.stroke) tint(layer.stroke.getElement(), place.colour);
    for (const [attribute, value] of Object.entries({ role: "button", tabindex: "0", "aria-label": name })) element.setAttribute(attribute, value);
    element.addEventListener("keydown", open);
  });
  if (data.tooltip) layer.bindTooltip(() => tooltipOf(app, place), { className: LAYER_CLASS, sticky: !place.isPoint });
  if (!data.popup) return layer;
  layer.bindPopup(() => tint(contentOf(app, place), place.colour), POPUP);
  layer.on("popupopen", ({ popup }) => {
    app.opened = place;
    const box = popup.getElement();
    if (opener) box.querySelector(".popup :is(a, button, summary)")?.focus({ preventScroll: true });
    // Leaflet hears of this key only while the map itself has the focus.
    box.addEventListener("keydown", closeOnEscape);
  });
  layer.on("popupclose", () => {
    app.opened = null;
    opener?.focus({ preventScroll: true });
    opener = null;
  });
  return layer;
}

/** Show where other candidates are, until the popup closes. */
function showOthers(map, others) {
  const ghosts = L.featureGroup(others.map((other) => ghostOf(other, { pane: AREAS_PANE, renderer: map.getRenderer({ options: { pane: AREAS_PANE } }) }))).addTo(map);
  map.once("popupclose", () => ghosts.remove());
  map.fitBounds(map.getBounds().extend(ghosts.getBounds()));
}

/** The columns the caller named, or else the name, the kind and how sure it is. */
function tooltipOf(app, place) {
  const { data, speech } = app, [site] = place.sites;
  const box = make("div", { class: "tooltip-lines", dir: speech.direction });
  if (data.tooltip !== true) box.append(valuesOf(app, site, data.tooltip));
  else box.append(make("b", {}, isolated(speech.names(place)[0])), make("br"), speech.listed([speech.kind(place.kind), speech.certainty(site), speech.counted("mentions", place.sites.length)]));
  return box;
}

function contentOf(app, place) {
  const { data, speech } = app;
  if (data.popup === true) return popupContent(app, place, place.sites[0]);
  return make("div", { class: `popup g-${place.group}`, dir: speech.direction }, ...place.sites.map((site) => valuesOf(app, site, data.popup)));
}

/** The cells of a site's row under their columns' names. */
function valuesOf(app, site, names) {
  const cell = (value) => (typeof value === "number" ? app.speech.number(value) : (value ?? ""));
  const entry = (name) => [make("dt", {}, isolated(name)), make("dd", {}, isolated(cell(app.data.values[name][site.index])))];
  return make("dl", { class: "values" }, ...names.flatMap(entry));
}

/** What each colour means, or what each kind looks like. */
function legendOf({ data, speech }) {
  const { colours, texts, column } = data.legend;
  const areas = new Set(data.places.filter((place) => place.isArea).map((place) => place.kind));
  const present = new Set(data.places.map((place) => place.kind));
  const kinds = Object.keys(GROUP_OF).filter((kind) => present.has(kind));
  const entries = colours
    ? texts.map((text, index) => make("li", {}, tint(make("span", { class: "colour" }), colours[index]), isolated(text)))
    : kinds.map((kind) => make("li", {}, symbol(kind, { size: 20, area: areas.has(kind) }), isolated(speech.kind(kind))));
  if (!entries.length) return null;
  const heading = make("h2", {}, isolated(colours ? column : speech.word("layers_kind")));
  const box = make("div", { class: LAYER_CLASS }, make("div", { class: "legend", dir: speech.direction }, heading, make("ul", {}, ...entries)));
  L.DomEvent.disableClickPropagation(box).disableScrollPropagation(box);
  const control = L.control({ position: "bottomright" });
  control.onAdd = () => box;
  return control;
}
