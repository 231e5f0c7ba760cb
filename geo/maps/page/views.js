// Where the map looks: at everything, at the part that matters most, and again after a change.

const roomFor = (map) => ({ padding: map.getSize().x < 720 ? [24, 24] : [56, 56] });

/** Return the functions that show every literal site, and the part of them that matters most. */
function wholeAndMain(map, data) {
  const literal = [...new Set(data.sites.filter((site) => site.use === "literal").map((site) => site.place))];
  const near = literal.filter((place) => place.kind !== "country");
  const places = near.length ? near : literal.length ? literal : data.places;
  const fit = (list) => () => {
    const bounds = L.latLngBounds([]);
    for (const place of list) bounds.extend(boundsOf(place));
    if (bounds.isValid()) map.fitBounds(bounds, { ...roomFor(map), maxZoom: 11, animate: false });
    else map.setView([33, 42], 4, { animate: false });
  };
  return { whole: fit(places), main: fit(mainPart(places)) };
}

// A view wider than this, in kilometres from its middle, is narrowed to the nearer part of it.
const WIDE_VIEW = 1200;
const MAIN_SHARE = 0.8;

/** The places nearest to the middle that hold four fifths of the mentions, if all are far apart. */
function mainPart(places) {
  const weight = (place) => place.sites.reduce((sum, site) => sum + site.confidence, 0);
  const middle = (key) => {
    const sorted = [...places].sort((one, other) => one[key] - other[key]);
    const half = sorted.reduce((sum, place) => sum + weight(place), 0) / 2;
    let sum = 0;
    return sorted.find((place) => (sum += weight(place)) >= half)?.[key];
  };
  const centre = places.length ? L.latLng(middle("lat"), middle("lon")) : null;
  const away = (place) => centre.distanceTo([place.lat, place.lon]) / 1000;
  const sorted = [...places].sort((one, other) => away(one) - away(other));
  const enough = sorted.reduce((sum, place) => sum + weight(place), 0) * MAIN_SHARE;
  let held = 0;
  return sorted.filter((place) => {
    const kept = held < enough || away(place) < WIDE_VIEW;
    held += weight(place);
    return kept;
  });
}

/** A popup grows upwards when its parts are unfolded: move the map so that its head stays. */
function keepInView(map, popup) {
  map.on("popupopen", () => {
    const element = popup.getElement();
    if (element.dataset.watched) return;
    element.dataset.watched = "1";
    element.addEventListener("toggle", () => {
      const over = element.getBoundingClientRect().top - map.getContainer().getBoundingClientRect().top - 12;
      if (over < 0) map.panBy([0, over], { animate: false });
    }, true);
    element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") map.closePopup();
    });
  });
}
