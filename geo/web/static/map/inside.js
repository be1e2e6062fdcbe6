// Inside: whether a point lies in an area, and which part of a line lies in a square.

/**
 * Return whether a point lies inside rings, of which inner ones are holes: a line to the east
 * crosses them an odd number of times.
 * @param {[lat: number, lon: number][][]} rings
 * @param {number} lat
 * @param {number} lon
 */
export function isInside(rings, lat, lon) {
  let odd = false;
  for (const ring of rings) {
    let [lastLat, lastLon] = ring[ring.length - 1];
    for (const [nextLat, nextLon] of ring) {
      const crosses = nextLat > lat !== lastLat > lat;
      const share = (lat - nextLat) / (lastLat - nextLat);
      if (crosses && lon < (lastLon - nextLon) * share + nextLon) odd = !odd;
      [lastLat, lastLon] = [nextLat, nextLon];
    }
  }
  return odd;
}

/**
 * Return the part of a straight line that lies in a square, as shares of its length: from, to. It
 * is no part of it if `to` is not above `from`.
 * @param {{x: number, y: number}} start
 * @param {{x: number, y: number}} step from its start to its end
 * @param {number} least the left and upper edge of the square
 * @param {number} most the right and lower edge
 * @returns {[from: number, to: number]}
 */
export function partInside(start, step, least, most) {
  let [from, to] = [0, 1];
  for (const [at, by] of [
    [start.x, step.x],
    [start.y, step.y],
  ]) {
    if (by === 0) {
      if (at < least || at > most) return [0, 0];
      continue;
    }
    const [a, b] = [(least - at) / by, (most - at) / by];
    from = Math.max(from, Math.min(a, b));
    to = Math.min(to, Math.max(a, b));
  }
  return [from, to];
}
