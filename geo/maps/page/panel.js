// The panel: heading, search, layers that double as the legend, and the lists.

/** Return the panel built for the language of the moment. */
function buildPanel(app) {
  const { speech, data } = app;
  const articles = articleList(app);
  const tabs = tabList(app, [
    ...(data.changes ? [["changes", () => changeList(app)]] : []),
    ["articles", () => articles.element],
    ["places", () => placeList(app)],
    ["missing", () => missingList(app)],
  ]);
  const element = make(
    "aside",
    { id: "panel", class: "panel", lang: speech.language, dir: speech.direction, "aria-label": speech.word("panel") },
    make("button", { type: "button", class: "grip", "aria-label": speech.word("panel"), "aria-expanded": "true", onclick: () => app.slide() }),
    heading(app),
    app.review?.bar(),
    data.changes ? changeTable(app) : null,
    searchBox(app),
    layerList(app),
    timeline(app),
    tabs.element,
    credits(app),
  );
  return { element, articles, openTab: tabs.open, filtered: element.querySelector(".layers").refresh };
}

function heading(app) {
  const { speech, data } = app;
  const literal = data.places.length;
  const button = (name, text, onclick) =>
    make("button", { type: "button", class: "icon", title: speech.word(name), "aria-label": speech.word(name), onclick }, ...[text].flat());
  return make(
    "header",
    { class: "heading" },
    make(
      "div",
      { class: "title-line" },
      make("h1", { dir: "auto", text: data.title ?? speech.word("page_title") }),
      make(
        "div",
        { class: "tools" },
        button("switch_language", speech.word("other_language"), () => app.speakOther()),
        button("theme", icon("theme"), () => app.turnTheme()),
        takeAway(app),
        app.review?.button(),
        button("print", icon("print"), () => window.print()),
      ),
    ),
    make("p", {
      class: "quiet summary",
      text: speech.listed([
        speech.counted("articles", data.articles.length),
        speech.counted("mentions", data.sites.length),
        speech.counted("places", literal),
      ]),
    }),
  );
}

const ICONS = {
  theme: "M12 3.500a8.500 8.500 0 1 0 8.500 8.500a6.500 6.500 0 0 1-8.500-8.500z",
  print: "M7 8.500v-5h10v5M7 17h-3v-8.500h16v8.500h-3M7 14h10v6.500h-10z",
  save: "M12 3.500v11M7.500 10.500l4.500 4.500l4.500-4.500M4 19.500h16",
  play: "M7 4.500l12 7.500l-12 7.500z",
  pause: "M8.500 5v14M15.500 5v14",
  review: "M4 12.500l4.500 4.500l6-8M14 19.500h6.500M17 15.500h3.500",
  layers: "M12 4l8.500 4.500l-8.500 4.500l-8.500-4.500zM4 12.500l8 4.200l8-4.200M4 16.300l8 4.200l8-4.200",
  home: "M4 9v-5h5M20 9v-5h-5M4 15v5h5M20 15v5h-5",
};

function icon(name) {
  return draw("svg", { viewBox: "0 0 24 24", width: 18, height: 18, class: "line-icon", "aria-hidden": "true" }, draw("path", { d: ICONS[name] }));
}

/** Tabs as the ARIA practices describe them: arrows move, one panel at a time. */
function tabList(app, entries) {
  const { speech, data } = app;
  const sizes = { changes: data.sites.filter((site) => site.change !== "same").length, articles: data.articles.length, places: data.places.length, missing: data.unplaced.length + data.rejected.length };
  const bar = make("div", { class: "tabs", role: "tablist" });
  const buttons = new Map();
  const panels = new Map();
  for (const [name] of entries) {
    const button = make("button", {
      type: "button", role: "tab", id: `tab-${name}`, "aria-controls": `list-${name}`,
      onclick: () => open(name),
    }, speech.word(`tab_${name}`), " ", make("span", { class: "count", text: speech.number(sizes[name]) }));
    buttons.set(name, button);
    panels.set(name, make("section", { id: `list-${name}`, role: "tabpanel", "aria-labelledby": `tab-${name}` }));
    bar.append(button);
  }
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const names = [...buttons.keys()];
    const sign = speech.direction === "rtl" ? -step : step;
    const next = names[(names.indexOf(app.tab) + sign + names.length) % names.length];
    open(next);
    buttons.get(next).focus();
  });
  const contents = new Map(entries);
  function open(name) {
    app.tab = name;
    // A long list is built when it is first looked at.
    if (contents.has(name)) panels.get(name).append(contents.get(name)());
    contents.delete(name);
    for (const [key, button] of buttons) {
      button.setAttribute("aria-selected", String(key === name));
      button.tabIndex = key === name ? 0 : -1;
      panels.get(key).hidden = key !== name;
    }
  }
  open(app.tab);
  return { element: make("div", { class: "lists" }, bar, ...panels.values()), open };
}

// More than a reader scrolls through before searching.
const PLACES_AT_ONCE = 400;

/** Every place, the most mentioned first: the way to areas and points by keyboard. */
function placeList(app) {
  const { speech, data } = app;
  const places = [...data.places].sort((one, other) => other.sites.length - one.sites.length || one.index - other.index);
  const item = (place) => make("li", {}, placeButton(app, place, "list"));
  if (!places.length) return make("p", { class: "quiet", text: speech.word("no_sites") });
  const list = make("ul", { class: "place-list" });
  const more = make("button", { type: "button", class: "plain-link", text: speech.word("more"), onclick: () => extend() });
  function extend() {
    list.append(...places.splice(0, PLACES_AT_ONCE).map(item));
    more.hidden = !places.length;
  }
  extend();
  return make("div", {}, list, more);
}

/** A place in a list, to choose it by. */
function placeButton(app, place, from) {
  const { speech } = app, [name, other] = speech.names(place);
  return make(
    "button",
    {
      type: "button", class: "place", "data-place": place.index,
      onclick: () => app.select(place, { from }),
      onmouseenter: () => app.hover(place, true),
      onmouseleave: () => app.hover(place, false),
    },
    symbol(place.kind, { unsure: place.unsure, area: place.isArea, size: 24 }),
    make("span", { class: "place-names" }, isolated(name), " ", other ? isolated(other, { class: "other-name" }) : null, make("span", { class: "quiet", text: whereabouts(app, place) })),
    make("span", { class: "count", text: speech.number(place.sites.length) }),
  );
}

/** What is not on the map, and why not. */
function missingList(app) {
  const { speech, data } = app;
  const section = (name) => {
    if (!data[name].length) return null;
    const items = data[name].map((mention) =>
      make(
        "li",
        {},
        make("strong", {}, isolated(mention.text || mention.article.text.slice(mention.start, mention.end))),
        make("span", { dir: "auto", text: speech.reason(mention.reason) }),
        make("button", { type: "button", class: "plain-link quiet", onclick: () => app.openArticle(mention.article, mention.start) }, isolated(mention.article.title ?? mention.article.id)),
        app.review?.tools(mention),
      ),
    );
    return make("div", {}, make("h3", { text: `${speech.word(name)} (${speech.number(items.length)})` }), make("p", { class: "quiet", text: speech.word(`${name}_note`) }), make("ul", { class: "missing" }, ...items));
  };
  const parts = [section("unplaced"), section("rejected")].filter(Boolean);
  return make("div", {}, ...(parts.length ? parts : [make("p", { class: "quiet", text: speech.word("nothing_missing") })]));
}

/** Where the map comes from; in the panel in full, on the map in short. */
function credits(app) {
  const { speech, data } = app;
  const origins = [...new Set(data.places.map((place) => place.origin).filter(Boolean))].sort();
  return make(
    "footer",
    { class: "credits quiet" },
    make("p", { text: speech.word("made_by") }),
    origins.length
      ? make("details", {}, make("summary", { text: speech.word("origins") }), make("ul", {}, ...origins.map((text) => make("li", {}, isolated(text)))))
      : null,
  );
}
