// On a narrow window the sidebar lies over the page: it goes away once a page is chosen.

const NARROW = 768; // pixels; below, Streamlit lays the sidebar over the page
const LINK = '[data-testid="stSidebar"] a';
const CLOSE = '[data-testid="stSidebarCollapseButton"] button';

// Streamlit calls the function below anew whenever its data change, without undoing the last call.
const undo = new WeakMap();

export default function ({ parentElement }) {
  undo.get(parentElement)?.();
  const close = (event) => {
    if (window.innerWidth >= NARROW || !event.target.closest?.(LINK)) return;
    // Only when the link has had its click: the page is changed by Streamlit's own listener.
    setTimeout(() => document.querySelector(CLOSE)?.click(), 0);
  };
  document.addEventListener("click", close);
  const stop = () => document.removeEventListener("click", close);
  undo.set(parentElement, stop);
  return stop;
}
