// The articles, whole, with every mention marked where it stands.

// More than a reader scrolls through before searching.
const ARTICLES_AT_ONCE = 200;

/** Return the list of articles; their texts are built when they are first opened. */
function articleList(app) {
  const { data, speech } = app;
  const list = make("div", { class: "articles" });
  const more = make("button", { type: "button", class: "plain-link", text: speech.word("more"), onclick: () => extend(ARTICLES_AT_ONCE) });
  const bodies = new Map();

  /** Go on with the list, by so many articles. */
  function extend(number) {
    list.append(...data.articles.slice(bodies.size, bodies.size + number).map(item));
    more.hidden = bodies.size === data.articles.length;
  }
  function item(article) {
    const shown = article.sites.length;
    const head = make(
      "summary",
      {},
      make("h2", { dir: directionOf(article), lang: article.language, text: article.title ?? article.id }),
      make("p", { class: "quiet" }, ...articleFacts(app, article, speech.counted("mentions", shown))),
    );
    const fold = make("details", { class: "article", "data-article": article.index }, head);
    fold.addEventListener("toggle", () => fold.open && fill(article));
    bodies.set(article, fold);
    return fold;
  }

  function fill(article) {
    const fold = bodies.get(article);
    if (fold.querySelector(".text")) return;
    fold.append(...[mentionSteps(app, article), articleText(app, article)].filter(Boolean));
    if (article.url) fold.append(make("p", {}, link(article.url, speech.word("original"))));
  }

  /** Open an article and return its element. */
  function open(article) {
    if (!bodies.has(article)) extend(article.index + 1 - bodies.size);
    bodies.get(article).open = true;
    fill(article);
    return bodies.get(article);
  }

  extend(ARTICLES_AT_ONCE);
  if (data.articles.length) open(data.articles[0]);
  return {
    element: make("div", {}, list, more),
    open,
    /** Open the article of a site and return its mention there. */
    find: (site) => open(site.article).querySelector(`[data-site="${site.index}"]`),
  };
}

/** An article is read in its own direction, whatever the page's. */
const directionOf = (article) => (article.language === "ar" ? "rtl" : "ltr");

function articleFacts(app, article, number) {
  const facts = [article.source && isolated(article.source), article.date && isolated(app.speech.date(article.date)), number];
  return facts.filter(Boolean).flatMap((fact, index) => (index ? [" · ", fact] : [fact]));
}

/** The way through an article from mention to mention. */
function mentionSteps(app, article) {
  const sites = [...article.sites].sort((one, other) => one.start - other.start);
  if (sites.length < 2) return null;
  const count = make("span", { class: "quiet", "aria-live": "polite" });
  let at = -1;
  const show = (site) => {
    if (site.article === article) at = sites.indexOf(site);
    count.textContent = at < 0 ? app.speech.counted("mentions", sites.length) : app.speech.word("mention_of", { n: app.speech.number(at + 1), total: app.speech.number(sites.length) });
  };
  const step = (by) => () => {
    const site = sites[(Math.max(at, by < 0 ? 0 : -1) + by + sites.length) % sites.length];
    app.select(site.place, { site, from: "text" });
    app.panel.articles.find(site)?.scrollIntoView({ block: "center", behavior: stillness.matches ? "auto" : "smooth" });
  };
  app.state.on("turn", show);
  count.textContent = app.speech.counted("mentions", sites.length);
  return pager(app.speech, "mentions", count, step);
}

/** The text of an article: sites as buttons, what is not on the map marked with its reason. */
function articleText(app, article) {
  const { speech } = app;
  const marks = [
    ...article.sites.map((site) => ({ ...span(site), build: (text) => mentionButton(app, site, text) })),
    ...article.unplaced.map((item) => ({ ...span(item), build: (text) => missing("unplaced", item, text) })),
    ...article.rejected.map((item) => ({ ...span(item), build: (text) => missing("rejected", item, text) })),
  ].sort((one, other) => one.start - other.start || other.end - one.end);
  const missing = (name, item, text) =>
    make("span", { class: `aside ${name}`, tabindex: "-1", "data-start": item.start, title: `${speech.word(name)}: ${speech.reason(item.reason)}`, text });
  const body = make("div", { class: "text", lang: article.language, dir: directionOf(article) });
  let at = 0;
  for (const mark of marks) {
    if (mark.start < at || mark.end <= mark.start) continue;
    body.append(article.text.slice(at, mark.start), mark.build(article.text.slice(mark.start, mark.end)));
    at = mark.end;
  }
  body.append(article.text.slice(at));
  return body;
}

const span = ({ start, end }) => ({ start, end });

/** A mention that can be chosen. A span, since a button would cut Arabic letters from their word. */
function mentionButton(app, site, text) {
  const { place } = site;
  const point = (on) => () => app.hover(place, on);
  const choose = () => app.select(place, { site, from: "text" });
  return make("span", {
    role: "button",
    tabindex: "0",
    class: `mention g-${place.group}${site.unsure ? " unsure" : ""}${site.use === "associative" ? " associative" : ""}`,
    "data-site": site.index,
    "data-place": place.index,
    "data-fix": app.review?.actionOf(site),
    "data-change": site.change,
    "aria-label": `${text}, ${app.speech.kind(place.kind)}`,
    text,
    onclick: choose,
    onkeydown: (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      choose();
    },
    onmouseenter: point(true),
    onmouseleave: point(false),
    onfocus: point(true),
    onblur: point(false),
  });
}
