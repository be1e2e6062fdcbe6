// Distance: how far a place is from where a reader starts, in words, as geo/catalogue/wording.py.

import { METRES_A_MILE } from "../engine/sphere.js";

const NO_WAY_MILES = 0.1;
const DIRECTIONS = ["N", "NE", "E", "SE", "S", "SW", "W", "NW"];

/** @typedef {import("./say.js").Say} Say */
/** @typedef {Record<string, string>} Directions words by the sign of a direction, such as "NE" */
/** @typedef {{city: string, zip: string, radius_m: number}} Spot what is told of where a place is */

/**
 * Return how far a place is from where a reader starts; "" if that may not be told. Of one in the
 * reader's own town only the town and the miles are told.
 * @param {Spot} place
 * @param {import("../engine/understanding.js").Area} from
 * @param {number | null} metres
 * @param {number | null} degrees
 * @param {Say} say
 * @param {Directions} directions
 */
export function distance(place, from, metres, degrees, say, directions) {
  if (metres === null || degrees === null) return "";
  const [, kind, name] = from;
  const away = way(metres, degrees, place.radius_m, say, directions);
  if (name === { city: place.city, zip: place.zip }[kind])
    return inTown(place, name, metres, away, say);
  if (!away) return "";
  const told = say("{way} of {place}", { way: away, place: name });
  if (!place.city || place.city === name) return told;
  return say("{way}, in {town}", { way: told, town: place.city });
}

/**
 * @param {Spot} place
 * @param {string} name
 * @param {number} metres
 * @param {string} away
 * @param {Say} say
 */
function inTown(place, name, metres, away, say) {
  if (place.radius_m || !away) return say("In {place}", { place: name });
  if (metres / METRES_A_MILE < NO_WAY_MILES) {
    return say("In {place}, close to its middle", { place: name });
  }
  return say("In {place}, {miles} miles from its middle", {
    place: name,
    miles: miles(metres, say),
  });
}

/**
 * Return how far and in which direction, in words; "" if neither can be given.
 * @param {number} metres
 * @param {number} degrees
 * @param {number} radius of the area that a place is somewhere in
 * @param {Say} say
 * @param {Directions} directions
 */
export function way(metres, degrees, radius, say, directions) {
  if (metres < radius) return "";
  if (metres / METRES_A_MILE < NO_WAY_MILES) return say("close to the middle");
  const direction = directions[DIRECTIONS[Math.round(degrees / 45) % 8]];
  const told = { miles: miles(metres, say), direction };
  return radius
    ? say("about {miles} miles {direction}", told)
    : say("{miles} miles {direction}", told);
}

/**
 * @param {number} metres
 * @param {Say} say
 */
function miles(metres, say) {
  const far = metres / METRES_A_MILE;
  return say.number(far, far >= 10 ? 0 : 1);
}
