// Take-away: what is visible as a file, made in the page and sent nowhere.

const COLUMNS = ["article_id", "article_title", "article_date", "article_source", "article_url", "start", "end", "text", "excerpt", "place_id", "name", "name_ar", "kind", "country", "admin1", "lat", "lon", "radius_km", "confidence", "use", "source", "why"];

/** A visible site as a row of plain values; offsets count UTF-16 units, as the page does. */
function rowOf(site) {
  const { article, place } = site;
  return {
    article_id: article.id, article_title: article.title, article_date: article.date, article_source: article.source, article_url: article.url,
    start: site.start, end: site.end, text: site.text, excerpt: article.text.slice(site.from, site.to),
    place_id: place.id, name: place.name, name_ar: place.name_ar, kind: place.kind, country: place.country, admin1: place.admin1,
    lat: place.lat, lon: place.lon, radius_km: place.radius, confidence: site.confidence, use: site.use, source: site.source, why: site.why.join("; "),
  };
}

/** A CSV cell that no spreadsheet takes for a formula; numbers are left as they are. */
function cell(value) {
  if (typeof value === "number") return String(value);
  let text = String(value ?? "");
  if (/^[=+\-@\t\r]/.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const turned = (line) => line.map(([lat, lon]) => [lon, lat]);

function geometryOf({ rings, lines, lat, lon }) {
  if (rings) return { type: "MultiPolygon", coordinates: rings.map((part) => part.map(turned)) };
  if (lines) return { type: "MultiLineString", coordinates: lines.map(turned) };
  return { type: "Point", coordinates: [lon, lat] };
}

const FORMATS = {
  csv: {
    type: "text/csv",
    write: (sites) => `\ufeff${[COLUMNS, ...sites.map((site) => Object.values(rowOf(site)))].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`,
  },
  geojson: {
    type: "application/geo+json",
    write: (sites) => JSON.stringify({
      type: "FeatureCollection",
      features: sites.map((site) => ({
        type: "Feature",
        properties: rowOf(site),
        geometry: geometryOf(site.place),
      })),
    }),
  },
  kml: { type: "application/vnd.google-earth.kml+xml", write: kml },
};

/** A KML document, written by the browser's own serialiser: no text becomes markup. */
function kml(sites) {
  const space = "http://www.opengis.net/kml/2.2";
  const page = document.implementation.createDocument(space, "kml");
  // XML has no way to write these, not even escaped.
  const printable = (text) => String(text ?? "").replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd");
  const node = (name, ...children) => {
    const element = page.createElementNS(space, name);
    element.append(...children);
    return element;
  };
  const line = (name, points) => node(name, node("coordinates", turned(points).join(" ")));
  const polygon = ([outer, ...holes]) =>
    node("Polygon", node("outerBoundaryIs", line("LinearRing", outer)), ...holes.map((hole) => node("innerBoundaryIs", line("LinearRing", hole))));
  const geometry = ({ rings, lines, lat, lon }) => {
    if (!rings && !lines) return line("Point", [[lat, lon]]);
    return node("MultiGeometry", ...(rings ?? []).map(polygon), ...(lines ?? []).map((part) => line("LineString", part)));
  };
  const placemark = (site) => {
    const { place } = site, row = rowOf(site);
    const data = COLUMNS.map((name) => {
      const item = node("Data", node("value", printable(row[name])));
      item.setAttribute("name", name);
      return item;
    });
    return node(
      "Placemark",
      node("name", printable(place.name)),
      node("ExtendedData", ...data),
      geometry(place),
    );
  };
  page.documentElement.append(node("Document", ...sites.map(placemark)));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(page)}`;
}

/** Give a file to the reader. */
function download(name, text, type) {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

/** A button that opens to the formats. */
function takeAway(app) {
  const { speech, state, data } = app;
  const button = ([name, format]) =>
    make("button", {
      type: "button", class: "plain-link", "data-format": name, text: name === "geojson" ? "GeoJSON" : name.toUpperCase(),
      onclick: () => {
        download(`sites.${name}`, format.write(data.sites.filter(state.shows)), format.type);
        box.open = false;
      },
    });
  const label = speech.word("take_away");
  const box = make(
    "details",
    { class: "take-away" },
    make("summary", { class: "icon", title: label, "aria-label": label }, icon("save")),
    make("div", { class: "menu" }, make("p", { class: "quiet", text: label }), ...Object.entries(FORMATS).map(button)),
  );
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    box.open = false;
    box.querySelector("summary").focus();
  });
  return box;
}
