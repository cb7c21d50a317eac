// Marks the same item in all tiles of the page, under the pointer or the keyboard, and reports
// clicks on “More like this” and on what selects. A click on the tile itself keeps the mark until
// the next one.

// Streamlit calls the function below anew whenever its data change, without undoing the last call.
const undo = new WeakMap();

// Ticks that the server does not know of yet: each report holds all of them, for of two that come
// close together Streamlit may drop the first.
const pending = new Map();

export default function ({ data, parentElement, setTriggerValue }) {
  undo.get(parentElement)?.();
  let kept = null;
  const selected = new Set(data?.selected ?? []);
  for (const [id, on] of pending) if (selected.has(id) === on) pending.delete(id);
  const isSelected = (id) => pending.get(id) ?? selected.has(id);

  const showSelected = () => {
    for (const button of document.querySelectorAll("[data-select]")) {
      const pressed = String(isSelected(button.dataset.select));
      if (button.getAttribute("aria-pressed") !== pressed) {
        button.setAttribute("aria-pressed", pressed);
      }
    }
  };

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
    const { like, select, selectList } = event.target.closest?.("button")?.dataset ?? {};
    if (like) {
      // On Search itself the page stays, and so would its place: below what is asked for now.
      document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
      return setTriggerValue("like", like);
    }
    if (select) {
      pending.set(select, !isSelected(select));
      showSelected();
      return setTriggerValue("ticked", Object.fromEntries(pending));
    }
    if (selectList) return setTriggerValue("list", selectList);
    const item = itemAt(event);
    if (!item) return;
    kept = kept === item ? null : item;
    mark("kept", kept);
  };

  // Tiles come and go without a word to this function.
  let asked = 0;
  const seen = new MutationObserver(() => {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(showSelected);
  });
  seen.observe(document.body, { childList: true, subtree: true });
  showSelected();

  const listeners = { pointerover: point, focusin: point, click: press };
  for (const [name, listener] of Object.entries(listeners)) {
    document.addEventListener(name, listener);
  }
  const stop = () => {
    cancelAnimationFrame(asked);
    seen.disconnect();
    for (const [name, listener] of Object.entries(listeners)) {
      document.removeEventListener(name, listener);
    }
  };
  undo.set(parentElement, stop);
  return stop;
}
