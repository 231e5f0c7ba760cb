// What follows when the reader points at, chooses or reads a place, wherever that was done.

const NARROW = window.matchMedia("(max-width: 720px)");
const NEAR_ZOOM = 8;

/** Give `app` its choices: hover, select, offer, read, openArticle, point, slide. */
function takeChoices(app, areas, points) {
  const { map, state } = app;
  const popup = L.popup({ maxWidth: 340, minWidth: 250, autoPanPadding: [16, 16], className: "site-popup" });
  const inPanel = (selector) => app.panel.element.querySelectorAll(selector);
  const unmark = () => inPanel(".mention.chosen").forEach((mention) => mention.classList.remove("chosen"));
  const hints = L.layerGroup().addTo(map);
  let opener = null;

  /** Point at a place: on the map and at every mention of it. */
  app.hover = (place, on) => {
    areas.mark(place, "pointed", on);
    points.mark(place, "pointed", on);
    for (const mention of inPanel(`.mention[data-place="${place.index}"]`)) mention.classList.toggle("pointed", on);
  };

  /** Choose a place: go there if it came from a list or text, open its popup, show its mention. */
  app.select = (place, { site = null, at = null, from }) => {
    const chosen = site ?? place.sites.find(state.shows) ?? place.sites[0];
    map.closePopup();
    state.reveal(chosen);
    opener = document.activeElement;
    if (NARROW.matches) app.slide(false);
    const show = (latlng) => {
      state.selected = { place, site: chosen };
      app.moved?.();
      points.sift();
      popup.options.offset = areas.has(place) ? [0, -2] : [0, -10];
      popup.setLatLng(latlng).setContent(popupContent(app, place, chosen)).openOn(map);
      if (from === "map" && !NARROW.matches && app.tab === "articles") app.read(chosen);
      if (from === "keyboard" || from === "list") popup.getElement().querySelector("button, a")?.focus({ preventScroll: true });
    };
    if (areas.has(place)) {
      // With room round it: an area is read by what lies beside it, and the popup covers some.
      if (!at) map.fitBounds(boundsOf(place), { padding: map.getSize().divideBy(5), maxZoom: 10, animate: false });
      return show(at ?? [place.lat, place.lon]);
    }
    const target = [place.lat, place.lon];
    const isSeen = map.getZoom() >= NEAR_ZOOM && map.getBounds().contains(target);
    if (from !== "map" && from !== "keyboard" && !isSeen) map.setView(target, Math.max(map.getZoom(), NEAR_ZOOM), { animate: false });
    show(target);
  };

  /** List places that lie together, to choose one of. */
  app.offer = (places, at, from) => {
    map.closePopup();
    opener = document.activeElement;
    const list = make("ul", { class: "place-list" }, ...places.map((place) => make("li", {}, placeButton(app, place, from))));
    const head = make("header", { class: "popup-head" }, make("h2", { text: app.speech.counted("places", places.length) }));
    const content = make("div", { class: "popup", dir: app.speech.direction, lang: app.speech.language }, head, list);
    L.popup({ ...popup.options, offset: [0, -10] }).setLatLng(at).setContent(content).openOn(map);
    if (from === "keyboard") list.querySelector("button").focus({ preventScroll: true });
  };

  /** Draw what a described site was described from, and a line to each. */
  const drawAnchors = (place, site) => {
    for (const anchor of site.anchors ?? []) {
      const at = [anchor.lat, anchor.lon];
      L.polyline([at, [place.lat, place.lon]], { className: "hint", interactive: false }).addTo(hints);
      L.circleMarker(at, { radius: 5, className: "ghost", interactive: false }).addTo(hints);
    }
  };

  /** The popup turned to a site: mark its mention. */
  app.turnedTo = (site) => {
    unmark();
    hints.clearLayers();
    drawAnchors(site.place, site);
    inPanel(`.mention[data-site="${site.index}"]`).forEach((mention) => mention.classList.add("chosen"));
    state.tell("turn", site);
  };

  /** Show a site's mention in its article. */
  app.read = (site) => {
    app.panel.openTab("articles");
    const mention = app.panel.articles.find(site);
    app.turnedTo(site);
    app.slide(true);
    mention?.scrollIntoView({ block: "center", behavior: stillness.matches ? "auto" : "smooth" });
  };

  /** Open an article, at its head or at the mention that starts at an offset. */
  app.openArticle = (article, start = null) => {
    app.panel.openTab("articles");
    const fold = app.panel.articles.open(article);
    const mention = start === null ? null : fold.querySelector(`[data-start="${start}"]`);
    (mention ?? fold).scrollIntoView({ block: mention ? "center" : "start" });
    (mention ?? fold.querySelector("summary")).focus({ preventScroll: true });
  };

  /** Show where other candidates are, without choosing one. */
  app.point = (others) => {
    const ghosts = L.featureGroup(others.map((other) => ghostOf(other))).addTo(map);
    map.fitBounds(ghosts.getBounds().extend(popup.getLatLng()), { ...roomFor(map), maxZoom: 10 });
    map.once("popupclose", () => ghosts.remove());
  };

  let scrolled = 0;
  /** Slide the sheet of a narrow screen up or down; it remembers where its reader was. */
  app.slide = (up = document.body.classList.contains("panel-down")) => {
    const { element } = app.panel;
    if (up === !document.body.classList.contains("panel-down")) return;
    if (!up) scrolled = element.scrollTop;
    document.body.classList.toggle("panel-down", !up);
    element.scrollTop = up ? scrolled : 0;
    element.querySelector(".grip").setAttribute("aria-expanded", String(up));
    map.invalidateSize({ animate: false });
  };

  map.on("popupopen", () => {
    document.body.classList.add("reading");
    if (state.selected) areas.mark(state.selected.place, "chosen", true);
  });
  map.on("popupclose", ({ popup: closed }) => {
    document.body.classList.remove("reading");
    const isInside = closed.getElement()?.contains(document.activeElement);
    areas.mark(state.selected?.place, "chosen", false);
    state.selected = null;
    points.sift();
    if (isInside) (opener?.isConnected ? opener : map.getContainer()).focus({ preventScroll: true });
    hints.clearLayers();
    unmark();
    app.moved?.();
  });
  keepInView(map);
  moveAsAsked(map);
}
