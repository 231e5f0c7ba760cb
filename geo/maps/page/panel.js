// The panel: heading, search, layers that double as the legend, and the lists.

/** Return the panel built for the language of the moment. */
function buildPanel(app) {
  const { speech } = app;
  const articles = articleList(app);
  const tabs = tabList(app, [
    ["articles", articles.element],
    ["places", placeList(app)],
    ["missing", missingList(app)],
  ]);
  const element = make(
    "aside",
    { id: "panel", class: "panel", lang: speech.language, dir: speech.direction, "aria-label": speech.word("panel") },
    make("button", { type: "button", class: "grip", "aria-label": speech.word("panel"), "aria-expanded": "true", onclick: () => app.slide() }),
    heading(app),
    searchBox(app),
    layerList(app),
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
  home: "M4 9v-5h5M20 9v-5h-5M4 15v5h5M20 15v5h-5",
};

function icon(name) {
  return draw("svg", { viewBox: "0 0 24 24", width: 18, height: 18, class: "line-icon", "aria-hidden": "true" }, draw("path", { d: ICONS[name] }));
}

/** Layers by kind with counts, then uses and sources: what is off is drawn struck and pale. */
function layerList(app) {
  const { speech, data, state } = app;
  const chips = [];
  const chip = (picture, text, set, value, match, hides) => {
    const count = make("span", { class: "count" });
    const box = make("button", {
      type: "button",
      class: "chip",
      "data-layer": value,
      onclick: () => state.toggle(set, value, hides ? isOn() : !isOn()),
    }, picture, isolated(text), count);
    const isOn = () => (hides ? !set.has(value) : set.has(value));
    chips.push(() => {
      box.setAttribute("aria-pressed", String(isOn()));
      count.textContent = speech.number(match());
    });
    return box;
  };
  const number = (test) => () => new Set(data.sites.filter(test).map((site) => site.place)).size;
  const passes = (site, but) => ["kind", "source", "use"].every((name) => name === but || PASSES[name](state, site));
  const kinds = Object.keys(GROUP_OF).filter((kind) => data.places.some((place) => place.kind === kind));
  const area = (kind) => data.places.some((place) => place.kind === kind && place.isArea);
  const kindChips = kinds.map((kind) =>
    chip(symbol(kind, { size: 20, area: area(kind) }), speech.kind(kind), state.hiddenKinds, kind,
      number((site) => site.place.kind === kind && passes(site, "kind")), true));
  const uses = ["literal", "associative"].filter((use) => data.sites.some((site) => site.use === use));
  const useChips = uses.map((use) =>
    chip(null, speech.word(`use_${use}`), state.uses, use, number((site) => site.use === use && passes(site, "use")), false));
  const sources = [...new Set(data.articles.map((article) => article.source ?? ""))].sort();
  const sourceChips = sources.map((source) =>
    chip(null, source || speech.word("no_source"), state.hiddenSources, source,
      number((site) => (site.article.source ?? "") === source && passes(site, "source")), true));
  const row = (name, list) =>
    make("fieldset", { class: `chips-${name}` }, make("legend", { text: speech.word(`layers_${name}`) }), make("div", { class: "chips" }, ...list));
  const folded = NARROW.matches;
  const box = make(
    "details",
    { class: "layers", open: !folded },
    make("summary", { text: speech.word("layers") }),
    row("kind", kindChips),
    useChips.length > 1 || uses[0] === "associative" ? row("use", useChips) : null,
    sources.length > 1 ? make("details", { class: "sources", open: sources.length <= MOST_SOURCES }, make("summary", { class: "quiet" }, `${speech.word("layers_source")} `, make("span", { class: "count", text: speech.number(sources.length) })), make("div", { class: "chips" }, ...sourceChips)) : null,
    make("p", { class: "quiet dash-note" }, draw("svg", { viewBox: "0 0 34 8", width: 34, height: 8, "aria-hidden": "true" }, draw("path", { class: "dash", d: "M1 4h32" })), speech.word("dashed")),
  );
  box.refresh = () => chips.forEach((refresh) => refresh());
  box.refresh();
  return box;
}

// More sources than these are folded away, so that the articles stay in sight.
const MOST_SOURCES = 3;

const PASSES = {
  kind: (state, site) => !state.hiddenKinds.has(site.place.kind),
  source: (state, site) => !state.hiddenSources.has(site.article.source ?? ""),
  use: (state, site) => state.uses.has(site.use),
};

/** Tabs as the ARIA practices describe them: arrows move, one panel at a time. */
function tabList(app, entries) {
  const { speech, data } = app;
  const sizes = { articles: data.articles.length, places: data.places.length, missing: data.unplaced.length + data.rejected.length };
  const bar = make("div", { class: "tabs", role: "tablist" });
  const buttons = new Map();
  const panels = new Map();
  for (const [name, content] of entries) {
    const button = make("button", {
      type: "button", role: "tab", id: `tab-${name}`, "aria-controls": `list-${name}`,
      onclick: () => open(name),
    }, speech.word(`tab_${name}`), " ", make("span", { class: "count", text: speech.number(sizes[name]) }));
    buttons.set(name, button);
    panels.set(name, make("section", { id: `list-${name}`, role: "tabpanel", "aria-labelledby": `tab-${name}` }, content));
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
  function open(name) {
    app.tab = name;
    for (const [key, button] of buttons) {
      button.setAttribute("aria-selected", String(key === name));
      button.tabIndex = key === name ? 0 : -1;
      panels.get(key).hidden = key !== name;
    }
  }
  open(app.tab);
  return { element: make("div", { class: "lists" }, bar, ...panels.values()), open };
}

/** Every place, the most mentioned first: the way to areas and points by keyboard. */
function placeList(app) {
  const { speech, data } = app;
  const places = [...data.places].sort((one, other) => other.sites.length - one.sites.length || one.index - other.index);
  const items = places.map((place) => {
    const [name, other] = speech.names(place);
    return make(
      "li",
      {},
      make(
        "button",
        {
          type: "button", class: "place", "data-place": place.index,
          onclick: () => app.select(place, { from: "list" }),
          onmouseenter: () => app.hover(place, true),
          onmouseleave: () => app.hover(place, false),
        },
        symbol(place.kind, { unsure: place.unsure, area: place.isArea, size: 24 }),
        make("span", { class: "place-names" }, isolated(name), " ", other ? isolated(other, { class: "other-name" }) : null, make("span", { class: "quiet", text: whereabouts(app, place) })),
        make("span", { class: "count", text: speech.number(place.sites.length) }),
      ),
    );
  });
  return items.length ? make("ul", { class: "place-list" }, ...items) : make("p", { class: "quiet", text: speech.word("no_sites") });
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
        make("span", { dir: "auto", text: mention.reason }),
        make("span", { class: "quiet" }, isolated(mention.article.title ?? mention.article.id)),
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
