// Message: a place in as few letters as one text message holds, and how many messages a text is.
// Source: 3GPP TS 23.038, the default alphabet of text messages and its extension table.

const ALPHABET = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
const EXTENDED = new Set("^{}\\[~]|€\f"); // each takes the room of two
const ALONE = { plain: 160, wide: 70 };
const JOINED = { plain: 153, wide: 67 }; // of a message that is one of several
const TYPED = { "“”«»": '"', "‘’": "'", "–—·": "-", "…": "...", "\u00a0": " " };

/**
 * Return a text in letters that a text message holds 160 of, as far as there are such: á is a.
 * @param {string} text
 */
export function plain(text) {
  return [...text.normalize("NFC")].map((letter) => plainLetter(letter)).join("");
}

/** @param {string} letter */
function plainLetter(letter) {
  if (ALPHABET.has(letter) || EXTENDED.has(letter)) return letter;
  const typed = Object.entries(TYPED).find(([signs]) => signs.includes(letter))?.[1];
  const bare = typed ?? letter.normalize("NFD").replace(/\p{M}/gu, "");
  return [...bare].every((one) => ALPHABET.has(one)) ? bare : letter;
}

/**
 * Return how many text messages a text is sent as; none of its letters is split.
 * @param {string} text
 */
export function messages(text) {
  const letters = [...text];
  const isPlain = letters.every((one) => ALPHABET.has(one) || EXTENDED.has(one));
  const kind = isPlain ? "plain" : "wide";
  const rooms = letters.map((one) => (isPlain ? 1 + Number(EXTENDED.has(one)) : one.length));
  const all = rooms.reduce((sum, room) => sum + room, 0);
  if (all <= ALONE[kind]) return Math.min(1, letters.length);
  let [count, used] = [1, 0];
  for (const room of rooms) {
    if (used + room > JOINED[kind]) [count, used] = [count + 1, 0];
    used += room;
  }
  return count;
}

/**
 * Return what fits into one message: the first part in any case, of the others each that still
 * fits.
 * @param {string[]} parts what matters most comes first
 */
export function fitted(parts) {
  const [first, ...rest] = parts.filter(Boolean).map(plain);
  let text = cut(first ?? "");
  for (const part of rest) if (messages(`${text}\n${part}`) === 1) text = `${text}\n${part}`;
  return text;
}

/**
 * Return a text without the end of it that one message does not hold.
 * @param {string} text
 */
function cut(text) {
  let kept = [...text];
  while (messages(kept.join("")) > 1) kept = kept.slice(0, -1);
  return kept.join("");
}
