// Time: how much was said on which day, two thumbs to choose the days, and a button to play them.

const MOST_BARS = 60;
const PLAY_EVERY = 700;

/** Return the histogram of days with its brush, or nothing where the articles have one day. */
function timeline(app) {
  const { speech, data, state } = app;
  const dated = data.articles.filter((article) => article.day !== null);
  const days = dated.map((article) => article.day);
  const first = days.reduce((least, day) => Math.min(least, day), Infinity);
  const last = days.reduce((most, day) => Math.max(most, day), -Infinity);
  if (!(last > first)) return null;
  const width = Math.max(1, Math.ceil((last - first + 1) / MOST_BARS));
  const bars = Array.from({ length: Math.ceil((last - first + 1) / width) }, () => 0);
  const barOf = (day) => Math.floor((day - first) / width);
  for (const article of dated) bars[barOf(article.day)] += article.sites.length;
  const dayOf = (bar) => speech.date(new Date((first + bar * width) * DAY).toISOString().slice(0, 10));

  const text = make("span", { class: "quiet span-text", "aria-live": "polite" });
  const box = make("details", { class: "timeline", open: !NARROW.matches }, make("summary", {}, `${speech.word("time")} `, text));
  const picture = histogram(bars);
  const thumb = (name, value) => make("input", { type: "range", class: `thumb ${name}`, min: 0, max: bars.length - 1, value, "aria-label": speech.word(name) });
  const from = thumb("from_day", 0), to = thumb("to_day", bars.length - 1);
  let timer = 0;

  const chosen = () => [Number(from.value), Number(to.value)].sort((one, other) => one - other);
  const isAll = ([low, high]) => low === 0 && high === bars.length - 1;
  /** Take the days from the thumbs. */
  function take() {
    const [low, high] = chosen();
    state.choose({ days: isAll([low, high]) ? null : [first + low * width, first + (high + 1) * width - 1] });
  }
  /** Show the days that the state holds. */
  function show() {
    const [low, high] = state.days ? state.days.map(barOf) : [0, bars.length - 1];
    [from.value, to.value] = [low, high];
    [from, to].forEach((input) => input.setAttribute("aria-valuetext", dayOf(input.value)));
    [...picture.children].forEach((bar, index) => bar.classList.toggle("out", index < low || index > high));
    text.textContent = isAll([low, high]) ? speech.word("all_days") : low === high && width === 1 ? dayOf(low) : `${dayOf(low)} – ${speech.date(new Date(Math.min(last, first + (high + 1) * width - 1) * DAY).toISOString().slice(0, 10))}`;
    undated?.setAttribute("aria-pressed", String(state.undated));
  }
  function stop() {
    clearInterval(timer);
    timer = 0;
    play.replaceChildren(icon("play"));
    play.setAttribute("aria-label", speech.word("play"));
  }
  /** Move a window of the chosen length through the days that something was said on. */
  function start() {
    let [low, high] = chosen();
    const length = isAll([low, high]) ? 0 : high - low;
    low = isAll([low, high]) || high === bars.length - 1 ? -1 : low;
    play.replaceChildren(icon("pause"));
    play.setAttribute("aria-label", speech.word("pause"));
    const step = () => {
      do low += 1; while (low < bars.length && !bars.slice(low, low + length + 1).some(Boolean));
      if (low + length >= bars.length || !box.isConnected) return stop();
      [from.value, to.value] = [low, low + length];
      take();
    };
    timer = setInterval(step, PLAY_EVERY);
    step();
  }
  const play = make("button", { type: "button", class: "icon play", "aria-label": speech.word("play"), onclick: () => (timer ? stop() : start()) }, icon("play"));
  for (const input of [from, to]) input.addEventListener("input", () => { stop(); take(); });
  const missing = data.articles.length - dated.length;
  const undated = missing
    ? make("button", { type: "button", class: "chip", "data-layer": "undated", onclick: () => state.choose({ undated: !state.undated }) }, speech.word("undated"), make("span", { class: "count", text: speech.number(missing) }))
    : null;
  state.on("filter", show);
  box.append(make("div", { class: "brush" }, play, make("div", { class: "days" }, picture, from, to)));
  if (undated) box.append(undated);
  show();
  return box;
}

function histogram(bars) {
  const most = Math.max(...bars, 1);
  const picture = draw("svg", { viewBox: `0 0 ${bars.length} 30`, preserveAspectRatio: "none", class: "histogram", "aria-hidden": "true" });
  bars.forEach((number, index) => {
    const height = number ? Math.max(2.5, (number / most) * 30) : 0;
    picture.append(draw("rect", { x: index + 0.1, y: 30 - height, width: 0.8, height }));
  });
  return picture;
}
