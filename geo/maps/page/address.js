// The address of a view: what is seen, hidden and open, in the hash, where the page may change it.

/** Return how to open the view that the address names, and how to keep the address true. */
function followAddress(app) {
  const { map, state, data } = app;
  const sets = { kinds: state.hiddenKinds, sources: state.hiddenSources, bases: state.hiddenBases, certainties: state.hiddenCertainties, changes: state.hiddenChanges };
  let isAllowed = true;

  function write() {
    if (!isAllowed) return;
    const at = map.getCenter();
    const values = new URLSearchParams({ at: [map.getZoom(), at.lat.toFixed(4), at.lng.toFixed(4)].join("/") });
    for (const [name, set] of Object.entries(sets)) for (const value of set) values.append(name, value);
    if (state.uses.has("associative")) values.set("use", "all");
    if (state.least) values.set("least", state.least);
    if (state.most < 1) values.set("most", state.most);
    if (state.days) values.set("days", state.days.join("/"));
    if (!state.undated) values.set("undated", "no");
    if (state.selected) values.set("site", state.selected.site.index);
    try {
      history.replaceState(null, "", `#${values}`);
    } catch (error) {
      // A page inside a notebook's frame has no address of its own.
      if (!(error instanceof DOMException)) throw error;
      isAllowed = false;
    }
  }

  const numbers = (text) => (text ?? "").split("/").map(Number);

  /** Show what the address names; whether it names a view. */
  function open() {
    const values = new URLSearchParams(location.hash.slice(1));
    const [zoom, lat, lon] = numbers(values.get("at"));
    if (![zoom, lat, lon].every(Number.isFinite)) return false;
    map.setView([lat, lon], zoom, { animate: false });
    for (const [name, set] of Object.entries(sets)) {
      set.clear();
      for (const value of values.getAll(name)) set.add(value);
    }
    if (values.get("use") === "all") state.uses.add("associative");
    const least = Number(values.get("least")), most = Number(values.get("most") ?? 1), days = numbers(values.get("days"));
    if (least > 0 && least <= 1) state.least = least;
    if (most >= 0 && most < 1) state.most = most;
    if (days.length === 2 && days.every(Number.isFinite)) state.days = days;
    state.undated = values.get("undated") !== "no";
    const site = data.sites[values.get("site") ?? -1];
    if (site) setTimeout(() => app.select(site.place, { site, from: "address" }));
    return true;
  }

  let waiting = 0;
  function follow() {
    app.moved = () => {
      clearTimeout(waiting);
      waiting = setTimeout(write, 200);
    };
    map.on("moveend", app.moved);
    state.on("filter", app.moved);
  }
  return { open, follow };
}
