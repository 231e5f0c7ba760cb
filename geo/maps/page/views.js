// Where the map looks: at everything, at the part that matters most, and again after a change.

const roomFor = (map) => ({ padding: map.getSize().x < 720 ? [24, 24] : [56, 56] });

/** Return the functions that show every literal site, and the part of them that matters most. */
function wholeAndMain(map, data) {
  const literal = [...new Set(data.sites.filter((site) => site.use === "literal").map((site) => site.place))];
  const near = literal.filter((place) => place.kind !== "country");
  const places = near.length ? near : literal.length ? literal : data.places;
  const fit = (list, extent = boundsOf) => () => {
    const bounds = L.latLngBounds([]);
    for (const place of list) bounds.extend(extent(place));
    if (bounds.isValid()) map.fitBounds(bounds, { ...roomFor(map), maxZoom: 11, animate: false });
    else map.setView([33, 42], 4, { animate: false });
  };
  return { whole: fit(places), main: fit(mainPart(places), mainExtent) };
}

// Beyond this many times the width of the middle half from its edges, and so many degrees, a place
// is an outlier.
const OUTLIER_REACH = 0.75;
const LEAST_REACH = 2;

/** The places within reach of the middle half of the mentions, north to south and west to east. */
function mainPart(places) {
  const weighed = places.map((place) => ({ lat: place.lat, lon: place.lon, weight: place.sites.reduce((sum, site) => sum + site.confidence, 0) }));
  const all = weighed.reduce((sum, { weight }) => sum + weight, 0);
  const span = (key) => {
    weighed.sort((one, other) => one[key] - other[key]);
    const at = (share) => {
      let sum = 0;
      return (weighed.find(({ weight }) => (sum += weight) >= all * share) ?? weighed[0])[key];
    };
    const low = at(0.25), high = at(0.75), reach = Math.max(LEAST_REACH, (high - low) * OUTLIER_REACH);
    return [low - reach, high + reach];
  };
  if (places.length < FEW) return places;
  const [south, north] = span("lat"), [west, east] = span("lon");
  return places.filter(({ lat, lon }) => lat >= south && lat <= north && lon >= west && lon <= east);
}

/** An area may be as wide as half a country: what is round its middle is enough. */
const WIDEST_KM = 30;
const mainExtent = (place) =>
  place.isPoint ? boundsOf(place) : L.latLng(place.lat, place.lon).toBounds(Math.min(place.radius || WIDEST_KM, WIDEST_KM) * 2000);

// So few places are all shown, however far apart.
const FEW = 4;

/** Nothing slides for whoever wants no motion. */
function moveAsAsked(map) {
  const { panBy } = map;
  map.panBy = (by, options) => panBy.call(map, by, { ...(stillness.matches && { animate: false }), ...options });
}

/** A popup grows upwards when its parts are unfolded: move the map so that its head stays. */
function keepInView(map) {
  map.on("popupopen", ({ popup }) => {
    const element = popup.getElement();
    if (element.dataset.watched) return;
    element.dataset.watched = "1";
    element.addEventListener("toggle", () => {
      // A popup that was just opened may still be sliding into view.
      map.stop();
      const over = element.getBoundingClientRect().top - map.getContainer().getBoundingClientRect().top - 12;
      if (over < 0) map.panBy([0, over], { animate: false });
    }, true);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) map.closePopup();
  });
}
