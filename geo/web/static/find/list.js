// List: the answer: what was understood, whom to call at once, the places, and the way on when
// there are none.

import { later } from "../cards/entry.js";
import { button, make } from "../dom.js";
import { UNKNOWN } from "../engine/opening.js";
import { goneOf } from "../telling/gone.js";
import { holidayOf } from "../telling/opening.js";
import { asOf, headline, notes } from "../telling/sentences.js";
import { isAsking, memory } from "./asked.js";
import { drawLine, drawPlace, drawReport } from "./card.js";
import { drawCrisis } from "./crisis.js";
import { drawWaysOn } from "./ways_on.js";

export const STEP = 20;
const FIRST_LINES = 2;
const MOST_UNKNOWN = 0.5;

/** @typedef {import("./files.js").Stock} Stock */
/** @typedef {import("../engine/ask.js").Found} Found */

/**
 * @typedef {object} Acts what the list may do
 * @property {(change: Partial<import("./asked.js").Asked>) => void} change
 * @property {() => void} clear
 * @property {() => void} more
 * @property {((n: number) => void) | null} show
 * @property {boolean} isOnline whether there is a server to report to
 * @property {boolean} mayAdd whether a reader's own list is kept
 */

/**
 * Draw the answer into a box.
 * @param {HTMLElement} box
 * @param {Stock} stock
 * @param {Found} found
 * @param {{at: number, isLater: boolean, types: string[]}} asked
 * @param {Acts} acts
 */
export function drawList(box, stock, found, asked, acts) {
  const { say, page } = stock;
  const isOfLines = asked.types.length === 1 && asked.types[0] === "hotline";
  box.replaceChildren();
  drawCrisis(box, stock, found);
  const heading = make("h2", box, headline(found, say, page.counties, !asked.isLater));
  heading.id = "count";
  heading.tabIndex = -1;
  const gone = goneOf(page.gone, memory.asked.words);
  if (gone) {
    const told = say("“{name}” is closed or could not be confirmed, so it is not on this list.", {
      name: gone,
    });
    make("p", box, told, "soft");
  }
  for (const text of notes(found, say)) make("p", box, text, "soft");
  if (found.unknown) {
    const show = () => acts.change({ withUnknown: true });
    button(make("div", box, "", "acts"), say("Show them too"), show, "act");
  }
  const left = drawLines(box, stock, found, asked, acts.mayAdd, isOfLines);
  drawHours(box, stock, found, asked);
  drawPlaces(box, stock, found, asked, acts);
  if (!found.places.length && !isOfLines) drawWaysOn(box, stock, found, acts);
  const more = found.places.length - memory.shown;
  if (more > 0) {
    const label = say.many("Show {n} more", "Show {n} more", Math.min(STEP, more));
    button(make("div", box, "", "acts"), label, acts.more, "act wide");
  }
  left();
  if (acts.isOnline) make("p", box, asOf(stock), "soft");
  if (acts.isOnline) drawReport(box, say, "", say("Is something missing on this list?"));
  if (isAsking(memory.asked)) {
    button(make("div", box, "", "acts"), say("Clear all filters"), acts.clear, "act wide");
  }
}

/**
 * Say once what holds for the hours of many: that they are missing, that the day is a holiday.
 * @param {HTMLElement} box
 * @param {Stock} stock
 * @param {Found} found
 * @param {{at: number, isLater: boolean}} asked
 */
function drawHours(box, { say, index }, found, { at, isLater }) {
  const states = index.hours.states(at);
  const told = found.places.map((n) => states[index.hoursOf[n]]);
  const unknown = told.filter(({ kind }) => kind === UNKNOWN).length;
  const isHoliday = told.some(({ kind, holiday }) => holiday && kind !== UNKNOWN);
  if (unknown <= told.length * MOST_UNKNOWN) {
    if (isHoliday) make("p", box, holidayOf(say, isLater), "soft");
    return;
  }
  const warning = isHoliday
    ? say("A holiday, and most hours are missing: call first.")
    : say("Most hours are missing: call before you go.");
  make("p", box, warning, "soft");
}

/**
 * Draw the lines for what is asked; return what draws the others at the end of the list.
 * @param {HTMLElement} box
 * @param {Stock} stock
 * @param {Found} found
 * @param {{at: number, isLater: boolean}} asked
 * @param {boolean} mayAdd
 * @param {boolean} isOfLines
 */
function drawLines(box, stock, found, asked, mayAdd, isOfLines) {
  const { say } = stock;
  const fitting = Math.min(FIRST_LINES, Math.max(1, found.fitting_lines));
  const first = isOfLines ? found.lines.length : isAsking(memory.asked) ? fitting : 1;
  const nowhere = { spot: null, metres: null, degrees: null, from: null, show: null };
  const draw = (/** @type {Node} */ list, /** @type {number[]} */ lines) => {
    for (const n of lines) {
      drawLine(list, stock, { ...asked, ...nowhere, n, mayAdd });
    }
  };
  if (found.lines.length) {
    const part = make("section", box);
    part.setAttribute("aria-label", say("Call or text now"));
    draw(make("ul", part), found.lines.slice(0, first));
  }
  return () => {
    const left = found.lines.slice(first);
    if (!left.length) return;
    const label = say.many(
      "{n} more line to call or text",
      "{n} more lines to call or text",
      left.length,
    );
    later(box, label, label, (more) => draw(make("ul", more), left));
  };
}

/**
 * @param {HTMLElement} box
 * @param {Stock} stock
 * @param {Found} found
 * @param {{at: number, isLater: boolean}} asked
 * @param {Acts} acts
 */
function drawPlaces(box, stock, found, asked, acts) {
  const { say } = stock;
  const { picked, shown } = memory;
  const drawn = found.places.slice(0, shown);
  const place = (
    /** @type {Node} */ list,
    /** @type {number} */ n,
    /** @type {number | null} */ k,
  ) =>
    drawPlace(list, stock, {
      ...asked,
      n,
      spot: k === null ? null : k + 1,
      metres: k === null ? null : found.distance_m[k],
      degrees: k === null ? null : found.bearing_deg[k],
      from: found.where,
      show: acts.show,
      mayAdd: acts.mayAdd,
    });
  if (picked >= 0 && !drawn.includes(picked)) {
    make("h2", box, say("Chosen on the map"));
    place(make("ol", box, "", "places"), picked, null);
  }
  if (!drawn.length) return;
  const surely = drawn.slice(0, found.say_so);
  const rest = drawn.slice(found.say_so);
  if (surely.length) {
    const list = make("ol", box, "", "places");
    for (const [k, n] of surely.entries()) place(list, n, k);
  }
  if (rest.length) {
    make("h2", box, say("The same kind of help: call and ask"));
    const list = make("ol", box, "", "places");
    for (const [k, n] of rest.entries()) place(list, n, found.say_so + k);
  }
}
