// Review: the reader confirms, rejects or places anew; the page keeps it, and gives it as a file
// of fixes. Nothing is sent anywhere.

// As `mawaqi --fixes` reads them.
const FIX_COLUMNS = ["action", "text", "article", "start", "place_id", "name", "name_ar", "kind", "country", "lat", "lon", "radius_km", "note"];

/** Fixes as CSV. Text that itself looks like an escaped formula is escaped once more. */
function fixesFile(fixes) {
  const kept = (value) => (/^'+[=+\-@\t\r]/.test(value) ? `'${value}` : value);
  const row = (fix) => ({
    ...fix,
    // What has no id is confirmed by its point.
    action: fix.action === "confirm" && !fix.place_id ? "force" : fix.action,
    country: /^[A-Z]{2}$/.test(fix.country) ? fix.country : "",
    ...(fix.everywhere && { article: "", start: "" }),
  });
  const lines = [FIX_COLUMNS, ...fixes.map(row).map((fix) => FIX_COLUMNS.map((name) => kept(fix[name])))];
  return `\ufeff${lines.map((cells) => cells.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** What a mention is, for a fix: its name and where it stands, counted in characters. */
const aimed = (mention) => ({
  text: mention.text || mention.article.text.slice(mention.start, mention.end),
  article: mention.article.id,
  start: [...mention.article.text.slice(0, mention.start)].length,
});

const described = (place) => ({
  place_id: place.id, name: place.name, name_ar: place.name_ar, kind: place.kind, country: place.country,
  lat: place.lat, lon: place.lon, radius_km: place.radius,
});

const keyOf = ({ article, start, end }) => [article.index, start, end].join(":");

/** What the tab remembers until it is closed, where the page may remember anything. */
function tabMemory(key) {
  const guarded = (act) => {
    try {
      return act();
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      return null;
    }
  };
  return {
    read: () => guarded(() => JSON.parse(sessionStorage.getItem(key))),
    write: (value) => guarded(() => sessionStorage.setItem(key, JSON.stringify(value))),
  };
}

/** A number that tells one map's articles from another's. */
function fingerprint({ articles, sites }) {
  let sum = sites.length;
  for (const { id, text } of articles) for (const letter of `${id}:${text.length};`) sum = (Math.imul(sum, 31) + letter.codePointAt(0)) | 0;
  return sum >>> 0;
}

/** Return the decisions of the reader by mention, with their undo; `changed` hears of each key. */
function decisionsOf(data, changed) {
  const memory = tabMemory(`mawaqi-review-${fingerprint(data)}`);
  const fixes = new Map(memory.read());
  const history = [];
  function put(key, fix) {
    if (fix) fixes.set(key, fix);
    else fixes.delete(key);
    memory.write([...fixes]);
    changed(key);
  }
  return {
    fixes,
    canUndo: () => history.length > 0,
    decide(mention, fix) {
      const key = keyOf(mention);
      history.push([key, fixes.get(key)]);
      put(key, fix && { everywhere: false, note: "", ...fix, ...aimed(mention) });
    },
    undo: () => put(...history.pop()),
  };
}

/** Return the review mode of a page: off until the reader turns it on. */
function reviewMode(app) {
  const { map, data } = app;
  const boxes = new Map();
  const moves = L.layerGroup();
  const picker = pointPicker(app);
  let isOn = false, decisions = null, bar = null;
  const fixOf = (mention) => decisions?.fixes.get(keyOf(mention));

  /** Build anew what a decision changes: the boxes of its mention, or all of them. */
  function refresh(key = null) {
    for (const [box, about] of boxes) {
      if (!box.isConnected) boxes.delete(box);
      else if (key === null || about.key === key) refill(box, about.fill);
    }
    bar?.refresh();
    moves.clearLayers();
    if (isOn) for (const fix of decisions.fixes.values()) drawMove(fix);
  }

  function changed(key) {
    const site = data.sites.find((one) => keyOf(one) === key);
    if (site) for (const mention of document.querySelectorAll(`.mention[data-site="${site.index}"]`)) sign(mention, site);
    refresh(key);
  }

  function sign(element, site) {
    const action = fixOf(site)?.action;
    if (action) element.dataset.fix = action;
    else delete element.dataset.fix;
  }

  /** Show where something was put instead. */
  function drawMove({ action, text, name, lat, lon }) {
    if (action !== "force" || !Number.isFinite(lat) || !Number.isFinite(lon)) return;
    ghostOf({ lat, lon, name: name || text }, { radius: 9 }).addTo(moves);
  }

  function turn() {
    isOn = !isOn;
    decisions ??= decisionsOf(data, changed);
    document.body.classList.toggle("reviewing", isOn);
    if (isOn) moves.addTo(map);
    else moves.remove();
    picker.stop();
    for (const element of document.querySelectorAll(".mention[data-site]")) sign(element, data.sites[element.dataset.site]);
    refresh();
  }

  /** Put a mention where the reader points, on a place that is drawn or anywhere. */
  function place(mention, site) {
    picker.start(mention, (target) => {
      const radius = site?.place.isArea ? site.place.radius : "";
      const point = { lat: target.lat, lon: target.lon, kind: site?.place.kind ?? "", radius_km: radius };
      decisions.decide(mention, { action: "force", ...(target.place ? described(target.place) : point) });
      bar.focus();
    });
  }

  /** Return the box in which a mention is reviewed, a site or one that is not on the map. */
  function tools(mention, site = null) {
    // A button is gone once it is pressed; Leaflet would not know that it was in a popup, and close it.
    const box = make("div", { class: "review", onclick: (event) => event.stopPropagation() });
    const fill = () => (isOn ? reviewContent(app, { mention, site, fix: fixOf(mention), decide: decisions.decide, place }) : []);
    boxes.set(box, { key: keyOf(mention), fill });
    box.append(...fill());
    return box;
  }

  /** Go to the next site, from the one that is open, that nothing was said of. */
  function next() {
    const from = (app.state.selected?.site.index ?? -1) + 1;
    const order = [...data.sites.slice(from), ...data.sites.slice(0, from)];
    const site = order.find((one) => app.state.shows(one) && !fixOf(one));
    if (site) app.select(site.place, { site, from: "list" });
  }

  return {
    tools,
    actionOf: (site) => (isOn ? fixOf(site)?.action : undefined),
    button: () => reviewButton(app, () => isOn, turn),
    bar() {
      bar = reviewBar(app, { isOn: () => isOn, decisions: () => decisions, next });
      return bar.element;
    },
  };
}

/** Build a box anew and leave the focus on what took the place of the button that was pressed. */
function refill(box, fill) {
  const held = box.contains(document.activeElement) ? document.activeElement.dataset.act : null;
  const open = box.querySelector("details")?.open;
  box.replaceChildren(...fill());
  if (open) box.querySelector("details")?.setAttribute("open", "");
  if (held) (box.querySelector(`[data-act="${held}"]`) ?? box.querySelector("button"))?.focus({ preventScroll: true });
}

/** Right, wrong, or elsewhere; and once that is said, how widely it holds and why. */
function reviewContent(app, { mention, site, fix, decide, place }) {
  const { speech } = app;
  const act = (name, action, made) =>
    make("button", {
      type: "button", class: "act", "data-act": action, "aria-pressed": String(fix?.action === action),
      onclick: () => decide(mention, fix?.action === action ? null : made()),
    }, actSign(action), speech.word(name));
  const pointer = (properties) => make("button", { type: "button", "data-act": "point", onclick: () => place(mention, site), ...properties }, ...(site ? [] : [actSign("force")]), speech.word("review_point"));
  const isRejected = mention.article.rejected.includes(mention);
  const row = [
    site && act("review_right", "confirm", () => ({ action: "confirm", ...described(site.place) })),
    !isRejected && act("review_wrong", "suppress", () => ({ action: "suppress" })),
    site ? elsewhere(app, site, fix, decide, pointer({ class: "plain-link" })) : pointer({ class: "act" }),
  ];
  return [make("div", { class: "acts", role: "group", "aria-label": speech.word("review") }, ...row.filter(Boolean)), ...(fix ? [verdict(app, mention, site, fix, decide)] : [])];
}

/** The runners-up, and any point of the map. */
function elsewhere(app, site, fix, decide, pointer) {
  const { speech } = app;
  const items = site.alternatives.map((other) =>
    make("li", {}, make("button", {
      type: "button", class: "plain-link", "data-act": `other-${other.id}`,
      onclick: () => decide(site, { action: "force", place_id: other.id, name: other.name, country: other.country, lat: other.lat, lon: other.lon }),
    }, isolated(other.name)), " ", make("span", { class: "quiet", text: speech.listed([speech.country(other.country), speech.percent(other.confidence)]) })),
  );
  return make("details", { class: "elsewhere" },
    make("summary", { class: `act${fix?.action === "force" ? " on" : ""}`, "data-act": "force" }, actSign("force"), speech.word("review_elsewhere")),
    make("ul", {}, ...items, make("li", {}, pointer)));
}

const actSign = (action) => make("span", { class: "act-sign", "aria-hidden": "true", text: ACT_SIGNS[action] });
const ACT_SIGNS = { confirm: "✓", suppress: "✕", force: "◎" };

/** What was decided; whether it holds for the name everywhere; a note for whoever reads the file. */
function verdict(app, mention, site, fix, decide) {
  const { speech } = app;
  const said = make("p", { class: "said" });
  if (fix.action === "force") said.append(`${speech.word("review_moved")} `, isolated(fix.name || fix.text), " ", isolated(`${fix.lat.toFixed(4)}, ${fix.lon.toFixed(4)}`, { dir: "ltr", class: "quiet" }), " ", make("button", { type: "button", class: "plain-link", "data-act": "back", text: speech.word("undo"), onclick: () => decide(mention, null) }));
  const everywhere = make("input", { type: "checkbox", "data-act": "everywhere", onchange: () => decide(mention, { ...fix, everywhere: everywhere.checked }) });
  everywhere.checked = fix.everywhere;
  const note = make("input", { type: "text", class: "note", "data-act": "note", dir: "auto", placeholder: speech.word("review_note"), "aria-label": speech.word("review_note"), onchange: () => decide(mention, { ...fix, note: note.value }) });
  note.value = fix.note;
  // A description means another place in every article, so what is said of it is said once.
  const wide = site && DERIVED.has(site.source) ? null : make("label", { class: "wide" }, everywhere, speech.word("review_everywhere"));
  return make("div", { class: "verdict" }, said.hasChildNodes() ? said : null, wide, note);
}

function reviewButton(app, isOn, turn) {
  const label = app.speech.word("review");
  const button = make("button", {
    type: "button", class: "icon review-turn", title: label, "aria-label": label, "aria-pressed": String(isOn()),
    onclick: () => {
      turn();
      button.setAttribute("aria-pressed", String(isOn()));
    },
  }, icon("review"));
  return button;
}

/** How far the review is, and what to do with it. */
function reviewBar(app, { isOn, decisions, next }) {
  const { speech, data } = app;
  const count = make("p", { class: "count-line", role: "status" });
  const button = (name, onclick) => make("button", { type: "button", class: "chip", text: speech.word(name), onclick });
  const forward = button("review_next", next);
  const undo = button("undo", () => decisions().undo());
  const save = button("review_save", () => download("fixes.csv", fixesFile([...decisions().fixes.values()]), "text/csv"));
  const hint = make("p", { class: "quiet", text: speech.word("review_hint") });
  const element = make("section", { class: "review-bar", "aria-label": speech.word("review") }, hint, count, make("div", { class: "chips" }, forward, undo, save));
  function refresh() {
    element.hidden = !isOn();
    if (!isOn()) return;
    const { fixes, canUndo } = decisions();
    const reviewed = data.sites.filter((site) => fixes.has(keyOf(site))).length;
    count.textContent = speech.listed([
      speech.counted("fixes", fixes.size),
      speech.word("review_count", { n: speech.number(reviewed), total: speech.number(data.sites.length) }),
    ]);
    hint.hidden = fixes.size > 0;
    undo.disabled = !canUndo();
    save.disabled = !fixes.size;
    forward.disabled = reviewed === data.sites.length;
  }
  refresh();
  return { element, refresh, focus: () => undo.focus() };
}

/** Return how to let the reader point at the map: by mouse, touch, or the middle and Enter. */
function pointPicker(app) {
  const { map } = app;
  const container = map.getContainer();
  let note = null, taken = null;

  function stop() {
    note?.remove();
    note = taken = null;
    container.classList.remove("picking");
    container.removeEventListener("click", point, true);
    container.removeEventListener("keydown", press, true);
  }
  function take(target) {
    const then = taken;
    stop();
    then(target);
  }
  const at = ({ lat, lng }) => ({ lat: Number(lat.toFixed(5)), lon: Number(L.Util.wrapNum(lng, [-180, 180], true).toFixed(5)) });
  function point(event) {
    if (event.target.closest(".leaflet-control, .pick-note")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (map.dragging.moved()) return;
    const symbol = event.target.closest(".point[data-place]");
    const place = symbol && app.data.places.find(({ index }) => index === Number(symbol.dataset.place));
    take({ ...at(map.mouseEventToLatLng(event)), place });
  }
  function press(event) {
    if (event.key === "Escape") stop();
    else if (event.key === "Enter" && event.target === container) take(at(map.getCenter()));
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  function start(mention, then) {
    stop();
    map.closePopup();
    if (NARROW.matches) app.slide(false);
    taken = then;
    const { speech } = app;
    const [before, after] = speech.word("review_pick", { name: "\n" }).split("\n");
    note = make("div", { class: "pick-note", role: "status", dir: speech.direction, lang: speech.language },
      make("p", {}, before, isolated(aimed(mention).text), after),
      make("p", { class: "quiet", text: speech.word("review_keys") }),
      make("button", { type: "button", class: "chip", text: speech.word("cancel"), onclick: stop }));
    container.append(note);
    container.classList.add("picking");
    container.addEventListener("click", point, true);
    container.addEventListener("keydown", press, true);
    container.focus({ preventScroll: true });
  }
  return { start, stop };
}
