// The layers, which double as the legend: what is off is drawn struck and pale.

const KIND_GROUPS = {
  areas: ["country", "governorate", "district", "subdistrict", "countryside", "region"],
  settlements: ["settlement", "neighbourhood"],
  facilities: ["military_base", "oil_field", "gas_plant", "airport", "border_crossing", "bridge", "dam", "camp", "detention_centre", "landmark"],
  nature: ["river", "sea", "mountain", "desert"],
};

/** Return the layers by kind, use, basis, certainty and source, with counts that follow the filters. */
function layerList(app) {
  const { speech, data, state } = app;
  const refreshers = [];
  const areas = new Set(data.places.filter((place) => place.isArea).map((place) => place.kind));
  const values = (layer) => new Set(data.sites.map(layer));
  const kinds = values((site) => site.place.kind), uses = values((site) => site.use), bases = values((site) => site.basis);
  const certainties = values((site) => certaintyStep(site.confidence));
  const sources = [...values((site) => site.article.source ?? "")].sort();
  const group = (title, layers, options) => layers.length && layerGroup(app, refreshers, title, layers, options);

  const byKind = Object.entries(KIND_GROUPS).map(([name, all]) =>
    group(speech.word(`group_${name}`), all.filter((kind) => kinds.has(kind)), {
      filter: "kind", set: state.hiddenKinds, text: speech.kind,
      picture: (kind) => symbol(kind, { size: 20, area: areas.has(kind) }),
    }));
  const byUse = (uses.size > 1 || state.uses.has("associative")) && group(speech.word("layers_use"), ["literal", "associative"].filter((use) => uses.has(use)), {
    filter: "use", set: state.uses, only: true, text: (use) => speech.word(`use_${use}`),
  });
  const byBasis = bases.size > 1 && group(speech.word("layers_basis"), ["gazetteer", "relation", "coordinates"].filter((basis) => bases.has(basis)), {
    filter: "basis", set: state.hiddenBases, text: (basis) => speech.word(`basis_${basis}`), picture: (basis) => BASIS_SIGNS[basis]?.() ?? null,
  });
  const byCertainty = certainties.size > 1 && group(speech.word("confidence"), CERTAINTIES.filter((step) => certainties.has(step)), {
    filter: "certainty", set: state.hiddenCertainties, text: (step) => speech.word(`confidence_${step}`),
  });
  const bySource = sources.length > 1 && group(speech.word("layers_source"), sources, {
    filter: "source", set: state.hiddenSources, text: (source) => source || speech.word("no_source"),
  });
  const more = [byCertainty, data.sites.length && confidenceRange(app), byBasis, bySource].filter(Boolean);
  const box = make(
    "details",
    { class: "layers", open: !NARROW.matches },
    make("summary", { text: speech.word("layers") }),
    ...[...byKind, byUse].filter(Boolean),
    make("p", { class: "quiet dash-note" }, dashes(), speech.word("dashed")),
    more.length ? folded(speech.word("more_layers"), ...more) : null,
  );
  box.refresh = () => {
    const counts = state.counts();
    for (const refresh of refreshers) refresh(counts);
  };
  box.refresh();
  return box;
}

/** Layers of one sort under a box that turns them all: `set` holds what is hidden, or with `only` what is shown. */
function layerGroup({ speech, state }, refreshers, title, layers, { filter, set, only = false, text, picture = () => null }) {
  const isOn = (value) => set.has(value) === only;
  const chips = layers.map((value) => {
    const count = make("span", { class: "count" });
    const chip = make("button", {
      type: "button", class: "chip", "data-layer": value,
      onclick: () => state.toggle(set, value, isOn(value) !== only),
    }, picture(value), isolated(text(value)), count);
    refreshers.push((counts) => {
      const number = counts[filter].get(value) ?? 0;
      chip.setAttribute("aria-pressed", String(isOn(value)));
      chip.classList.toggle("none", !number);
      count.textContent = speech.number(number);
    });
    return chip;
  });
  const all = make("input", { type: "checkbox", onchange: () => {
    for (const value of layers) if (all.checked === only) set.add(value); else set.delete(value);
    state.tell("filter");
  } });
  refreshers.push(() => {
    const on = layers.filter(isOn).length;
    all.checked = on === layers.length;
    all.indeterminate = on > 0 && on < layers.length;
  });
  // One layer is its own group.
  const heading = layers.length > 1 ? make("label", { class: "all" }, all, title) : null;
  return make("div", { class: `chips chips-${filter}`, role: "group", "aria-label": title }, heading, ...chips);
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

/** Two thumbs: only sites at least and at most as sure as these are drawn. */
function confidenceRange(app) {
  const { speech, state } = app;
  const shown = make("output", { class: "count", for: "least most" });
  const thumb = (id) => make("input", { type: "range", id, class: "thumb", min: 0, max: 100, step: 5, "aria-label": speech.word(id), oninput: take });
  const least = thumb("least"), most = thumb("most");
  function take() {
    const [low, high] = [least, most].map((input) => Number(input.value) / 100).sort((one, other) => one - other);
    state.choose({ least: low, most: high });
  }
  function show() {
    least.value = Math.round(state.least * 100);
    most.value = Math.round(state.most * 100);
    for (const input of [least, most]) input.setAttribute("aria-valuetext", speech.percent(input.value / 100));
    shown.textContent = `${speech.percent(state.least)} – ${speech.percent(state.most)}`;
  }
  state.on("filter", show);
  show();
  return make("div", { class: "range quiet" }, make("span", { class: "track" }, least, most), shown);
}
