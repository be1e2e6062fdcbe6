// Tiled: the places of a catalogue that is too large for a browser, as the squares of the world in
// sight: far away how many there are, close by each. They come from this server, with a few filters
// in their address: never a word, never a place.

/** @typedef {import("./marks.js").Marks} Marks */
/** @typedef {import("./marks.js").Places} Places */

/**
 * A feature of a tile: a place if it has a name, else a cluster of so many places.
 * @typedef {object} Feature
 * @property {{n: number, id: string, name: string, group: string, off_m: number, places?: number}} properties
 * @property {{coordinates: [lon: number, lat: number]}} geometry
 */

/** @typedef {{lat: number, lon: number, more: number}} Cluster of `more` places that are not told */

const SIZE = 256; // pixels of a square
const CLOSEST = 20; // the last zoom that there are squares of
export const CLOSE = 17; // from this zoom on, places are one cluster only where they are on the same spot
const KEPT = 300; // squares
const TRIES = 6;
const LATER_MS = 2_000;

/**
 * Return the numbers of the squares between two corners, in squares from the corner of the world.
 * @param {{x: number, y: number}} first
 * @param {{x: number, y: number}} last
 * @param {number} zoom
 */
export function squaresBetween(first, last, zoom) {
  const edge = (/** @type {number} */ at) => Math.min(Math.max(Math.floor(at), 0), 2 ** zoom - 1);
  const found = [];
  for (let x = edge(first.x); x <= edge(last.x); x++) {
    for (let y = edge(first.y); y <= edge(last.y); y++) found.push(`${zoom}/${x}/${y}`);
  }
  return found;
}

/**
 * Return the places of some tiles as columns, and their clusters.
 * @param {Feature[]} features
 * @param {Places["groups"]} groups each with the shape of its mark, by which a tile names it
 * @returns {{places: Places, clusters: Cluster[]}}
 */
export function asColumns(features, groups) {
  /** @type {Places} */
  const places = { n: [], id: [], lat: [], lon: [], g: [], r: [], name: [], groups };
  /** @type {Cluster[]} */
  const clusters = [];
  for (const { properties: told, geometry } of features) {
    const [lon, lat] = geometry.coordinates;
    if (told.places) {
      clusters.push({ lat, lon, more: told.places });
      continue;
    }
    places.n.push(told.n);
    places.id?.push(told.id);
    places.lat.push(lat);
    places.lon.push(lon);
    places.g.push(groups.findIndex(({ shape }) => shape === told.group));
    places.r.push(told.off_m);
    places.name.push(told.name);
  }
  return { places, clusters };
}

/**
 * Keep the marks of a map those of the squares in sight; return what is told which filters.
 * @param {L.Map} map
 * @param {Marks} marks
 * @param {string} address of a square, with {square} in it
 */
export function addTiles(map, marks, address) {
  const squareAt = keeper();
  const { groups } = marks.places;
  const sorry = L.DomUtil.create("p", "map-late", map.getContainer());
  sorry.setAttribute("role", "status");
  sorry.hidden = true;
  /** @type {string | null} */
  let filters = null;
  let turn = 0;

  async function update() {
    if (filters === null) return;
    const own = ++turn;
    const zoom = Math.min(Math.floor(map.getZoom()), CLOSEST);
    const box = map.getBounds();
    const corners = [box.getNorthWest(), box.getSouthEast()];
    const [first, last] = corners.map((corner) => map.project(corner, zoom).divideBy(SIZE));
    const asked = filters && `&${filters}`;
    const squares = squaresBetween(first, last, zoom);
    marks.isLoading = true;
    const answers = squares.map((square) => squareAt(address.replace("{square}", square) + asked));
    const told = await Promise.allSettled(answers);
    if (own !== turn) return;
    marks.isLoading = false;
    sorry.hidden = told.every(({ status }) => status === "fulfilled");
    const { places, clusters } = asColumns(
      told.flatMap((one) => (one.status === "fulfilled" ? one.value : [])),
      groups,
    );
    marks.fill(places, clusters);
  }

  map.on("moveend", update);
  return {
    /** @param {import("../to_map.js").MapMessage} message */
    show(message) {
      sorry.textContent = message.words.late;
      if (filters === (message.tiles ?? "")) return;
      filters = message.tiles ?? "";
      update();
    },
  };
}

/**
 * Return what fetches squares and keeps the newest of them.
 * @returns {(address: string) => Promise<Feature[]>}
 */
function keeper() {
  /** @type {Map<string, Promise<Feature[]>>} */
  const kept = new Map();
  return (address) => {
    const known = kept.get(address);
    if (known) return known;
    const oldest = kept.keys().next().value;
    if (oldest !== undefined && kept.size >= KEPT) kept.delete(oldest);
    const square = fetched(address, TRIES);
    square.catch(() => kept.delete(address));
    kept.set(address, square);
    return square;
  };
}

/**
 * Fetch a square; a server that cannot answer just now is asked again.
 * @param {string} address
 * @param {number} tries
 * @returns {Promise<Feature[]>}
 */
async function fetched(address, tries) {
  const answer = await fetch(address);
  if (answer.ok) return (await answer.json()).features;
  if (answer.status !== 503 || tries === 1) throw new Error(`A square: ${answer.status}`);
  await new Promise((done) => setTimeout(done, LATER_MS));
  return fetched(address, tries - 1);
}
