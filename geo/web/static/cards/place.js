// Place: a place on a card of its own page: what it is, whether it is open, how to reach it.

import { link, make } from "../dom.js";
import { about, calls, details, opening } from "./entry.js";

/**
 * Draw a place at the end of a list.
 * @param {Node} list
 * @param {import("./entry.js").Row} row
 * @param {import("./entry.js").CardsData} data
 */
export function drawPlace(list, row, data) {
  const card = make("li", list, "", "card");
  card.dataset.n = String(row.i);
  make("h1", card, row.name);
  const line = make("p", card, "", "kinds");
  const mark = data.groups[row.group];
  if (mark) make("span", line, mark.sign, `mark ${mark.theme}`).setAttribute("aria-hidden", "true");
  make("span", line, row.kinds.join(" · "));
  about(card, row);
  opening(card, row);
  make("p", card, row.where);
  calls(make("div", card, "", "acts"), row, data.words);
  if (row.phone_note) make("p", card, row.phone_note, "soft");
  if (row.notice) make("p", card, row.notice, "warn");
  if (row.call_first) make("p", card, row.call_first, "warn");
  make("p", card, row.age, "soft");
  details(make("div", card), row, { words: data.words, full: true });
  if (data.report) link(make("p", card, "", "soft"), data.report, data.words.wrong);
}
