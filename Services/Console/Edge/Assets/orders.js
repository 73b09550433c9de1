// Counts ticked orders and ticks many at once: all of the page, or with shift down all between two.
"use strict";
(() => {
  const table = document.querySelector(".order-table");
  const bulk = document.querySelector("[data-bulk]");
  if (!table || !bulk) return;
  // Rows may be put anew while the page is open.
  const boxes = () => [...table.querySelectorAll("input[name=order]")];
  const place = bulk.querySelector("[data-bulk-count]");
  const help = place.textContent;
  let last = null;
  const show = () => {
    const ticked = boxes().filter((box) => box.checked).length;
    boxes().forEach((box) => box.closest("tr").classList.toggle("is-ticked", box.checked));
    place.textContent = ticked ? "✓ " + ticked : help;
    bulk.querySelectorAll("button").forEach((button) => { button.disabled = ticked === 0; });
  };
  table.addEventListener("click", (event) => {
    const box = event.target.closest("input[name=order]");
    if (!box) return;
    if (event.shiftKey && last) {
      const ends = [boxes().indexOf(last), boxes().indexOf(box)].sort((one, other) => one - other);
      boxes().slice(ends[0], ends[1] + 1).forEach((other) => { other.checked = box.checked; });
    }
    last = box;
    show();
  });
  const head = table.querySelector("thead .tick-cell");
  if (head && boxes().length) {
    const all = document.createElement("input");
    all.type = "checkbox";
    all.className = "form-check-input";
    all.setAttribute("aria-label", head.textContent);
    all.addEventListener("change", () => { boxes().forEach((box) => { box.checked = all.checked; }); show(); });
    head.append(all);
  }
  show();
})();
