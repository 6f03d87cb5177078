// Everything here is a comfort: without it every page does the same with a click and a reload.

const live = document.getElementById("live");
const say = (words) => { live.textContent = words; };

document.querySelector("[data-focus]")?.focus();

// A chart's columns are read by arrows, Home and End.
for (const chart of document.querySelectorAll("[data-chart]")) {
  const columns = [...chart.querySelectorAll("[data-label]")];
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

// <button data-dialog="id"> opens a <dialog>; the browser closes it with Escape.
for (const button of document.querySelectorAll("[data-dialog]")) {
  button.addEventListener("click", () => document.getElementById(button.dataset.dialog).showModal());
}

for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());

for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    say(button.dataset.copied);
  });
}
