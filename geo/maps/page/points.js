// Points: a symbol where the place is, its circle of doubt when there is room to see it, and rings
// that show what they are made of.

const RADIUS_FROM = 16;
// A circle whose radius is more than this part of the view is drawn only for the place chosen.
const WIDEST_PART = 8;
const RING_SIZE = 40;

/** Draw the points; return how to sift and mark them, and their labels. */
function pointLayer(map, app) {
  map.createPane("radius");
  const renderer = L.svg({ pane: "radius", padding: 0.5 });
  const circles = L.layerGroup().addTo(map);
  const groups = new PlaceGroups(app.data.places.filter((place) => !place.isArea), {
    shows: app.state.showsPlace,
    apart: () => app.state.selected?.place,
    symbol: symbolIcon,
    ring: (places) => ringIcon(places, app),
    label: (places) => (places.length > 1 ? app.speech.listed([app.speech.counted("places", places.length), app.speech.names(places[0])[0]]) : app.describe(places[0])),
    dress,
    open: (places, marker, from) => app.offer(places, marker.getLatLng(), from),
  });

  /** Let a symbol be pointed at and chosen. */
  function dress(marker, place) {
    const point = (on) => () => app.hover(place, on);
    onChoice(marker, (from) => app.select(place, { from }));
    marker.on("mouseover", point(true)).on("mouseout", point(false));
    marker.on("add", () => {
      const icon = marker.getElement();
      icon.setAttribute("data-place", place.index);
      if (place.change) icon.setAttribute("data-change", place.change);
      icon.addEventListener("focus", point(true));
      icon.addEventListener("blur", point(false));
    });
  }

  /** Circles of doubt: those wide enough to see, and always the chosen one's. */
  function ring() {
    circles.clearLayers();
    const widest = Math.min(map.getSize().x, map.getSize().y) / WIDEST_PART;
    for (const { places: [place, ...others] } of groups.marks()) {
      if (!place.radius || others.length) continue;
      const isChosen = app.state.selected?.place === place;
      const size = (place.radius * 1000) / metresPerPixel(map, place.lat);
      // A circle wider than the view, as of a long river, says nothing and tints everything.
      if (!isChosen && !(size > RADIUS_FROM && size < widest)) continue;
      L.circle([place.lat, place.lon], {
        pane: "radius",
        renderer,
        radius: place.radius * 1000,
        interactive: false,
        className: `radius g-${place.group}${place.unsure ? " unsure" : ""}${isChosen ? " chosen" : ""}`,
      }).addTo(circles);
    }
  }

  /** Mark a symbol, or the ring that holds it, as pointed at or chosen. */
  function mark(place, name, on) {
    groups.markOf(place)?.getElement()?.classList.toggle(name, on);
  }

  /** Every mark stands in the way of names; symbols are named beside themselves. */
  function labels() {
    const obstacles = [], named = [];
    for (const { places } of groups.marks()) {
      const [place, ...others] = places;
      const point = map.latLngToContainerPoint([place.lat, place.lon]);
      const half = others.length ? RING_SIZE / 2 : 12;
      obstacles.push({ left: point.x - half, right: point.x + half, top: point.y - half, bottom: point.y + half });
      if (others.length) continue;
      const [text] = app.speech.names(place);
      named.push({ text, weight: place.sites.length, lat: place.lat, lon: place.lon, style: "site", class: `g-${place.group}`, offsets: SITE_OFFSETS });
    }
    named.sort((one, other) => other.weight - one.weight || one.lon - other.lon);
    return { labels: named, obstacles };
  }

  groups.on("drawn", ring);
  return { sift: () => (map.hasLayer(groups) ? groups.redraw() : groups.addTo(map)), mark, labels };
}

const SITE_OFFSETS = [[0, 24], [17, 0], [-17, 0], [0, -24]];

function metresPerPixel(map, lat) {
  return (40075016.7 * Math.cos((lat * Math.PI) / 180)) / (256 * 2 ** map.getZoom());
}

function symbolIcon(place) {
  const html = symbol(place.kind, { unsure: place.unsure, disputed: place.disputed });
  return L.divIcon({ html, className: "point", iconSize: [28, 28], popupAnchor: [0, -12] });
}

/** A ring whose parts are the groups inside, with the number of places in the middle. */
function ringIcon(places, app) {
  const groups = new Map();
  for (const place of places) groups.set(place.group, (groups.get(place.group) ?? 0) + 1);
  const picture = draw("svg", { viewBox: "0 0 44 44", width: RING_SIZE, height: RING_SIZE, "aria-hidden": "true" });
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
  return L.divIcon({ html: picture, className: "cluster", iconSize: [RING_SIZE, RING_SIZE] });
}
