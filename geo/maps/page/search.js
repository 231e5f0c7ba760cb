// Search in places and articles, folded: what a reader types finds every spelling.

const MOST_FOUND = 30;

/** Return the search box: a combobox whose list opens as the reader types. */
function searchBox(app) {
  const { speech, data } = app;
  let index = null;
  const build = () => [
    ...data.places.map((place) => ({
      key: fold([place.name, place.name_ar, ...new Set(place.sites.map((site) => site.text))].join(" \n ")),
      rank: 0,
      build: () => [symbol(place.kind, { area: place.isArea, size: 20 }), isolated(speech.names(place)[0]), make("span", { class: "quiet", text: whereabouts(app, place) })],
      go: () => app.select(place, { from: "list" }),
    })),
    ...data.articles.map((article) => ({
      key: fold(`${article.title ?? article.id} \n ${article.source ?? ""} \n ${article.text}`),
      rank: 1,
      build: () => [make("span", { class: "article-sign", "aria-hidden": "true", text: "¶" }), isolated(article.title ?? article.id), make("span", { class: "quiet", text: speech.listed([article.source, speech.date(article.date)]) })],
      go: () => app.openArticle(article),
    })),
  ];
  const list = make("ul", { id: "found", class: "found", role: "listbox", hidden: true, "aria-label": speech.word("search") });
  const input = make("input", {
    type: "search", id: "search", role: "combobox", dir: "auto", autocomplete: "off", spellcheck: "false",
    placeholder: speech.word("search"), "aria-label": speech.word("search"),
    "aria-controls": "found", "aria-expanded": "false",
  });
  let found = [], at = -1;

  function point(next) {
    at = found.length ? (next + found.length) % found.length : -1;
    [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === at)));
    input.setAttribute("aria-activedescendant", at < 0 ? "" : `found-${at}`);
    list.children[at]?.scrollIntoView({ block: "nearest" });
  }
  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
  }
  function choose(entry) {
    close();
    entry.go();
  }
  function look() {
    const wanted = fold(input.value);
    if (!wanted) return close();
    index ??= build();
    const starts = (key) => (` ${key}`.includes(` ${wanted}`) ? 0 : 1);
    found = index
      .filter((entry) => entry.key.includes(wanted))
      .sort((one, other) => one.rank - other.rank || starts(one.key) - starts(other.key))
      .slice(0, MOST_FOUND);
    list.replaceChildren(
      ...found.map((entry, place) => make("li", { role: "option", id: `found-${place}`, onmousedown: (event) => { event.preventDefault(); choose(entry); } }, ...entry.build())),
    );
    if (!found.length) list.append(make("li", { class: "quiet", text: speech.word("nothing_found") }));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    point(0);
  }
  input.addEventListener("input", look);
  input.addEventListener("focus", look);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") point(at + 1);
    else if (event.key === "ArrowUp") point(at - 1);
    else if (event.key === "Enter" && found[at]) choose(found[at]);
    else if (event.key === "Escape") { input.value = ""; close(); }
    else return;
    event.preventDefault();
  });
  return make("div", { class: "search", role: "search" }, input, list);
}
