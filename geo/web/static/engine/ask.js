// Ask: a question -> the places and lines that answer it, as geo/search/query.py does it on the
// server; here nothing leaves the device.

import { Everyday } from "./everyday.js";
import { called, compare } from "./lines.js";
import { match, unsaid } from "./match.js";
import { CLOSED, Hours, OPEN, UNKNOWN } from "./opening.js";
import { anyOf, open as openPlaces, wordsOf } from "./places.js";
import { bearing, METRES_A_MILE, metresApart } from "./sphere.js";
import { NO, SAYS, Texts } from "./texts.js";
import { Towns } from "./towns.js";
import { read } from "./understanding.js";

const FAR_MILES = 60;
const INTERPRETER = "interpreter";
const MINUTE_MS = 60_000;
const FLAGS = /** @type {const} */ (["free", "walk_in", "no_documents", "wheelchair"]);

/** @typedef {import("./understanding.js").Area} Area */

/**
 * A question. As it is made, it asks for everything in both counties.
 * @typedef {object} Query
 * @property {string[]} types any of them
 * @property {string} words
 * @property {string | Area | null} where the key of an area, or a point as one
 * @property {number | null} within_miles
 * @property {number | null} open_at milliseconds since 1970
 * @property {boolean} with_unknown also places whose hours are not known
 * @property {string[]} languages any of them
 * @property {boolean} free
 * @property {boolean} walk_in
 * @property {boolean} no_documents
 * @property {boolean} wheelchair
 */

/**
 * The answer, by the names of `Found` in geo/search/query.py.
 * @typedef {object} Found
 * @property {number[]} places
 * @property {(number | null)[]} distance_m
 * @property {(number | null)[]} bearing_deg
 * @property {number} say_so
 * @property {number[]} lines
 * @property {number} fitting_lines
 * @property {number} open
 * @property {number} unknown
 * @property {[string, number][]} emptied_by
 * @property {{place: number, distance_m: number, bearing_deg: number} | null} beyond
 * @property {Area | null} where
 * @property {boolean} where_said
 * @property {string} understood
 * @property {string[]} left_out
 * @property {boolean} fitted
 * @property {string[]} unsaid
 * @property {boolean} partly
 * @property {string[]} phrases what is wished for, folded
 */

/** @type {Readonly<Query>} */
export const EVERYTHING = Object.freeze({
  types: [],
  words: "",
  where: null,
  within_miles: null,
  open_at: null,
  with_unknown: false,
  languages: [],
  free: false,
  walk_in: false,
  no_documents: false,
  wheelchair: false,
});

/** @type {[string, string]} */
const NO_LIST = ["", ""];
/** Words and tables before they have come: nothing typed is understood. */
const NO_WORDS = { words: NO_LIST, counts: [], places: "", levels: "", spelled: {} };
const NO_TABLES = {
  ...{ little: "", modest: "", types: {}, same: "", general: "", all_general: [], who: "" },
  ...{ next_to: {}, no_plural: [], open_now: [], names: [], state: [], doubtful: [] },
  ...{ elsewhere: [], before: [], after_the_center: [], right: NO_LIST },
};

/** @typedef {ReturnType<typeof open>} Index */

/**
 * Return the index that can be asked. Without `words` and `tables`, which come later, only a
 * question without words is answered.
 * @param {import("./places.js").PlaceColumns} columns
 * @param {import("./opening.js").Openings} openings
 * @param {import("./texts.js").WordColumns} [words]
 * @param {typeof NO_TABLES} [tables]
 */
export function open(columns, openings, words = NO_WORDS, tables = NO_TABLES) {
  const places = openPlaces(columns);
  const everyday = new Everyday(tables);
  const towns = new Towns(/** @type {any} */ (tables));
  const right = wordsOf(tables.right);
  return {
    ...places,
    hours: new Hours(openings),
    towns,
    nextTo: everyday.nextTo,
    openWords: new Set(/** @type {string[]} */ (tables.open_now)),
    texts: new Texts(places.size, places.kinds, words, everyday, towns, right),
  };
}

/**
 * Return the places and lines that answer a question, for a reader who asks at `now`.
 * @param {Index} index
 * @param {Query} query
 * @param {number} now milliseconds since 1970
 * @returns {Found}
 */
export function ask(index, query, now) {
  const opening = openingAt(index, query.open_at ?? now);
  const chosen = areaOf(index, query.where);
  const asked = read(index.texts, index.areas, index.openWords, query.words, chosen);
  const { where } = asked;
  const openNow = asked.openNow ? opening.map((kind) => (kind === OPEN ? SAYS : NO)) : null;
  const wanted = match(index.texts, asked.wishes, openNow);
  const distance = distances(index, where);
  const filters = filtersOf(index, query, where, wanted, opening, distance);
  const fitting = allBut(index, filters);
  const byName = index.byName.filter((place) => fitting[place]);
  const [places, saySo] = inOrder(index, where, wanted, distance, byName);
  /** @type {[string, number][]} */
  let emptiedBy = [];
  let beyond = null;
  if (!places.length) {
    const without = (/** @type {string} */ name) => allBut(index, filters, ...tied(name));
    const counts = filters.map(([name]) => [name, positions(without(name)).length]);
    emptiedBy = /** @type {[string, number][]} */ (counts).sort((a, b) => b[1] - a[1]);
    if (where) beyond = nearestBeyond(index, where, without("where"));
  }
  let unknown = 0;
  if (query.open_at !== null && !query.with_unknown) {
    const kept = allBut(index, filters, "open_at");
    unknown = positions(kept).filter((place) => opening[place] === UNKNOWN).length;
  }
  const [lines, fittingLines] = called(index, where, query.types, wanted, index.nextTo);
  return {
    places,
    distance_m: places.map((place) => told(distance[place])),
    bearing_deg: bearings(index, where, distance, places),
    say_so: saySo,
    lines,
    fitting_lines: fittingLines,
    open: places.filter((place) => opening[place] === OPEN).length,
    unknown,
    emptied_by: emptiedBy,
    beyond,
    where,
    where_said: asked.whereSaid,
    understood: asked.understood,
    left_out: wanted?.leftOut ?? [],
    fitted: Boolean(wanted?.fits.length),
    unsaid: wanted && places.length ? unsaid(wanted, places) : [],
    partly: Boolean(wanted && places.length && places.every((place) => wanted.offMiles[place] > 0)),
    phrases: asked.wishes.map((wish) => wish.phrase),
  };
}

/**
 * Return what is known of when a place is open at a moment.
 * @param {Index} index
 * @param {number} place
 * @param {number} ms
 */
export const openingOf = (index, place, ms) => index.hours.at(index.hoursOf[place], ms);

/** @param {number} value */
const told = (value) => (Number.isNaN(value) ? null : value);

/**
 * @param {Index} index
 * @param {string | Area | null} where
 * @returns {Area | null}
 */
function areaOf(index, where) {
  return typeof where === "string" ? (index.areas.get(where) ?? null) : where;
}

/**
 * Return the kind of each place at a moment; a paused one is closed.
 * @param {Index} index
 * @param {number} ms
 */
function openingAt(index, ms) {
  const states = index.hours.states(Math.floor(ms / MINUTE_MS) * MINUTE_MS);
  const kinds = new Uint8Array(index.size);
  index.hoursOf.forEach((text, k) => {
    kinds[k] = index.paused[k] ? CLOSED : states[text].kind;
  });
  return kinds;
}

/**
 * Return how far each place is from a city, ZIP code or point; NaN where it is not told.
 * @param {Index} index
 * @param {Area | null} where
 */
function distances(index, where) {
  const metres = new Float64Array(index.size).fill(Number.NaN);
  if (!where || where[1] === "county") return metres;
  index.located.forEach((place, k) => {
    const away = metresApart([where[4], where[5]], index.points[k]);
    metres[place] = Math.max(away, index.offM[k]);
  });
  return metres;
}

/**
 * Return each filter that is in use, with the places that pass it.
 * @param {Index} index
 * @param {Query} query
 * @param {Area | null} where
 * @param {import("./match.js").Match | null} wanted
 * @param {Uint8Array} opening
 * @param {Float64Array} distance
 * @returns {[string, Uint8Array][]}
 */
function filtersOf(index, query, where, wanted, opening, distance) {
  /** @type {[string, Uint8Array][]} */
  const found = [];
  const add = (/** @type {string} */ name, /** @type {(place: number) => boolean} */ passes) =>
    found.push([name, Uint8Array.from(index.hoursOf, (_, place) => Number(passes(place)))]);
  if (query.types.length) found.push(["types", anyOf(index, index.kinds, query.types)]);
  if (wanted) found.push(["words", wanted.shown]);
  if (where) {
    found.push(["where", anyOf(index, index.counties, [where[3]])]);
    if (query.within_miles !== null && where[1] !== "county") {
      const most = query.within_miles * METRES_A_MILE;
      add("within_miles", (place) => !(distance[place] > most));
    }
  }
  if (query.open_at !== null) {
    const least = query.with_unknown ? UNKNOWN : OPEN;
    add("open_at", (place) => opening[place] >= least);
  }
  if (query.languages.length) {
    const spoken = [...query.languages, INTERPRETER];
    found.push(["languages", anyOf(index, index.languages, spoken)]);
  }
  for (const name of FLAGS) {
    const passing = index.flags.get(name);
    if (query[name] && passing) found.push([name, passing]);
  }
  return found;
}

/**
 * Return the places that pass all filters but those left out.
 * @param {Index} index
 * @param {[string, Uint8Array][]} filters
 * @param {...string} leftOut
 */
function allBut(index, filters, ...leftOut) {
  const kept = index.isLine.map((is) => 1 - is);
  for (const [name, passing] of filters) {
    if (leftOut.includes(name)) continue;
    for (let k = 0; k < kept.length; k++) kept[k] &= passing[k];
  }
  return kept;
}

/**
 * Return the filters that go when one goes: without a town there are no miles from it.
 * @param {string} name
 */
const tied = (name) => (name === "where" ? ["where", "within_miles"] : [name]);

/** @param {Uint8Array} marks */
function positions(marks) {
  /** @type {number[]} */
  const found = [];
  marks.forEach((is, k) => {
    if (is) found.push(k);
  });
  return found;
}

/**
 * Return places in order, and how many of them say that they do what is asked; those that are alike
 * stay as they are.
 * @param {Index} index
 * @param {Area | null} where
 * @param {import("./match.js").Match | null} wanted
 * @param {Float64Array} distance
 * @param {number[]} places by name
 * @returns {[number[], number]}
 */
function inOrder(index, where, wanted, distance, places) {
  const last = (/** @type {number} */ value) => (Number.isNaN(value) ? Number.MAX_VALUE : value);
  const isNear = where !== null && where[1] !== "county";
  if (!wanted && !isNear) return [places, places.length];
  const keys = (/** @type {number} */ place) => {
    const far = distance[place];
    if (!wanted) return [last(far)];
    const unreached = 1 - index.reached[place];
    const second = Number(!wanted.says[place] || far > FAR_MILES * METRES_A_MILE);
    const off = wanted.offMiles[place];
    if (!isNear) return [second, off, -wanted.score[place], unreached];
    const back = off + unreached;
    return [second, last(far + back * METRES_A_MILE), back, -wanted.score[place], unreached];
  };
  const sorted = places.map((place) => ({ place, keys: keys(place) }));
  sorted.sort((a, b) => compare(a.keys, b.keys));
  const saySo = wanted ? sorted.filter((one) => one.keys[0] === 0).length : sorted.length;
  return [sorted.map(({ place }) => place), saySo];
}

/**
 * @param {Index} index
 * @param {Area | null} where
 * @param {Float64Array} distance
 * @param {number[]} places
 */
function bearings(index, where, distance, places) {
  if (!where) return places.map(() => null);
  /** @type {Map<number, number>} */
  const rows = new Map(index.located.map((place, k) => [place, k]));
  return places.map((place) => {
    if (Number.isNaN(distance[place])) return null;
    return bearing([where[4], where[5]], index.points[rows.get(place) ?? 0]);
  });
}

/**
 * Return the place nearest to `where` of those that fit, of its county first; null if a whole
 * county is meant, or if all are too far to go to.
 * @param {Index} index
 * @param {Area} where
 * @param {Uint8Array} fitting
 */
function nearestBeyond(index, where, fitting) {
  if (where[1] === "county") return null;
  const home = anyOf(index, index.counties, [where[3]]);
  const middle = /** @type {[number, number]} */ ([where[4], where[5]]);
  let best = null;
  for (let k = 0; k < index.located.length; k++) {
    const place = index.located[k];
    if (!fitting[place]) continue;
    const metres = Math.max(metresApart(middle, index.points[k]), index.offM[k]);
    if (metres > FAR_MILES * METRES_A_MILE) continue;
    const keys = [1 - home[place], metres];
    if (!best || compare(keys, best.keys) < 0) best = { keys, k, place };
  }
  if (!best) return null;
  const degrees = bearing(middle, index.points[best.k]);
  return { place: best.place, distance_m: best.keys[1], bearing_deg: degrees };
}
