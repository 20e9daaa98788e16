// Hears of changes: loads the page again where the reader stands, changes its style sheets, or shows what went wrong.
// One tab listens for all of them, since a browser opens only six connections to one host.
const own = document.currentScript;
const page = own.dataset.page;
const place = `sitegen:${location.pathname}`;
const channel = new BroadcastChannel("sitegen");
let seen = own.dataset.seen;
let told = "null";
let overlay = null;

function reload() {
  const open = [...document.querySelectorAll("details")].map((each) => each.open);
  sessionStorage.setItem(place, JSON.stringify({ x: scrollX, y: scrollY, open }));
  location.reload();
}

function restore() {
  const kept = sessionStorage.getItem(place);
  if (!kept) return;
  sessionStorage.removeItem(place);
  const { x, y, open } = JSON.parse(kept);
  const details = [...document.querySelectorAll("details")];
  if (details.length === open.length) details.forEach((each, index) => { each.open = open[index]; });
  scrollTo({ left: x, top: y, behavior: "instant" });
}

function restyle(version) {
  for (const old of document.querySelectorAll('link[rel="stylesheet"]')) {
    const address = new URL(old.href);
    if (address.pathname.startsWith("/__sitegen/") || "old" in old.dataset) continue;
    address.searchParams.set("v", version);
    const fresh = old.cloneNode();
    fresh.href = address.href;
    old.dataset.old = address.pathname;
    fresh.addEventListener("load", () => {
      document.querySelectorAll(`link[data-old="${CSS.escape(address.pathname)}"]`).forEach((each) => each.remove());
    }, { once: true });
    old.after(fresh);
  }
}

function element(tag, part, text = "") {
  const made = document.createElement(tag);
  made.className = `sitegen-overlay__${part}`;
  made.textContent = text;
  return made;
}

function excerpt(lines) {
  const block = element("pre", "excerpt");
  for (const { number, text, here } of lines) {
    const line = element("span", "line");
    if (here) line.classList.add("sitegen-overlay__line--here");
    line.append(element("span", "number", number), text);
    block.append(line);
  }
  return block;
}

function clear() {
  overlay?.remove();
  overlay = null;
}

function complain({ title, close, problems }) {
  clear();
  overlay = document.createElement("section");
  overlay.className = "sitegen-overlay";
  overlay.setAttribute("role", "alert");
  const sheet = element("div", "sheet");
  const head = element("div", "head");
  const button = element("button", "close", close);
  button.type = "button";
  button.addEventListener("click", clear);
  head.append(element("p", "title", title), button);
  sheet.append(head);
  for (const { place: where, message, hint, lines } of problems) {
    const problem = element("div", "problem");
    problem.append(element("p", "place", where), element("p", "message", message));
    if (hint) problem.append(element("p", "hint", hint));
    if (lines.length) problem.append(excerpt(lines));
    sheet.append(problem);
  }
  overlay.append(sheet);
  document.body.append(overlay);
}

function hear(state) {
  if (state.page !== page) return;
  const [body, sheets] = state.seen.split(".");
  const [bodySeen, sheetsSeen] = seen.split(".");
  if (body !== bodySeen) {
    reload();
    return;
  }
  if (sheets !== sheetsSeen) restyle(sheets);
  seen = state.seen;
  const trouble = JSON.stringify(state.trouble);
  if (trouble === told) return;
  told = trouble;
  if (state.trouble) complain(state.trouble);
  else clear();
}

async function ask() {
  try {
    const answer = await fetch(`/__sitegen/state?page=${encodeURIComponent(page)}`);
    if (answer.ok) hear(await answer.json());
  } catch {
    // the server is away; the tab that listens asks again when it is back
  }
}

function listen() {
  const events = new EventSource("/__sitegen/events");
  events.addEventListener("open", () => {
    channel.postMessage(null);
    ask();
  });
  events.addEventListener("message", ({ data }) => {
    const state = JSON.parse(data);
    channel.postMessage(state);
    hear(state);
  });
  return new Promise(() => {}); // leads until the tab is closed
}

channel.addEventListener("message", ({ data }) => (data ? hear(data) : ask()));
addEventListener("keydown", ({ key }) => { if (key === "Escape") clear(); });
document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
if (document.readyState === "complete") restore();
else addEventListener("load", restore);
ask();
if (navigator.locks) navigator.locks.request("sitegen", listen);
else listen();
