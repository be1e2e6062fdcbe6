// Shapes: draws single signs with a pen: a place, a cluster, a ring, a number, a pin.

import { manyOf } from "./clusters.js";

/** @typedef {CanvasRenderingContext2D} Pen */
/** @typedef {import("./clusters.js").Spot} Spot */
/** @typedef {{shape: string, colour: string}} Look */

const INK = "#16202a";
const WHITE = "#ffffff";
const METRES_A_PIXEL = 156543.03392; // on the equator, at zoom 0

/** Corners, by group; a shape that is not here is a disc. @type {Record<string, Spot[]>} */
const SHAPES = {
  health: corners("-3,-9 3,-9 3,-3 9,-3 9,3 3,3 3,9 -3,9 -3,3 -9,3 -9,-3 -3,-3"),
  recovery: corners("0,-10 9,0 0,10 -9,0"),
  safety: corners("0,-10 10,8 -10,8"),
  law: corners("-8,-8 8,-8 8,8 -8,8"),
  family: star(10, (corner) => (corner % 2 ? 4.5 : 11)),
  work: star(5, () => 10),
};

/**
 * Return corners written as in SVG: "x,y x,y".
 * @param {string} text
 * @returns {Spot[]}
 */
function corners(text) {
  return text.split(" ").map((corner) => {
    const [x, y] = corner.split(",").map(Number);
    return { x, y };
  });
}

/**
 * Return corners set evenly around the middle, the first on top.
 * @param {number} many
 * @param {(corner: number) => number} reach
 * @returns {Spot[]}
 */
function star(many, reach) {
  return Array.from({ length: many }, (_, k) => {
    const turn = (2 * Math.PI * k) / many;
    return { x: Math.sin(turn) * reach(k), y: -Math.cos(turn) * reach(k) };
  });
}

/**
 * Lay the outline of a shape.
 * @param {Pen} pen
 * @param {string} shape
 * @param {Spot} spot
 */
function outline(pen, shape, { x, y }) {
  const corners = SHAPES[shape];
  pen.beginPath();
  if (corners) {
    for (const corner of corners) pen.lineTo(x + corner.x, y + corner.y);
  } else pen.arc(x, y, 8, 0, 2 * Math.PI);
  pen.closePath();
}

/**
 * @param {Pen} pen
 * @param {Spot} spot
 * @param {number} reach
 */
function circle(pen, { x, y }, reach) {
  pen.beginPath();
  pen.arc(x, y, reach, 0, 2 * Math.PI);
}

/**
 * @param {Pen} pen
 * @param {string} colour
 * @param {number} width
 */
function stroke(pen, colour, width) {
  pen.lineWidth = width;
  pen.strokeStyle = colour;
  pen.stroke();
}

/**
 * @param {Pen} pen
 * @param {string} colour
 */
function fill(pen, colour) {
  pen.fillStyle = colour;
  pen.fill();
}

/**
 * Write a text around the middle of a spot.
 * @param {Pen} pen
 * @param {string} text
 * @param {Spot} spot
 * @param {string} font
 * @param {string} colour
 * @param {string} [halo] the colour of an edge around the letters
 */
export function write(pen, text, { x, y }, font, colour, halo) {
  pen.font = `${font} system-ui, sans-serif`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  if (halo) {
    pen.lineWidth = 3;
    pen.strokeStyle = halo;
    pen.strokeText(text, x, y);
  }
  pen.fillStyle = colour;
  pen.fillText(text, x, y);
}

/**
 * Return the radius in which the area of a place is drawn, in pixels.
 * @param {number} radiusM
 * @param {number} lat
 * @param {number} scale of the world against zoom 0
 */
export function areaReach(radiusM, lat, scale) {
  const metres = (METRES_A_PIXEL * Math.cos((lat * Math.PI) / 180)) / scale;
  return Math.min(160, Math.max(18, radiusM / metres));
}

/**
 * Draw a place whose spot is known.
 * @param {Pen} pen
 * @param {Spot} spot
 * @param {Look} look
 */
export function drawPlace(pen, spot, look) {
  outline(pen, look.shape, spot);
  pen.lineJoin = "round";
  stroke(pen, WHITE, 4);
  fill(pen, look.colour);
}

/**
 * Draw a place that is somewhere within `reach`: a soft disc, and its shape in dashes.
 * @param {Pen} pen
 * @param {Spot} spot
 * @param {Look} look
 * @param {number} reach
 */
export function drawVague(pen, spot, look, reach) {
  const { x, y } = spot;
  const soft = pen.createRadialGradient(x, y, reach * 0.2, x, y, reach);
  soft.addColorStop(0, `${look.colour}66`);
  soft.addColorStop(1, `${look.colour}00`);
  pen.fillStyle = soft;
  circle(pen, spot, reach);
  pen.fill();
  outline(pen, look.shape, spot);
  fill(pen, "rgba(255,255,255,.75)");
  pen.setLineDash([3, 2]);
  stroke(pen, look.colour, 1.8);
  pen.setLineDash([]);
}

/**
 * Draw a place on a map of areas; its ring is broken if no place in it is exact.
 * @param {Pen} pen
 * @param {Spot} spot
 * @param {boolean} vague
 */
export function drawDot(pen, spot, vague) {
  circle(pen, spot, 5);
  fill(pen, WHITE);
  if (vague) pen.setLineDash([3, 2]);
  stroke(pen, INK, 2.5);
  pen.setLineDash([]);
}

/**
 * Draw how many places a mark stands for.
 * @param {Pen} pen
 * @param {import("./clusters.js").Mark} mark
 */
export function drawCluster(pen, mark) {
  circle(pen, mark, mark.reach);
  fill(pen, WHITE);
  stroke(pen, "#22313f", 3);
  write(pen, inShort(manyOf(mark)), { x: mark.x, y: mark.y + 1 }, "600 13px", "#22313f");
}

/**
 * Return a number as there is room for it: "870", "12k", "1M".
 * @param {number} many
 */
export function inShort(many) {
  if (many < 10_000) return String(many);
  const [size, sign] = many < 999_500 ? [1_000, "k"] : [1_000_000, "M"];
  return `${Math.round(many / size)}${sign}`;
}

/**
 * Draw the ring around the chosen place.
 * @param {Pen} pen
 * @param {Spot} spot
 */
export function drawRing(pen, spot) {
  circle(pen, spot, 19);
  stroke(pen, WHITE, 6);
  stroke(pen, "#111111", 3);
}

/**
 * Draw the number that a place has in the list: white on dark, where a cluster is dark on white.
 * @param {Pen} pen
 * @param {Spot} spot of the place
 * @param {number} number
 */
export function drawNumber(pen, { x, y }, number) {
  const spot = { x: x + 10, y: y - 10 };
  circle(pen, spot, number > 9 ? 10 : 8.5);
  fill(pen, INK);
  stroke(pen, WHITE, 1.5);
  write(pen, String(number), { x: spot.x, y: spot.y + 0.5 }, "700 11px", WHITE);
}

/**
 * Draw the shield of a highway: "I-5" in full, of a road of the state its number.
 * @param {Pen} pen
 * @param {Spot} spot
 * @param {string} name
 */
export function drawShield(pen, { x, y }, name) {
  const isOfState = name.startsWith("CA-");
  const text = isOfState ? name.slice(3) : name;
  const half = text.length * 3.4 + 5;
  pen.beginPath();
  pen.roundRect(x - half, y - 8, 2 * half, 16, 5);
  fill(pen, isOfState ? "#1d5e3a" : "#1f4f8f");
  stroke(pen, WHITE, 1.5);
  write(pen, text, { x, y: y + 0.5 }, "700 11px", WHITE);
}

/**
 * Draw a place of the planner's own file: a white diamond, where places of the list are dots.
 * @param {Pen} pen
 * @param {Spot} spot
 */
export function drawOwn(pen, { x, y }) {
  pen.beginPath();
  pen.moveTo(x, y - 8);
  pen.lineTo(x + 8, y);
  pen.lineTo(x, y + 8);
  pen.lineTo(x - 8, y);
  pen.closePath();
  fill(pen, WHITE);
  stroke(pen, INK, 2);
}

/**
 * Draw one of the best next sites: its number in a square.
 * @param {Pen} pen
 * @param {Spot} spot
 * @param {string} text
 */
export function drawSite(pen, { x, y }, text) {
  pen.strokeStyle = WHITE;
  pen.lineWidth = 3;
  pen.strokeRect(x - 11, y - 11, 22, 22);
  pen.fillStyle = INK;
  pen.fillRect(x - 11, y - 11, 22, 22);
  write(pen, text, { x, y: y + 1 }, "700 14px", WHITE);
}

/**
 * Draw a stop of a team: its number in the team's shape.
 * @param {Pen} pen
 * @param {Spot} spot
 * @param {Look} team
 * @param {string} text
 */
export function drawStop(pen, spot, team, text) {
  pen.save();
  pen.translate(spot.x, spot.y);
  pen.scale(1.4, 1.4);
  outline(pen, team.shape, { x: 0, y: 0 });
  pen.restore();
  stroke(pen, WHITE, 4);
  fill(pen, team.colour);
  write(pen, text, { x: spot.x, y: spot.y + 1 }, "700 13px", WHITE);
}

/**
 * Draw where a team starts or ends.
 * @param {Pen} pen
 * @param {Spot} spot
 * @param {string} colour
 */
export function drawEnd(pen, spot, colour) {
  circle(pen, spot, 8);
  fill(pen, WHITE);
  stroke(pen, colour, 4);
}

/**
 * Draw a pin; return where its name goes.
 * @param {Pen} pen
 * @param {Spot} tip
 * @returns {Spot}
 */
export function drawPin(pen, tip) {
  const head = { x: tip.x, y: tip.y - 22 };
  pen.beginPath();
  pen.arc(head.x, head.y, 11, 0.85 * Math.PI, 0.15 * Math.PI);
  pen.lineTo(tip.x, tip.y);
  pen.closePath();
  stroke(pen, WHITE, 4);
  fill(pen, "#111111");
  circle(pen, head, 4.5);
  fill(pen, WHITE);
  return { x: head.x, y: head.y - 22 };
}
