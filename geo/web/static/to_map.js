// To map: what a component tells the map beside it, and what it hears of it, as events of the page.
// The other end is map/to_list.js, inside the map's frame.

/** @typedef {[lat: number, lon: number]} Point in degrees */
/** @typedef {[southWest: Point, northEast: Point]} View */
/** @typedef {Record<string, string>} Words */

/**
 * The way of a team: its start, its stops in order, its end; and the course of each leg along the
 * streets, empty where it is not known.
 * @typedef {object} Round
 * @property {string} name
 * @property {Point[]} points
 * @property {Point[][]} courses
 */

/**
 * What is said of each area under the places.
 * @typedef {object} CellsMessage
 * @property {string} kinds a letter an area: its class, "-" not asked about, "n" nobody lives there, "u" undecided, "x" reaches nothing
 * @property {"areas" | "people"} by what is shaded: areas, or circles as large as the people in them
 * @property {string[]} colours by class
 * @property {(number | null)[]} far how far the nearest place is
 * @property {number[]} to which place that is, -2 for one of the planner's own file
 * @property {string} edge "1" where the county line is nearer
 * @property {Words} words
 */

/**
 * What the map is told to show ("map:show").
 * @typedef {object} MapMessage
 * @property {string} bits which places: see map/bits.js
 * @property {View} view which part of the map
 * @property {View} all the whole of it
 * @property {string} lang
 * @property {Words} words
 * @property {[lat: number, lon: number, name: string] | null} [start] the spot a reader typed
 * @property {Round[]} [rounds]
 * @property {CellsMessage | null} [cells] on a map of areas
 * @property {Point[]} [own] places of the planner's own file, on a map of areas
 * @property {Point[]} [sites] the best next sites, on a map of areas
 * @property {number[]} [order] places that carry the number they have in the list, the first first
 * @property {boolean} [frames] whether each county has a frame of its own
 * @property {string} [tiles] the filters that places in tiles pass, as parameters of their address
 * @property {[n: number, lat: number, lon: number][]} [spots] where places of the list are, which may be in no tile yet
 * @property {boolean} [asks] whether a click answers with its point
 */

/**
 * Tell the map what to show; a map that comes later finds it in `serviceMapShown`.
 * @param {MapMessage} message
 */
export function show(message) {
  window.serviceMapShown = message;
  window.dispatchEvent(new CustomEvent("map:show", { detail: message }));
}

/**
 * Wait until the map shows what it is told next; so many milliseconds at most.
 * @param {number} most
 */
export function untilShown(most) {
  return new Promise((done) => {
    window.addEventListener("map:shown", done, { once: true });
    setTimeout(done, most);
  });
}

/**
 * Let the map ring one place.
 * @param {number} n
 */
export function choose(n) {
  window.dispatchEvent(new CustomEvent("map:choose", { detail: { n } }));
}

/**
 * Hear which place a reader chose on the map, until the signal; its id is told if it came in a tile.
 * @param {(n: number, id?: string) => void} heard
 * @param {AbortSignal} signal
 */
export function onPick(heard, signal) {
  window.addEventListener("map:pick", (event) => heard(event.detail.n, event.detail.id), {
    signal,
  });
}

/**
 * Hear that a reader comes back from the map to a place in the list, until the signal.
 * @param {(n: number) => void} heard
 * @param {AbortSignal} signal
 */
export function onBack(heard, signal) {
  window.addEventListener("map:back", (event) => heard(event.detail.n), { signal });
}

/**
 * Hear which point a reader chose on a map that asks for one, until the signal.
 * @param {(spot: {lat: number, lon: number}) => void} heard
 * @param {AbortSignal} signal
 */
export function onSpot(heard, signal) {
  window.addEventListener("map:spot", (event) => heard(event.detail), { signal });
}
