// Fetched: the files that the page answers from, each asked for once. It imports nothing, so that the
// head of the page can begin with it.

/** Files that were asked for, by address: a page that comes back has them. @type {Map<string, Promise<any>>} */
const asked = new Map();
/** When each was. @type {Map<string, number>} */
const times = new Map();

/**
 * Fetch what a first answer needs, each file once.
 * @param {Pick<import("./files.js").Addresses, "places" | "openings" | "page" | "cards">} addresses
 * @param {(address: string) => Promise<any>} fetched
 */
export function begin({ places, openings, page, cards }, fetched) {
  return [places, openings, page, cards].map((address) => file(address, fetched));
}

/**
 * Fetch a file, once.
 * @param {string} address
 * @param {(address: string) => Promise<any>} fetched
 */
export function file(address, fetched) {
  if (!asked.has(address)) times.set(address, Date.now());
  const known = asked.get(address) ?? fetched(address);
  asked.set(address, known);
  known.catch(() => asked.delete(address)); // the next who asks tries again
  return known;
}

/**
 * Return when a file was asked for, in milliseconds since 1970.
 * @param {string} address
 */
export function timeOf(address) {
  return times.get(address) ?? Date.now();
}

/**
 * Fetch a file of the server that gave the page.
 * @param {string} address
 */
export async function fromServer(address) {
  const answer = await fetch(address, { credentials: "omit" });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}
