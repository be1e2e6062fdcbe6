// Understanding: what someone types -> what they wish for, and the place they mean, as
// geo/search/understanding.py.

import { fold, nearest, spokenWords } from "./letters.js";

const MOST_LETTERS = 1000;
const MOST_WORDS = 24;
const MOST_DIGITS = 2;
const LEAST_LETTERS = 4;
export const [NEED, QUALITY] = ["need", "quality"];

/** @typedef {[key: string, kind: string, name: string, county: string, lat: number, lon: number]} Area */
/** @typedef {{word: string, at: number}} Said a folded word, and which of the words it is */

/**
 * One thing that is asked for.
 * @typedef {object} Wish
 * @property {string} phrase
 * @property {string} told as it is written, with accents
 * @property {string} role NEED or QUALITY
 * @property {string[]} types
 * @property {boolean} general each place of the types answers it
 */

/**
 * What was understood of some words.
 * @typedef {object} Asked
 * @property {Wish[]} wishes
 * @property {Area | null} where the place that counts, chosen or in the words
 * @property {boolean} whereSaid whether it was in the words
 * @property {boolean} openNow
 * @property {string} understood the words after correction; "" if there was nothing to correct
 */

/**
 * Return what `typed` asks, for a reader who has `chosen` a place.
 * @param {import("./texts.js").Texts} texts
 * @param {Map<string, Area>} areas
 * @param {Set<string>} openWords
 * @param {string} typed
 * @param {Area | null} chosen
 * @returns {Asked}
 */
export function read(texts, areas, openWords, typed, chosen) {
  const begun = [...typed].slice(0, MOST_LETTERS).join("");
  const spoken = spokenWords(begun).slice(0, MOST_WORDS);
  const folded = spoken.map(fold);
  const meant = folded.map((word) => corrected(texts, word));
  const written = meant.map((right, k) =>
    right === folded[k] ? spoken[k] : (texts.spelled.get(right) ?? right),
  );
  let said = meant.map((word, at) => ({ word, at }));
  let [where, whereSaid] = [chosen, false];
  const place = texts.towns.named(meant);
  const area = place && areas.get(place.key);
  if (place && area && agree(chosen, area)) {
    const isNarrower = !chosen || (chosen[1] === "county" && area[1] !== "county");
    [where, whereSaid] = isNarrower ? [area, true] : [chosen, false];
    said = said.filter(({ at }) => at < place.first || at >= place.end);
  }
  const [kept, openNow] = withoutOpenNow(withoutState(said, texts), openWords);
  const counting = kept.filter(({ word }) => !texts.everyday.little.has(word));
  return {
    wishes: wishes(texts, counting, written),
    where,
    whereSaid,
    openNow,
    understood: meant.some((word, k) => word !== folded[k]) ? written.join(" ") : "",
  };
}

/**
 * Return whether a place in the words is no other one than that chosen.
 * @param {Area | null} chosen
 * @param {Area} area
 */
function agree(chosen, area) {
  if (!chosen || chosen[0] === area[0]) return true;
  return [chosen[1], area[1]].includes("county") && chosen[3] === area[3];
}

/**
 * Return the words without the state at their end or after "in": all places are in it.
 * @param {Said[]} said
 * @param {import("./texts.js").Texts} texts
 */
function withoutState(said, { towns, everyday }) {
  /** @type {Said[]} */
  const kept = [];
  said.forEach((one, number) => {
    const before = kept[kept.length - 1]?.word ?? "";
    const isAtEnd = said.slice(number).every(({ word }) => towns.state.has(word));
    const isNamed = everyday.isKnown(`${before} ${one.word}`);
    const isState = towns.state.has(one.word) && said.length > 1 && !isNamed;
    if (!(isState && (isAtEnd || before === "in" || before === "en"))) kept.push(one);
  });
  return kept;
}

/**
 * @param {Said[]} said
 * @param {Set<string>} openWords
 * @returns {[Said[], boolean]}
 */
function withoutOpenNow(said, openWords) {
  for (let first = 0; first < said.length; first++) {
    for (let end = first + 2; end <= Math.min(first + 3, said.length); end++) {
      const words = said.slice(first, end).map(({ word }) => word);
      if (openWords.has(words.join(" ")))
        return [[...said.slice(0, first), ...said.slice(end)], true];
    }
  }
  return [said, false];
}

/**
 * Return the longest everyday phrases in the words, and each other word by itself, once.
 * @param {import("./texts.js").Texts} texts
 * @param {Said[]} said
 * @param {string[]} written
 */
function wishes(texts, said, written) {
  const { everyday } = texts;
  const all = phrases(everyday, said);
  const isModest = (/** @type {string} */ phrase) => everyday.modest.has(phrase);
  const isLoud = all.some(({ phrase }) => !isModest(phrase));
  /** @type {Map<string, Wish>} */
  const found = new Map();
  for (const { phrase, first, last } of all) {
    if (found.has(phrase) || (isLoud && isModest(phrase))) continue;
    const types = everyday.typesMeant(phrase);
    const isWho = everyday.isWho(phrase);
    const isNeed = types.length ? !isWho : !everyday.isKnown(phrase) && texts.isName(phrase);
    found.set(phrase, {
      phrase,
      told: written.slice(first, last + 1).join(" "),
      role: isNeed ? NEED : QUALITY,
      types,
      general: isWho || everyday.isGeneral(phrase),
    });
  }
  return [...found.values()];
}

/**
 * Return each phrase with the numbers of its first and its last word.
 * @param {import("./everyday.js").Everyday} everyday
 * @param {Said[]} said
 */
function phrases(everyday, said) {
  const found = [];
  for (let first = 0; first < said.length; ) {
    let length = Math.min(everyday.longest, said.length - first);
    const taken = () => said.slice(first, first + length).map(({ word }) => word);
    while (length > 1 && !everyday.isKnown(taken().join(" "))) length--;
    const phrase = taken().join(" ");
    const isSmall = length === 1 && /^\p{N}+$/u.test(phrase) && phrase.length <= MOST_DIGITS;
    if (!isSmall) found.push({ phrase, first: said[first].at, last: said[first + length - 1].at });
    first += length;
  }
  return found;
}

/**
 * Return the types that wishes ask for: those of the needs; without any, all.
 * @param {Wish[]} wishes
 */
export function typesOf(wishes) {
  const needed = wishes.filter((wish) => wish.role === NEED).flatMap((wish) => wish.types);
  return new Set(needed.length ? needed : wishes.flatMap((wish) => wish.types));
}

/**
 * Return the known word nearest to `word`: itself if it is right, or if none is near.
 * @param {import("./texts.js").Texts} texts
 * @param {string} word
 */
function corrected(texts, word) {
  if (word.length < LEAST_LETTERS || texts.isKnown(word) || texts.right.has(word)) return word;
  const right = nearest(word, texts.candidates);
  return right && !texts.everyday.little.has(right) ? right : word;
}
