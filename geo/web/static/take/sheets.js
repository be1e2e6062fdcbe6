// Sheets: blocks of text on sheets of letter paper; none is cut off, none split over two.

import { make } from "../dom.js";

const LEAST_PT = 8;

/**
 * Room for blocks on paper: a part of a sheet, or all of it.
 * @typedef {() => HTMLElement} NextRoom
 */

/**
 * Put blocks into rooms, in their order; return in which room each is.
 * One that is too tall for a room of its own is set smaller until it fits.
 * @param {HTMLElement[]} blocks
 * @param {NextRoom} next makes another room
 */
export function fill(blocks, next) {
  let room = next();
  let number = 0;
  return blocks.map((block) => {
    room.append(block);
    if (isOver(room) && room.children.length > 1) {
      room = next();
      number += 1;
      room.append(block);
    }
    shrink(block, room);
    return number;
  });
}

/**
 * @param {HTMLElement} block
 * @param {HTMLElement} room
 */
function shrink(block, room) {
  let size = Number.parseFloat(getComputedStyle(block).fontSize) * 0.75;
  while (isOver(room) && size > LEAST_PT) {
    size -= 0.5;
    block.style.fontSize = `${size}pt`;
  }
}

/** @param {HTMLElement} room */
const isOver = (room) =>
  room.scrollHeight > room.clientHeight + 1 || room.scrollWidth > room.clientWidth + 1;

/**
 * Number the sheets: "Page 1 of 3".
 * @param {HTMLElement[]} sheets
 * @param {(n: number, all: number) => string} told
 */
export function number(sheets, told) {
  sheets.forEach((sheet, k) => {
    const foot = sheet.querySelector(".number");
    if (foot) foot.textContent = told(k + 1, sheets.length);
  });
}

/**
 * Return a new sheet with its head, its body and its foot.
 * @param {Node} parent
 * @param {string} kind
 */
export function sheet(parent, kind) {
  const whole = make("section", parent, "", `sheet ${kind}`);
  const head = make("header", whole);
  const body = make("div", whole, "", "body");
  const foot = make("footer", whole);
  return { whole, head, body, foot };
}
