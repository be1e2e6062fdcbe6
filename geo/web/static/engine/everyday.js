// Everyday: words of everyday English and Spanish and what they ask for, as
// geo/search/everyday_words.py has them; the blocks in which they are written come from there.

import { fold, spokenWords } from "./letters.js";

/** @typedef {string} Phrase folded words with a blank between, without the little ones */

/**
 * @typedef {object} Blocks
 * @property {string} little
 * @property {string} modest
 * @property {Record<string, string>} types
 * @property {string} same
 * @property {string} general
 * @property {string[]} all_general
 * @property {string} who
 * @property {Record<string, string[]>} next_to
 * @property {string[]} no_plural
 */

/**
 * The tables of everyday speech.
 */
export class Everyday {
  /** @param {Blocks} blocks */
  constructor(blocks) {
    this.little = new Set(blocks.little.split(" "));
    this.modest = new Set(blocks.modest.split(" "));
    this.nextTo = new Map(Object.entries(blocks.next_to));
    this.noPlural = new Set(blocks.no_plural);
    this.same = this.sameOf(blocks.same);
    this.types = this.typesOf(blocks.types);
    const general = blocks.general
      .split(";")
      .concat(blocks.all_general.map((k) => blocks.types[k]));
    this.general = new Set(general.flatMap((block) => this.entries(block)));
    this.who = new Set(this.entries(blocks.who));
    this.longest = 1;
    for (const phrase of [...this.types.keys(), ...this.same.keys()]) {
      this.longest = Math.max(this.longest, phrase.split(" ").length);
    }
    /** How each word is written, by the word without accents. @type {Map<string, string>} */
    this.spelled = new Map();
    for (const word of [...Object.values(blocks.types), blocks.same].flatMap(spokenWords)) {
      const plain = fold(word);
      if (!this.little.has(plain)) this.spelled.set(plain, word);
    }
  }

  /**
   * Return the phrases of a block.
   * @param {string} block
   */
  entries(block) {
    const written = block.split(",").filter((entry) => entry.trim());
    return written.map((entry) => this.phrase(entry));
  }

  /** @param {string} text */
  phrase(text) {
    const folded = spokenWords(text).map(fold);
    return folded.filter((word) => !this.little.has(word)).join(" ");
  }

  /** @param {string} block */
  sameOf(block) {
    /** @type {Map<Phrase, Set<Phrase>>} */
    const found = new Map();
    for (const group of block.split(";").map((one) => new Set(this.entries(one)))) {
      for (const asked of group) found.set(asked, new Set([...(found.get(asked) ?? []), ...group]));
    }
    return found;
  }

  /** @param {Record<string, string>} blocks */
  typesOf(blocks) {
    /** @type {Map<Phrase, Set<string>>} */
    const found = new Map();
    for (const [kind, block] of Object.entries(blocks)) {
      for (const asked of this.entries(block)) {
        found.set(asked, new Set([...(found.get(asked) ?? []), kind]));
      }
    }
    /** @type {Map<Phrase, Set<string>>} */
    const like = new Map();
    for (const [asked, others] of this.same) {
      if (found.has(asked)) continue;
      const types = new Set([...others].flatMap((other) => [...(found.get(other) ?? [])]));
      if (types.size) like.set(asked, types);
    }
    return new Map([...like, ...found]);
  }

  /**
   * Return a word with its likely singulars and plurals, in either language.
   * @param {string} word
   */
  forms(word) {
    if (this.noPlural.has(word)) return [word];
    const found = [word, `${word}s`, `${word}es`];
    for (const ending of ["s", "es"]) {
      const shorter = without(word, ending);
      if (shorter !== word && shorter.length >= 3) found.push(shorter);
    }
    for (const [one, more] of [
      ["y", "ies"],
      ["z", "ces"],
    ]) {
      if (word.endsWith(more) && word.length > more.length + 1)
        found.push(without(word, more) + one);
      else if (word.endsWith(one) && word.length > 2) found.push(without(word, one) + more);
    }
    return found;
  }

  /**
   * Return a phrase with its last word in each of its forms.
   * @param {Phrase} phrase
   */
  alike(phrase) {
    const words = phrase.split(" ");
    const last = words.pop() ?? "";
    return this.forms(last).map((form) => [...words, form].join(" "));
  }

  /**
   * Return the types that a phrase asks for in everyday speech; none if it is not known.
   * @param {Phrase} phrase
   */
  typesMeant(phrase) {
    const known = this.alike(phrase).find((one) => this.types.has(one));
    return [...(this.types.get(known ?? "") ?? [])];
  }

  /**
   * Return the other phrases for what a phrase means; none if it is not known.
   * @param {Phrase} phrase
   */
  sameAs(phrase) {
    const known = this.alike(phrase).find((one) => this.same.has(one));
    return [...(this.same.get(known ?? "") ?? [])].filter((other) => other !== phrase);
  }

  /** @param {Phrase} phrase */
  isGeneral(phrase) {
    return this.alike(phrase).some((one) => this.general.has(one));
  }

  /** @param {Phrase} phrase */
  isWho(phrase) {
    return this.alike(phrase).some((one) => this.who.has(one));
  }

  /** @param {Phrase} phrase */
  isKnown(phrase) {
    return this.typesMeant(phrase).length > 0 || this.sameAs(phrase).length > 0;
  }
}

/**
 * @param {string} word
 * @param {string} ending
 */
const without = (word, ending) => (word.endsWith(ending) ? word.slice(0, -ending.length) : word);
