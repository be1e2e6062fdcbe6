// Cards: the list: lines to call, then places to go to, and which of them the map shows.

import { announce, beginDrawing, furnish, make } from "../dom.js";
import { onPick, show } from "../to_map.js";
import { later } from "./entry.js";
import { drawLine } from "./line.js";
import { drawPlace } from "./place.js";

const SHEET = new URL("./cards.css", import.meta.url).href;

/** Which place was opened last because the server said so. @type {WeakMap<Node, number>} */
const opened = new WeakMap();

/**
 * Draw the list; return what takes it off the page's ear.
 * @param {import("../dom.js").Component<import("./entry.js").CardsData>} component
 */
export default function (component) {
  const { parentElement: root, data } = component;
  const drawing = beginDrawing(root);
  furnish(root, SHEET, "cards");
  root
    .querySelector(".cards")
    ?.replaceWith(drawn(data, (id) => component.setTriggerValue("go", id)));
  announce(root, data.count ?? "");
  if (data.map) {
    onPick((n) => {
      if (!reveal(root, n)) component.setTriggerValue("picked", n);
    }, drawing.signal);
    show(data.map);
    const picked = data.picked ?? -1;
    if (picked >= 0 && opened.get(root) !== picked) reveal(root, picked);
    opened.set(root, picked);
  }
  return () => drawing.abort();
}

/**
 * @param {import("./entry.js").CardsData} data
 * @param {import("./entry.js").Go} go
 */
function drawn(data, go) {
  const box = make("div", null, "", "cards");
  if (data.count) make("h2", box, data.count).id = "count";
  for (const text of data.notes ?? []) make("p", box, text, "soft");
  const calling = data.lines ?? [];
  if (calling.length) lines(box, calling, data, go);
  if (data.rows.length) {
    if (calling.length) make("h2", box, data.words.places);
    const list = make("ol", box);
    for (const row of data.rows) drawPlace(list, row, data, go);
  }
  return box;
}

/**
 * @param {Node} box
 * @param {import("./entry.js").Row[]} all
 * @param {import("./entry.js").CardsData} data
 * @param {import("./entry.js").Go} go
 */
function lines(box, all, data, go) {
  const words = data.words;
  const first = data.first ?? all.length;
  const part = make("section", box);
  part.setAttribute("aria-label", words.lines);
  make("h2", part, words.lines);
  const list = make("ul", part);
  for (const row of all.slice(0, first)) drawLine(list, row, data, go);
  if (all.length <= first) return;
  later(part, words.more_lines, words.more_lines, (more) => {
    const rest = make("ul", more);
    for (const row of all.slice(first)) drawLine(rest, row, data, go);
  });
}

/**
 * Open the card of a place and bring it into sight; false if it is not in the list.
 * @param {ShadowRoot} root
 * @param {number} n
 */
function reveal(root, n) {
  const card = root.querySelector(`li[data-n="${n}"]`);
  if (!card) return false;
  for (const other of root.querySelectorAll("li.chosen")) other.classList.remove("chosen");
  card.classList.add("chosen");
  const more = card.querySelector("details");
  if (more) more.open = true;
  card.scrollIntoView({ block: "center" });
  const focus = /** @type {HTMLElement | null} */ (card.querySelector("a, button"));
  focus?.focus({ preventScroll: true });
  return true;
}
