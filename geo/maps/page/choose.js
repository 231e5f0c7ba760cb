// What follows when the reader points at, chooses or reads a place, wherever that was done.

const NARROW = window.matchMedia("(max-width: 720px)");
const NEAR_ZOOM = 8;

/** Give `app` its choices: hover, select, read, openArticle, point, slide. */
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
      popup.options.offset = areas.has(place) ? [0, -2] : [0, -10];
      popup.setLatLng(latlng).setContent(popupContent(app, place, chosen)).openOn(map);
      points.ring();
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
    if (from !== "map" && !isSeen) map.setView(target, Math.max(map.getZoom(), NEAR_ZOOM), { animate: false });
    points.uncover(place, () => show(points.popupOn(place).getLatLng()));
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
  };

  /** Show a site's mention in its article. */
  app.read = (site) => {
    app.panel.openTab("articles");
    const mention = app.panel.articles.find(site);
    app.turnedTo(site);
    app.slide(true);
    mention?.scrollIntoView({ block: "center", behavior: stillness.matches ? "auto" : "smooth" });
  };

  app.openArticle = (article) => {
    app.panel.openTab("articles");
    const [fold] = inPanel(`[data-article="${article.index}"]`);
    fold.open = true;
    fold.scrollIntoView({ block: "start" });
    fold.querySelector("summary").focus({ preventScroll: true });
  };

  /** Show where another candidate is, without choosing it. */
  app.point = (other) => {
    const ghost = L.circleMarker([other.lat, other.lon], { radius: 11, className: "ghost", interactive: false }).addTo(map);
    ghost.bindTooltip(isolated(other.name), { permanent: true, direction: "top", className: "ghost-name" });
    map.fitBounds(L.latLngBounds([[other.lat, other.lon], popup.getLatLng()]), { ...roomFor(map), maxZoom: 10 });
    map.once("popupclose", () => ghost.remove());
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
    areas.mark(state.selected.place, "chosen", true);
  });
  map.on("popupclose", () => {
    document.body.classList.remove("reading");
    if (popup.getElement()?.contains(document.activeElement)) opener?.focus({ preventScroll: true });
    areas.mark(state.selected?.place, "chosen", false);
    state.selected = null;
    points.ring();
    hints.clearLayers();
    unmark();
    app.moved?.();
  });
  keepInView(map, popup);
}
