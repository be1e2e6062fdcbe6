// Opening: open, closed or unknown at a moment, and until when, from the intervals that
// geo/hours/intervals.py tells of some weeks.

const MINUTE_MS = 60_000;
const KINDS = /** @type {const} */ (["closed", "unknown", "open"]);
export const [CLOSED, UNKNOWN, OPEN] = [0, 1, 2];
const REASONS = ["", "not_listed", "unreadable", "days_only", "open_end", "conditional", "always"];
const BEYOND = { kind: UNKNOWN, until: null, reason: "beyond", holiday: false };

/**
 * @typedef {object} Openings
 * @property {number} first minutes since 1970 from which on they hold
 * @property {number} end minutes until which they hold
 * @property {[starts: number[], says: number[], after: number | null][]} texts gaps, for each text
 */

/** @typedef {{kind: number, until: number | null, reason: string, holiday: boolean}} State */

/**
 * What texts of hours say of some weeks.
 */
export class Hours {
  /** @param {Openings} told */
  constructor(told) {
    this.first = told.first;
    this.end = told.end;
    this.texts = told.texts.map(([gaps, says, after]) => {
      let last = 0;
      const starts = gaps.map((gap) => {
        last += gap;
        return last;
      });
      return { starts, says, after };
    });
  }

  /**
   * Return whether the hours of a moment are known here.
   * @param {number} ms
   */
  holds(ms) {
    const minute = Math.floor(ms / MINUTE_MS);
    return minute >= this.first && minute < this.end;
  }

  /**
   * Return what a text says of a moment; `until` is in milliseconds since 1970.
   * @param {number} text
   * @param {number} ms
   * @returns {State}
   */
  at(text, ms) {
    if (!this.holds(ms)) return BEYOND;
    const { starts, says, after } = this.texts[text];
    const minute = Math.floor(ms / MINUTE_MS);
    let k = starts.length - 1;
    while (k > 0 && starts[k] > minute) k--;
    const kind = (says[k] % 100) % KINDS.length;
    const next = starts.find((_, n) => n > k && (says[n] % 100) % KINDS.length !== kind);
    const until = next ?? after;
    const reason = REASONS[Math.floor((says[k] % 100) / KINDS.length)];
    const holiday = says[k] >= 100;
    return { kind, until: until === null ? null : until * MINUTE_MS, reason, holiday };
  }

  /**
   * Return what each text says of a moment.
   * @param {number} ms
   */
  states(ms) {
    return this.texts.map((_, text) => this.at(text, ms));
  }
}
