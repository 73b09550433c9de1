// Copies the code or the link; without it people select the text.
"use strict";
(() => {
  if (!navigator.clipboard) return;
  const said = document.querySelector("[data-copied]");
  for (const button of document.querySelectorAll("[data-copy]")) {
    const field = document.getElementById(button.dataset.copy);
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(field.value);
        said.textContent = said.dataset.copied;
        button.textContent = said.dataset.copied;
      } catch (error) { field.select(); }
    });
  }
})();
