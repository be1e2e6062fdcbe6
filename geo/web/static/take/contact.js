// Contact: a place as a card of an address book: vCard 3.0 (RFC 2426) and 4.0 (RFC 6350).

const ROOM = 75; // octets of a line
const ADDRESS = /^https?:\/\/[^\s\p{Cc}]+$/u;

/**
 * @typedef {object} Contact
 * @property {string} id
 * @property {string} name
 * @property {string} organization
 * @property {string} phone as it is dialled: tel:+1...
 * @property {string} street with the town: where it is, in words
 * @property {string} website
 * @property {string} note
 * @property {[number, number] | null} point
 */

/**
 * Return the cards of some places, one after another.
 * @param {Contact[]} contacts
 * @param {"3.0" | "4.0"} version
 */
export function cards(contacts, version) {
  return contacts.map((one) => card(one, version)).join("");
}

/**
 * @param {Contact} one
 * @param {"3.0" | "4.0"} version
 */
function card(one, version) {
  const number = one.phone.replace("tel:", "");
  const isNew = version === "4.0";
  const phone = isNew ? `TEL;VALUE=uri:tel:${number}` : `TEL;TYPE=WORK,VOICE:${number}`;
  const [lat, lon] = one.point ?? [];
  const point = isNew ? `GEO:geo:${lat},${lon}` : `GEO:${lat};${lon}`;
  const lines = [
    "BEGIN:VCARD",
    `VERSION:${version}`,
    `UID:${isNew ? "urn:x-service-map:" : ""}${one.id}`,
    `FN:${written(one.name)}`,
    `N:${written(one.name)};;;;`,
    `ORG:${written(one.organization || one.name)}`,
    ...(number ? [phone] : []),
    ...(one.street ? [`ADR;TYPE=WORK:;;${written(one.street)};;;;`] : []),
    ...(ADDRESS.test(one.website) ? [`URL:${one.website}`] : []),
    ...(one.point ? [point] : []),
    ...(one.note ? [`NOTE:${written(one.note)}`] : []),
    "END:VCARD",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

/**
 * Return a text as a value of a card or a calendar; what steers such a file is left out of it.
 * @param {string} text
 */
export function written(text) {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/[\p{Cc}\p{Cf}]/gu, (one) => (one === "\n" ? one : ""))
    .replace(/[\\;,]/g, (one) => `\\${one}`)
    .replace(/\n/g, "\\n");
}

/**
 * Return a line in pieces of at most 75 octets, no letter split, each but the first after a blank.
 * @param {string} line
 */
export function folded(line) {
  const bytes = new TextEncoder();
  const pieces = [""];
  let used = 0;
  for (const letter of line) {
    const size = bytes.encode(letter).length;
    if (used + size > ROOM) {
      pieces.push(" ");
      used = 1;
    }
    pieces[pieces.length - 1] += letter;
    used += size;
  }
  return pieces.join("\r\n");
}
