// What a mark of a drawing tells, by pointer, finger and arrow keys. Without this file the same values stand in the
// figure's table.
(() => {
  "use strict";
  const EDGE = 8; // px that a tip keeps from the window's edge
  const tip = document.createElement("div");
  let mark = null;

  function show(next) {
    mark?.classList.remove("is-told");
    mark = next;
    mark?.classList.add("is-told");
    tip.textContent = mark ? mark.dataset.tip : "";
    if (mark) place();
  }

  function place() {
    tip.style.left = tip.style.top = "0";
    const told = mark.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = tip;
    const { clientWidth, clientHeight } = document.documentElement;
    const within = (place, room) => Math.max(EDGE, Math.min(place, room - EDGE));
    const above = told.top - height >= EDGE ? told.top - height : told.bottom;
    tip.style.left = `${within(told.left + (told.width - width) / 2, clientWidth - width)}px`;
    tip.style.top = `${within(above, clientHeight - height)}px`;
  }

  function seen(element) {
    const { top, bottom } = element.getBoundingClientRect();
    return bottom > 0 && top < document.documentElement.clientHeight;
  }

  function walk(event) {
    if (event.key === "Escape") return show(null);
    const marks = [...(event.target.closest(".figure__drawing")?.querySelectorAll("[data-tip]") ?? [])];
    const ahead = getComputedStyle(event.target).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const here = marks.indexOf(mark), last = marks.length - 1;
    const to = { Home: 0, End: last }[event.key]
      ?? (/^Arrow(Left|Right)$/.test(event.key) ? (event.key === ahead ? here + 1 : here < 0 ? last : here - 1) : null);
    if (to === null || !marks.length) return;
    event.preventDefault();
    show(marks[Math.max(0, Math.min(to, last))]);
  }

  tip.className = "tip";
  tip.setAttribute("role", "status");
  document.body.append(tip);
  for (const drawing of document.querySelectorAll(".figure__drawing:has([data-tip])")) {
    drawing.tabIndex = 0;
    drawing.setAttribute("role", "group");
    drawing.setAttribute("aria-label", drawing.dataset.explore);
  }
  document.addEventListener("pointerdown", (event) => event.target.releasePointerCapture?.(event.pointerId));
  document.addEventListener("pointerover", ({ target }) => target === tip || show(target.closest("[data-tip]")));
  document.addEventListener("keydown", walk);
  document.addEventListener("focusout", ({ relatedTarget }) => relatedTarget?.contains(mark) || show(null));
  document.addEventListener("scroll", () => mark && (seen(mark) ? place() : show(null)), { capture: true, passive: true });
})();
