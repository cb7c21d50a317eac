// Tells `print.css` how wide the page and its heatmaps are on the screen, in `--shown-width`,
// `--heatmaps-width` and `--heatmaps-height`: on paper they are scaled, not laid out anew.

const PAGE = ".stMainBlockContainer";
const HEATMAPS = ".st-key-heatmap-row";

// Streamlit calls the function below anew whenever its data change, without undoing the last call.
const undo = new WeakMap();

export default function ({ parentElement }) {
  undo.get(parentElement)?.();
  const paper = matchMedia("print");
  const set = (name, pixels) => document.documentElement.style.setProperty(name, Math.ceil(pixels));
  let page = null;

  const measure = () => {
    if (paper.matches) return;
    const { paddingLeft, paddingRight } = getComputedStyle(page);
    set("--shown-width", page.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight));
    const row = document.querySelector(HEATMAPS);
    if (!row) return;
    set("--heatmaps-width", row.scrollWidth);
    set("--heatmaps-height", row.scrollHeight);
  };

  const sizes = new ResizeObserver(measure);
  page = document.querySelector(PAGE);
  if (page) sizes.observe(page);
  addEventListener("beforeprint", measure);
  const stop = () => {
    sizes.disconnect();
    removeEventListener("beforeprint", measure);
  };
  undo.set(parentElement, stop);
  return stop;
}
