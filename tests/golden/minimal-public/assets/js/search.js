// Search over the pages of a portal, as its reader types. Without this file, or its index, the page is the contents alone.
(() => {
  "use strict";
  const pages = globalThis.sitegenPages;
  const field = document.getElementById("query");
  const list = document.getElementById("results");
  const told = document.getElementById("found");
  if (!pages || !field) return;
  const MOST = 20; // results that are shown
  const AROUND = 90; // characters of an excerpt before and after what was found
  const WORD = /[\p{L}\p{N}]+/gu;
  const ELISION = /(?<![\p{L}\p{N}])(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)'(?=[\p{L}\p{N}])/gu;

  // As render/search.py folds: accents, capitals, elision and a light plural are no difference.
  function plain(text) {
    return text.replace(/œ/gi, "oe").replace(/æ/gi, "ae").replace(/’/g, "'").normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  }
  const singular = (word) => (word.length > 3 && /[sx]$/.test(word) && !word.endsWith("ss") ? word.slice(0, -1) : word);
  const folded = (text) => (plain(text).replace(ELISION, " ").match(WORD) ?? []).map(singular);

  const sections = pages.flatMap((page) =>
    page.s.map(([anchor, heading, text]) => ({
      page, anchor, heading, text,
      title: folded(page.t), head: folded(heading), words: folded(text),
    })));

  // A word counts most in a title, then in a heading, then by how often the text has it; each must be found somewhere.
  function score(section, query) {
    let sum = 0;
    for (const word of query) {
      const has = (own) => own.some((each) => each.startsWith(word));
      const often = section.words.reduce((count, each) => count + each.startsWith(word), 0);
      const own = 8 * has(section.title) + 6 * has(section.head) + Math.min(often, 4);
      if (!own) return 0;
      sum += own;
    }
    return sum;
  }

  // A text with what was found marked; only text nodes, never markup.
  function marked(text, query) {
    const parts = document.createDocumentFragment();
    let end = 0;
    for (const found of text.matchAll(WORD)) {
      const word = singular(plain(found[0]));
      if (!query.some((each) => word.startsWith(each))) continue;
      parts.append(text.slice(end, found.index));
      const mark = document.createElement("mark");
      mark.textContent = found[0];
      parts.append(mark);
      end = found.index + found[0].length;
    }
    parts.append(text.slice(end));
    return parts;
  }

  function excerpt(text, query) {
    const first = [...text.matchAll(WORD)].find((found) => query.some((each) => singular(plain(found[0])).startsWith(each)));
    const at = first?.index ?? 0;
    const from = at > AROUND ? text.indexOf(" ", at - AROUND) + 1 : 0;
    const to = at + AROUND < text.length ? text.lastIndexOf(" ", at + AROUND) : text.length;
    return (from ? "… " : "") + text.slice(from, Math.max(to, at)) + (to < text.length ? " …" : "");
  }

  function element(name, kind, content) {
    const made = document.createElement(name);
    made.className = kind;
    made.append(content);
    return made;
  }

  function result({ page, anchor, heading, text }, query) {
    const link = document.createElement("a");
    link.href = page.u + (anchor ? `#${encodeURIComponent(anchor)}` : "");
    link.append(marked(heading || page.t, query));
    const item = element("li", "result", element("p", "result__title", link));
    if (heading && heading !== page.t) item.append(element("p", "result__page", page.t));
    if (text) item.append(element("p", "result__text", marked(excerpt(text, query), query)));
    return item;
  }

  function show() {
    const query = folded(field.value);
    const found = query.length
      ? sections.map((section) => [score(section, query), section]).filter(([points]) => points).sort((a, b) => b[0] - a[0])
      : [];
    list.replaceChildren(...found.slice(0, MOST).map(([, section]) => result(section, query)));
    const { none, one, other, start } = told.dataset;
    told.textContent = !query.length ? start : !found.length ? none : (found.length === 1 ? one : other).replace("#", found.length);
    history.replaceState(null, "", field.value ? `?q=${encodeURIComponent(field.value)}` : location.pathname);
  }

  function walk(event) {
    const links = [...list.querySelectorAll("a")];
    const here = links.indexOf(document.activeElement);
    if (event.key === "ArrowDown" && links.length) (links[here + 1] ?? links.at(-1)).focus();
    else if (event.key === "ArrowUp" && here >= 0) (links[here - 1] ?? field).focus();
    else if (event.key === "Escape") { field.value = ""; field.focus(); show(); }
    else return;
    event.preventDefault();
  }

  field.value = new URLSearchParams(location.search).get("q") ?? "";
  field.addEventListener("input", show);
  field.form.addEventListener("submit", (event) => { event.preventDefault(); list.querySelector("a")?.focus(); });
  document.getElementById("search").addEventListener("keydown", walk);
  show();
  field.focus();
})();
