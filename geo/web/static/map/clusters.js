// Clusters: places that lie too close together to be told apart become one mark.

/** @typedef {{x: number, y: number}} Spot in pixels */
/**
 * Places that are one mark: those that are known, and how many more.
 * @typedef {{x: number, y: number, ids: number[], more?: number}} Gathering
 */
/** @typedef {Gathering & {reach: number}} Mark with the radius it is drawn in */
/** @typedef {{min: Spot, max: Spot}} Box */

const LONE_REACH = 12;
const ROWS = 2 ** 32; // more than squares that lie above one another

/**
 * Gather the places in sight, by squares of the world so that moving the map splits none; where
 * each gathering stands is the middle of its places.
 * @param {Iterable<number>} ids
 * @param {Spot[]} world where each place is in the world, at zoom 0
 * @param {{scale: number, origin: Spot, box: Box}} sight how the world is seen; what is outside `box` is not
 * @param {number} size of a square, in pixels
 * @returns {Gathering[]}
 */
export function gather(ids, world, { scale, origin, box }, size) {
  /** @type {Map<number, {x: number, y: number, ids: number[]}>} */
  const cells = new Map();
  const first = Math.floor((origin.x + box.min.x) / size);
  for (const id of ids) {
    const far = world[id].x * scale;
    const down = world[id].y * scale;
    const x = far - origin.x;
    const y = down - origin.y;
    if (x < box.min.x || y < box.min.y || x > box.max.x || y > box.max.y) continue;
    const key = (Math.floor(far / size) - first) * ROWS + Math.floor(down / size);
    const cell = cells.get(key);
    if (cell) {
      cell.ids.push(id);
      cell.x += x;
      cell.y += y;
    } else cells.set(key, { x, y, ids: [id] });
  }
  return [...cells.values()].map((cell) => ({
    x: cell.x / cell.ids.length,
    y: cell.y / cell.ids.length,
    ids: cell.ids,
  }));
}

/**
 * Return the marks of gatherings, the largest first. With `merge`, one that would touch a cluster
 * goes into it.
 * @param {Gathering[]} gathered
 * @param {boolean} merge
 * @returns {Mark[]}
 */
export function marksOf(gathered, merge) {
  /** @type {Mark[]} */
  const kept = [];
  for (const one of [...gathered].sort((a, b) => manyOf(b) - manyOf(a))) {
    const many = manyOf(one);
    const reach = many > 1 ? 13 + Math.min(12, Math.sqrt(many)) : LONE_REACH;
    const mark = { ...one, reach };
    const host = merge && kept.find((other) => manyOf(other) > 1 && touch(other, mark));
    if (!host) kept.push(mark);
    else {
      host.ids = host.ids.concat(mark.ids);
      if (mark.more) host.more = (host.more ?? 0) + mark.more;
    }
  }
  return kept;
}

/**
 * Return how many places a mark stands for.
 * @param {Gathering} mark
 */
export function manyOf({ ids, more }) {
  return ids.length + (more ?? 0);
}

/**
 * @param {Mark} a
 * @param {Mark} b
 */
function touch(a, b) {
  return Math.hypot(a.x - b.x, a.y - b.y) < a.reach + b.reach;
}

/**
 * Return the mark nearest to a spot, if the spot is within `slack` pixels of one.
 * @param {Mark[]} marks
 * @param {Spot} spot
 * @param {number} [slack]
 * @returns {Mark | null}
 */
export function nearest(marks, spot, slack = 8) {
  let best = null;
  let least = Number.POSITIVE_INFINITY;
  for (const mark of marks) {
    const away = Math.hypot(mark.x - spot.x, mark.y - spot.y);
    if (away < mark.reach + slack && away < least) {
      best = mark;
      least = away;
    }
  }
  return best;
}
