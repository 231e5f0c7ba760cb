// The page: puts the map and the panel together and builds them in the reader's language.

/** Open the page over a Leaflet map, with the ids of the elements that hold its data. */
function open(map, ids) {
  const words = readIsland(ids.words);
  const data = readData(ids.data);
  const changed = data.changes ? linkChanges(data) : null;
  const state = newState(data);
  // What is as it was would only hide in clusters what is not.
  if (changed) state.hiddenChanges.add("same");
  const app = { map, data, state, tab: data.changes ? "changes" : "articles", panel: null, speech: speak(words, data.language, data.places) };
  followTheme(app);
  const base = baseLayer(map, ids.basemap, app);
  const areas = areaLayer(map, app);
  const points = pointLayer(map, app);
  const moves = data.changes ? moveLayer(map, app) : null;
  const views = wholeAndMain(map, changed ?? data);
  const permalink = followAddress(app);
  const controls = mapControls(app, views.whole);
  app.repaint = base.paint;
  app.online = base.online;
  app.redrawNames = labelLayer(map, [points.labels, areas.labels, base.labels]);
  app.describe = (place) =>
    app.speech.listed([app.speech.names(place)[0], app.speech.kind(place.kind), app.speech.counted("mentions", place.sites.length)]);
  // A code that the basemap cannot name tells a reader nothing.
  app.admin1 = (code) => base.admin1(code) ?? (/^[A-Z]{2}[-.]/.test(code ?? "") ? null : code);
  takeChoices(app, areas, points);
  // What two runs make of an article is looked at; one run is reviewed.
  app.review = data.changes ? null : reviewMode(app);
  app.changeOf = data.changes ? (site) => changeText(app, site) : null;

  function build() {
    const { speech } = app;
    document.documentElement.lang = speech.language;
    document.documentElement.dir = speech.direction;
    document.title = data.title ?? speech.word("page_title");
    map.getContainer().setAttribute("aria-label", speech.word("map"));
    map.closePopup();
    const next = buildPanel(app);
    if (app.panel) app.panel.element.replaceWith(next.element);
    else document.body.append(next.element);
    app.panel = next;
    controls.build();
    map.invalidateSize({ animate: false });
  }

  /** Draw what passes the filters, and count it. */
  app.sift = () => {
    state.sift();
    areas.sift();
    points.sift();
    moves?.sift();
    app.panel.filtered();
    app.redrawNames();
  };
  app.speakOther = () => {
    app.speech = speak(words, app.speech.word("other_code"), data.places);
    build();
    app.sift();
    app.panel.element.querySelector(".tools button").focus();
  };

  map.getContainer().setAttribute("role", "region");
  map.getContainer().setAttribute("tabindex", "0");
  state.on("filter", app.sift);
  build();
  if (!permalink.open()) views.main();
  // Everything that shows a filter shows what the address says of it.
  state.tell("filter");
  permalink.follow();
  document.documentElement.dataset.ready = "1";
  return app;
}
