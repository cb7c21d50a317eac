// Marks the same item in all tiles of the page, under the pointer or the keyboard, and reports
// clicks on “More like this”. A click on the tile itself keeps the mark until the next one.

// Streamlit calls the function below anew whenever its data change, without undoing the last call.
const undo = new WeakMap();

export default function ({ parentElement, setTriggerValue }) {
  undo.get(parentElement)?.();
  let kept = null;

  const mark = (name, id) => {
    for (const tile of document.querySelectorAll(`.tile.${name}`)) tile.classList.remove(name);
    if (!id) return;
    for (const tile of document.querySelectorAll(`.tile[data-item="${CSS.escape(id)}"]`)) {
      tile.classList.add(name);
    }
  };

  const itemAt = (event) => event.target.closest?.(".tile[data-item]")?.dataset.item ?? null;
  const point = (event) => mark("twin", itemAt(event));

  const press = (event) => {
    const like = event.target.closest?.("[data-like]");
    if (like) {
      // On Search itself the page stays, and so would its place: below what is asked for now.
      document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
      return setTriggerValue("like", like.dataset.like);
    }
    const item = itemAt(event);
    if (!item) return;
    kept = kept === item ? null : item;
    mark("kept", kept);
  };

  const listeners = { pointerover: point, focusin: point, click: press };
  for (const [name, listener] of Object.entries(listeners)) {
    document.addEventListener(name, listener);
  }
  const stop = () => {
    for (const [name, listener] of Object.entries(listeners)) {
      document.removeEventListener(name, listener);
    }
  };
  undo.set(parentElement, stop);
  return stop;
}
