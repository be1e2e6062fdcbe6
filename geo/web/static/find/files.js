// Files: what the page answers from, fetched all, in one order that no question changes.

import { open } from "../engine/ask.js";
import { words } from "../telling/say.js";
import { begin, file, timeOf } from "./fetched.js";

/**
 * The addresses of the files, as find_files.py gives them.
 * @typedef {object} Addresses
 * @property {string} places
 * @property {string} openings
 * @property {string} page
 * @property {string} cards
 * @property {string} words
 * @property {string} tables
 * @property {string[]} details
 * @property {string} papers "" where no list is kept to take along
 */

/** @typedef {{label: string, text: string, known: boolean}} Fact */
/** @typedef {import("../cards/entry.js").Row} Row */

/**
 * What the small cards say, column by column.
 * @typedef {object} Cards
 * @property {string[]} name
 * @property {number[]} group
 * @property {string[]} purpose
 * @property {string[][]} tags
 * @property {string[]} phone
 * @property {({href: string, label: string} | null)[]} text
 * @property {string[]} city
 * @property {string[]} zip
 * @property {string[]} where
 * @property {number[]} radius_m
 * @property {number[]} on_map
 * @property {string[]} notice
 * @property {string[]} year
 * @property {number[]} is_old
 */

/**
 * What the page itself says and offers.
 * @typedef {object} Page
 * @property {string} language
 * @property {Record<string, string | string[]>} dictionary
 * @property {import("../telling/say.js").Formats} formats
 * @property {string} dated
 * @property {{what: string, number: string, href: string}[]} danger
 * @property {{key: string, label: string, sign: string, theme: string, types: string[]}[]} groups
 * @property {Record<string, string>} types
 * @property {Record<string, string>} languages
 * @property {Record<string, string>} counties
 * @property {string[]} gone names of places that are not on the list any more
 * @property {Record<string, string>} directions
 * @property {Record<string, {told: string, phones: string[], phrases: string[]}>} crises
 * @property {Record<string, import("../to_map.js").View>} views
 */

/**
 * What is there to answer from; more of it comes after the first answer.
 * @typedef {object} Stock
 * @property {import("../engine/ask.js").Index} index
 * @property {import("../telling/say.js").Say} say
 * @property {Page} page
 * @property {Cards} cards
 * @property {boolean} isWhole whether words are understood yet
 * @property {Map<number, Row>} details
 * @property {number} at when it was asked for, milliseconds since 1970
 * @property {import("../take/view.js").PaperData | null} papers what a list to take along needs
 */

/**
 * Fetch what a first answer needs, then the rest; tell each time that there is more. Return all.
 * @param {Addresses} addresses
 * @param {(address: string) => Promise<any>} fetched
 * @param {(stock: Stock) => void} more
 * @param {() => Promise<unknown>} painted waits until what is beside the list is painted too
 */
export async function stock(addresses, fetched, more, painted) {
  const get = (/** @type {string} */ address) => file(address, fetched);
  const first = await Promise.all(begin(addresses, fetched));
  const [columns, hours, told, small] = first;
  const say = words(told.language, told.dictionary, told.formats);
  const details = new Map();
  /** @type {Stock} */
  const begun = {
    ...{ index: open(columns, hours), say, page: told, cards: small },
    ...{ isWhole: false, details, papers: null },
    at: timeOf(addresses.places),
  };
  const painting = painted(); // it listens before the map is told
  more(begun);
  await painting;
  await idle();
  const [read, tables] = [await get(addresses.words), await get(addresses.tables)];
  const whole = { ...begun, index: open(columns, hours, read, tables), isWhole: true };
  more(whole);
  for (const address of addresses.details) {
    const { first: number, rows } = await get(address);
    for (const [k, row] of rows.entries()) details.set(number + k, row);
    more(whole);
  }
  if (!addresses.papers) return whole;
  whole.papers = await get(addresses.papers);
  more(whole);
  return whole;
}

/** Wait until there is nothing else to do, a second at most. */
function idle() {
  return new Promise((done) => {
    if ("requestIdleCallback" in globalThis) requestIdleCallback(done, { timeout: 1000 });
    else setTimeout(done);
  });
}
