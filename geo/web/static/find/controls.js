// Controls: the questions: what, where, when, and more filters. Each change is told at once.

import { button, make } from "../dom.js";
import { isAsking, memory } from "./asked.js";
import { drawMore, drawWhen } from "./filters.js";
import { NEEDS } from "./needs.js";
import { drawNeeds } from "./needs_row.js";
import { drawWhere } from "./where.js";

const MOST_LETTERS = "100";

/** @typedef {import("./files.js").Stock} Stock */
/** @typedef {import("./asked.js").Asked} Asked */

/**
 * @typedef {object} Tools
 * @property {() => Stock} stock
 * @property {(change: Partial<Asked>, isTyping?: boolean) => void} change
 * @property {() => number} now
 * @property {((text: string) => void) | null} address asks the server for a street address
 */

/**
 * Draw the questions; return what brings them up to date with what is asked.
 * @param {HTMLElement} parent
 * @param {Tools} tools
 */
export function drawControls(parent, tools) {
  const { say } = tools.stock();
  const part = make("form", parent, "", "controls");
  part.setAttribute("role", "search");
  part.setAttribute("aria-label", say("Find help"));
  make("h1", part, say("Find help near you"));
  const summary = button(part, "", () => fold(false), "summary");
  part.onsubmit = (event) => event.preventDefault();

  /**
   * Fold the boxes into one line on a phone, so that the answer is in sight; or unfold them.
   * @param {boolean} isFolded
   */
  function fold(isFolded) {
    const hadFocus = part.querySelector("input:focus") !== null;
    part.classList.toggle("folded", isFolded && isAsking(memory.asked));
    if (!isFolded) words.focus();
    else if (hadFocus && summary.checkVisibility()) summary.focus();
  }

  part.onkeydown = (event) => {
    if (event.key !== "Enter" || event.target !== words) return;
    event.preventDefault(); // or the line that has the focus then is pressed too
    fold(true);
  };

  const first = make("div", part, "", "row");
  const town = drawWhere(first, part, tools);
  const words = drawWords(first, tools);
  const needs = drawNeeds(part, tools, () => fold(true));
  const rest = make("div", part, "", "row rest");
  const updates = [needs, drawWhen(rest, part, tools), drawMore(rest, tools)];
  return () => {
    const { asked } = memory;
    part.classList.toggle("asking", isAsking(asked));
    if (!isAsking(asked)) part.classList.remove("folded");
    const change = say("Change what you asked");
    const kinds = NEEDS.filter(({ key }) => asked.needs.includes(key));
    const told = [asked.words && `“${asked.words}”`, ...kinds.map(({ label }) => label(say))];
    if (asked.place || !asked.words) told.push(asked.place || say("Both counties"));
    summary.textContent = `✎ ${told.filter(Boolean).join(" · ")}`;
    summary.setAttribute("aria-label", `${change}: ${told.filter(Boolean).join(", ")}`);
    town.set(asked.place);
    town.again();
    if (words.value !== asked.words) words.value = asked.words;
    for (const update of updates) update();
  };
}

/**
 * @param {HTMLElement} parent
 * @param {Tools} tools
 */
function drawWords(parent, { stock, change }) {
  const { say } = stock();
  const part = make("div", parent, "", "field");
  const label = make("label", part, say("What do you need?"));
  const input = make("input", part);
  label.htmlFor = input.id = "words";
  Object.assign(input, { type: "text", autocomplete: "off", spellcheck: false });
  input.enterKeyHint = "search";
  input.setAttribute("maxlength", MOST_LETTERS);
  input.placeholder = say("For example: food, doctor, a place to sleep");
  input.oninput = () => change({ words: input.value }, true);
  return input;
}
