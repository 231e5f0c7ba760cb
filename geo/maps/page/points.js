// Points: a symbol where the place is, its circle of doubt when there is room to see it, and rings
// that show what they are made of.

const RADIUS_FROM = 16;
// A circle whose radius is more than this part of the view is drawn only for the place chosen.
const WIDEST_PART = 8;

/** Draw the points; return how to sift and mark them, and their labels. */
function pointLayer(map, app) {
  map.createPane("radius");
  const renderer = L.svg({ pane: "radius", padding: 0.5 });
  const circles = L.layerGroup().addTo(map);
  const groups = new PlaceGroups(app.data.places.filter((place) => place.isPoint), {
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
