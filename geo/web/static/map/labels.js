// Labels: the names of counties, towns and ZIP codes, as many as fit, and the ground of towns.

import { write } from "./shapes.js";

/** @typedef {import("./clusters.js").Spot} Spot */
/** @typedef {[name: string, kind: string, lat: number, lon: number, km2: number]} Town */
/** @typedef {[left: number, top: number, right: number, bottom: number]} Room */

/**
 * What lies under the places.
 * @typedef {object} Ground
 * @property {GeoJSON.Feature[]} outlines
 * @property {Town[]} labels
 * @property {[name: string, lat: number, lon: number][]} counties
 */

const PAPER = "#fbfaf6";
const KM_A_DEGREE = 111.2;

/**
 * Return the towns in the order in which they are named: cities before ZIP codes, large before small.
 * @param {Town[]} towns
 */
export function inOrder(towns) {
  return [...towns].sort((a, b) => a[1].localeCompare(b[1]) || b[4] - a[4]);
}

/**
 * Return whether a town is named at a zoom, if there is room.
 * @param {Town} town
 * @param {number} zoom
 */
export function isNamed([, kind, , , km2], zoom) {
  if (kind === "zip") return zoom >= 11;
  return zoom >= 10 || (zoom >= 8 && km2 >= 8);
}

/**
 * Take the room for a name if nothing is in it yet; return whether it was free.
 * @param {Room[]} taken gets the room too
 * @param {Room} room
 */
export function take(taken, room) {
  const [left, top, right, bottom] = room;
  if (taken.some((one) => left < one[2] && right > one[0] && top < one[3] && bottom > one[1])) {
    return false;
  }
  taken.push(room);
  return true;
}

/**
 * Draw the names that are due at the zoom of the map.
 * @param {CanvasRenderingContext2D} pen
 * @param {L.Map} map
 * @param {Ground} ground its labels in order
 * @param {boolean} shaded whether areas are shaded, so that towns have no ground
 */
export function drawLabels(pen, map, ground, shaded) {
  const zoom = map.getZoom();
  if (zoom < 9) {
    for (const [name, lat, lon] of ground.counties) {
      const { x, y } = map.latLngToLayerPoint([lat, lon]);
      drawName(pen, name, { x, y: y - 14 });
    }
  }
  if (!shaded) for (const town of ground.labels) if (town[1] === "city") drawGround(pen, map, town);
  /** @type {Room[]} */
  const taken = [];
  for (const town of ground.labels) {
    if (!isNamed(town, zoom)) continue;
    const [name, kind, lat, lon] = town;
    const isZip = kind === "zip";
    const { x, y } = map.latLngToLayerPoint([lat, lon]);
    if (!isZip) drawMiddle(pen, { x, y });
    const spot = { x, y: isZip ? y : y + 20 };
    const half = name.length * 3.6 + 4;
    if (!take(taken, [x - half, spot.y - 8, x + half, spot.y + 8])) continue;
    if (isZip) write(pen, name, spot, "400 11px", "#5d6670", PAPER);
    else drawName(pen, name, spot);
  }
}

/**
 * Draw a name.
 * @param {CanvasRenderingContext2D} pen
 * @param {string} name
 * @param {Spot} spot
 */
export function drawName(pen, name, spot) {
  write(pen, name, spot, "600 13px", "#2c3640", PAPER);
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {L.Map} map
 * @param {Town} town
 */
function drawGround(pen, map, [, , lat, lon, km2]) {
  const edge = Math.sqrt(km2 / Math.PI) / KM_A_DEGREE;
  const spot = map.latLngToLayerPoint([lat, lon]);
  const reach = spot.y - map.latLngToLayerPoint([lat + edge, lon]).y;
  if (reach < 4) return;
  pen.beginPath();
  pen.arc(spot.x, spot.y, reach, 0, 2 * Math.PI);
  pen.fillStyle = "rgba(222, 214, 190, .45)";
  pen.fill();
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Spot} spot
 */
function drawMiddle(pen, { x, y }) {
  pen.beginPath();
  pen.arc(x, y, 3, 0, 2 * Math.PI);
  pen.fillStyle = "#7a848d";
  pen.fill();
}
