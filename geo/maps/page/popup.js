// A popup: which place, what the articles say of it, how sure we are, and what else it could be.

/** Return the content of a place's popup, open at one of its sites. */
function popupContent(app, place, first) {
  const { speech } = app;
  const [name, other] = speech.names(place);
  const sites = place.sites.filter((site) => app.state.shows(site) || site === first);
  const body = make("div", { class: "popup-site" });
  const box = make(
    "div",
    { class: `popup g-${place.group}`, dir: speech.direction, lang: speech.language },
    make(
      "header",
      { class: "popup-head" },
      symbol(place.kind, { unsure: place.unsure, area: place.isArea, size: 30 }),
      make(
        "div",
        {},
        make("h2", {}, isolated(name), ...(other ? [" ", isolated(other, { class: "other-name", lang: speech.language === "ar" ? "en" : "ar" })] : [])),
        make("p", { class: "quiet", text: whereabouts(app, place) }),
      ),
    ),
    body,
  );
  let at = Math.max(0, sites.indexOf(first));
  const count = make("span", { class: "quiet", "aria-live": "polite" });
  const step = (by) => () => show((at + by + sites.length) % sites.length);
  if (sites.length > 1) {
    box.append(pager(speech, "excerpts", count, step));
  }
  function show(index) {
    at = index;
    const articles = new Set(sites.map((site) => site.article)).size;
    count.textContent = speech.word("excerpt_of", {
      n: speech.number(index + 1),
      total: speech.number(sites.length),
      articles: speech.counted("articles", articles),
    });
    body.replaceChildren(...siteContent(app, sites[index]));
    app.turnedTo(sites[index]);
  }
  show(at);
  return box;
}

/** Back and forth through a list; `step` makes what a button does of how far it goes. */
function pager(speech, name, count, step) {
  return make(
    "nav",
    { class: "pager", "aria-label": speech.word(name) },
    make("button", { type: "button", class: "icon turn", "aria-label": speech.word("previous"), text: "‹", onclick: step(-1) }),
    count,
    make("button", { type: "button", class: "icon turn", "aria-label": speech.word("next"), text: "›", onclick: step(1) }),
  );
}

/** A ring with a name: where a mention could be too. */
function ghostOf(other, options = {}) {
  const ring = L.circleMarker([other.lat, other.lon], { radius: 11, className: "ghost", interactive: false, ...options });
  return ring.bindTooltip(isolated(other.name), { permanent: true, direction: "top", className: "ghost-name" });
}

/** Kind, governorate and country in one line. */
function whereabouts(app, place) {
  const { speech } = app;
  const own = new Set(speech.names(place));
  const region = app.admin1(place.admin1);
  const country = place.kind === "country" ? null : speech.country(place.country);
  return speech.listed([speech.kind(place.kind), own.has(region) ? null : region, own.has(country) ? null : country]);
}

function siteContent(app, site) {
  const { speech } = app;
  const { article } = site;
  const meta = make("p", { class: "quiet source" });
  const parts = [
    article.url ? link(article.url, article.source ?? article.url) : article.source && isolated(article.source),
    article.date && isolated(speech.date(article.date)),
  ].filter(Boolean);
  parts.forEach((part, index) => meta.append(...(index ? [" · "] : []), part));
  return [
    excerptOf(site),
    make("p", { class: "headline", dir: directionOf(article), lang: article.language, text: article.title ?? article.id }),
    meta,
    // A layer on somebody else's map has no panel to read in.
    app.read && make("button", { type: "button", class: "plain-link", text: speech.word("read_in_article"), onclick: () => app.read(site) }),
    certaintyOf(app, site),
    app.review?.tools(site, site),
    ...detailsOf(app, site),
  ].filter(Boolean);
}

/** The sentence round a mention, the mention marked, an ellipsis where the article goes on. */
function excerptOf(site) {
  const { article } = site;
  const quote = make("blockquote", { lang: article.language });
  quote.append(
    /(^|[.!?؟…\n]\s*)$/.test(article.text.slice(0, site.from)) ? "" : "… ",
    article.text.slice(site.from, site.start).replace(/\s+/g, " "),
    make("mark", { text: site.text }),
    article.text.slice(site.end, site.to).replace(/\s+/g, " "),
    /[.!?؟…]["'”’»)]*\s*$/.test(article.text.slice(site.end, site.to)) || site.to >= article.text.trimEnd().length ? "" : " …",
  );
  // The direction is the sentence's, not that of the ellipsis or of a foreign name it starts with.
  quote.dir = directionOf(article);
  return quote;
}

function certaintyOf(app, site) {
  const { speech } = app;
  const bar = make("span", { class: "bar", "aria-hidden": "true" }, make("i"));
  bar.firstChild.style.inlineSize = `${Math.round(site.confidence * 100)}%`;
  const badges = [
    app.changeOf?.(site),
    site.use === "associative" && speech.word("associative_badge"),
    site.unverified && speech.word("unverified"),
    site.disputed && speech.word("disputed"),
    site.source !== "gazetteer" && speech.word(`by_${site.source}`),
  ].filter(Boolean);
  return make(
    "div",
    { class: "certainty" },
    make("span", { text: `${speech.word("confidence")}: ` }, make("strong", { text: speech.certainty(site) }), " ", isolated(speech.percent(site.confidence))),
    bar,
    badges.length ? make("span", { class: "badges" }, ...badges.map((text) => make("span", { class: "badge", text }))) : null,
  );
}

// What a source's name in the gazetteer means for whoever publishes its points.
const LICENCES = [
  [/geonames/i, "GeoNames: CC BY 4.0"],
  [/natural.earth/i, "Natural Earth: public domain"],
  [/cldr/i, "Unicode CLDR: Unicode License v3"],
  [/wikidata/i, "Wikidata: CC0"],
  [/wikipedia/i, "Wikipedia: CC BY-SA 4.0"],
  [/ocha/i, "OCHA COD-AB: CC BY-IGO"],
  [/airportsdata/i, "airportsdata: MIT"],
];

/** Why this place, what else it could be, and where its point comes from. */
function detailsOf(app, site) {
  const { speech } = app;
  const { place } = site;
  const fold = (title, list) => make("details", {}, make("summary", { text: title }), list);
  const parts = [];
  if (site.why.length) {
    const items = [...new Set(site.why.map(speech.reason))].map((reason) => make("li", {}, isolated(reason)));
    parts.push(fold(speech.word("why"), make("ul", {}, ...items)));
  }
  if (site.alternatives.length) {
    const items = site.alternatives.map((other) =>
      make(
        "li",
        {},
        make("button", { type: "button", class: "plain-link", onclick: () => app.point([other]) }, isolated(other.name)),
        " ",
        make("span", { class: "quiet", text: speech.listed([speech.country(other.country), speech.percent(other.confidence)]) }),
      ),
    );
    if (items.length > 1) items.push(make("li", {}, make("button", { type: "button", class: "plain-link", text: speech.word("all_alternatives"), onclick: () => app.point(site.alternatives) })));
    parts.push(fold(`${speech.word("alternatives")} (${speech.number(site.alternatives.length)})`, make("ul", {}, ...items)));
  }
  const point = `${place.lat.toFixed(4)}, ${place.lon.toFixed(4)}`;
  const facts = [make("li", {}, isolated(point, { dir: "ltr" }))];
  if (place.radius && !place.rings && !place.lines) facts.push(make("li", { text: speech.word("radius", { n: speech.number(place.radius) }) }));
  if (site.anchors?.length) facts.push(make("li", {}, `${speech.word("anchors")}: `, isolated(speech.listed(site.anchors.map((anchor) => speech.reason(anchor.name))))));
  if (place.origin) facts.push(make("li", {}, `${speech.word("origin")}: `, isolated(speech.reason(place.origin))));
  const licences = LICENCES.filter(([source]) => source.test(place.origin ?? ""));
  if (licences.length) facts.push(make("li", {}, `${speech.word("licence")}: `, isolated(speech.listed(licences.map(([, licence]) => licence)))));
  parts.push(fold(speech.word("position"), make("ul", {}, ...facts)));
  if (place.details.length) {
    const own = place.details.map(([name, value]) => make("li", {}, isolated(name), ": ", link(value, value)));
    parts.push(fold(speech.word("details"), make("ul", {}, ...own)));
  }
  return parts;
}
