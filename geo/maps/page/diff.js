// Two runs on one map: which sites are new, gone, moved or unchanged. Only where the data say so.

const CHANGE_SIGNS = { new: "+", gone: "−", moved: "→", same: "=" };
const CHANGE_FILTER = { name: "change", passes: (state, site) => !state.hiddenChanges.has(site.change), layer: (site) => site.change };

/** Say of every site, and of every place, what became of it; return what there is to look at: the
 *  sites that changed, and where they were. */
function linkChanges(data) {
  const { kinds, of, was } = data.changes;
  data.sites.forEach((site, index) => {
    site.change = kinds[of[index]];
    site.was = was[index] ?? null;
  });
  for (const place of data.places) {
    const all = (change) => place.sites.every((site) => site.change === change);
    place.change = place.sites.some((site) => site.change === "moved") ? "moved" : all("new") ? "new" : all("gone") ? "gone" : "same";
  }
  const sites = data.sites.filter((site) => site.change !== "same");
  if (!sites.length) return null;
  const before = sites.filter((site) => site.was).map((site) => ({ ...site, place: { ...site.was, kind: site.place.kind, radius: 0, rings: null, lines: null, isArea: false, isPoint: true, sites: [site] } }));
  const all = [...sites, ...before];
  return { sites: all, places: [...new Set(all.map((site) => site.place))] };
}

/** Draw a line from where a moved site was to where it is now. */
function moveLayer(map, { data, state }) {
  const lines = L.layerGroup().addTo(map);
  return {
    sift() {
      lines.clearLayers();
      for (const site of data.sites) {
        if (!site.was || !state.shows(site)) continue;
        const from = [site.was.lat, site.was.lon];
        L.polyline([from, [site.place.lat, site.place.lon]], { className: "move-line", interactive: false }).addTo(lines);
        L.circleMarker(from, { radius: 6, className: "ghost", interactive: false }).addTo(lines);
      }
    },
  };
}

const changeSign = (change) => make("span", { class: `change-sign c-${change}`, "aria-hidden": "true", text: CHANGE_SIGNS[change] });

/** What became of a site, in words. */
function changeText(app, site) {
  const { speech } = app;
  if (site.change !== "moved") return speech.word(`change_${site.change}`);
  return speech.word("change_moved_from", { km: speech.number(site.was.km), name: site.was.name });
}

/** The table of the changes; its rows are layers. */
function changeTable(app) {
  const { speech, data, state } = app;
  const rows = data.changes.kinds.map((change) => {
    const sites = data.sites.filter((site) => site.change === change);
    const distinct = (of) => speech.number(new Set(sites.map(of)).size);
    const layer = make("button", { type: "button", class: "chip", "data-layer": change, onclick: () => state.toggle(state.hiddenChanges, change, !state.hiddenChanges.has(change)) }, changeSign(change), isolated(speech.word(`change_${change}`)));
    state.on("filter", () => layer.setAttribute("aria-pressed", String(!state.hiddenChanges.has(change))));
    layer.setAttribute("aria-pressed", String(!state.hiddenChanges.has(change)));
    return make("tr", {}, make("th", { scope: "row" }, layer), ...[speech.number(sites.length), distinct((site) => site.place), distinct((site) => site.article)].map((text) => make("td", { text })));
  });
  const head = ["change", "change_sites", "change_places", "change_articles"].map((name) => make("th", { scope: "col", text: speech.word(name) }));
  return make("table", { class: "changes" }, make("caption", { text: speech.word("changes") }), make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...rows));
}

// More than a reader scrolls through at once.
const CHANGES_AT_ONCE = 200;

/** Every new, gone and moved site, to go to. */
function changeList(app) {
  const { speech, data } = app;
  const item = (site) =>
    make("li", {}, make("button", { type: "button", class: "place", onclick: () => app.select(site.place, { site, from: "list" }) },
      changeSign(site.change),
      make("span", { class: "place-names" },
        isolated(speech.names(site.place)[0]), " ", isolated(site.text, { class: "other-name" }),
        make("span", { class: "quiet" }, ...(site.was ? [isolated(changeText(app, site)), " · "] : []), isolated(site.article.title ?? site.article.id)))));
  const section = (change) => {
    const sites = data.sites.filter((site) => site.change === change);
    if (!sites.length || change === "same") return null;
    const list = make("ul", { class: "place-list" });
    const more = make("button", { type: "button", class: "plain-link", text: speech.word("more"), onclick: () => extend() });
    function extend() {
      list.append(...sites.splice(0, CHANGES_AT_ONCE).map(item));
      more.hidden = !sites.length;
    }
    const head = make("h3", { text: `${speech.word(`change_${change}`)} (${speech.number(sites.length)})` });
    extend();
    return make("div", {}, head, list, more);
  };
  const parts = data.changes.kinds.map(section).filter(Boolean);
  return make("div", {}, ...(parts.length ? parts : [make("p", { class: "quiet", text: speech.word("nothing_changed") })]));
}
