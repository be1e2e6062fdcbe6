// Match: all wishes together -> which places are an answer, which come first, as geo/search/match.py.

import { DETAIL, NAME, NO, SAME_KIND, SAYS } from "./texts.js";
import { NEED, QUALITY, typesOf } from "./understanding.js";

const [MAY_MILES, NOT_MILES, LACK_MILES] = [10, 20, 5];

/** @typedef {import("./understanding.js").Wish} Wish */
/** @typedef {{wish: Wish, levels: Uint8Array}} Fit */

/**
 * What wishes fit; each list has a value for each place.
 * @typedef {object} Match
 * @property {Uint8Array} shown the answers
 * @property {Uint8Array} says that they do what is needed
 * @property {Int16Array} offMiles how far each is put back
 * @property {Int16Array} score how well its text fits
 * @property {Int16Array} named how many needs are in its text
 * @property {Set<string>} types
 * @property {string[]} leftOut words that fit no place
 * @property {Fit[]} fits each wish that fits some place
 */

/**
 * Return what wishes fit, null if there are none: then every place is an answer.
 * @param {import("./texts.js").Texts} texts
 * @param {Wish[]} wishes
 * @param {Uint8Array | null} openNow how each place fits that wish, if it is one
 * @returns {Match | null}
 */
export function match(texts, wishes, openNow) {
  if (!wishes.length && !openNow) return null;
  const { size } = texts;
  const score = new Int16Array(size);
  const named = new Int16Array(size);
  /** @type {Fit[]} */
  const all = [];
  /** @type {Uint8Array[]} */
  const called = [];
  for (const wish of wishes) {
    const { fits, inText, both } = texts.fitting(wish.phrase, wish.types, wish.general);
    all.push({ wish, levels: fits });
    const least = wish.general ? DETAIL : 0;
    if (wish.role === NEED && !wish.types.length) called.push(inText);
    for (let k = 0; k < size; k++) {
      score[k] += both[k];
      if (wish.role === NEED && wish.types.length && inText[k] > least) named[k] += 1;
    }
  }
  for (let k = 0; called.length && k < size; k++) {
    if (called.every((inText) => inText[k] >= NAME)) named[k] += called.length;
  }
  if (openNow) {
    const wish = { phrase: "", told: "", role: QUALITY, types: [], general: false };
    all.push({ wish, levels: openNow });
  }
  const doFit = (/** @type {Fit} */ { levels }) => levels.some((level) => level > NO);
  const fits = all.filter(doFit);
  const leftOut = all.filter((fit) => !doFit(fit)).map(({ wish }) => wish.told);
  const needs = fits.filter(({ wish }) => wish.role === NEED);
  const deciding = needs.length ? needs : fits;
  const best = new Uint8Array(size);
  for (const { levels } of deciding) {
    for (let k = 0; k < size; k++) if (levels[k] > best[k]) best[k] = levels[k];
  }
  const shown = best.map((level) => Number(level >= SAME_KIND));
  const says = best.map((level) => Number(level === SAYS));
  const offMiles = new Int16Array(size);
  for (const { wish, levels } of fits) {
    const miles = [NO, SAME_KIND, SAYS].map((level) => off(wish, level));
    for (let k = 0; k < size; k++) offMiles[k] += miles[levels[k]];
  }
  const types = typesOf(wishes);
  return { shown, says, offMiles, score, named, types, leftOut: leftOut.filter(Boolean), fits };
}

/**
 * Return how many miles a wish puts a place back.
 * @param {Wish} wish
 * @param {number} level
 */
function off(wish, level) {
  if (level === SAYS) return 0;
  if (wish.role !== NEED) return level === NO ? LACK_MILES : 0;
  return level === NO ? NOT_MILES : MAY_MILES;
}

/**
 * Return the needs that none of `places` says it answers; some are of the same kind.
 * @param {Match} found
 * @param {number[]} places
 */
export function unsaid(found, places) {
  const isSaid = (/** @type {Fit} */ { levels }) => places.some((place) => levels[place] === SAYS);
  const needs = found.fits.filter(({ wish }) => wish.role === NEED);
  return needs.filter((fit) => !isSaid(fit)).map(({ wish }) => wish.told);
}
