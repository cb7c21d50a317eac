// Reports a press on anything that names a cell, by row and column: `data-cell="row column"`.

// Streamlit calls the function below anew whenever its data change, without undoing the last call.
const undo = new WeakMap();

export default function ({ parentElement, setTriggerValue }) {
  undo.get(parentElement)?.();
  const press = (event) => {
    const cell = event.target.closest?.("[data-cell]")?.dataset.cell;
    if (cell) setTriggerValue("cell", cell);
  };
  document.addEventListener("click", press);
  const stop = () => document.removeEventListener("click", press);
  undo.set(parentElement, stop);
  return stop;
}
