// Ways on: what a reader can do when nothing was found.

import { button, make } from "../dom.js";
import { way } from "../telling/distance.js";
import { waysOn } from "../telling/sentences.js";
import { memory } from "./asked.js";

/** @typedef {import("./files.js").Stock} Stock */
/** @typedef {import("../engine/ask.js").Found} Found */

/** What is asked no more without a filter. @type {Record<string, Partial<import("./asked.js").Asked>>} */
const DROPPED = {
  types: { needs: [], only: [] },
  words: { words: "" },
  where: { where: null, place: "", miles: 0 },
  within_miles: { miles: 0 },
  open_at: { when: "any", at: null, withUnknown: false },
  languages: { languages: [] },
};

/**
 * @param {HTMLElement} box
 * @param {Stock} stock
 * @param {Found} found
 * @param {import("./list.js").Acts} acts
 */
export function drawWaysOn(box, { say, cards, page }, found, acts) {
  make("p", box, say("Call 211: they know places that are not on this list."));
  if (found.beyond) {
    const { place, distance_m: metres, bearing_deg: degrees } = found.beyond;
    const name = [cards.name[place], way(metres, degrees, 0, say, page.directions)];
    const told = name.filter(Boolean).join(", ");
    make("p", box, say("The nearest match elsewhere: {name}.", { name: told }));
  }
  const ways = make("div", box, "", "acts");
  for (const { name, label } of waysOn(found, say)) {
    button(
      ways,
      label,
      () =>
        acts.change(DROPPED[name] ?? { flags: memory.asked.flags.filter((one) => one !== name) }),
      "act",
    );
  }
}
