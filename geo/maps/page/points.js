// Points: a symbol where the place is, its circle of doubt when there is room to see it, and
// clusters that show what they are made of.

const RADIUS_FROM = 16;
// A circle whose radius is more than this part of the view is drawn only for the place chosen.
const WIDEST_PART = 8;
const CLUSTER_SIZE = 40;

/** Draw the points; return how to sift, find and mark them, and their labels. */
function pointLayer(map, app) {
  map.createPane("radius");
  const renderer = L.svg({ pane: "radius", padding: 0.5 });
  const circles = L.layerGroup().addTo(map);
  const markers = new Map(), drawn = new Set();
  const clusters = L.markerClusterGroup({
    maxClusterRadius: 54,
    showCoverageOnHover: false,
    chunkedLoading: true,
    animate: !stillness.matches,
    spiderLegPolylineOptions: { weight: 1.5, className: "spider-leg" },
    iconCreateFunction: (cluster) => clusterIcon(cluster, app),
  }).addTo(map);

  for (const place of app.data.places) {
    if (place.isArea) continue;
    const marker = L.marker([place.lat, place.lon], {
      icon: new SymbolIcon({ place, className: "point", iconSize: [28, 28], popupAnchor: [0, -12] }),
      riseOnHover: true,
    });
    marker.place = place;
    marker.on("click", () => app.select(place, { from: "map" }));
    marker.on("mouseover focus", () => app.hover(place, true));
    marker.on("mouseout blur", () => app.hover(place, false));
    marker.on("add", () => {
      const icon = marker.getElement();
      icon.setAttribute("aria-label", app.describe(place));
      icon.setAttribute("data-place", place.index);
    });
    markers.set(place, marker);
  }

  function sift() {
    const added = [], removed = [];
    for (const [place, marker] of markers) {
      if (place.isShown === drawn.has(place)) continue;
      (place.isShown ? added : removed).push(marker);
      if (place.isShown) drawn.add(place);
      else drawn.delete(place);
    }
    // Taking many out one by one costs more than building the rest anew.
    if (removed.length > drawn.size) {
      clusters.clearLayers();
      clusters.addLayers([...drawn].map((place) => markers.get(place)));
    } else {
      clusters.removeLayers(removed);
      clusters.addLayers(added);
    }
    ring();
  }

  /** Circles of doubt: those wide enough to see, and always the chosen one's. */
  function ring() {
    circles.clearLayers();
    const view = map.getBounds().pad(0.3), widest = Math.min(map.getSize().x, map.getSize().y) / WIDEST_PART;
    for (const [place, marker] of markers) {
      if (!place.radius || !app.state.showsPlace(place) || !view.contains(marker.getLatLng())) continue;
      const chosen = app.state.selected?.place === place;
      const size = (place.radius * 1000) / metresPerPixel(map, place.lat);
      const alone = clusters.getVisibleParent(marker) === marker;
      // A circle wider than the view, as of a long river, says nothing and tints everything.
      if (!chosen && !(alone && size > RADIUS_FROM && size < widest)) continue;
      L.circle([place.lat, place.lon], {
        pane: "radius",
        renderer,
        radius: place.radius * 1000,
        interactive: false,
        className: `radius g-${place.group}${place.unsure ? " unsure" : ""}${chosen ? " chosen" : ""}`,
      }).addTo(circles);
    }
  }

  /** Mark a symbol, or the cluster that holds it, as pointed at or chosen. */
  function mark(place, name, on) {
    const marker = markers.get(place);
    if (!marker) return;
    const seen = clusters.getVisibleParent(marker);
    for (const icon of new Set([marker.getElement(), seen?.getElement?.()])) icon?.classList.toggle(name, on);
  }

  /** Open the clusters over a place, then go on. */
  function uncover(place, then) {
    const marker = markers.get(place);
    if (clusters.hasLayer(marker)) clusters.zoomToShowLayer(marker, then);
    else then();
  }

  /** Every symbol stands in the way of names; single ones are named beside their symbol. */
  function labels() {
    const obstacles = [], named = [];
    map.eachLayer((layer) => {
      if (!(layer instanceof L.Marker) || !layer.getElement()) return;
      const point = map.latLngToContainerPoint(layer.getLatLng());
      const half = layer.place ? 12 : CLUSTER_SIZE / 2;
      obstacles.push({ left: point.x - half, right: point.x + half, top: point.y - half, bottom: point.y + half });
      if (!layer.place) return;
      const weight = layer.place.sites.length;
      const [text] = app.speech.names(layer.place);
      const at = layer.getLatLng();
      named.push({ text, weight, lat: at.lat, lon: at.lng, style: "site", class: `g-${layer.place.group}`, offsets: SITE_OFFSETS });
    });
    named.sort((one, other) => other.weight - one.weight || one.lon - other.lon);
    return { labels: named, obstacles };
  }

  clusters.on("animationend", () => app.redrawNames());
  map.on("moveend zoomend", ring);
  return { sift, mark, labels, uncover, ring, popupOn: (place) => markers.get(place) };
}

/** A symbol that is built when it comes into view, and not for every place of a corpus. */
const SymbolIcon = L.DivIcon.extend({
  createIcon(old) {
    const { place } = this.options;
    this.options.html = symbol(place.kind, { unsure: place.unsure, disputed: place.disputed });
    return L.DivIcon.prototype.createIcon.call(this, old);
  },
});

const SITE_OFFSETS = [[0, 24], [17, 0], [-17, 0], [0, -24]];

function metresPerPixel(map, lat) {
  return (40075016.7 * Math.cos((lat * Math.PI) / 180)) / (256 * 2 ** map.getZoom());
}

/** A ring whose parts are the groups inside, with the number of places in the middle. */
function clusterIcon(cluster, app) {
  const places = cluster.getAllChildMarkers().map((marker) => marker.place);
  const groups = new Map();
  for (const place of places) groups.set(place.group, (groups.get(place.group) ?? 0) + 1);
  const picture = draw("svg", { viewBox: "0 0 44 44", width: CLUSTER_SIZE, height: CLUSTER_SIZE });
  picture.append(draw("circle", { class: "cluster-disc", cx: 22, cy: 22, r: 20.5 }));
  let from = 0;
  const parts = [...groups].sort();
  for (const [group, number] of parts) {
    const share = (number / places.length) * 100, gap = parts.length > 1 ? 2 : 0;
    picture.append(
      draw("circle", {
        class: `cluster-part g-${group}`,
        cx: 22, cy: 22, r: 17, pathLength: 100,
        "stroke-dasharray": `${share - gap} ${100 - share + gap}`,
        "stroke-dashoffset": 25 - from,
      }),
    );
    from += share;
  }
  const text = draw("text", { x: 22, y: 26.5, "text-anchor": "middle" });
  text.textContent = app.speech.number(places.length);
  picture.append(text);
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", app.speech.counted("places", places.length));
  return L.divIcon({ html: picture, className: "cluster", iconSize: [CLUSTER_SIZE, CLUSTER_SIZE] });
}
