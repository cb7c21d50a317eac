// A button that is out of use, as while its download is made, loses the focus to the page or to the
// dialog around it: it gets it back, unless another part of the page has been focused meanwhile.
// A button of the selection bar may be gone once it has done its work: the bar's next one gets it.

const BAR = ".st-key-selection-bar, [data-testid=stPopoverBody]:has(.st-key-label-value)";
const NEXT = ":is(.st-key-bar-done, .st-key-bar-row) .stButton button:enabled";

// Streamlit calls the function below anew whenever its data change, without undoing the last call.
const undo = new WeakMap();

export default function ({ parentElement }) {
  undo.get(parentElement)?.();
  let waiting = null;
  let ofBar = null;
  const come = ({ target }) => {
    ofBar = target.closest(BAR) ? target : null;
  };
  const lose = ({ target, relatedTarget }) => {
    if (target.disabled && relatedTarget === null) waiting = target;
  };
  const look = () => {
    if (waiting !== null && !waiting.disabled) {
      if (waiting.isConnected && document.activeElement?.contains(waiting)) {
        waiting.focus({ preventScroll: true });
      }
      waiting = null;
    }
    if (ofBar !== null && !ofBar.isConnected && document.activeElement === document.body) {
      document.querySelector(NEXT)?.focus({ preventScroll: true });
    }
  };
  const changes = new MutationObserver(look);
  document.addEventListener("focusin", come);
  document.addEventListener("focusout", lose);
  const watched = { subtree: true, childList: true, attributes: true, attributeFilter: ["disabled"] };
  changes.observe(document.body, watched);
  const stop = () => {
    document.removeEventListener("focusin", come);
    document.removeEventListener("focusout", lose);
    changes.disconnect();
  };
  undo.set(parentElement, stop);
  return stop;
}
