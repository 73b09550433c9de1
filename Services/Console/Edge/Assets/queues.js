// Ticks every row at once, and says so when nothing is ticked; the list works without.
"use strict";
(() => {
  const form = document.querySelector("form[data-queue]");
  const place = form && form.querySelector("th.pick");
  if (!place) return;
  const picks = () => [...form.querySelectorAll("input[name=pick]")];
  const all = document.createElement("input");
  all.type = "checkbox";
  all.setAttribute("aria-label", place.textContent.trim());
  all.addEventListener("change", () => { for (const pick of picks()) pick.checked = all.checked; });
  place.replaceChildren(all);
  form.addEventListener("submit", (event) => {
    if (picks().some((pick) => pick.checked)) return;
    event.preventDefault();
    all.setCustomValidity("☐ → ☑");
    all.reportValidity();
    all.setCustomValidity("");
  });
})();
