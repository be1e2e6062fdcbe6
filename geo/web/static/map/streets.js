// Streets: the streets stored on this server, drawn under the places. They come as squares of whole
// numbers; each piece of the map is drawn once on a canvas of its own, so that moving the map draws
// nothing again. Names are drawn as text on the canvas, never as markup.

import { partInside } from "./inside.js";

/** @typedef {[kind: number, name: number, ...at: number[]]} Row `at` in steps from point to point */
/** @typedef {{kind: number, name: number, at: number[], west: number, east: number, north: number, south: number}} Line */
/** @typedef {{names: string[], lines: Line[]}} Square */
/** @typedef {{zoom: number, scale: number, left: number, top: number}} Sight how a square is seen by a piece */

const SIZE = 256; // pixels of a piece of the map
const UNITS = 8192; // of a square, each way
const FAR = 8; // zooms of the squares there are
const NEAR = 13;
const NAMED = 15; // from this zoom on, streets have names
const KEPT = 160; // squares
const BUDGET_MS = 6; // of drawing in a frame
const MARGIN = 8; // pixels
const NAMES_APART = 36; // pixels
const DASHED = 3;
const LOOK = [
  { colour: "#b89d55", width: (/** @type {number} */ z) => (z < 11 ? 1.6 : z < 14 ? 2.4 : 4) },
  { colour: "#bdac7c", width: (/** @type {number} */ z) => (z < 11 ? 1 : z < 14 ? 1.8 : 3.2) },
  { colour: "#c6beab", width: (/** @type {number} */ z) => (z < 15 ? 1 : z < 17 ? 2 : 4) },
  { colour: "#c6beab", width: () => 1 },
];

/**
 * Put the streets on a map.
 * @param {L.Map} map
 * @param {{address: string, bounds: L.LatLngBoundsExpression}} told
 */
export function drawStreets(map, told) {
  const pane = map.createPane("ways");
  pane.style.zIndex = "160";
  pane.style.pointerEvents = "none";
  const squareAt = keeper(told.address);
  const later = queue();
  class Ways extends L.GridLayer {
    /**
     * @param {L.Coords} at
     * @param {L.DoneCallback} done
     */
    createTile(at, done) {
      const piece = document.createElement("canvas");
      const fine = window.devicePixelRatio > 1 ? 2 : 1;
      piece.width = piece.height = SIZE * fine;
      piece.setAttribute("aria-hidden", "true");
      const { level, x, y, ...sight } = squareOf(at);
      squareAt(level, x, y).then(
        (square) =>
          later(() => {
            const pen = piece.getContext("2d");
            pen?.scale(fine, fine);
            if (pen) drawSquare(pen, square, { zoom: at.z, ...sight });
            done(undefined, piece);
          }),
        (error) => done(error, piece),
      );
      return piece;
    }
  }
  const options = { pane: "ways", minZoom: FAR, maxZoom: 18, bounds: told.bounds, keepBuffer: 3 };
  return new Ways(options).addTo(map);
}

/**
 * Return which square a piece of the map lies in, and where in it, in units of the square.
 * @param {{x: number, y: number, z: number}} at
 */
export function squareOf(at) {
  const level = at.z < NEAR ? FAR : NEAR;
  const times = 2 ** (at.z - level);
  const [x, y] = [Math.floor(at.x / times), Math.floor(at.y / times)];
  const units = UNITS / times;
  const [left, top] = [(at.x - x * times) * units, (at.y - y * times) * units];
  return { level, x, y, scale: SIZE / units, left, top };
}

/**
 * Return a line as it is drawn: its points, and the box around them.
 * @param {Row} row
 * @returns {Line}
 */
export function unpacked([kind, name, ...at]) {
  const line = { kind, name, at, west: at[0], east: at[0], north: at[1], south: at[1] };
  for (let k = 2; k < at.length; k += 2) {
    at[k] += at[k - 2];
    at[k + 1] += at[k - 1];
    line.west = Math.min(line.west, at[k]);
    line.east = Math.max(line.east, at[k]);
    line.north = Math.min(line.north, at[k + 1]);
    line.south = Math.max(line.south, at[k + 1]);
  }
  return line;
}

/**
 * Return what fetches squares and keeps the newest of them.
 * @param {string} address
 * @returns {(level: number, x: number, y: number) => Promise<Square>}
 */
function keeper(address) {
  /** @type {Map<string, Promise<Square>>} */
  const kept = new Map();
  return (level, x, y) => {
    const key = `${level}/${x}/${y}`;
    const known = kept.get(key);
    if (known) return known;
    const oldest = kept.keys().next().value;
    if (oldest !== undefined && kept.size >= KEPT) kept.delete(oldest);
    const square = fetchSquare(`${address}/${key}`);
    square.catch(() => kept.delete(key));
    kept.set(key, square);
    return square;
  };
}

/**
 * @param {string} address
 * @returns {Promise<Square>}
 */
async function fetchSquare(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  const { names, lines } = await answer.json();
  return { names, lines: lines.map(unpacked) };
}

/** Return what does tasks one after the other, as many in a frame as leave it smooth. */
function queue() {
  /** @type {(() => void)[]} */
  const waiting = [];
  function work() {
    const end = performance.now() + BUDGET_MS;
    while (waiting.length && performance.now() < end) waiting.shift()?.();
    if (waiting.length) requestAnimationFrame(work);
  }
  return (/** @type {() => void} */ task) => {
    if (waiting.push(task) === 1) requestAnimationFrame(work);
  };
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Square} square
 * @param {Sight} sight
 */
function drawSquare(pen, square, sight) {
  const { zoom, scale, left, top } = sight;
  const edge = MARGIN / scale;
  const size = SIZE / scale;
  const seen = square.lines.filter(
    (line) =>
      line.east > left - edge &&
      line.west < left + size + edge &&
      line.south > top - edge &&
      line.north < top + size + edge,
  );
  pen.lineCap = pen.lineJoin = "round";
  for (let kind = LOOK.length - 1; kind >= 0; kind--) {
    pen.beginPath();
    for (const { at } of seen.filter((line) => line.kind === kind)) {
      pen.moveTo((at[0] - left) * scale, (at[1] - top) * scale);
      for (let k = 2; k < at.length; k += 2) {
        pen.lineTo((at[k] - left) * scale, (at[k + 1] - top) * scale);
      }
    }
    pen.strokeStyle = LOOK[kind].colour;
    pen.lineWidth = LOOK[kind].width(zoom);
    pen.setLineDash(kind === DASHED ? [4, 4] : []);
    pen.stroke();
  }
  pen.setLineDash([]);
  if (zoom >= NAMED) writeNames(pen, square.names, seen, sight);
}

/**
 * Write the name of each street once, along a piece of it that is long enough, large streets first.
 * @param {CanvasRenderingContext2D} pen
 * @param {string[]} names
 * @param {Line[]} lines
 * @param {Sight} sight
 */
function writeNames(pen, names, lines, sight) {
  const written = new Set();
  /** @type {{x: number, y: number}[]} */
  const spots = [];
  pen.font = "500 11px system-ui, sans-serif";
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  for (const line of [...lines].sort((a, b) => a.kind - b.kind)) {
    if (line.name < 0 || written.has(line.name)) continue;
    const wide = pen.measureText(names[line.name]).width + 12;
    const place = roomFor(line, wide, spots, sight);
    if (!place) continue;
    spots.push(place);
    written.add(line.name);
    writeAlong(pen, names[line.name], place);
  }
}

/**
 * Return where on a line there is room for a name, and which way it is turned; null if nowhere.
 * @param {Line} line
 * @param {number} wide pixels that the name needs
 * @param {{x: number, y: number}[]} spots of other names
 * @param {Sight} sight
 * @returns {{x: number, y: number, turn: number} | null}
 */
export function roomFor({ at }, wide, spots, { scale, left, top }) {
  for (let k = 2; k < at.length; k += 2) {
    const start = { x: (at[k - 2] - left) * scale, y: (at[k - 1] - top) * scale };
    const step = { x: (at[k] - at[k - 2]) * scale, y: (at[k + 1] - at[k - 1]) * scale };
    const [from, to] = partInside(start, step, MARGIN, SIZE - MARGIN);
    if (Math.hypot(step.x, step.y) * (to - from) < wide) continue;
    const middle = (from + to) / 2;
    const [x, y] = [start.x + step.x * middle, start.y + step.y * middle];
    if (spots.some((spot) => Math.hypot(spot.x - x, spot.y - y) < NAMES_APART)) continue;
    return { x, y, turn: Math.atan2(step.y, step.x) };
  }
  return null;
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {string} name
 * @param {{x: number, y: number, turn: number}} place
 */
function writeAlong(pen, name, { x, y, turn }) {
  pen.save();
  pen.translate(x, y);
  pen.rotate(Math.abs(turn) > Math.PI / 2 ? turn + Math.PI : turn);
  pen.lineWidth = 3;
  pen.strokeStyle = "#fbfaf6";
  pen.strokeText(name, 0, 0);
  pen.fillStyle = "#4a4536";
  pen.fillText(name, 0, 0);
  pen.restore();
}
