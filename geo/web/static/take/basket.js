// Basket: what a reader wants to take along, in the memory of this page and nowhere else.

/**
 * A list of entries by number. Nothing of it is stored or sent; it goes with the page.
 */
export class Basket {
  /** @param {() => void} [changed] is called after each change */
  constructor(changed = () => {}) {
    /** @type {number[]} */
    this.numbers = [];
    this.changed = changed;
  }

  /** @param {number} n */
  holds(n) {
    return this.numbers.includes(n);
  }

  /**
   * Put an entry at the end, or take it out if it is there.
   * @param {number} n
   */
  turn(n) {
    this.set(this.holds(n) ? this.numbers.filter((one) => one !== n) : [...this.numbers, n]);
  }

  /**
   * Move an entry by so many places; at the end of the list it stays.
   * @param {number} n
   * @param {number} by
   */
  move(n, by) {
    const from = this.numbers.indexOf(n);
    if (from < 0) return;
    const rest = this.numbers.filter((one) => one !== n);
    rest.splice(Math.max(0, from + by), 0, n);
    this.set(rest);
  }

  /**
   * Hold these entries instead, each once.
   * @param {number[]} numbers
   */
  set(numbers) {
    this.numbers = [...new Set(numbers)];
    this.changed();
  }
}
