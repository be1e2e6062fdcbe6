// Entry: what a place to go to and a line to call have in common on a card.

import { button, link, make } from "../dom.js";

/** @typedef {{label: string, text: string, known: boolean}} Fact */

/**
 * One entry in words of the reader's language.
 * @typedef {object} Row
 * @property {number} i its number in the catalogue
 * @property {string} id "" where it has no page of its own
 * @property {string} name
 * @property {string} organization
 * @property {string} about
 * @property {string} about_lang its language, if that is another than the page's
 * @property {string} about_note that it is in that language
 * @property {number} group
 * @property {string[]} kinds
 * @property {"open" | "closed" | "unknown"} state
 * @property {string} open
 * @property {string} where
 * @property {string} distance
 * @property {string} phone
 * @property {string} call the address of the phone
 * @property {string} phone_note
 * @property {{href: string, label: string} | null} text
 * @property {string} website
 * @property {string} directions
 * @property {boolean} on_map
 * @property {string} notice
 * @property {string} call_first
 * @property {string} age
 * @property {Fact[]} facts
 * @property {Fact[]} [sources]
 */

/**
 * What the page of a place is told.
 * @typedef {object} CardsData
 * @property {Row[]} rows
 * @property {string} report where a reader says what is wrong with it; "" where nobody is asked
 * @property {{sign: string, theme: string}[]} groups
 * @property {import("../to_map.js").Words} words
 */

const SIGNS = { open: "✓", closed: "✕", unknown: "?" };

/**
 * Offer the address of an entry's own page, on asking only: a page that is opened stays in the
 * browser's history, an entry that is opened here does not.
 * @param {Node} parent
 * @param {Row} row
 * @param {import("../to_map.js").Words} words
 */
function offerLink(parent, row, words) {
  const part = make("div", parent);
  const address = new URL(`/place?id=${row.id}`, document.baseURI).href;
  const asked = button(make("div", part, "", "acts"), words.link, copy, "act");
  asked.setAttribute("aria-label", `${words.link}: ${row.name}`);
  const said = make("p", part, "", "soft");
  said.setAttribute("role", "status");

  async function copy() {
    if (!part.querySelector("a")) link(part, address, address);
    try {
      await navigator.clipboard.writeText(address);
      said.textContent = words.copied;
    } catch {
      said.textContent = words.copy;
    }
  }
}

/**
 * Draw the number to call and the one to text.
 * @param {Node} parent
 * @param {Row} row
 * @param {import("../to_map.js").Words} words
 */
export function calls(parent, row, words) {
  if (row.phone) {
    const call = link(parent, row.call, `${words.call} ${row.phone}`, "act call");
    call?.setAttribute("aria-label", `${words.call} ${row.name}, ${row.phone}`);
  }
  if (row.text) link(parent, row.text.href, row.text.label, "act");
}

/**
 * Draw whether it is open.
 * @param {Node} parent
 * @param {Row} row
 */
export function opening(parent, row) {
  const state = make("p", parent, "", `state ${row.state}`);
  make("span", state, SIGNS[row.state], "sign").setAttribute("aria-hidden", "true");
  make("span", state, row.open);
}

/**
 * Draw a part that is filled when it is first opened.
 * @param {Node} parent
 * @param {string} label
 * @param {string} said what a screen reader says
 * @param {(more: HTMLElement) => void} fill
 */
export function later(parent, label, said, fill) {
  const more = make("details", parent);
  make("summary", more, label).setAttribute("aria-label", said);
  more.addEventListener("toggle", () => fill(more), { once: true });
}

/**
 * @param {Node} parent
 * @param {Fact[]} list
 */
function facts(parent, list) {
  const table = make("dl", parent);
  for (const fact of list) {
    make("dt", table, fact.label);
    make("dd", table, fact.text);
  }
}

/**
 * Draw what it does; a text in another language than the page's says so, and is read aloud in it.
 * @param {Node} parent
 * @param {Row} row
 */
export function about(parent, row) {
  const line = make("p", parent, row.about_note ? `${row.about_note} ` : row.about);
  if (row.about_note) make("span", line, row.about).lang = row.about_lang;
}

/**
 * Draw all that is known of an entry, and in one line what is not.
 * @param {HTMLElement} parent
 * @param {Row} row
 * @param {{words: import("../to_map.js").Words, full: boolean}} data
 */
export function details(parent, row, { words, full }) {
  if (row.organization) make("p", parent, row.organization, "soft");
  if (row.about && !full) about(parent, row);
  const known = row.facts.filter((fact) => fact.known);
  const unknown = row.facts.filter((fact) => !fact.known).map((fact) => fact.label);
  if (known.length) facts(parent, known);
  if (unknown.length) make("p", parent, `${words.unknown} ${unknown.join(", ")}`, "soft");
  const acts = make("div", parent, "", "acts");
  link(acts, row.website, words.website, "act");
  link(acts, row.directions, words.directions, "act");
  if (row.website || row.directions) make("p", parent, words.outside, "soft");
  const { sources } = row;
  if (sources) later(parent, words.from, words.from, (more) => facts(more, sources));
  if (!full && row.id) offerLink(parent, row, words);
}
