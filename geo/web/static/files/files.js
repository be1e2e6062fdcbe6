// Files: buttons that ask for a file. It comes as bytes by the connection of the page and is handed
// to the browser to save; it has no address that anyone else could ask for, and lies in no cache.

import { announce, beginDrawing, button, furnish, make } from "../dom.js";

/**
 * @typedef {object} FilesData
 * @property {{key: string, label: string}[]} files
 * @property {{making: string, ready: string, late: string}} words
 */

/** @typedef {import("../dom.js").Component<FilesData | Uint8Array<ArrayBuffer>>} FilesComponent */
/** @typedef {{turn: number, name: string, kind: string, trouble: string}} Head what is told of a file */

const SHEET = new URL("../cards/cards.css", import.meta.url).href;
const LATE_MS = 30_000;
const HELD_MS = 40_000; // some browsers read a file only after the reader was asked where to put it
const GONE_MS = 5_000;
const NEW_LINE = 10;

/** What was asked for and has not come, the one being made first. @type {{key: string, turn: number}[]} */
const queue = [];
/** The buttons on the page now. @type {{component: FilesComponent, words: FilesData["words"]} | null} */
let here = null;
let turns = 0;
let timer = 0;

/** Addresses of files not let go of yet. @type {Set<string>} */
const held = new Set();

/**
 * Draw the buttons, or take the file that came.
 * @param {FilesComponent} component
 */
export default function (component) {
  const { parentElement: root, data } = component;
  if (data instanceof Uint8Array) {
    take(data);
    return () => {};
  }
  const drawing = beginDrawing(root);
  furnish(root, SHEET, "cards");
  here = { component, words: data.words };
  drawButtons(root, data);
  drawing.signal.addEventListener("abort", () => {
    if (here?.component === component) here = null;
  });
  window.addEventListener("pagehide", letGo, { signal: drawing.signal });
  return () => {
    drawing.abort();
    forget();
  };
}

/**
 * Draw the buttons, unless they are there: the focus stays where it is.
 * @param {ShadowRoot} root
 * @param {FilesData} data
 */
function drawButtons(root, data) {
  const box = /** @type {HTMLElement} */ (root.querySelector(".cards"));
  const drawn = JSON.stringify(data.files);
  if (box.dataset.drawn === drawn) return;
  box.dataset.drawn = drawn;
  const focused = /** @type {HTMLElement | null} */ (root.activeElement)?.dataset.key;
  box.replaceChildren();
  const acts = make("div", box, "", "acts");
  for (const { key, label } of data.files) {
    const one = button(acts, label, () => ask(key), "act");
    one.dataset.key = key;
    if (key === focused) one.focus({ preventScroll: true });
  }
  make("p", box, "", "told").setAttribute("aria-hidden", "true");
  if (queue.length) askNext(); // of buttons that were drawn anew, maybe by another session
}

/**
 * Ask for a file, unless it is being made: who presses twice gets it once.
 * @param {string} key
 */
function ask(key) {
  if (queue.some((one) => one.key === key)) return;
  turns += 1;
  queue.push({ key, turn: turns });
  if (queue.length === 1) askNext();
}

function askNext() {
  const [next] = queue;
  if (!next || !here) return;
  tell(here.words.making);
  clearTimeout(timer);
  timer = setTimeout(giveUp, LATE_MS);
  here.component.setTriggerValue("asked", next);
}

function giveUp() {
  queue.length = 0;
  if (here) tell(here.words.late);
}

/**
 * Hand a file over to be saved, if it is the one that is waited for.
 * @param {Uint8Array<ArrayBuffer>} bytes its head as JSON, a new line, the file
 */
function take(bytes) {
  const end = bytes.indexOf(NEW_LINE);
  /** @type {Head} */
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end)));
  if (head.turn !== queue[0]?.turn) return;
  clearTimeout(timer);
  queue.shift();
  if (!head.trouble) save(head, bytes.subarray(end + 1));
  if (here) tell(head.trouble || here.words.ready.replace("{name}", () => head.name));
  if (queue.length) askNext();
}

/**
 * @param {Head} head
 * @param {Uint8Array<ArrayBuffer>} body
 */
function save(head, body) {
  const address = URL.createObjectURL(new Blob([body], { type: head.kind }));
  const way = make("a");
  way.href = address;
  way.download = head.name;
  held.add(address);
  way.click();
  setTimeout(() => drop(address), HELD_MS);
}

/** @param {string} address */
function drop(address) {
  URL.revokeObjectURL(address);
  held.delete(address);
}

function letGo() {
  for (const address of held) drop(address);
}

/** Wait for nothing any more, if the buttons are gone and do not come again. */
function forget() {
  setTimeout(() => {
    if (here) return;
    clearTimeout(timer);
    queue.length = 0;
  }, GONE_MS);
}

/** @param {string} text */
function tell(text) {
  const root = here?.component.parentElement;
  if (!root) return;
  const line = root.querySelector(".told");
  if (line) line.textContent = text;
  announce(root, text);
}
