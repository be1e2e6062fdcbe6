// Entry: what a place to go to and a line to call have in common on a card.

import { link, make } from "../dom.js";

/** @typedef {{label: string, text: string, known: boolean}} Fact */

/**
 * One entry in words of the reader's language.
 * @typedef {object} Row
 * @property {number} i its number in the catalogue
 * @property {string} id
 * @property {string} name
 * @property {string} organization
 * @property {string} about
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
 * @property {string} paused
 * @property {string} call_first
 * @property {string} age
 * @property {Fact[]} facts
 * @property {Fact[]} [sources]
 * @property {string} [spot] where it stands in the list
 */

/**
 * What the list is told.
 * @typedef {object} CardsData
 * @property {Row[]} rows
 * @property {Row[]} [lines]
 * @property {number} [first] how many lines are shown at once
 * @property {string} [count]
 * @property {string[]} [notes]
 * @property {{sign: string, theme: string}[]} groups
 * @property {import("../to_map.js").Words} words
 * @property {number} [picked]
 * @property {boolean} full whether one entry has the page for itself
 * @property {import("../to_map.js").MapMessage} [map]
 */

/** @typedef {(id: string) => void} Go opens the page of an entry */

const SIGNS = { open: "✓", closed: "✕", unknown: "?" };

/**
 * Draw the name of an entry, which leads to its page.
 * @param {Node} card
 * @param {Row} row
 * @param {CardsData} data
 * @param {"h1" | "h3"} level
 * @param {Go} go
 */
export function heading(card, row, data, level, go) {
  const title = make(level, card);
  if (data.full) {
    title.textContent = row.name;
    return;
  }
  const way = link(title, `/place?id=${row.id}`, row.name);
  if (!way) return;
  way.onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(row.id);
  };
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
