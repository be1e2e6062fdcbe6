// Texts: which places fit a wish by what is read of them, as geo/search/word_index.py.

import { mostMistakes } from "./letters.js";
import { numbersOf, wordsOf } from "./places.js";

export const [NO, SAME_KIND, SAYS] = [0, 1, 2];
export const [NAME, DETAIL] = [6, 1];
const MEANT = 2; // what a type weighs that is asked for
const PREFIX_LETTERS = 4;

/**
 * The words of all places, as columns.py tells them.
 * @typedef {object} WordColumns
 * @property {[shared: string, rests: string]} words sorted
 * @property {number[]} counts of how many places each is read
 * @property {string} places gaps, word by word, as letters
 * @property {string} levels a digit for each of `places`
 * @property {Record<string, string>} spelled
 */

/** @typedef {[first: number, end: number]} Span of the words */

/**
 * The words of all places, ready to be asked.
 */
export class Texts {
  /**
   * @param {number} size how many places there are
   * @param {Map<string, Uint8Array>} kinds which places are of each type
   * @param {WordColumns} columns
   * @param {import("./everyday.js").Everyday} everyday
   * @param {import("./towns.js").Towns} towns
   * @param {string[]} right ordinary words
   */
  constructor(size, kinds, columns, everyday, towns, right) {
    this.size = size;
    this.kinds = kinds;
    this.everyday = everyday;
    this.towns = towns;
    this.right = new Set(right);
    this.words = wordsOf(columns.words);
    this.starts = new Int32Array(this.words.length + 1);
    columns.counts.forEach((count, k) => {
      this.starts[k + 1] = this.starts[k] + count;
    });
    const gaps = numbersOf(columns.places);
    this.places = new Int32Array(gaps.length);
    this.levels = Uint8Array.from(columns.levels, Number);
    for (let word = 0; word < this.words.length; word++) {
      let place = 0;
      for (let k = this.starts[word]; k < this.starts[word + 1]; k++) {
        place += gaps[k];
        this.places[k] = place;
      }
    }
    this.numbers = new Map(this.words.map((word, k) => [word, k]));
    this.spelled = new Map([...Object.entries(columns.spelled), ...everyday.spelled]);
    this.candidates = this.candidatesOf(columns.counts);
  }

  /**
   * Return the words that a mistyped one may be, first the likelier.
   * @param {number[]} counts
   */
  candidatesOf(counts) {
    const likely = this.words.flatMap((word, k) => {
      const isOften = counts[k] > 1 || this.levels[this.starts[k]] >= NAME;
      return isOften ? [{ word, count: counts[k] }] : [];
    });
    likely.sort((a, b) => b.count - a.count); // of one count in the order of the alphabet
    const towns = [...this.towns.words].filter((word) => !this.towns.elsewhere.has(word)).sort();
    const all = [
      ...this.everyday.spelled.keys(),
      ...towns,
      ...likely.map((one) => one.word),
      ...[...this.everyday.little].sort(),
    ];
    return [...new Set(all)].filter((word) => mostMistakes(word));
  }

  /**
   * Return for each place how a phrase fits it, what its text weighs, and text and type together.
   * @param {string} phrase
   * @param {string[]} types
   * @param {boolean} general each place of the types answers it
   */
  fitting(phrase, types, general) {
    const { everyday } = this;
    const ways = [phrase.split(" ").map((word) => this.spans(word))];
    for (const other of everyday.sameAs(phrase)) {
      ways.push(other.split(" ").map((word) => this.whole(everyday.forms(word))));
    }
    const inText = new Uint8Array(this.size);
    for (const way of ways) {
      if (!way.every((spans) => spans.length)) continue;
      const least = way.map((spans) => this.level(spans)).reduce(lower);
      least.forEach((level, k) => {
        if (level > inText[k]) inText[k] = level;
      });
    }
    const byType = new Uint8Array(this.size);
    for (const type of types) {
      this.kinds.get(type)?.forEach((is, k) => {
        if (is) byType[k] += MEANT;
      });
    }
    const near = types.flatMap((type) => everyday.nextTo.get(type) ?? []);
    const fits = new Uint8Array(this.size);
    const both = new Int16Array(this.size);
    for (let k = 0; k < this.size; k++) {
      const says = general ? inText[k] > DETAIL || byType[k] > 0 : inText[k] > 0;
      const may = inText[k] > 0 || byType[k] > 0 || near.some((type) => this.kinds.get(type)?.[k]);
      fits[k] = says ? SAYS : may ? SAME_KIND : NO;
      both[k] = inText[k] + byType[k];
    }
    return { fits, inText, both };
  }

  /**
   * Return whether each word of a phrase is in the name of some place.
   * @param {string} phrase
   */
  isName(phrase) {
    const isOfOne = (/** @type {string} */ word) =>
      this.spans(word).some(([first, end]) => {
        const [from, to] = [this.starts[first], this.starts[end]];
        return this.levels.subarray(from, to).some((level) => level >= NAME);
      });
    return phrase.split(" ").every(isOfOne);
  }

  /**
   * Return whether a word is a right one: of everyday speech, of a place, of a town.
   * @param {string} word
   */
  isKnown(word) {
    const { everyday } = this;
    return (
      everyday.little.has(word) ||
      everyday.modest.has(word) ||
      everyday.spelled.has(word) ||
      this.towns.words.has(word) ||
      everyday.isKnown(word) ||
      this.spans(word).length > 0
    );
  }

  /**
   * Return the best level of the words in some spans, for each place.
   * @param {Span[]} spans
   */
  level(spans) {
    const level = new Uint8Array(this.size);
    for (const [first, end] of spans) {
      for (let k = this.starts[first]; k < this.starts[end]; k++) {
        const place = this.places[k];
        if (this.levels[k] > level[place]) level[place] = this.levels[k];
      }
    }
    return level;
  }

  /**
   * Return where the words are that a typed one fits; only one that is none by itself may be the
   * beginning of others.
   * @param {string} word
   * @returns {Span[]}
   */
  spans(word) {
    const whole = this.whole(this.everyday.forms(word));
    if (whole.length || word.length < PREFIX_LETTERS || this.everyday.spelled.has(word))
      return whole;
    const first = this.firstFrom(word);
    let end = first;
    while (end < this.words.length && this.words[end].startsWith(word)) end++;
    return first < end ? [[first, end]] : [];
  }

  /**
   * @param {string[]} forms
   * @returns {Span[]}
   */
  whole(forms) {
    return forms.flatMap((form) => {
      const number = this.numbers.get(form);
      return number === undefined ? [] : [/** @type {Span} */ ([number, number + 1])];
    });
  }

  /**
   * Return the number of the first word that is not before `word`.
   * @param {string} word
   */
  firstFrom(word) {
    let [low, high] = [0, this.words.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.words[middle] < word) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/**
 * @param {Uint8Array} one
 * @param {Uint8Array} other
 */
const lower = (one, other) => one.map((level, k) => Math.min(level, other[k]));
