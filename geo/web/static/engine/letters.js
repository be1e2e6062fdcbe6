// Letters: text -> words to compare, as geo/spelling.py does it.

const SHORT = new Map([
  ["saint", "st"],
  ["mount", "mt"],
  ["fort", "ft"],
]);
const [LEAST_LETTERS, MOST_LETTERS, LONG_LETTERS] = [4, 30, 8];
const MOST_NEAR = 10;
const BEYOND_16_BITS = /[\u{10000}-\u{10ffff}]/gu; // each is one letter, and of no word known
const WORD = /[\p{L}\p{N}]+/gu;
const OF_A_WORD = /[\p{L}\p{N}_]/u;
const APOSTROPHES = "'’´`";
// What Python's casefold() makes of small letters, beyond lower case.
const FOLDED = new Map([
  ["ß", "ss"],
  ["ς", "σ"],
  ["ſ", "s"],
  ...[..."ﬀﬁﬂﬃﬄﬅﬆ"].map((one) => /** @type {const} */ ([one, one.normalize("NFKD")])),
]);

/**
 * Return the words of a text in small letters, with their accents.
 * @param {string} text
 * @returns {string[]}
 */
export function spokenWords(text) {
  const small = [...text.normalize("NFC").toLowerCase()].map((one) => FOLDED.get(one) ?? one);
  return joined(withoutWould(small)).match(WORD) ?? [];
}

/**
 * Return the letters without the "'d" of "I'd", which is not "ID".
 * @param {string[]} letters
 */
function withoutWould(letters) {
  return letters.filter((_, k) => {
    const first = letters[k] === "d" ? k - 2 : k - 1;
    const [i, mark, d] = letters.slice(first, first + 3);
    const isWould = first >= 0 && i === "i" && d === "d" && APOSTROPHES.includes(mark ?? "?");
    return !(isWould && !isOfAWord(letters[first - 1]) && !isOfAWord(letters[first + 3]));
  });
}

/**
 * Return the letters as text, without the marks within a word: women's, H.I.V.
 * @param {string[]} letters
 */
function joined(letters) {
  const kept = letters.filter((one, k) => {
    if (one !== ".") return !APOSTROPHES.includes(one);
    const isAfterOne = isOfAWord(letters[k - 1]) && !isOfAWord(letters[k - 2]);
    return !(isAfterOne && isOfAWord(letters[k + 1]) && !isOfAWord(letters[k + 2]));
  });
  return kept.join("");
}

/** @param {string | undefined} letter */
const isOfAWord = (letter) => letter !== undefined && OF_A_WORD.test(letter);

/**
 * Return a word in small letters without its accents, in its short form.
 * @param {string} word
 */
export function fold(word) {
  const plain = word.normalize("NFKD").replace(/\p{M}/gu, "");
  return SHORT.get(plain) ?? plain;
}

/**
 * Return how many mistakes a word may have to be taken for another.
 * @param {string} word
 */
export function mostMistakes(word) {
  const count = [...word].length;
  if (count < LEAST_LETTERS || count > MOST_LETTERS || !/^\p{L}+$/u.test(word)) return 0;
  return count < LONG_LETTERS ? 1 : 2;
}

/**
 * Return the word of `known` with the fewest mistakes from `word`, "" if all have too many. Of
 * several the one with the same first letter, then the first.
 * @param {string} word
 * @param {readonly string[]} known
 */
export function nearest(word, known) {
  const most = mostMistakes(word);
  if (!most) return "";
  const typed = word.replace(BEYOND_16_BITS, "\uffff");
  /** @type {{other: string, far: number}[]} */
  const near = [];
  for (const other of known) {
    if (Math.abs(typed.length - other.length) > most) continue;
    const far = mistakes(typed, other, most);
    if (far <= most) near.push({ other, far });
  }
  const first = near.sort((a, b) => a.far - b.far).slice(0, MOST_NEAR);
  const isElse = (/** @type {{other: string}} */ one) => Number(one.other[0] !== word[0]);
  const best = first.sort((a, b) => a.far - b.far || isElse(a) - isElse(b));
  return best[0]?.other ?? "";
}

/** The last three rows of a table of distances, in turn: they are filled a thousand times a word. */
const rows = [0, 1, 2].map(() => new Uint8Array(MOST_LETTERS + 3));

/**
 * Return how many letters of `word` are wrong, missing, too many or swapped; more than `most` is
 * `most + 1`. The distance is that of optimal string alignment.
 * @param {string} word of at most 30 letters
 * @param {string} other
 * @param {number} most 1 or 2
 */
export function mistakes(word, other, most) {
  if (Math.abs(word.length - other.length) > most) return most + 1;
  let [before, last, now] = rows;
  for (let column = 0; column <= other.length; column++) last[column] = column;
  let leastBefore = 0;
  for (let row = 1; row <= word.length; row++) {
    const letter = word.charCodeAt(row - 1);
    const earlier = word.charCodeAt(row - 2);
    let least = row;
    now[0] = row;
    for (let column = 1; column <= other.length; column++) {
      const theirs = other.charCodeAt(column - 1);
      let far = last[column - 1] + Number(letter !== theirs);
      if (last[column] + 1 < far) far = last[column] + 1;
      if (now[column - 1] + 1 < far) far = now[column - 1] + 1;
      const isSwapped = letter === other.charCodeAt(column - 2) && earlier === theirs;
      if (isSwapped && before[column - 2] + 1 < far) far = before[column - 2] + 1;
      now[column] = far;
      if (far < least) least = far;
    }
    if (least > most && leastBefore > most) return most + 1;
    leastBefore = least;
    [before, last, now] = [last, now, before];
  }
  return Math.min(last[other.length], most + 1);
}
