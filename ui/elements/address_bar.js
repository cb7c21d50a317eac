// Writes the view into the browser's address. What the back button is to step through becomes an
// entry of the browser's history; everything else changes the entry that is there.

const EMBED = /^embed(_options)?$/i; // of Streamlit, for a page in a frame

export default function ({ data }) {
  const { history, location } = window;
  const kept = [...new URLSearchParams(location.search)].filter(([name]) => EMBED.test(name));
  const query = [data.query, new URLSearchParams(kept).toString()].filter(Boolean).join("&");
  const search = query && `?${query}`;
  // An entry that was not written here, of a link or of another page, is a step already.
  const steps = history.state?.steps;
  if (search === location.search && steps === data.steps) return;
  const isStep = steps !== undefined && steps !== data.steps;
  const change = isStep ? history.pushState : history.replaceState;
  change.call(history, { steps: data.steps }, "", location.pathname + search + location.hash);
}
