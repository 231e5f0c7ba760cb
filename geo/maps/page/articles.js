// The articles, whole, with every mention marked where it stands.

/** Return the list of articles; the texts are built when they are first opened. */
function articleList(app) {
  const { data, speech } = app;
  const list = make("div", { class: "articles" });
  const bodies = new Map();
  for (const article of data.articles) {
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
    list.append(fold);
  }

  function fill(article) {
    const fold = bodies.get(article);
    if (fold.querySelector(".text")) return;
    fold.append(articleText(app, article));
    if (article.url) fold.append(make("p", {}, link(article.url, speech.word("original"))));
  }

  /** Open an article and return the mention of a site in it. */
  function find(site) {
    bodies.get(site.article).open = true;
    fill(site.article);
    return bodies.get(site.article).querySelector(`[data-site="${site.index}"]`);
  }

  if (data.articles.length) {
    bodies.get(data.articles[0]).open = true;
    fill(data.articles[0]);
  }
  return { element: list, find };
}

/** An article is read in its own direction, whatever the page's. */
const directionOf = (article) => (article.language === "ar" ? "rtl" : "ltr");

function articleFacts(app, article, number) {
  const facts = [article.source && isolated(article.source), article.date && isolated(app.speech.date(article.date)), number];
  return facts.filter(Boolean).flatMap((fact, index) => (index ? [" · ", fact] : [fact]));
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
    make("span", { class: `aside ${name}`, title: `${speech.word(name)}: ${item.reason}`, text });
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
