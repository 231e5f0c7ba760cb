// The layers, which double as the legend: what is off is drawn struck and pale.

/** Return the layers by kind, use, basis and source, with counts that follow the filters. */
function layerList(app) {
  const { speech, data, state } = app;
  const chips = [];
  /** A layer of a filter: `set` holds what is hidden, or with `only` what is shown. */
  const chip = (filter, value, text, set, { picture = null, only = false } = {}) => {
    const count = make("span", { class: "count" });
    const isOn = () => set.has(value) === only;
    const box = make("button", {
      type: "button", class: "chip", "data-layer": value,
      onclick: () => state.toggle(set, value, isOn() !== only),
    }, picture, isolated(text), count);
    chips.push((counts) => {
      box.setAttribute("aria-pressed", String(isOn()));
      count.textContent = speech.number(counts[filter].get(value) ?? 0);
    });
    return box;
  };
  const areas = new Set(data.places.filter((place) => place.isArea).map((place) => place.kind));
  const present = new Set(data.places.map((place) => place.kind));
  const kinds = Object.keys(GROUP_OF).filter((kind) => present.has(kind)).map((kind) =>
    chip("kind", kind, speech.kind(kind), state.hiddenKinds, { picture: symbol(kind, { size: 20, area: areas.has(kind) }) }));
  const have = (name, values) => {
    const found = new Set(data.sites.map((site) => site[name]));
    return values.filter((value) => found.has(value));
  };
  const uses = have("use", ["literal", "associative"]).map((use) => chip("use", use, speech.word(`use_${use}`), state.uses, { only: true }));
  const bases = have("basis", ["gazetteer", "relation", "coordinates"]).map((basis) =>
    chip("basis", basis, speech.word(`basis_${basis}`), state.hiddenBases, { picture: BASIS_SIGNS[basis]?.() ?? null }));
  const sources = [...new Set(data.articles.map((article) => article.source ?? ""))].sort().map((source) =>
    chip("source", source, source || speech.word("no_source"), state.hiddenSources));
  const row = (name, list) =>
    make("fieldset", { class: `chips-${name}` }, make("legend", { text: speech.word(`layers_${name}`) }), make("div", { class: "chips" }, ...list));
  const more = [
    bases.length > 1 ? row("basis", bases) : null,
    sources.length > 1 ? row("source", sources) : null,
    data.sites.length ? leastConfidence(app) : null,
  ].filter(Boolean);
  const box = make(
    "details",
    { class: "layers", open: !NARROW.matches },
    make("summary", { text: speech.word("layers") }),
    row("kind", kinds),
    uses.length > 1 || state.uses.has("associative") ? row("use", uses) : null,
    make("p", { class: "quiet dash-note" }, dashes(), speech.word("dashed")),
    more.length ? folded(speech.word("more_layers"), ...more) : null,
  );
  box.refresh = () => {
    const counts = state.counts();
    for (const refresh of chips) refresh(counts);
  };
  box.refresh();
  return box;
}

const dashes = () =>
  draw("svg", { viewBox: "0 0 34 8", width: 34, height: 8, "aria-hidden": "true" }, draw("path", { class: "dash", d: "M1 4h32" }));

// What was drawn from the words of an article has a sign of its own.
const BASIS_SIGNS = {
  relation: () => draw("svg", { viewBox: "0 0 20 20", width: 18, height: 18, "aria-hidden": "true" }, draw("path", { class: "basis-sign", d: "M3 17l9-9M15 2.500a3 3 0 1 1 0 6a3 3 0 1 1 0-6z" })),
  coordinates: () => draw("svg", { viewBox: "0 0 20 20", width: 18, height: 18, "aria-hidden": "true" }, draw("path", { class: "basis-sign", d: "M10 2v16M2 10h16" })),
};

/** What fewer readers need is folded away, so that the articles stay in sight. */
function folded(title, ...rows) {
  return make("details", { class: "sources" }, make("summary", { class: "quiet", text: title }), ...rows);
}

/** A threshold: sites that are less sure than this are not drawn. */
function leastConfidence(app) {
  const { speech, state } = app;
  const shown = make("output", { class: "count", for: "least", text: speech.percent(state.least) });
  const input = make("input", {
    type: "range", id: "least", min: 0, max: 95, step: 5, value: Math.round(state.least * 100),
    oninput: () => {
      shown.textContent = speech.percent(input.value / 100);
      state.choose({ least: input.value / 100 });
    },
  });
  state.on("filter", () => {
    input.value = Math.round(state.least * 100);
    shown.textContent = speech.percent(state.least);
  });
  return make("p", { class: "least quiet" }, make("label", { for: "least", text: speech.word("least") }), input, shown);
}
