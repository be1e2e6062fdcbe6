// Gone: places that are in the file but not on the list; who asks for one by its name is told so.

import { fold, spokenWords } from "../engine/letters.js";

const FEWEST = 2; // words that name a place: one alone, such as "center", names many

/**
 * Return which of the names a text means, "" if none: all of its words are of that name, or all of
 * the name's are in it.
 * @param {string[]} names
 * @param {string} text
 */
export function goneOf(names, text) {
  const asked = words(text);
  return (
    names.find((name) => {
      const own = words(name);
      const isPart = asked.length >= FEWEST && asked.every((word) => own.includes(word));
      return isPart || (own.length > 0 && own.every((word) => asked.includes(word)));
    }) ?? ""
  );
}

/** @param {string} text */
const words = (text) => spokenWords(text).map(fold);
