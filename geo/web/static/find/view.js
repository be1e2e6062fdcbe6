// View: which part of the map an answer is looked at on.

const NEAREST = 8; // places that have to be in sight
const EDGE = 0.015; // degrees around them

/**
 * Return the corners to show: of the area that was meant, with its nearest places in sight.
 * @param {import("../engine/ask.js").Found} found
 * @param {import("./files.js").Stock} stock
 * @returns {import("../to_map.js").View}
 */
export function viewOf(found, { index, page }) {
  const { where } = found;
  const view = page.views[where ? where[0] : ""];
  if (where?.[1] === "address") return around([[where[4], where[5]]]);
  if (!where || where[1] === "county" || !view) return view ?? page.views[""];
  const rows = new Map(index.located.map((place, k) => [place, k]));
  const near = found.places.slice(0, NEAREST).flatMap((place) => {
    const row = rows.get(place);
    return row === undefined ? [] : [index.points[row]];
  });
  return around([...view, ...near]);
}

/**
 * @param {[number, number][]} points
 * @returns {import("../to_map.js").View}
 */
function around(points) {
  const lats = points.map(([lat]) => lat);
  const lons = points.map(([, lon]) => lon);
  return [
    [Math.min(...lats) - EDGE, Math.min(...lons) - EDGE],
    [Math.max(...lats) + EDGE, Math.max(...lons) + EDGE],
  ];
}
