// Line: a number to call or text, on a small card.

import { make } from "../dom.js";
import { calls, heading, opening } from "./entry.js";

/**
 * Draw a line at the end of a list.
 * @param {Node} list
 * @param {import("./entry.js").Row} row
 * @param {import("./entry.js").CardsData} data
 * @param {import("./entry.js").Go} go
 */
export function drawLine(list, row, data, go) {
  const card = make("li", list, "", "card line");
  heading(card, row, data, "h3", go);
  const acts = make("div", card, "", "acts");
  calls(acts, row, data.words);
  opening(acts, row);
}
