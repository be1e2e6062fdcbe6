// Connection: when it is lost, one quiet line at the foot says so in the reader's language, in place
// of a dialog of Streamlit's in English that lies over all (seen in Streamlit 1.67). The dialog is
// closed as a reader would close it; it comes again only after a new connection was lost. Until the
// page is drawn, numbers to call stand in its place (shell.py); here they go when it is.

const THEIRS = "Connection error";
const STATE = "data-test-connection-state";
const DRAWN = ".stApp .danger";
const BACK = `[${STATE}=CONNECTED]`;

/** @param {MutationRecord[]} changes */
function look(changes) {
  for (const { addedNodes } of changes)
    for (const node of addedNodes) if (node instanceof HTMLElement) quiet(node);
  if (document.querySelector(BACK)) show("");
  if (document.querySelector(DRAWN)) document.getElementById("opening")?.remove();
}

/** @param {HTMLElement} node */
function quiet(node) {
  if (!node.matches("[data-testid=stDialog]")) return;
  if (node.querySelector("h2")?.textContent !== THEIRS) return;
  node.style.display = "none";
  setTimeout(() => node.querySelector("button")?.click()); // once it hears
  show(document.getElementById("leave")?.dataset.gone ?? "");
}

/** @param {string} text */
function show(text) {
  const line = document.getElementById("gone");
  if (line && line.textContent !== text) line.textContent = text;
}

new MutationObserver(look).observe(document.body, {
  childList: true,
  subtree: true,
  attributes: true,
  attributeFilter: [STATE],
});
