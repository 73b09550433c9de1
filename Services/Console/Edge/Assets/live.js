// Tells an open page what has changed. Parts that carry data-live are taken anew from the server, so that they look as
// it makes them; a bar says how many orders are new. Without it the page is as it was when it was loaded.
"use strict";
(() => {
  if (!window.EventSource || !document.querySelector("[data-live], [data-order], [data-live-new]")) return;
  const idleAfter = 20 * 60 * 1000;
  const fresh = new Set();
  let source = null;
  let wait = 1000;
  let timer = 0;
  let active = Date.now();
  let refreshing = false;
  let again = false;
  let last = "";

  for (const name of ["pointerdown", "keydown", "scroll"]) {
    addEventListener(name, () => { active = Date.now(); if (!source && !timer) open(); }, { passive: true });
  }

  const parts = (root) => root.querySelectorAll("[data-live], [data-order]");
  const key = (part) => part.dataset.live || "order " + part.dataset.order;

  // At most one request at a time, and none sooner than three seconds after the last.
  const refresh = async () => {
    if (refreshing) { again = true; return; }
    refreshing = true;
    try {
      const answer = await fetch(location.href, { headers: { accept: "text/html" } });
      if (answer.ok && !answer.redirected) {
        const other = new DOMParser().parseFromString(await answer.text(), "text/html");
        const there = new Map(Array.from(parts(other), (part) => [key(part), part]));
        for (const part of parts(document)) {
          const next = there.get(key(part));
          if (!next || part.contains(document.activeElement) || part.querySelector(":checked")) continue;
          if (part.innerHTML !== next.innerHTML) part.innerHTML = next.innerHTML;
        }
      }
    } catch (error) { /* The next change tries again. */ }
    setTimeout(() => { refreshing = false; if (again) { again = false; refresh(); } }, 3000);
  };

  const showFresh = () => {
    const bar = document.querySelector("[data-live-new]");
    if (!bar || fresh.size === 0) return;
    bar.querySelector("[data-live-count]").textContent = fresh.size;
    bar.hidden = false;
  };

  // At the side of the page; a screen reader hears it where it stands and is not interrupted.
  const showCount = (queue) => {
    for (const count of document.querySelectorAll(".nav-count [data-count]")) {
      if (count.dataset.count !== queue.path || count.textContent === queue.text) continue;
      count.textContent = queue.text;
      count.parentElement.classList.toggle("is-empty", queue.text === "0");
    }
  };

  const open = () => {
    timer = 0;
    if (source || document.hidden || Date.now() - active > idleAfter) return;
    source = new EventSource("/live" + (last ? "?after=" + last : ""));
    source.addEventListener("open", () => { wait = 1000; });
    source.addEventListener("orders", (event) => {
      last = event.lastEventId;
      const news = JSON.parse(event.data);
      const shown = new Set(Array.from(document.querySelectorAll("[data-order]"), (row) => row.dataset.order));
      for (const id of news.placed) if (!shown.has(id)) fresh.add(id);
      showFresh();
      if (news.changed.some((id) => shown.has(id))) refresh();
    });
    source.addEventListener("many", (event) => { last = event.lastEventId; refresh(); });
    source.addEventListener("counts", (event) => {
      for (const queue of JSON.parse(event.data).queues) showCount(queue);
      if (document.querySelector("[data-live]")) refresh();
    });
    source.addEventListener("error", () => {
      // The browser comes again by itself unless it was refused.
      if (!source || source.readyState !== EventSource.CLOSED) return;
      close();
      timer = setTimeout(open, wait);
      wait = Math.min(wait * 2, 60000);
    });
  };

  const close = () => { if (source) source.close(); source = null; };

  document.addEventListener("visibilitychange", () => {
    clearTimeout(timer);
    timer = 0;
    if (document.hidden) close(); else open();
  });
  addEventListener("pagehide", close);
  setInterval(() => { if (Date.now() - active > idleAfter) close(); }, 60000);
  open();
})();
