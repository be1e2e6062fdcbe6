// Place: a place to go to, on a card: what it is, whether it is open, how to reach it, what is known.

import { button, link, make } from "../dom.js";
import { choose } from "../to_map.js";
import { calls, heading, later, opening } from "./entry.js";

const MAP = "iframe[title^='streamlit_folium']";

/**
 * Draw a place at the end of a list.
 * @param {Node} list
 * @param {import("./entry.js").Row} row
 * @param {import("./entry.js").CardsData} data
 * @param {import("./entry.js").Go} go
 */
export function drawPlace(list, row, data, go) {
  const words = data.words;
  const card = make("li", list, "", "card");
  card.dataset.n = String(row.i);
  if (row.spot) make("p", card, row.spot, "soft spot");
  heading(card, row, data, data.full ? "h1" : "h3", go);
  kinds(card, row, data);
  if (data.full) make("p", card, row.about);
  opening(card, row);
  if (row.distance) make("p", card, row.distance, "distance");
  make("p", card, row.where);
  const acts = make("div", card, "", "acts");
  calls(acts, row, words);
  if (row.on_map && !data.full) {
    const show = button(acts, words.show, () => showOnMap(row.i), "act");
    show.setAttribute("aria-label", `${words.show}: ${row.name}`);
  }
  if (row.phone_note) make("p", card, row.phone_note, "soft");
  if (row.paused) make("p", card, row.paused, "warn");
  if (row.call_first) make("p", card, row.call_first, "warn");
  make("p", card, row.age, "soft");
  if (data.full) details(make("div", card), row, data);
  else
    later(card, words.details, `${words.details}: ${row.name}`, (more) => details(more, row, data));
}

/**
 * @param {number} n
 */
function showOnMap(n) {
  choose(n);
  document.querySelector(MAP)?.scrollIntoView({ block: "nearest" });
}

/**
 * @param {Node} card
 * @param {import("./entry.js").Row} row
 * @param {import("./entry.js").CardsData} data
 */
function kinds(card, row, data) {
  const line = make("p", card, "", "kinds");
  const mark = data.groups[row.group];
  if (mark) make("span", line, mark.sign, `mark ${mark.theme}`).setAttribute("aria-hidden", "true");
  make("span", line, row.kinds.join(" · "));
}

/**
 * @param {HTMLElement} parent
 * @param {import("./entry.js").Row} row
 * @param {import("./entry.js").CardsData} data
 */
function details(parent, row, data) {
  const words = data.words;
  if (row.organization) make("p", parent, row.organization, "soft");
  if (row.about && !data.full) make("p", parent, row.about);
  facts(parent, row.facts);
  const acts = make("div", parent, "", "acts");
  link(acts, row.website, words.website, "act");
  link(acts, row.directions, words.directions, "act");
  if (row.website || row.directions) make("p", parent, words.outside, "soft");
  if (data.full && row.sources) facts(parent, row.sources);
}

/**
 * @param {Node} parent
 * @param {import("./entry.js").Fact[]} list
 */
function facts(parent, list) {
  const table = make("dl", parent);
  for (const fact of list) {
    make("dt", table, fact.label);
    make("dd", table, fact.text, fact.known ? "" : "unknown");
  }
}
