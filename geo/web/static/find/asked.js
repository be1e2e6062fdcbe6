// Asked: what a reader asks for now. It is kept in the memory of this page alone: no address, no
// storage and no message to the server has any of it, and it is gone when the page is.

import { EVERYTHING } from "../engine/ask.js";
import { Basket } from "../take/basket.js";
import { NEEDS } from "./needs.js";

const MINUTE_MS = 60_000;

/**
 * @typedef {object} Asked
 * @property {string} words
 * @property {string[]} needs keys of NEEDS
 * @property {string[]} only types within the needs; none is all
 * @property {string} place what is typed for a place
 * @property {string | import("../engine/understanding.js").Area | null} where
 * @property {"any" | "now" | "tonight" | "at"} when
 * @property {number | null} at the moment chosen, milliseconds since 1970
 * @property {boolean} withUnknown
 * @property {number} miles 0 is any distance
 * @property {string[]} languages
 * @property {("free" | "walk_in" | "no_documents" | "wheelchair")[]} flags
 */

/** @returns {Asked} */
const nothing = () => ({
  words: "",
  needs: [],
  only: [],
  place: "",
  where: null,
  when: "any",
  at: null,
  withUnknown: false,
  miles: 0,
  languages: [],
  flags: [],
});

/** What is asked, and how the answer is looked at. */
export const memory = {
  asked: nothing(),
  shown: 0,
  /** Places whose details are open. @type {Set<number>} */
  opened: new Set(),
  /** A place chosen on the map, -1 for none. */
  picked: -1,
  /** What the reader wants to take along. */
  basket: new Basket(),
  /** Whether that is looked at, not the answer. */
  isOnList: false,
};

window.addEventListener?.("pagehide", () => {
  forget();
  memory.basket.numbers = [];
});

/** Forget all of it. */
export function forget() {
  Object.assign(memory, { asked: nothing(), shown: 0, picked: -1, isOnList: false });
  memory.opened.clear();
}

/**
 * Return whether anything is asked.
 * @param {Asked} asked
 */
export const isAsking = (asked) => JSON.stringify(asked) !== JSON.stringify(nothing());

/**
 * Return the types of the needs that are asked for, in the order of the needs.
 * @param {Asked} asked
 */
export const typesInside = (asked) =>
  NEEDS.filter((need) => asked.needs.includes(need.key)).flatMap((need) => need.types);

/**
 * Return the question.
 * @param {Asked} asked
 * @param {number} now
 * @param {(now: number) => number} tonight the moment that is tonight
 * @returns {import("../engine/ask.js").Query}
 */
export function queryOf(asked, now, tonight) {
  const inside = typesInside(asked);
  const only = asked.only.filter((type) => inside.includes(type));
  const moments = { any: null, now, tonight: tonight(now), at: asked.at ?? now };
  const at = moments[asked.when];
  return {
    ...EVERYTHING,
    types: only.length ? only : inside,
    words: asked.words,
    where: asked.where,
    within_miles: asked.miles || null,
    open_at: at === null ? null : Math.floor(at / MINUTE_MS) * MINUTE_MS,
    with_unknown: asked.withUnknown,
    languages: asked.languages,
    ...Object.fromEntries(asked.flags.map((flag) => [flag, true])),
  };
}
