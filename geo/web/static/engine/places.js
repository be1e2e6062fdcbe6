// Places: what is known of the places but their words, as columns.py tells it, ready to be asked.

const FIRST_SIGN = "#".charCodeAt(0);

/**
 * @typedef {object} PlaceColumns
 * @property {number} size
 * @property {Record<string, number[]>} kinds
 * @property {Record<string, number[]>} counties
 * @property {Record<string, number[]>} languages
 * @property {Record<string, number[]>} flags
 * @property {number[]} hours_of
 * @property {number[]} paused
 * @property {number[]} is_line
 * @property {number[]} reached
 * @property {number[]} name_ranks
 * @property {number[]} located
 * @property {[number, number][]} points
 * @property {number[]} off_m
 * @property {number[]} lines
 * @property {[number, number][]} line_ranks
 * @property {number[]} for_anything
 * @property {number[]} reports
 * @property {string[]} line_types
 * @property {[number, number]} local
 * @property {Record<string, [kind: string, name: string, county: string, lat: number, lon: number]>} areas
 */

/** @typedef {Map<string, Uint8Array>} Holding by code: 1 for each place that holds it */

/** @typedef {ReturnType<typeof open>} Places */

/**
 * Return the columns ready to be asked.
 * @param {PlaceColumns} told
 */
export function open(told) {
  const { size } = told;
  const areas = Object.entries(told.areas);
  return {
    size,
    kinds: held(told.kinds, size),
    counties: held(told.counties, size),
    languages: held(told.languages, size),
    flags: held(told.flags, size),
    hoursOf: told.hours_of,
    paused: marks(told.paused, size),
    isLine: marks(told.is_line, size),
    reached: marks(told.reached, size),
    byName: byRank(told.name_ranks),
    located: rising(told.located),
    points: told.points,
    offM: told.off_m,
    lines: told.lines,
    lineRanks: told.line_ranks,
    forAnything: marks(told.for_anything, told.lines.length),
    reports: marks(told.reports, told.lines.length),
    lineTypes: told.line_types,
    local: told.local,
    areas: new Map(
      areas.map(([key, [kind, name, county, lat, lon]]) => [
        key,
        /** @type {import("./understanding.js").Area} */ ([key, kind, name, county, lat, lon]),
      ]),
    ),
  };
}

/**
 * Return which places hold any of some codes, such as types or counties.
 * @param {Places} index
 * @param {Holding} holding
 * @param {Iterable<string>} codes
 */
export function anyOf(index, holding, codes) {
  const found = new Uint8Array(index.size);
  for (const code of codes) {
    holding.get(code)?.forEach((is, k) => {
      if (is) found[k] = 1;
    });
  }
  return found;
}

/**
 * @param {Record<string, number[]>} all
 * @param {number} size
 */
function held(all, size) {
  return new Map(Object.entries(all).map(([code, gaps]) => [code, marks(gaps, size)]));
}

/**
 * @param {number[]} gaps
 * @param {number} size
 */
function marks(gaps, size) {
  const found = new Uint8Array(size);
  for (const k of rising(gaps)) found[k] = 1;
  return found;
}

/**
 * Return the numbers that letters stand for, as columns.py writes them.
 * @param {string} signs
 */
export const numbersOf = (signs) =>
  Array.from({ length: signs.length }, (_, k) => signs.charCodeAt(k) - FIRST_SIGN);

/**
 * Return sorted words of which it is told how many letters each shares with the one before.
 * @param {[shared: string, rests: string]} begun
 */
export function wordsOf([shared, rests]) {
  let last = "";
  const [counts, all] = [numbersOf(shared), rests.split(" ")];
  return counts.map((count, k) => {
    last = last.slice(0, count) + all[k];
    return last;
  });
}

/**
 * Return the numbers of places in the order of their ranks, of which each is given once.
 * @param {number[]} ranks
 */
function byRank(ranks) {
  const places = ranks.slice();
  ranks.forEach((rank, place) => {
    places[rank] = place;
  });
  return places;
}

/** @param {number[]} gaps */
function rising(gaps) {
  let last = 0;
  return gaps.map((gap) => {
    last += gap;
    return last;
  });
}
