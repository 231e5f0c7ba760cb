// What the reader has chosen, and who wants to know when it changes.

// Every filter: whether a site passes it, and the layer of the legend that a site is counted in.
const FILTERS = [
  { name: "kind", passes: (state, site) => !state.hiddenKinds.has(site.place.kind), layer: (site) => site.place.kind },
  { name: "source", passes: (state, site) => !state.hiddenSources.has(site.article.source ?? ""), layer: (site) => site.article.source ?? "" },
  { name: "use", passes: (state, site) => state.uses.has(site.use), layer: (site) => site.use },
  { name: "basis", passes: (state, site) => !state.hiddenBases.has(site.basis), layer: (site) => site.basis },
  { name: "certainty", passes: (state, site) => !state.hiddenCertainties.has(certaintyStep(site.confidence)), layer: (site) => certaintyStep(site.confidence) },
  { name: "confidence", passes: (state, site) => site.confidence >= state.least && site.confidence <= state.most },
  { name: "time", passes: (state, site) => inTime(state, site.article.day) },
];

/** Articles without a date are kept or left out on their own, whatever the days. */
function inTime(state, day) {
  if (day === null) return state.undated;
  return !state.days || (day >= state.days[0] && day <= state.days[1]);
}

/** Return the state of a page: filters, selection, language, and its listeners. */
function newState(data) {
  const listeners = {};
  const filters = data.changes ? [...FILTERS, CHANGE_FILTER] : FILTERS;
  const state = {
    hiddenKinds: new Set(),
    hiddenSources: new Set(),
    hiddenBases: new Set(),
    hiddenCertainties: new Set(),
    hiddenChanges: new Set(),
    uses: new Set(["literal"]),
    least: 0,
    most: 1,
    days: null,
    undated: true,
    selected: null,
    on: (name, listener) => (listeners[name] ??= []).push(listener),
    tell: (name, ...values) => (listeners[name] ?? []).forEach((listener) => listener(...values)),
    /** Whether a site passes every filter. */
    shows: (site) => site.fails === 0,
    /** Whether any site of a place passes. */
    showsPlace: (place) => place.isShown,
    /** Put `value` into a set, or take it out, and say so. */
    toggle(set, value, present) {
      if (present) set.add(value);
      else set.delete(value);
      state.tell("filter");
    },
    /** Change some of the choices, and say so. */
    choose(choices) {
      Object.assign(state, choices);
      state.tell("filter");
    },
    /** Make sure that a site can be seen, whatever the filters were. */
    reveal(site) {
      if (state.shows(site)) return;
      state.hiddenKinds.delete(site.place.kind);
      state.hiddenSources.delete(site.article.source ?? "");
      state.hiddenBases.delete(site.basis);
      state.hiddenCertainties.delete(certaintyStep(site.confidence));
      state.hiddenChanges.delete(site.change);
      state.uses.add(site.use);
      const isOut = !inTime(state, site.article.day);
      state.choose({ least: Math.min(state.least, site.confidence), most: Math.max(state.most, site.confidence), ...(isOut && { days: null, undated: true }) });
    },
    /** Ask every site once which filters it fails, as bits; everything else reads the answer. */
    sift() {
      for (const place of data.places) place.isShown = false;
      for (const site of data.sites) {
        let fails = 0;
        for (let index = 0; index < filters.length; index++) if (!filters[index].passes(state, site)) fails |= 1 << index;
        site.fails = fails;
        if (!fails) site.place.isShown = true;
      }
    },
    /** The places of each layer that pass the other filters: by filter, then by layer. */
    counts() {
      const counts = {};
      filters.forEach(({ name, layer }, index) => {
        if (!layer) return;
        const found = (counts[name] = new Map()), lasts = new Map(), others = ~(1 << index);
        for (const place of data.places) {
          for (const site of place.sites) {
            const value = layer(site);
            // A place is counted once in a layer: the layer remembers the last it counted.
            if (site.fails & others || lasts.get(value) === place) continue;
            lasts.set(value, place);
            found.set(value, (found.get(value) ?? 0) + 1);
          }
        }
      });
      return counts;
    },
  };
  // A corpus that only ever names places for their governments still shows something.
  if (!data.sites.some((site) => site.use === "literal")) state.uses.add("associative");
  state.sift();
  return state;
}
