// Draws the tables of a report. Colours of Okabe and Ito, each with a dash and a marker of its own.
"use strict";
(() => {
  if (typeof Chart === "undefined") return;
  const looks = [
    { light: "#0072b2", dark: "#56b4e9", dash: [], marker: "circle" },
    { light: "#d55e00", dark: "#e69f00", dash: [8, 4], marker: "triangle" },
    { light: "#007a5a", dark: "#009e73", dash: [2, 3], marker: "rect" },
    { light: "#a3527f", dark: "#cc79a7", dash: [10, 3, 2, 3], marker: "star" },
  ];
  const drawn = [];
  const style = (name) => getComputedStyle(document.body).getPropertyValue(name).trim();
  const isDark = () => getComputedStyle(document.documentElement).colorScheme === "dark";
  const draw = (canvas) => {
    const said = JSON.parse(canvas.dataset.chart);
    const ink = style("--ink");
    const line = style("--line");
    canvas.parentElement.hidden = false;
    return new Chart(canvas, {
      type: said.shape,
      data: {
        labels: said.labels,
        datasets: said.series.map((series, index) => {
          const look = looks[index % looks.length];
          const colour = isDark() ? look.dark : look.light;
          return {
            label: series.name, data: series.values.map((value) => value / 10 ** series.digits),
            texts: series.texts, borderColor: colour, backgroundColor: said.shape === "bar" ? colour : panel(),
            borderDash: look.dash, pointStyle: look.marker, pointRadius: said.labels.length > 62 ? 0 : 3,
            borderWidth: 2, tension: 0,
          };
        }),
      },
      options: {
        animation: false, maintainAspectRatio: false, interaction: { mode: "index", intersect: false },
        plugins: {
          legend: { labels: { color: ink, usePointStyle: said.shape === "line" } },
          tooltip: { callbacks: { label: (item) => item.dataset.label + ": " + item.dataset.texts[item.dataIndex] } },
        },
        scales: {
          x: { ticks: { color: ink, maxRotation: 60 }, grid: { color: line } },
          y: { beginAtZero: true, ticks: { color: ink }, grid: { color: line } },
        },
      },
    });
  };
  const panel = () => style("--panel");
  const all = () => {
    while (drawn.length > 0) drawn.pop().destroy();
    for (const canvas of document.querySelectorAll("canvas[data-chart]")) drawn.push(draw(canvas));
  };
  all();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", all);
  window.addEventListener("beforeprint", () => { for (const chart of drawn) chart.resize(); });
})();
