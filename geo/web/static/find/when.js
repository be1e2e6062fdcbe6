// When: a day and a time by the clocks of California, as boxes of the browser give and take them.

import { make } from "../dom.js";
import { wall } from "../telling/say.js";

const MINUTE_MS = 60_000;
const DAY_MIN = 1440;
const EVENING = 21;

/**
 * Return a box for a day or a time.
 * @param {HTMLElement} parent
 * @param {string} label
 * @param {"date" | "time"} type
 */
export function wallInput(parent, label, type) {
  const part = make("label", parent, label, "field");
  const input = make("input", part);
  Object.assign(input, { type, autocomplete: "off" });
  return input;
}

/**
 * Return the days whose hours are known here, and what turns a day and a time into a moment.
 * @param {import("../engine/opening.js").Hours} hours
 * @param {number} now
 */
export function timesOf(hours, now) {
  return {
    first: dayOf(now),
    last: dayOf((hours.end - DAY_MIN) * MINUTE_MS),
    at: moment,
    /** @param {number} ms */
    told: (ms) => /** @type {[string, string]} */ ([dayOf(ms), clockOf(ms)]),
  };
}

/**
 * Return the moment that is tonight: nine in the evening, or now if that is over.
 * @param {number} now
 */
export function tonight(now) {
  return wall(now).hour >= EVENING || wall(now).hour < 5
    ? now
    : moment(dayOf(now), `${EVENING}:00`);
}

/**
 * Return the first moment at which the clocks show a time of a day.
 * @param {string} day such as "2026-11-26"
 * @param {string} clock such as "09:30"
 */
function moment(day, clock) {
  const shown = Date.parse(`${day}T${clock}:00Z`);
  const [early, late] = [7, 8].map((hours) => shown + hours * 60 * MINUTE_MS);
  return dayOf(early) === day && clockOf(early) === clock ? early : late;
}

/** @param {number} ms */
function dayOf(ms) {
  const { year, month, date } = wall(ms);
  return [year, month + 1, date].map((n) => String(n).padStart(2, "0")).join("-");
}

/** @param {number} ms */
function clockOf(ms) {
  const { hour, minute } = wall(ms);
  return [hour, minute].map((n) => String(n).padStart(2, "0")).join(":");
}
