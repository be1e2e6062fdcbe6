// Stops: lists of stops with what can be done with each; what a reader presses is told as {act, key},
// and the focus then stays on the button pressed. A point that the map asked for is told likewise.

import { announce, beginDrawing, button, furnish, link, make } from "../dom.js";
import { onSpot, show } from "../to_map.js";

/** @typedef {{act: string, label: string, sign: string}} Act */

/**
 * @typedef {object} StopRow
 * @property {string} key
 * @property {string} name
 * @property {string} number
 * @property {string[]} times
 * @property {string[]} lines
 * @property {string[]} warnings
 * @property {Act[]} acts
 * @property {Act[]} more
 * @property {string} way the address of the stop for a maps app
 * @property {string} pause a break, which is no stop
 */

/**
 * @typedef {object} StopsData
 * @property {{title: string, notes: string[], warnings: string[], rows: StopRow[]}[]} parts
 * @property {string} said
 * @property {import("../to_map.js").Words} words
 * @property {import("../to_map.js").MapMessage} map
 */

/** @typedef {(act: string, key: string, pressed: string) => void} Does */

const DIGITS = 5; // of degrees: about a metre
const SHEET = new URL("../cards/cards.css", import.meta.url).href;

/** The button pressed last. @type {WeakMap<Node, string>} */
const pressed = new WeakMap();

/**
 * Draw the lists.
 * @param {import("../dom.js").Component<StopsData>} component
 */
export default function (component) {
  const { parentElement: root, data } = component;
  const drawing = beginDrawing(root);
  furnish(root, SHEET, "cards");
  redraw(root, data, (act, key, does) => {
    pressed.set(root, does);
    component.setTriggerValue("did", { act, key });
  });
  const last = pressed.get(root);
  if (last) {
    const same = root.querySelector(`button[data-does="${CSS.escape(last)}"]`);
    /** @type {HTMLElement | null} */ (same)?.focus({ preventScroll: true });
  }
  onSpot(({ lat, lon }) => {
    const key = `${lat.toFixed(DIGITS)}, ${lon.toFixed(DIGITS)}`;
    component.setTriggerValue("did", { act: "spot", key });
  }, drawing.signal);
  show(data.map);
  return () => drawing.abort();
}

/**
 * Draw all anew; what was open stays open.
 * @param {ShadowRoot} root
 * @param {StopsData} data
 * @param {Does} does
 */
function redraw(root, data, does) {
  const open = new Set([...root.querySelectorAll("details")].filter((one) => one.open).map(keyOf));
  const box = make("div", null, "", "cards");
  for (const part of data.parts) {
    const section = make("section", box);
    section.setAttribute("aria-label", part.title);
    make("h2", section, part.title);
    for (const text of part.notes) make("p", section, text);
    for (const text of part.warnings) make("p", section, text, "warn");
    const list = make("ol", section);
    for (const row of part.rows) {
      if (row.pause) make("li", list, row.pause, "pause");
      else drawStop(list, row, data.words, does);
    }
  }
  for (const more of box.querySelectorAll("details")) more.open = open.has(keyOf(more));
  root.querySelector(".cards")?.replaceWith(box);
  announce(root, data.said);
}

/**
 * @param {HTMLElement} more
 */
function keyOf(more) {
  return more.dataset.key;
}

/**
 * @param {Node} list
 * @param {StopRow} row
 * @param {import("../to_map.js").Words} words
 * @param {Does} does
 */
function drawStop(list, row, words, does) {
  const card = make("li", list, "", "card");
  const head = make("div", card, "", "head");
  if (row.number) make("span", head, row.number, "number");
  make("h3", head, row.name);
  for (const text of row.times) make("p", card, text, "distance");
  for (const text of row.lines) make("p", card, text);
  for (const text of row.warnings) make("p", card, text, "warn");
  if (row.acts.length) buttons(card, row, row.acts, does);
  if (!row.more.length && !row.way) return;
  const more = make("details", card);
  more.dataset.key = row.key;
  make("summary", more, words.more).setAttribute("aria-label", `${words.more}: ${row.name}`);
  buttons(more, row, row.more, does);
  if (row.way.startsWith("geo:")) {
    const way = link(make("div", more, "", "acts"), row.way, words.way, "act");
    way?.setAttribute("aria-label", `${words.way}: ${row.name}`);
  }
}

/**
 * @param {Node} parent
 * @param {StopRow} row
 * @param {Act[]} acts
 * @param {Does} does
 */
function buttons(parent, row, acts, does) {
  const box = make("div", parent, "", "acts");
  for (const { act, label, sign } of acts) {
    const name = `${act} ${row.key}`;
    const one = button(
      box,
      sign || label,
      () => does(act, row.key, name),
      sign ? "act small" : "act",
    );
    one.dataset.does = name;
    one.setAttribute("aria-label", `${label}: ${row.name}`);
    one.title = label;
  }
}
