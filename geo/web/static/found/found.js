// Found: the first places of an answer of the server, each on a card; and what the map shows.

import { calls, details, later, opening } from "../cards/entry.js";
import { announce, beginDrawing, button, furnish, link, make } from "../dom.js";
import { choose, onBack, onPick, show } from "../to_map.js";

/** @typedef {import("../cards/entry.js").Row} Row */

/**
 * @typedef {object} FoundData
 * @property {string[]} told how many there are, and what else there is to know
 * @property {{told: string, calls: {href: string, label: string}[]} | null} crisis
 * @property {Row[]} chosen the place that a reader chose on the map, if it is not in the list
 * @property {Row[]} lines
 * @property {Row[]} rows
 * @property {{sign: string, theme: string}[]} groups
 * @property {import("../to_map.js").Words} words
 * @property {import("../to_map.js").MapMessage} map
 */

const SHEET = new URL("./found.css", import.meta.url).href;
const LINE = "card line";
const MAP = "iframe[title^='streamlit_folium']";

/**
 * Draw the answer; return what takes it off the page's ear.
 * @param {import("../dom.js").Component<FoundData>} component
 */
export default function (component) {
  const { parentElement: root, data } = component;
  const drawing = beginDrawing(root);
  furnish(root, SHEET, "cards");
  const box = make("div", null, "", "cards");
  if (data.crisis) drawCrisis(box, data.crisis, data.words);
  if (data.chosen.length) {
    make("h2", box, data.words.chosen);
    const list = make("ul", box);
    for (const row of data.chosen) drawCard(list, row, data, "card chosen");
  }
  const [headline, ...notes] = data.told;
  make("h2", box, headline).id = "count";
  for (const note of notes) make("p", box, note, "soft");
  if (data.lines.length) {
    const part = make("section", box);
    part.setAttribute("aria-label", data.words.now);
    const list = make("ul", part);
    for (const row of data.lines) drawCard(list, row, data, LINE);
  }
  const list = make("ol", box, "", "places");
  data.rows.forEach((row, k) => {
    drawCard(list, row, data, "card", k + 1);
  });
  root.querySelector(".cards")?.replaceWith(box);
  announce(root, headline);
  onPick((n, id) => {
    if (!bringUp(list, n) && id) component.setTriggerValue("picked", id);
  }, drawing.signal);
  onBack((n) => bringUp(list, n), drawing.signal);
  show(data.map);
  if (data.chosen.length) focusOn(box.querySelector(".chosen"));
  return () => drawing.abort();
}

/**
 * Draw whom to call first, above all else.
 * @param {HTMLElement} box
 * @param {NonNullable<FoundData["crisis"]>} crisis
 * @param {import("../to_map.js").Words} words
 */
function drawCrisis(box, { told, calls }, words) {
  const panel = make("section", box, "", "crisis");
  panel.setAttribute("aria-label", words.now);
  make("p", panel, told);
  const acts = make("div", panel, "", "acts");
  for (const { href, label } of calls) link(acts, href, label, "act call");
}

/**
 * Draw a place or a line at the end of a list.
 * @param {HTMLElement} list
 * @param {Row} row
 * @param {FoundData} data
 * @param {string} look
 * @param {number} [number] in the list
 */
function drawCard(list, row, { groups, words }, look, number) {
  const card = make("li", list, "", look);
  card.dataset.n = String(row.i);
  const head = make("div", card, "", "head");
  if (number) make("span", head, String(number), "number");
  const name = make("h3", head, row.name);
  name.tabIndex = -1;
  const kinds = make("p", card, "", "kinds");
  const group = groups[row.group];
  if (group) {
    make("span", kinds, group.sign, `mark ${group.theme}`).setAttribute("aria-hidden", "true");
  }
  make("span", kinds, row.kinds.join(" · "));
  opening(card, row);
  if (row.distance) make("p", card, row.distance, "distance");
  if (look !== LINE) make("p", card, row.where);
  if (row.notice) make("p", card, row.notice, "warn");
  if (row.call_first) make("p", card, row.call_first, "warn");
  const acts = make("div", card, "", "acts");
  calls(acts, row, words);
  if (number && row.on_map) button(acts, words.map, () => lookAt(row.i), "act");
  make("p", card, row.age, "soft");
  later(card, words.more, `${words.more}: ${row.name}`, (more) => {
    details(more, row, { words, full: false });
  });
}

/** @param {number} n */
function lookAt(n) {
  choose(n);
  document.querySelector(MAP)?.scrollIntoView({ block: "nearest" });
}

/**
 * Bring the card of a place into sight, and the focus to it; return whether there is one.
 * @param {HTMLElement} list
 * @param {number} n
 */
function bringUp(list, n) {
  for (const one of list.querySelectorAll(".chosen")) one.classList.remove("chosen");
  const card = list.querySelector(`li[data-n="${n}"]`);
  card?.classList.add("chosen");
  focusOn(card);
  return card !== null;
}

/** @param {Element | null} card */
function focusOn(card) {
  card?.scrollIntoView({ block: "center" });
  const name = /** @type {HTMLElement | null} */ (card?.querySelector("h3") ?? null);
  name?.focus({ preventScroll: true });
}
