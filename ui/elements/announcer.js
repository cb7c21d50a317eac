// Puts a message into the one live region of the window, which screen readers read out as it changes.
// With `shown`, the key of a container, what stands in it is read out, and brought into view.

const REGION = "announcer";
const said = new Map();  // what was last said about each thing: a page that is drawn anew is silent

const region = () => {
  let found = document.getElementById(REGION);
  if (!found) {
    found = document.createElement("div");
    found.id = REGION;
    found.setAttribute("role", "status");
    found.setAttribute("aria-live", "polite");
    found.className = "unseen";
    document.body.append(found);
  }
  return found;
};

export default function ({ data }) {
  const { about, message, shown } = data;
  const place = region();
  if (said.get(about) === message) return;
  said.set(about, message);
  if (!message) return;
  const part = shown && document.querySelector(`.st-key-${shown}`);
  part?.scrollIntoView({ block: "nearest" });
  place.textContent = part ? part.innerText : message;
}
