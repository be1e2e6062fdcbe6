// Labels: the names of counties, towns and ZIP codes, as many as fit, and the ground of towns.

import { COLOURS } from "./palette.js";
import { drawShield, write } from "./shapes.js";

/** @typedef {import("./clusters.js").Spot} Spot */
/** @typedef {[name: string, kind: string, lat: number, lon: number, km2: number]} Town */
/** @typedef {[left: number, top: number, right: number, bottom: number]} Room */

/** @typedef {{key: string, view: import("../to_map.js").View}} CountyFrame */

/**
 * What lies under the places.
 * @typedef {object} Ground
 * @property {GeoJSON.Feature[]} outlines
 * @property {GeoJSON.Feature[]} highways
 * @property {[CountyFrame, CountyFrame]} frames
 * @property {Town[]} labels
 * @property {[name: string, lat: number, lon: number][]} counties
 * @property {[name: string, lat: number, lon: number][]} shields of highways, each at some spots
 */

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
 * Draw what is under the places: the middles of towns and, unless areas are shaded, their ground.
 * @param {CanvasRenderingContext2D} pen
 * @param {L.Map} map
 * @param {Ground} ground
 * @param {boolean} shaded
 */
export function drawTowns(pen, map, ground, shaded) {
  const zoom = map.getZoom();
  for (const town of ground.labels) {
    if (town[1] === "zip") continue;
    if (!shaded) drawGround(pen, map, town);
    if (isNamed(town, zoom)) drawMiddle(pen, map.latLngToLayerPoint([town[2], town[3]]));
  }
}

/**
 * Draw the names that are due at the zoom of the map, over the places, and the shields of highways.
 * @param {CanvasRenderingContext2D} pen
 * @param {L.Map} map
 * @param {Ground} ground its labels in order
 * @param {import("./clusters.js").Mark[]} marks that are drawn
 */
export function drawLabels(pen, map, ground, marks) {
  const zoom = map.getZoom();
  if (zoom < 9) {
    for (const [name, lat, lon] of ground.counties) {
      const { x, y } = map.latLngToLayerPoint([lat, lon]);
      drawName(pen, name, { x, y: y - 14 });
    }
  }
  /** @type {Room[]} */
  const taken = marks.map(({ x, y, reach }) => [x - reach, y - reach, x + reach, y + reach]);
  for (const town of ground.labels) {
    if (!isNamed(town, zoom)) continue;
    const [name, kind, lat, lon] = town;
    const isZip = kind === "zip";
    const { x, y } = map.latLngToLayerPoint([lat, lon]);
    const spot = { x, y: isZip ? y : below(marks, { x, y }) };
    const half = name.length * 3.6 + 4;
    if (!take(taken, [x - half, spot.y - 8, x + half, spot.y + 8])) continue;
    if (isZip) write(pen, name, spot, "400 11px", COLOURS.zip, COLOURS.paper);
    else drawName(pen, name, spot);
  }
  if (zoom < 8) return;
  for (const [name, lat, lon] of ground.shields) {
    const { x, y } = map.latLngToLayerPoint([lat, lon]);
    if (take(taken, [x - 20, y - 12, x + 20, y + 12])) drawShield(pen, { x, y }, name);
  }
}

/**
 * Return how far down the name of a town stands: under a mark that lies over its middle.
 * @param {import("./clusters.js").Mark[]} marks
 * @param {Spot} middle
 */
function below(marks, { x, y }) {
  const over = marks.filter((mark) => Math.hypot(mark.x - x, mark.y - y) < mark.reach + 12);
  return Math.max(y + 20, ...over.map((mark) => mark.y + mark.reach + 10));
}

/**
 * Draw a name.
 * @param {CanvasRenderingContext2D} pen
 * @param {string} name
 * @param {Spot} spot
 */
export function drawName(pen, name, spot) {
  write(pen, name, spot, "600 13px", COLOURS.name, COLOURS.paper);
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
  pen.fillStyle = COLOURS.town;
  pen.fill();
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Spot} spot
 */
function drawMiddle(pen, { x, y }) {
  pen.beginPath();
  pen.arc(x, y, 3, 0, 2 * Math.PI);
  pen.fillStyle = COLOURS.middle;
  pen.fill();
}
