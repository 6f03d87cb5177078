// Everything here is a comfort: without it every page does the same with a click and a reload.
const root = document.documentElement;
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const say = (words) => { document.getElementById("live").textContent = words; };

document.querySelector("[data-focus]")?.focus();
all("[data-dialog]").forEach((one) => one.addEventListener("click", () => document.getElementById(one.dataset.dialog).showModal()));
all("[data-print]").forEach((one) => one.addEventListener("click", () => print()));
all("[data-copy]").forEach((one) => one.addEventListener("click", async () => {
  await navigator.clipboard.writeText(one.dataset.copy);
  say(one.dataset.copied);
}));

// A chart's columns are read by arrows, Home and End.
for (const chart of all("[data-chart]")) {
  const columns = all("[data-label]", chart);
  let at = -1;
  chart.addEventListener("keydown", (event) => {
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: columns.length - 1 }[event.key];
    if (to === undefined || !columns.length) return;
    event.preventDefault();
    columns[at]?.classList.remove("read");
    at = Math.max(0, Math.min(columns.length - 1, to));
    columns[at].classList.add("read");
    say(columns[at].dataset.label);
  });
}

// On a map, an arrow leads to the nearest firm on that side.
const middle = (one) => { const box = one.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; };
for (const map of all("[data-map]")) {
  map.addEventListener("keydown", (event) => {
    const way = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[event.key];
    const from = event.target.closest("a");
    if (!way || !from) return;
    event.preventDefault();
    const [x, y] = middle(from);
    const far = (one) => {
      const [dx, dy] = middle(one).map((value, n) => value - [x, y][n]);
      const along = dx * way[0] + dy * way[1], across = Math.abs(dx * way[1]) + Math.abs(dy * way[0]);
      return along > 0 ? along + 2 * across : Infinity;
    };
    const nearest = all("a", map).filter((one) => one !== from).sort((one, other) => far(one) - far(other))[0];
    if (nearest && far(nearest) < Infinity) nearest.focus();
  });
}

// Single keys, which settings switch off: whatever bears the key is clicked.
document.addEventListener("keydown", (event) => {
  if (root.dataset.shortcuts === "off" || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.closest("input, select, textarea, dialog")) return;
  const found = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!found) return;
  event.preventDefault();
  found.click();
});

// New events: the parts of the page that show them are fetched again, at most every two seconds.
const parts = all("[data-live]");
if (parts.length && window.EventSource && !new URLSearchParams(location.search).has("as_of")) {
  let waiting = false;
  const listen = () => {
    const source = new EventSource("/live");
    source.onmessage = renew;
    source.onerror = () => { if (source.readyState === EventSource.CLOSED) setTimeout(listen, 30000); };
  };
  const renew = () => {
    if (waiting) return;
    waiting = true;
    setTimeout(async () => {
      waiting = false;
      const answer = await fetch(location.href);
      if (!answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const old of all("[data-live]")) {
        const renewed = fresh.querySelector(`[data-live="${old.dataset.live}"]`);
        if (!renewed || renewed.textContent === old.textContent) continue;
        const on = old.contains(document.activeElement) && document.activeElement.getAttribute("href");
        old.replaceWith(renewed);
        if (on) renewed.querySelector(`[href="${CSS.escape(on)}"]`)?.focus();
      }
    }, 2000);
  };
  listen();
}
