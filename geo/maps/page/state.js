// What the reader has chosen, and who wants to know when it changes.

/** Return the state of a page: filters, selection, language, and its listeners. */
function newState(data) {
  const listeners = {};
  const state = {
    hiddenKinds: new Set(),
    hiddenSources: new Set(),
    uses: new Set(["literal"]),
    selected: null,
    on: (name, listener) => (listeners[name] ??= []).push(listener),
    tell: (name, ...values) => (listeners[name] ?? []).forEach((listener) => listener(...values)),
    /** Whether a site passes every filter. */
    shows: (site) =>
      !state.hiddenKinds.has(site.place.kind) &&
      !state.hiddenSources.has(site.article.source ?? "") &&
      state.uses.has(site.use),
    /** Whether any site of a place passes. */
    showsPlace: (place) => place.sites.some(state.shows),
    /** Put `value` into a set, or take it out, and say so. */
    toggle(set, value, present) {
      if (present) set.add(value);
      else set.delete(value);
      state.tell("filter");
    },
    /** Make sure that a site can be seen, whatever the filters were. */
    reveal(site) {
      if (state.shows(site)) return;
      state.hiddenKinds.delete(site.place.kind);
      state.hiddenSources.delete(site.article.source ?? "");
      state.uses.add(site.use);
      state.tell("filter");
    },
  };
  // A corpus that only ever names places for their governments still shows something.
  if (!data.sites.some((site) => site.use === "literal")) state.uses.add("associative");
  return state;
}
