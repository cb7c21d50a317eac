// Keeps the token of this tab, by which it finds its session again after a reload. A token never
// leaves sessionStorage but for the server that gave it, and each is good for one use.

const TOKEN = "shared-space-tab";
const LEFT = "shared-space-left";

// A duplicated tab has a copy of the storage; only one whose own page has ended has this mark.
const leave = () => sessionStorage.setItem(LEFT, "yes");
if (!window.sharedSpaceLeaves) addEventListener("pagehide", leave);
window.sharedSpaceLeaves = true;

export default function ({ data, setTriggerValue }) {
  const { nonce, token } = data;
  if (token) {
    sessionStorage.setItem(TOKEN, token);
    return;
  }
  if (window.sharedSpaceClaimed === nonce) return;
  window.sharedSpaceClaimed = nonce;
  const reloaded = sessionStorage.getItem(LEFT) === "yes";
  sessionStorage.removeItem(LEFT);
  setTriggerValue("claim", { nonce, token: sessionStorage.getItem(TOKEN) ?? "", reloaded });
}
