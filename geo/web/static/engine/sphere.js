// Sphere: how far apart two points of the earth are, and in which direction, as geo/sphere.py.

const EARTH_RADIUS_M = 6_371_008.8;
export const METRES_A_MILE = 1_609.344;

/** @typedef {[lat: number, lon: number]} Point in degrees */

/** @param {number} degrees */
const radians = (degrees) => (degrees * Math.PI) / 180;

/**
 * Return how far one point is from another along the surface of the earth, in metres.
 * @param {Point} one
 * @param {Point} other
 */
export function metresApart(one, other) {
  const [lat, lon, lats, lons] = [...one, ...other].map(radians);
  const h =
    Math.sin((lats - lat) / 2) ** 2 +
    Math.cos(lat) * Math.cos(lats) * Math.sin((lons - lon) / 2) ** 2;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.sqrt(Math.min(1, Math.max(0, h))));
}

/**
 * Return in which direction the way from one point to another sets out: degrees clockwise from
 * north, from 0 up to but without 360.
 * @param {Point} one
 * @param {Point} other
 */
export function bearing(one, other) {
  const [lat, lon, lats, lons] = [...one, ...other].map(radians);
  const east = Math.sin(lons - lon) * Math.cos(lats);
  const north =
    Math.cos(lat) * Math.sin(lats) - Math.sin(lat) * Math.cos(lats) * Math.cos(lons - lon);
  const degrees = ((Math.atan2(east, north) * 180) / Math.PI + 360) % 360;
  return degrees === 360 ? 0 : degrees;
}
