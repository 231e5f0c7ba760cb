// What stands over the map: zoom, whole view, scale, credits; and the theme of it all.

/** Zoom, whole view, scale and credits, in the language of the moment. */
function mapControls(app, home) {
  const { map } = app;
  let controls = [];
  return {
    build() {
      for (const control of controls) control.remove();
      const { speech } = app;
      const side = speech.direction === "rtl" ? "left" : "right";
      const zoom = L.control.zoom({ position: `top${side}`, zoomInTitle: speech.word("zoom_in"), zoomOutTitle: speech.word("zoom_out") });
      const whole = buttonControl(side, speech.word("whole"), "home", { onclick: home });
      const scale = L.control.scale({ imperial: false, position: "bottomleft" });
      const credit = L.control({ position: "bottomright" });
      credit.onAdd = () =>
        make(
          "div",
          { class: "leaflet-control-attribution", dir: speech.direction },
          `${speech.word("data")}: `,
          link("https://www.geonames.org/", "GeoNames"), " ",
          link("https://creativecommons.org/licenses/by/4.0/", "CC BY 4.0"), " · ",
          link("https://www.naturalearthdata.com/", "Natural Earth"), " · ",
          speech.word("own_gazetteer"),
          ...creditsOwed(app.data.places).flatMap((owed) => [" · ", isolated(owed)]),
          ...(app.online?.isOn() ? [" · ", ...app.online.credits.map(([text, url]) => link(url, text))] : []),
        );
      controls = [zoom, whole, scale, credit];
      if (app.online) controls.splice(2, 0, onlineControl(app, side, this));
      if (!app.data.sites.length) controls.push(emptyNote(speech));
      for (const control of controls) control.addTo(map);
    },
  };
}

/** A button that stands over the map. */
function buttonControl(side, label, picture, properties) {
  const control = L.control({ position: `top${side}` });
  control.onAdd = () => {
    const button = make("button", { type: "button", class: "icon over", title: label, "aria-label": label, ...properties }, icon(picture));
    L.DomEvent.disableClickPropagation(button);
    return button;
  };
  return control;
}

/** Turn the online background on and off, with its credits and without the names it brings. */
function onlineControl(app, side, controls) {
  const { online, speech } = app;
  const label = speech.word("online", { name: online.name });
  const onclick = () => {
    online.turn();
    controls.build();
    app.redrawNames();
    app.map.getContainer().querySelector(".online").focus();
  };
  return buttonControl(side, label, "layers", { class: "icon over online", "aria-pressed": String(online.isOn()), onclick });
}

/** What to say when there is nothing to draw. */
function emptyNote(speech) {
  const note = L.control({ position: "topleft" });
  note.onAdd = () => make("div", { class: "empty", dir: speech.direction, role: "status" }, make("h2", { text: speech.word("empty_title") }), make("p", { text: speech.word("empty_text") }));
  return note;
}

/** Dark or light as the system says, until the reader says otherwise; light on paper. */
function followTheme(app) {
  const root = document.documentElement;
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const paper = window.matchMedia("print");
  let own = null, seen = null;
  const apply = () => {
    root.dataset.theme = paper.matches ? "light" : own ?? (system.matches ? "dark" : "light");
    app.repaint?.();
  };
  /** The sheet has another shape than the screen: show the same part of the map on it. */
  const fit = () => {
    const { map } = app;
    if (paper.matches) seen = { centre: map.getCenter(), zoom: map.getZoom() };
    map.invalidateSize({ animate: false, pan: false });
    if (seen) map.setView(seen.centre, seen.zoom, { animate: false });
    if (!paper.matches) seen = null;
  };
  app.turnTheme = () => {
    own = root.dataset.theme === "dark" ? "light" : "dark";
    apply();
  };
  system.addEventListener("change", apply);
  paper.addEventListener("change", () => {
    apply();
    fit();
  });
  apply();
}
