// Elements are built here and nowhere else, and text only ever becomes text.

/** Build an element: `class`, `text`, `data-*` and other attributes, `on…` listeners, children. */
function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") element.className = value;
    else if (name === "text") element.textContent = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Build an SVG element from attributes and children. */
function draw(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Text from outside, kept from turning the text round it about. */
function isolated(text, properties = {}) {
  return make("bdi", { text, ...properties });
}

/** A link, only ever to a web page and without telling it where the reader came from. */
function link(url, text, properties = {}) {
  if (!/^https?:\/\//i.test(url ?? "")) return isolated(text);
  return make("a", { href: url, target: "_blank", rel: "noopener noreferrer", text, ...properties });
}

const stillness = window.matchMedia("(prefers-reduced-motion: reduce)");
