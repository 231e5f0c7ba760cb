// Marks where there is room for them: places whose symbols would overlap share one ring, which
// stands on the most named of them. So no mark ever stands where there is no place.

// Marks as much of the view beyond each edge, ready for a small move.
const READY = 0.1;
// Where no zoom is the last, places nearer than this zoom can part are taken to be together.
const LAST_ZOOM = 18;

/** Return a function that groups places at a zoom; no two groups come nearer than `near` pixels. */
function gathering(map, places, near) {
  const order = [...places].sort((one, other) => other.sites.length - one.sites.length || one.index - other.index);
  const xs = new Float64Array(order.length), ys = new Float64Array(order.length);
  order.forEach((place, index) => ({ x: xs[index], y: ys[index] } = map.project([place.lat, place.lon], 0)));
  // Groups by cell of a grid as wide as `near`: lists in two arrays, since maps take ten times as long.
  const heads = new Int32Array(1 << 15), next = new Int32Array(order.length), firsts = new Int32Array(order.length);
  const cellOf = (column, row) => (Math.imul(column, 73856093) ^ Math.imul(row, 19349663)) & (heads.length - 1);

  /** Each group is a list of places, the most named first; `shows` says which places take part. */
  return function gather(zoom, shows) {
    const scale = 2 ** zoom / near, groups = [];
    heads.fill(-1);
    for (let index = 0; index < order.length; index++) {
      if (!shows(order[index])) continue;
      const x = xs[index] * scale, y = ys[index] * scale, column = Math.floor(x), row = Math.floor(y);
      let nearest = -1, least = 1;
      for (let step = 0; step < 9; step++) {
        for (let at = heads[cellOf(column - 1 + (step % 3), row - 1 + Math.floor(step / 3))]; at >= 0; at = next[at]) {
          const gap = (xs[firsts[at]] * scale - x) ** 2 + (ys[firsts[at]] * scale - y) ** 2;
          if (gap < least) [least, nearest] = [gap, at];
        }
      }
      if (nearest >= 0) {
        groups[nearest].push(order[index]);
        continue;
      }
      const cell = cellOf(column, row);
      firsts[groups.length] = index;
      next[groups.length] = heads[cell];
      heads[cell] = groups.length;
      groups.push([order[index]]);
    }
    return groups;
  };
}

/**
 * The marks of places. Options: `near` (pixels), `pane`, `shows(place)`, `apart()` (a place that is
 * drawn by itself), `symbol(place)` and `ring(places)` (icons), `label(places)`, `dress(marker,
 * place)` once for each marker of a place, `open(places, marker, from)` for places that no zoom parts.
 * Fires "drawn" when the marks are those of the view.
 */
const PlaceGroups = L.Layer.extend({
  options: { near: 54, pane: "markerPane", shows: () => true, apart: () => null },

  initialize(places, options) {
    L.setOptions(this, options);
    this._places = places;
    this._marks = new Map();
  },
  onAdd(map) {
    this._gather ??= gathering(map, this._places, this.options.near);
    this.redraw();
  },
  onRemove() {
    for (const mark of this._marks.values()) mark.remove();
    this._marks.clear();
  },
  getEvents() {
    return { moveend: this.redraw, resize: this.redraw };
  },

  /** Group what is shown, and draw the groups that are in view; marks that stay are kept. */
  redraw() {
    const { shows, apart } = this.options, map = this._map;
    if (!map) return;
    const own = apart(), view = map.getBounds().pad(READY);
    const [west, east, south, north] = [view.getWest(), view.getEast(), view.getSouth(), view.getNorth()];
    const groups = this._gather(map.getZoom(), (place) => place !== own && shows(place));
    if (own && shows(own) && this._places.includes(own)) groups.push([own]);
    const seen = new Map();
    for (const group of groups) {
      const [first] = group;
      if (first.lon < west || first.lon > east || first.lat < south || first.lat > north) continue;
      seen.set(`${group.length > 1 ? "ring" : "symbol"} ${first.index}`, group);
    }
    for (const [key, mark] of this._marks) {
      if (seen.has(key)) continue;
      mark.remove();
      this._marks.delete(key);
    }
    for (const [key, group] of seen) this._draw(key, group);
    this.fire("drawn");
  },

  _draw(key, group) {
    const { pane, symbol, ring, label, dress } = this.options, [first] = group;
    const isRing = group.length > 1;
    let mark = this._marks.get(key);
    if (!mark) {
      mark = L.marker([first.lat, first.lon], { pane, icon: isRing ? ring(group) : symbol(first), riseOnHover: true });
      if (isRing) onChoice(mark, (from) => this._pick(mark, from));
      else dress(mark, first);
      mark.addTo(this._map);
      this._marks.set(key, mark);
    } else if (isRing && !isSame(mark.places, group)) mark.setIcon(ring(group));
    mark.places = group;
    mark.getElement().setAttribute("aria-label", label(group));
  },

  /** A ring opens into its parts; those that no zoom can part are listed. */
  _pick(mark, from) {
    const map = this._map, { places } = mark;
    const bounds = L.latLngBounds(places.map((place) => [place.lat, place.lon]));
    const last = Math.min(map.getMaxZoom(), LAST_ZOOM);
    const [one, other] = [bounds.getSouthWest(), bounds.getNorthEast()].map((corner) => map.project(corner, last));
    if (one.distanceTo(other) < this.options.near) return this.options.open(places, mark, from);
    if (from === "keyboard") {
      map.once("moveend", () => this.markOf(places[0])?.getElement().focus({ preventScroll: true }));
    }
    map.fitBounds(bounds, { padding: [48, 48], maxZoom: last, animate: !stillness.matches });
  },

  getBounds() {
    return L.latLngBounds(this._places.map((place) => [place.lat, place.lon]));
  },

  /** The marks in view. */
  marks() {
    return [...this._marks.values()];
  },
  /** The mark in view that a place has, by itself or with others. */
  markOf(place) {
    return this.marks().find(({ places }) => places.includes(place));
  },
});

const isSame = (one, other) => one.length === other.length && one.every((place, index) => place === other[index]);

/** Call `choose` with "map" when a marker is clicked, with "keyboard" when a key chooses it. */
function onChoice(marker, choose) {
  marker.on("click", () => choose("map"));
  marker.on("keydown", ({ originalEvent: event }) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    L.DomEvent.stop(event);
    choose("keyboard");
  });
}

const RING_SIZE = 40;

/** A ring whose parts are the colours inside, with the number of places in the middle. */
function ringIcon(places, app) {
  const groups = new Map();
  for (const { colour, group } of places) groups.set(colour ?? group, (groups.get(colour ?? group) ?? 0) + 1);
  const picture = draw("svg", { viewBox: "0 0 44 44", width: RING_SIZE, height: RING_SIZE, "aria-hidden": "true" });
  picture.append(draw("circle", { class: "cluster-disc", cx: 22, cy: 22, r: 20.5 }));
  let from = 0;
  const parts = [...groups].sort();
  for (const [group, number] of parts) {
    const share = (number / places.length) * 100, gap = parts.length > 1 ? 2 : 0;
    const isColour = group.startsWith("#");
    const part = draw("circle", {
      class: `cluster-part${isColour ? "" : ` g-${group}`}`,
      cx: 22, cy: 22, r: 17, pathLength: 100,
      "stroke-dasharray": `${share - gap} ${100 - share + gap}`,
      "stroke-dashoffset": 25 - from,
    });
    if (isColour) part.style.setProperty("--c", group);
    picture.append(part);
    from += share;
  }
  const text = draw("text", { x: 22, y: 26.5, "text-anchor": "middle" });
  text.textContent = app.speech.number(places.length);
  picture.append(text);
  return L.divIcon({ html: picture, className: "cluster", iconSize: [RING_SIZE, RING_SIZE] });
}
