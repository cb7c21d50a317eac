// Lets the browser ask before the page is left or loaded anew, for as long as this is on the page.

// Streamlit calls the function below anew whenever its data change, without undoing the last call.
const undo = new WeakMap();

export default function ({ parentElement }) {
  undo.get(parentElement)?.();
  const ask = (event) => event.preventDefault();
  window.addEventListener("beforeunload", ask);
  document.body.dataset.asksBeforeLeaving = "yes";
  const stop = () => {
    window.removeEventListener("beforeunload", ask);
    delete document.body.dataset.asksBeforeLeaving;
  };
  undo.set(parentElement, stop);
  return stop;
}
