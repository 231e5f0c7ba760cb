// Areas are drawn as areas, the small on top of the large, and never as pins; rivers as lines on top.

const SIZE_OF = (place) => {
  if (place.lines) return 0;
  const bounds = boundsOf(place);
  return (bounds.getNorth() - bounds.getSouth()) * (bounds.getEast() - bounds.getWest());
};

/** A line as wide as a finger, which is not seen, and the stroke above it that is. */
const WideLine = L.Polyline.extend({
  initialize(points, options) {
    L.Polyline.prototype.initialize.call(this, points, { ...options, className: `hit ${options.className}` });
    this.stroke = L.polyline(points, { ...options, className: `line ${options.className}`, interactive: false });
  },
  onAdd(map) {
    L.Polyline.prototype.onAdd.call(this, map);
    this.stroke.addTo(map);
  },
  onRemove(map) {
    this.stroke.remove();
    L.Polyline.prototype.onRemove.call(this, map);
  },
  bringToFront() {
    L.Polyline.prototype.bringToFront.call(this);
    this.stroke.bringToFront();
    return this;
  },
});

/** The shape of an area or a line, to be drawn in a pane by its renderer. */
function shapeOf(place, pane, renderer) {
  const signs = [place.lines ? "" : "area", `g-${place.group}`, `k-${place.kind}`, place.unsure && "unsure", place.isDerived && "derived"];
  const options = { pane, renderer, className: signs.filter(Boolean).join(" "), bubblingMouseEvents: false, smoothFactor: 0.8 };
  if (place.lines) return new WideLine(place.lines, options);
  return place.rings ? L.polygon(place.rings, options) : L.circle([place.lat, place.lon], { ...options, radius: place.radius * 1000 });
}

/** Draw the areas and lines; return how to sift, find and mark them, and their labels. */
function areaLayer(map, app) {
  map.createPane("areas");
  const renderer = L.svg({ pane: "areas", padding: 0.5 });
  const places = app.data.places
    .filter((place) => !place.isPoint)
    .map((place) => ({ place, size: SIZE_OF(place) }))
    .sort((one, other) => other.size - one.size)
    .map(({ place }) => place);
  const shapes = new Map();
  for (const place of places) {
    const shape = shapeOf(place, "areas", renderer);
    shape.on("click", (event) => app.select(place, { at: event.latlng, from: "map" }));
    shape.on("mouseover", () => app.hover(place, true));
    shape.on("mouseout", () => app.hover(place, false));
    shape.on("add", () => open(shape.getElement(), place));
    shapes.set(place, shape);
  }

  /** Let a path be reached and opened by keyboard. */
  function open(path, place) {
    if (!path) return;
    path.setAttribute("tabindex", "0");
    path.setAttribute("role", "button");
    path.setAttribute("data-place", place.index);
    if (place.change) path.setAttribute("data-change", place.change);
    path.setAttribute("aria-label", app.describe(place));
    if (path.dataset.keys) return;
    path.dataset.keys = "1";
    path.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      app.select(place, { from: "keyboard" });
    });
  }

  function sift() {
    let isNew = false;
    for (const [place, shape] of shapes) {
      const isDrawn = map.hasLayer(shape);
      if (isDrawn && !place.isShown) shape.remove();
      if (isDrawn || !place.isShown) continue;
      shape.addTo(map);
      isNew = true;
    }
    // The map is in the order of size, so each comes to lie on all that are larger.
    if (isNew) for (const [place, shape] of shapes) if (place.isShown) shape.bringToFront();
    thin();
  }

  /** An area as wide as the view only tints it: leave its outline. */
  function thin() {
    const view = map.getSize();
    for (const [place, shape] of shapes) {
      if (!map.hasLayer(shape)) continue;
      const bounds = boundsOf(place);
      const [one, other] = [bounds.getSouthWest(), bounds.getNorthEast()].map((at) => map.latLngToLayerPoint(at));
      shape.getElement()?.classList.toggle("wide", Math.abs(one.x - other.x) > view.x && Math.abs(one.y - other.y) > view.y);
    }
  }
  map.on("zoomend", thin);

  /** Mark one area as pointed at or chosen. */
  function mark(place, name, on) {
    shapes.get(place)?.getElement()?.classList.toggle(name, on);
  }

  function labels() {
    const view = map.getBounds();
    const wide = (place) => {
      const bounds = boundsOf(place);
      const [one, other] = [bounds.getSouthWest(), bounds.getNorthEast()].map((at) => map.latLngToLayerPoint(at));
      return Math.abs(one.x - other.x) > NAMED_FROM;
    };
    const shown = places.filter(
      (place) => map.hasLayer(shapes.get(place)) && boundsOf(place).intersects(view) && wide(place),
    );
    const named = shown.reverse().map((place) => ({
      text: app.speech.names(place)[0],
      lat: place.lat,
      lon: place.lon,
      style: "area",
      class: `g-${place.group}`,
      offsets: AREA_OFFSETS,
    }));
    return { labels: named };
  }

  return { sift, mark, labels, has: (place) => shapes.has(place) };
}

// Pixels across before an area carries its name.
const NAMED_FROM = 20;
const AREA_OFFSETS = [[0, 0], [0, -18], [0, 18], [0, -36], [0, 36], [0, -54], [0, 54]];
