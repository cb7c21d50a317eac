// Saves the Plotly chart in the container with the key `data.drawn` once it is drawn, by Plotly's
// own button, and reports when that is done.

const LONGEST = 30_000; // milliseconds; a chart that is not there by then never comes

// Streamlit calls the function below anew whenever its data change, without undoing the last call.
const undo = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  undo.get(parentElement)?.();
  const until = performance.now() + LONGEST;
  let asked = null;
  const look = () => {
    const graph = document.querySelector(`.st-key-${data.drawn} .js-plotly-plot`);
    const button = graph?.querySelector(".modebar-btn");
    if (asked === null && button && graph._fullLayout?.xaxis?.c2p) {
      asked = graph;
      // For Plotly alone: to all others it would be a click beside the open menu, which closes it.
      button.dispatchEvent(new MouseEvent("click"));
    } else if ((asked !== null && !asked._snapshotInProgress) || performance.now() > until) {
      stop();
      document.querySelector(`.st-key-${data.control} button`)?.focus();
      setTriggerValue("saved", true);
    }
  };
  const timer = setInterval(look, 100);
  const stop = () => clearInterval(timer);
  undo.set(parentElement, stop);
  return stop;
}
