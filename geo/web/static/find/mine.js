// Mine: the reader's own list on the page of Find: the button that leads there, and the list itself.

import { button, make } from "../dom.js";
import { ask, EVERYTHING } from "../engine/ask.js";
import { drawList } from "../take/view.js";
import { wall } from "../telling/say.js";
import { memory, typesInside } from "./asked.js";

const FIRST_FEW = 5;

/** @typedef {import("./files.js").Stock} Stock */

/**
 * Draw the button with the count of the list; return what brings it up to date.
 * @param {HTMLElement} parent
 * @param {() => Stock} stock
 * @param {() => void} turn goes to the list, or back to the answer
 */
export function drawCounter(parent, stock, turn) {
  const bar = make("div", parent, "", "mine");
  const to = button(bar, "", turn, "act");
  return () => {
    const { say } = stock();
    const n = memory.basket.numbers.length;
    to.textContent = memory.isOnList ? say("Back to the list") : say("My list ({n})", { n });
    to.setAttribute("aria-pressed", String(memory.isOnList));
    bar.classList.toggle("empty", !n && !memory.isOnList);
  };
}

/**
 * Draw the list.
 * @param {HTMLElement} box
 * @param {Stock} stock
 * @param {number} now
 * @param {string} origin of the site, "" where there is none
 */
export function drawMine(box, stock, now, origin) {
  const { say, page, papers } = stock;
  if (!papers) {
    make("p", box, say("One moment …"), "soft");
    return;
  }
  drawList(box, {
    basket: memory.basket,
    say,
    row: (n) => rowOf(stock, n),
    data: papers,
    danger: page.danger,
    dated: say("List of {date}", { date: page.dated }),
    origin,
    today: dayOf(now),
    now: () => new Date(now),
    presets: [
      { label: say("A bed tonight"), pick: () => few(stock, ["shelter"], now) },
      { label: say("Food this week"), pick: () => few(stock, ["food"], now) },
      { label: say("First legal help"), pick: () => few(stock, ["legal_aid", "immigration"], now) },
    ],
    booklets: Object.entries(page.counties).map(([county, label]) => ({
      label,
      pick: () => all(stock, county, now),
    })),
  });
}

/**
 * @param {Stock} stock
 * @param {number} n
 */
function rowOf({ details }, n) {
  const row = details.get(n);
  return row && { ...row, i: n };
}

/**
 * Return the first few places to call of some types, where the reader is.
 * @param {Stock} stock
 * @param {string[]} types
 * @param {number} now
 */
function few({ index, cards }, types, now) {
  const { places } = ask(index, { ...EVERYTHING, types, where: memory.asked.where }, now);
  const reached = places.filter((n) => cards.phone[n] || cards.text[n]);
  return reached.slice(0, FIRST_FEW);
}

/**
 * Return all places of the kinds that are asked for, and all lines, of a county.
 * @param {Stock} stock
 * @param {string} county
 * @param {number} now
 */
function all({ index }, county, now) {
  const types = typesInside(memory.asked);
  const { places, lines } = ask(index, { ...EVERYTHING, types, where: county }, now);
  return [...places, ...lines];
}

/** @param {number} now */
function dayOf(now) {
  const { year, month, date } = wall(now);
  return [year, month + 1, date].map((n) => String(n).padStart(2, "0")).join("-");
}
