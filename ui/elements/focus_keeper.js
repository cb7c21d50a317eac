// A button that is out of use, as while its download is made, loses the focus to the page or to the
// dialog around it: it gets it back, unless another part of the page has been focused meanwhile.

// Streamlit calls the function below anew whenever its data change, without undoing the last call.
const undo = new WeakMap();

export default function ({ parentElement }) {
  undo.get(parentElement)?.();
  let waiting = null;
  const lose = ({ target, relatedTarget }) => {
    if (target.disabled && relatedTarget === null) waiting = target;
  };
  const inUse = new MutationObserver(() => {
    if (waiting === null || waiting.disabled) return;
    if (waiting.isConnected && document.activeElement?.contains(waiting)) {
      waiting.focus({ preventScroll: true });
    }
    waiting = null;
  });
  document.addEventListener("focusout", lose);
  inUse.observe(document.body, { subtree: true, attributes: true, attributeFilter: ["disabled"] });
  const stop = () => {
    document.removeEventListener("focusout", lose);
    inUse.disconnect();
  };
  undo.set(parentElement, stop);
  return stop;
}
