for (const data of document.querySelectorAll("script[type='application/json']")) {
  const { data: traces, layout } = JSON.parse(data.textContent);
  const chart = document.getElementById(data.dataset.chart);
  Plotly.newPlot(chart, traces, layout, { staticPlot: true, responsive: false });
}
