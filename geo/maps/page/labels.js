// Names on the map, none over another: the most important first, each where it finds room.

const LABEL_FONTS = {
  country: "600 14px ",
  admin1: "500 12px ",
  city: "12px ",
  water: "italic 12px ",
  area: "700 13px ",
  site: "700 12.5px ",
};
const MARGIN = 3, HEIGHT = 17;
// Half a city's dot and the air round it.
const DOT = 4;
// Milliseconds after a change of the map.
const AFTER = 40;
// No name is narrower, so where this has no room none is measured.
const NARROWEST = 12;

/** Draw the labels that `sources` offer; return the function that draws them anew. */
function labelLayer(map, sources) {
  const pane = map.createPane("names");
  pane.setAttribute("aria-hidden", "true");
  const ruler = document.createElement("canvas").getContext("2d");
  const widths = new Map();
  const family = getComputedStyle(document.body).fontFamily;

  const widthOf = (text, style) => {
    const key = `${style} ${text}`;
    if (!widths.has(key)) {
      ruler.font = LABEL_FONTS[style] + family;
      widths.set(key, Math.ceil(ruler.measureText(text).width) + 2);
    }
    return widths.get(key);
  };

  const isFree = (box, taken) =>
    taken.every((other) => box.right < other.left || box.left > other.right || box.bottom < other.top || box.top > other.bottom);

  function dotBox(label) {
    const at = map.latLngToContainerPoint([label.lat, label.lon]);
    return { left: at.x - DOT, right: at.x + DOT, top: at.y - DOT, bottom: at.y + DOT };
  }

  function place(label, taken, view) {
    const point = map.latLngToContainerPoint([label.lat, label.lon]);
    if (point.x < 0 || point.y < 0 || point.x > view.x || point.y > view.y) return null;
    const boxAt = ([dx, dy], width) => {
      const middle = point.x + dx + Math.sign(dx) * (width / 2), across = width / 2 + MARGIN, up = HEIGHT / 2 + MARGIN;
      return { left: middle - across, right: middle + across, top: point.y + dy - up, bottom: point.y + dy + up };
    };
    for (const offset of label.offsets ?? [[0, 0]]) {
      if (!isFree(boxAt(offset, NARROWEST), taken)) continue;
      const width = widthOf(label.text, label.style), box = boxAt(offset, width);
      // A name cut by the edge of the map reads as another name.
      if (box.left < 0 || box.right > view.x || box.top < 0 || box.bottom > view.y) continue;
      if (isFree(box, taken)) return { box, width };
    }
    return null;
  }

  /** Zoom buttons, scale and credits stand over the map, so no name goes under them. */
  function controls() {
    const frame = map.getContainer().getBoundingClientRect();
    return [...map.getContainer().querySelectorAll(".leaflet-control")].map((control) => {
      const box = control.getBoundingClientRect();
      return { left: box.left - frame.left, right: box.right - frame.left, top: box.top - frame.top, bottom: box.bottom - frame.top };
    });
  }

  function redraw() {
    const view = map.getSize(), zoom = map.getZoom();
    const taken = controls(), shown = [], names = new Set();
    for (const source of sources) {
      const offered = source(zoom);
      taken.push(...(offered.obstacles ?? []));
      for (const label of offered.labels) {
        // A city of the basemap that is also a site is named once, as the site.
        if (!label.text || names.has(label.text)) continue;
        const dot = label.dot ? dotBox(label) : null;
        const found = dot && !isFree(dot, taken) ? null : place(label, taken, view);
        if (!found) continue;
        taken.push(found.box, ...(dot ? [dot] : []));
        names.add(label.text);
        const span = make("span", { class: `name name-${label.style} ${label.class ?? ""}`, dir: "auto", text: label.text });
        span.style.width = `${found.width}px`;
        const corner = map.containerPointToLayerPoint([found.box.left + MARGIN, found.box.top + MARGIN]);
        L.DomUtil.setPosition(span, corner.round());
        shown.push(span);
        if (dot) {
          const mark = make("i", { class: "dot" });
          L.DomUtil.setPosition(mark, map.latLngToLayerPoint([label.lat, label.lon]).round());
          shown.push(mark);
        }
      }
    }
    pane.replaceChildren(...shown);
    pane.classList.remove("waiting");
  }

  let waiting = 0;
  /** Names wait until the map has painted what they name. */
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(redraw, AFTER);
  };
  map.on("zoomstart", () => pane.classList.add("waiting"));
  map.on("moveend zoomend resize", later);
  return later;
}
