// Links: addresses of a list and of points in a maps app; they hold public ids and points alone.
// Sources: developers.google.com/maps/documentation/urls/get-started; RFC 5870 (geo:).

const MOST_STOPS = 9; // that Google's maps take besides the start

/**
 * Return the address of a list, below that of the site.
 * @param {string[]} ids
 */
export const listPath = (ids) => `/list?ids=${ids.join(",")}`;

/**
 * Return the address by which a phone offers its own maps apps.
 * @param {[number, number]} point
 */
export const geo = ([lat, lon]) => `geo:${lat},${lon}`;

/**
 * Return links through points in their order, from where the reader is; each but the first sets
 * out from where the one before it ends.
 * @param {[number, number][]} points
 */
export function routes(points) {
  const links = [];
  for (let first = 0; first < points.length; first += MOST_STOPS) {
    const stops = points.slice(first, first + MOST_STOPS).map((point) => point.join(","));
    const query = new URLSearchParams({ api: "1", travelmode: "driving" });
    if (first) query.set("origin", points[first - 1].join(","));
    query.set("destination", stops[stops.length - 1]);
    if (stops.length > 1) query.set("waypoints", stops.slice(0, -1).join("|"));
    links.push({
      first: first + 1,
      last: first + stops.length,
      href: `https://www.google.com/maps/dir/?${query}`,
    });
  }
  return links;
}
