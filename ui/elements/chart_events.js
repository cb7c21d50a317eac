// Listens to the Plotly charts named in `data.charts`: shows a thumbnail and words beside the
// pointer, and reports clicks on cells and marks, which Streamlit's own selection does not.
// Text is set by textContent only, so a caption is never read as markup.

// Streamlit calls the function below anew whenever `data` changes, without undoing the last call.
const undo = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  undo.get(parentElement)?.();
  const tip = parentElement.querySelector(".tip");
  const bound = new Map();
  const { items, charts } = data;

  const picturesAndWords = (chart, point) => {
    if (chart.kind === "map") return point.customdata === undefined ? [] : [items[point.customdata]];
    return [items[chart.rows[point.y]], items[chart.columns[point.x]]];
  };

  const cellWords = (chart, point) => {
    const [cosine, inRow, inColumn] = point.customdata ?? [];
    if (cosine === undefined || Number.isNaN(cosine)) return "";
    return `${chart.score} ${cosine.toFixed(2)} · rank ${inRow} of ${chart.ranked_columns} in its row, `
      + `${inColumn} of ${chart.ranked_rows} in its column`;
  };

  const show = (chart, event) => {
    const point = event.points[0];
    const shown = picturesAndWords(chart, point).filter(Boolean);
    if (!shown.length) return hide();
    tip.replaceChildren();
    for (const item of shown) {
      if (item.image) {
        const image = document.createElement("img");
        image.src = item.image;
        image.alt = "";
        tip.append(image);
      }
      const words = document.createElement("div");
      words.textContent = item.label;
      tip.append(words);
    }
    if (chart.kind === "heatmap") {
      const numbers = document.createElement("div");
      numbers.className = "numbers";
      numbers.textContent = cellWords(chart, point);
      tip.append(numbers);
    }
    tip.style.display = "block";
    const { clientX, clientY } = event.event;
    const { offsetWidth: width, offsetHeight: height } = tip;
    const left = clientX + 18 + width > innerWidth ? clientX - width - 18 : clientX + 18;
    tip.style.left = `${Math.max(4, left)}px`;
    tip.style.top = `${Math.max(4, Math.min(clientY - height / 2, innerHeight - height - 4))}px`;
  };

  const hide = () => { tip.style.display = "none"; };

  const bind = () => {
    for (const chart of charts) {
      const graph = document.querySelector(`.st-key-${chart.key} .js-plotly-plot`);
      if (!graph?.on || bound.get(chart.key)?.graph === graph) continue;
      const listeners = { plotly_hover: (event) => show(chart, event), plotly_unhover: hide };
      listeners.plotly_click = ({ points: [point] }) => {
        const clicked = picturesAndWords(chart, point).filter(Boolean);
        if (clicked.length) setTriggerValue("clicked", clicked.map((item) => item.id));
      };
      for (const [name, listener] of Object.entries(listeners)) graph.on(name, listener);
      bound.set(chart.key, { graph, listeners });
    }
  };

  bind();
  const timer = setInterval(bind, 250);
  document.addEventListener("scroll", hide, true);
  const stop = () => {
    clearInterval(timer);
    document.removeEventListener("scroll", hide, true);
    for (const { graph, listeners } of bound.values()) {
      // A graph that has left the page already has let go of its listeners itself.
      for (const [name, listener] of Object.entries(listeners)) graph.removeListener?.(name, listener);
    }
    hide();
  };
  undo.set(parentElement, stop);
  return stop;
}
