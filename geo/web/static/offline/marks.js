// Marks: the places of an answer on the outline map, with the numbers that they have in the list.

import { memory } from "../find/asked.js";
import { viewOf } from "../find/view.js";

const SVG = "http://www.w3.org/2000/svg";
const UNITS = 1800; // to a degree of latitude, as in outline_map.py
const NUMBERED = 11; // px, half across
const DOT = 4.5;
const MOST_NUMBERED = 40;

/**
 * A county's part of the map, as outline_map.py tells it.
 * @typedef {object} Frame
 * @property {string} key
 * @property {number} north
 * @property {number} west
 * @property {number} across units to a degree of longitude
 * @property {number} width
 * @property {number} height
 */

/** @typedef {{frame: Frame, svg: SVGSVGElement}} Drawn */

/**
 * Return the frames of a map, with what the file says of them.
 * @param {HTMLElement} map
 * @returns {Drawn[]}
 */
export function framesOf(map) {
  /** @type {Frame[]} */
  const told = JSON.parse(document.getElementById("data-frames")?.textContent ?? "[]");
  return told.flatMap((frame) => {
    const svg = map.querySelector(`[data-county=${frame.key}]`);
    return svg instanceof SVGSVGElement ? [{ frame, svg }] : [];
  });
}

/**
 * Draw the places of an answer: both counties, or the part of one that was meant.
 * @param {Drawn[]} frames
 * @param {import("../engine/ask.js").Found} found
 * @param {import("../find/files.js").Stock} stock
 * @param {(n: number) => void} pick
 */
export function drawMarks(frames, found, stock, pick) {
  const { index, cards, page } = stock;
  const rows = new Map(index.located.map((place, k) => [place, k]));
  const order = new Map(found.places.slice(0, memory.shown).map((n, k) => [n, k + 1]));
  const shown = new Map(found.places.slice(0, memory.shown).map((n) => [n, true]));
  const view = found.where ? viewOf(found, stock) : null;
  for (const { frame, svg } of frames) {
    const box = boxOf(frame, view);
    svg.classList.toggle("away", box === null);
    if (!box) continue;
    svg.setAttribute("viewBox", box.join(" "));
    const unit = box[2] / Math.max(1, svg.clientWidth || 360);
    const layer = /** @type {SVGGElement} */ (svg.querySelector(".marks"));
    layer.replaceChildren();
    svg.style.setProperty("--unit", String(unit));
    for (const n of [...found.places].reverse()) {
      const row = rows.get(n);
      if (row === undefined) continue;
      const [x, y] = at(frame, index.points[row]);
      const number = shown.has(n) && order.size <= MOST_NUMBERED ? order.get(n) : undefined;
      const theme = page.groups[cards.group[n]]?.theme ?? "gray";
      const isSoft = cards.radius_m[n] > 0;
      const look = `mark ${theme}${isSoft ? " soft" : ""}${memory.picked === n ? " picked" : ""}`;
      const mark = node(layer, "g", { class: look });
      const r = (number ? NUMBERED : DOT) * unit;
      node(mark, "circle", { cx: x, cy: y, r });
      if (number) node(mark, "text", { x, y }).textContent = String(number);
      mark.onclick = () => pick(n);
    }
  }
}

/**
 * Return which part of a frame is in view: left, top, width, height; null for none of it.
 * @param {Frame} frame
 * @param {import("../to_map.js").View | null} view
 */
function boxOf(frame, view) {
  if (!view) return [0, 0, frame.width, frame.height];
  const [left, bottom] = at(frame, view[0]);
  const [right, top] = at(frame, view[1]);
  const isOver = right > 0 && bottom > 0 && left < frame.width && top < frame.height;
  return isOver ? [left, top, right - left, bottom - top] : null;
}

/**
 * @param {Frame} frame
 * @param {[number, number]} point
 */
function at(frame, [lat, lon]) {
  return [Math.round((lon - frame.west) * frame.across), Math.round((frame.north - lat) * UNITS)];
}

/**
 * @template {keyof SVGElementTagNameMap} Kind
 * @param {Element} parent
 * @param {Kind} kind
 * @param {Record<string, string | number>} attributes
 */
function node(parent, kind, attributes) {
  const made = document.createElementNS(SVG, kind);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  parent.append(made);
  return made;
}
