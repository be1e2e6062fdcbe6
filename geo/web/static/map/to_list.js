// To list: how the map, in its frame, talks with the page around it. The other end is to_map.js.

/** @typedef {import("../to_map.js").MapMessage} MapMessage */

const page = window.parent;

/** Return what was to be shown before the map was there; null if nothing was. */
export function toldBefore() {
  return page.serviceMapShown ?? null;
}

/**
 * Hear what to show and which place to ring, now if it was told before, and until this frame goes.
 * @param {(message: MapMessage) => void} show
 * @param {(n: number) => void} choose
 */
export function hear(show, choose) {
  const leaving = new AbortController();
  const { signal } = leaving;
  window.addEventListener("pagehide", () => leaving.abort());
  const draw = (/** @type {MapMessage} */ message) => {
    show(message);
    requestAnimationFrame(() => page.dispatchEvent(new CustomEvent("map:shown")));
  };
  page.addEventListener("map:show", (event) => draw(event.detail), { signal });
  page.addEventListener("map:choose", (event) => choose(event.detail.n), { signal });
  if (page.serviceMapShown) draw(page.serviceMapShown);
}

/**
 * Tell which place a reader chose.
 * @param {number} n
 * @param {string} [id] of one that came in a tile: the list may know nothing of it
 */
export function tellPick(n, id) {
  page.dispatchEvent(new CustomEvent("map:pick", { detail: { n, id } }));
}

/**
 * Tell that a reader wants to go back to a place in the list.
 * @param {number} n
 */
export function tellBack(n) {
  page.dispatchEvent(new CustomEvent("map:back", { detail: { n } }));
}

/**
 * Tell which point a reader chose.
 * @param {L.LatLng} point
 */
export function tellSpot(point) {
  const detail = { lat: point.lat, lon: point.lng };
  page.dispatchEvent(new CustomEvent("map:spot", { detail }));
}
