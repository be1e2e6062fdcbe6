// Where: the question for a place: a town, a ZIP code, a county, or an address that the server knows.

import { button, make } from "../dom.js";
import { offers, placeOf } from "../telling/place.js";
import { memory } from "./asked.js";
import { drawTownBox } from "./town_box.js";

/** @typedef {import("./controls.js").Tools} Tools */

/**
 * Draw the question; return what sets its text, and what reads it again.
 * @param {HTMLElement} parent
 * @param {HTMLElement} form
 * @param {Tools} tools
 */
export function drawWhere(parent, form, { stock, change, address }) {
  const { say } = stock();
  const told = make("p", null, "", "soft told-place");
  told.setAttribute("role", "status");
  const acts = make("div", null, "", "acts");
  const counties = () => stock().page.counties;

  /**
   * @param {string} text
   * @param {boolean} isDone whether the reader goes on
   */
  function ask(text, isDone) {
    const found = placeOf(text, stock().index, say, counties());
    if (found.where || isDone || !text.trim()) change({ place: text, where: found.where });
    told.textContent = isDone && stock().isWhole ? found.told : "";
    acts.replaceChildren();
    const mayBeStreet = /\d/.test(text) && /\p{L}/u.test(text);
    if (isDone && address && mayBeStreet) {
      button(acts, say("Look for this address (asks our server)"), () => address(text), "act");
    }
  }

  let wasWhole = stock().isWhole;
  const box = drawTownBox(parent, {
    label: say("Where?"),
    placeholder: say("Town or ZIP code"),
    text: memory.asked.place,
    offers: (text) => offers(text, stock().index, counties()),
    typed: (text) => ask(text, false),
    done: (text) => ask(text, true),
  });
  queueMicrotask(() => form.querySelector(".row")?.after(told, acts));
  return {
    ...box,
    /** Read again what was typed before the names of towns were there. */
    again() {
      if (wasWhole || !stock().isWhole) return;
      wasWhole = true;
      if (memory.asked.place && !memory.asked.where) ask(memory.asked.place, true);
    },
  };
}
