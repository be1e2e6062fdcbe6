// Crisis: the large panel above all else where the words tell of a danger to life.

import { link, make } from "../dom.js";
import { dial } from "./card.js";

/** @typedef {import("./files.js").Stock} Stock */
/** @typedef {import("../engine/ask.js").Found} Found */

/**
 * Draw a large panel where the words tell of a danger to life, above all else.
 * @param {HTMLElement} box
 * @param {Stock} stock
 * @param {Found} found
 */
export function drawCrisis(box, { page, cards, say }, found) {
  const crisis = Object.values(page.crises).find(({ phrases }) =>
    found.phrases.some((phrase) => phrases.includes(phrase)),
  );
  if (!crisis) return;
  const panel = make("section", box, "", "crisis");
  panel.setAttribute("aria-label", say("Call now"));
  make("p", panel, crisis.told);
  const acts = make("div", panel, "", "acts");
  const call = say("Call");
  for (const phone of crisis.phones) {
    link(acts, dial(phone), `${call} ${phone}`, "act call");
    const text = cards.text[cards.phone.indexOf(phone)];
    if (text) link(acts, text.href, text.label, "act");
  }
  const danger = say("In danger");
  if (!crisis.phones.includes("911")) link(acts, "tel:911", `${danger}: 911`, "act");
}
