// Looks for the answer to a command, less and less often, and shows the page anew when it is there.
"use strict";
(() => {
  const box = document.querySelector("[data-waiting]");
  if (!box) return;
  const address = "/api/commands/" + encodeURIComponent(box.dataset.command);
  let pause = 500;
  const look = async () => {
    try {
      const answer = await fetch(address, { headers: { accept: "application/json" } });
      if (answer.ok && (await answer.json()).outcome !== null) { location.reload(); return; }
    } catch (error) { /* The next look may find the way. */ }
    pause = Math.min(pause * 1.5, 10000);
    if (performance.now() < 600000) setTimeout(look, pause);
  };
  setTimeout(look, pause);
})();
