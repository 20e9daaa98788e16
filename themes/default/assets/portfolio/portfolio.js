// Sorts and filters the portfolio, and tells how old data are on the day when it is read. Without this file it is the
// whole table, what needs attention first. No module: a browser loads none from a folder, where a preview is read too.
(() => {
  "use strict";
  const DAY = 86_400_000;
  const table = document.querySelector(".portfolio"), tools = document.querySelector(".tools");
  if (!table || !tools) return;
  const body = table.tBodies[0], rows = [...body.rows], heads = [...table.tHead.querySelectorAll("th[data-sort]")];
  const language = document.documentElement.lang, plainly = { sensitivity: "base", numeric: true };
  const collator = new Intl.Collator(language, plainly), ago = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const now = new Date(), today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  const fields = ["name", "standing", "signs", "data", "country"];
  const controls = Object.fromEntries([...tools.querySelectorAll("[name]")].map((control) => [control.name, control]));
  const order = { by: "", descending: false };

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const age = (day) => Math.round((today - Date.parse(day)) / DAY);

  function relative(days) {
    const away = Math.abs(days);
    const [unit, size] = away < 60 ? ["day", 1] : away < 730 ? ["month", 30.44] : ["year", 365.25];
    return ago.format(-Math.round(days / size), unit);
  }

  const fits = {
    name: (row, wanted) => plain(row.dataset.name).includes(plain(wanted.trim())),
    country: (row, wanted) => row.dataset.country === wanted,
    standing: (row, wanted) => row.dataset.standing.split(" ").includes(wanted),
    signs: (row, wanted) => row.dataset.signs.split(" ").includes(wanted),
    data(row, wanted) {
      const { data } = row.dataset;
      if (wanted === "none" || !data) return wanted === "none" && !data;
      return wanted[0] === "<" ? age(data) <= Number(wanted.slice(1)) : age(data) > Number(wanted.slice(1));
    },
  };

  // What is not known comes last in either direction; rows that are alike stay as they came.
  function compared(one, other) {
    const [a, b] = [one.dataset[order.by], other.dataset[order.by]];
    if (!a || !b) return (a ? 0 : 1) - (b ? 0 : 1);
    const numbers = order.by !== "name" && order.by !== "data" && order.by !== "review";
    return (numbers ? a - b : collator.compare(a, b)) * (order.descending ? -1 : 1);
  }

  // Whether the first order of a column is the descending one: most of what is counted is looked at from its top.
  const begins = (by) => heads.find((head) => head.dataset.sort === by)?.dataset.first === "descending";

  function show() {
    const wanted = fields.map((name) => [name, controls[name].value]).filter(([, value]) => value.trim());
    let count = 0;
    for (const row of rows) {
      row.hidden = !wanted.every(([name, value]) => fits[name](row, value));
      count += !row.hidden;
    }
    document.querySelector("[data-shown]").textContent = count.toLocaleString(language);
    document.querySelector("[data-none]").hidden = count > 0;
    const sorted = order.by ? [...rows].sort(compared) : order.descending ? [...rows].reverse() : rows;
    if (sorted.some((row, place) => body.rows[place] !== row)) body.append(...sorted);
    for (const head of heads) {
      head.setAttribute("aria-sort", head.dataset.sort !== order.by ? "none" : order.descending ? "descending" : "ascending");
    }
    controls.sort.value = order.by;
    controls.reverse.setAttribute("aria-pressed", String(order.descending !== begins(order.by)));
    keep(wanted);
  }

  // In the address, so that a reload, a bookmark and a colleague find the same.
  function keep(wanted) {
    const told = new URLSearchParams(wanted);
    if (order.by) told.set("sort", order.by);
    if (order.descending) told.set("down", "1");
    const hash = String(told);
    if (hash !== location.hash.slice(1)) history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
  }

  function recall() {
    const told = new URLSearchParams(location.hash.slice(1));
    for (const name of fields) {
      const field = controls[name], value = told.get(name) ?? "";
      field.value = value;
      if (field.value !== value) field.value = "";
    }
    const by = told.get("sort") ?? "";
    order.by = heads.some((head) => head.dataset.sort === by) ? by : "";
    order.descending = told.has("down");
    show();
  }

  function sort(head) {
    const again = order.by === head.dataset.sort;
    order.descending = again ? !order.descending : begins(head.dataset.sort);
    order.by = head.dataset.sort;
    show();
  }

  for (const head of heads) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => sort(head));
    controls.sort.add(new Option(button.textContent, head.dataset.sort));
  }
  for (const told of table.querySelectorAll("[data-age]")) {
    const days = age(told.dataset.age);
    told.textContent = relative(days);
    told.classList.toggle("is-past", "due" in told.dataset && days > 0);
  }
  tools.addEventListener("input", ({ target }) => {
    if (target.name === "sort") {
      order.by = target.value;
      order.descending = begins(order.by);
    }
    show();
  });
  controls.reverse.addEventListener("click", () => {
    order.descending = !order.descending;
    show();
  });
  controls.reset.addEventListener("click", () => {
    for (const name of fields) controls[name].value = "";
    Object.assign(order, { by: "", descending: false });
    show();
  });
  addEventListener("hashchange", () => /=|^$/.test(location.hash.slice(1)) && recall());
  tools.hidden = false;
  recall();
})();
