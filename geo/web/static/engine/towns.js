// Towns: words -> the town, ZIP code or county that they name, as geo/addresses/area_names.py.

import { fold, mistakes, mostMistakes, spokenWords } from "./letters.js";

const LEAST_LETTERS = 4;

/**
 * @typedef {object} TownTables
 * @property {[string, string][]} names what is said, and the key of its area
 * @property {string[]} state
 * @property {string[]} doubtful
 * @property {string[]} elsewhere
 * @property {string[]} before
 * @property {string[]} after_the_center
 */

/** @typedef {{key: string, first: number, end: number}} Named `words.slice(first, end)` name it */

/**
 * The names of areas.
 */
export class Towns {
  /** @param {TownTables} tables */
  constructor(tables) {
    this.names = new Map(tables.names);
    this.state = new Set(tables.state);
    this.doubtful = new Set(tables.doubtful);
    this.elsewhere = new Set(tables.elsewhere);
    this.before = new Set(tables.before);
    this.afterTheCenter = new Set(tables.after_the_center);
    const parts = [...this.names.keys()].map((name) => name.split(" "));
    this.longest = Math.max(...parts.map((words) => words.length));
    this.words = new Set([...this.elsewhere, ...parts.flat()]);
  }

  /**
   * Return the first place that folded words name, with its state and its ZIP code.
   * @param {string[]} said
   * @returns {Named | null}
   */
  named(said) {
    for (let first = 0; first < said.length; first++) {
      for (let end = Math.min(said.length, first + this.longest); end > first; end--) {
        const key = this.names.get(said.slice(first, end).join(" "));
        if (key && this.isMeant(said, first, end)) return this.extended(said, { key, first, end });
      }
    }
    return null;
  }

  /**
   * Return the key of the area that a text names and nothing else, "" if it names none.
   * @param {string} text
   */
  alone(text) {
    return this.names.get(this.withoutState(text).join(" ")) ?? "";
  }

  /**
   * Return the keys of the areas that a misspelt or unfinished text may mean, each once.
   * @param {string} text
   */
  alike(text) {
    const typed = this.withoutState(text).join("");
    if (typed.length < LEAST_LETTERS || this.elsewhere.has(typed)) return [];
    /** @type {Map<string, string>} */
    const calls = new Map();
    for (const [name, key] of this.names) {
      if (/^\p{L}+$/u.test(name.split(" ")[0])) calls.set(name.replaceAll(" ", ""), key);
    }
    const begun = [...calls].filter(([call]) => call.startsWith(typed)).map(([, key]) => key);
    if (begun.length) return [...new Set(begun)];
    const most = mostMistakes(typed);
    if (!most) return [];
    const far = [...calls].map(([call, key]) => ({ key, far: mistakes(typed, call, most) }));
    const least = Math.min(most, ...far.map((one) => one.far));
    return [...new Set(far.filter((one) => one.far === least).map((one) => one.key))];
  }

  /** @param {string} text */
  withoutState(text) {
    const said = spokenWords(text).map(fold);
    while (said.length > 1 && this.state.has(said[said.length - 1])) said.pop();
    return said;
  }

  /**
   * Return whether a name among other words is meant as a place.
   * @param {string[]} said
   * @param {number} first
   * @param {number} end
   */
  isMeant(said, first, end) {
    const name = said.slice(first, end).join(" ");
    const after = said[end] ?? "";
    if (name === "el centro") return !this.afterTheCenter.has(after);
    if (!this.doubtful.has(name) || (first === 0 && end === said.length)) return true;
    const isSaid = first > 0 && this.before.has(said[first - 1]);
    return isSaid || this.state.has(after) || this.isZip(after);
  }

  /**
   * Return a place with the state and the ZIP code behind it: the ZIP code is the narrower.
   * @param {string[]} said
   * @param {Named} place
   */
  extended(said, place) {
    let { key, end } = place;
    for (; end < said.length; end++) {
      const [word, last] = [said[end], said[end - 1]];
      if (this.state.has(word)) continue;
      if (this.isZip(word) && !this.isZip(last)) key = this.names.get(word) ?? key;
      else if (!(this.isZip(last) && /^\p{Nd}{4}$/u.test(word))) break;
    }
    return { key, first: place.first, end };
  }

  /** @param {string} word */
  isZip(word) {
    return /^\d{5}$/.test(word) && this.names.has(word);
  }
}
