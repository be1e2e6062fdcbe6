// Opening: open, closed or not known, with until when or why, in words, as geo/catalogue/wording.py.

import { OPEN, UNKNOWN } from "../engine/opening.js";
import { wall } from "./say.js";

const SOON_MIN = 60;
const MINUTE_MS = 60_000;

/** @typedef {import("../engine/opening.js").State} State */
/** @typedef {import("./say.js").Say} Say */
/** @typedef {import("./say.js").Wall} Wall */

/**
 * Return a state in words.
 * @param {State} state
 * @param {Say} say
 * @param {number} ms the moment asked about
 * @param {boolean} chosen whether that is another than now
 */
export function opening(state, say, ms, chosen) {
  const text = ofState(state, say, ms, chosen);
  if (!state.holiday || state.kind === UNKNOWN) return text;
  const day = wall(ms);
  const isThatDay = state.until === null || wall(state.until).day === day.day;
  const holiday = isThatDay
    ? holidayOf(say, chosen)
    : say("{day} is a holiday: hours may differ.", { day: say.day(day) });
  return `${text} · ${holiday}`;
}

/**
 * Return that the day asked about is a holiday.
 * @param {Say} say
 * @param {boolean} chosen whether another moment than now is asked about
 */
export const holidayOf = (say, chosen) =>
  chosen
    ? say("That day is a holiday: hours may differ.")
    : say("Today is a holiday: hours may differ.");

/**
 * @param {State} state
 * @param {Say} say
 * @param {number} ms
 * @param {boolean} chosen
 */
function ofState(state, say, ms, chosen) {
  if (state.kind === UNKNOWN) return unknown(state.reason, say);
  const at = wall(ms);
  const until = state.until === null ? null : wall(state.until);
  if (state.kind !== OPEN) {
    return until ? say("Closed, opens {time}", { time: start(until, say, at) }) : say("Closed");
  }
  if (!until) return say("Open 24 hours, every day");
  const time = end(until, say, at);
  const left = Math.floor((Number(state.until) - ms) / MINUTE_MS);
  if (chosen || left > SOON_MIN) return say("Open until {time}", { time });
  return say.many(
    "Open, closes in {n} minute, at {time}",
    "Open, closes in {n} minutes, at {time}",
    Math.max(1, left),
    { time },
  );
}

/**
 * @param {string} reason
 * @param {Say} say
 */
function unknown(reason, say) {
  if (reason === "days_only") return say("Open that day, but the hours are not known.");
  if (reason === "open_end") return say("Opened earlier that day. The closing time is not known.");
  if (reason === "beyond") return say("Load this page again to see the hours of that day.");
  return say("Hours not known.");
}

/**
 * Return a closing time, as it stands after "until" or "at".
 * @param {Wall} until
 * @param {Say} say
 * @param {Wall} at
 */
function end(until, say, at) {
  const days = until.day - at.day;
  if (days === 1 && until.hour === 0 && until.minute === 0) return say("midnight");
  if (days === 1 && until.hour < 5) return say("{time} at night", { time: hour(until, say) });
  return days ? later(until, say, at) : hour(until, say);
}

/**
 * Return an opening time, as it stands after "opens".
 * @param {Wall} until
 * @param {Say} say
 * @param {Wall} at
 */
function start(until, say, at) {
  if (until.day === at.day) return say("at {time}", { time: hour(until, say) });
  return later(until, say, at);
}

/**
 * @param {Wall} until
 * @param {Say} say
 * @param {Wall} at
 */
function later(until, say, at) {
  const days = until.day - at.day;
  const time = hour(until, say);
  if (days === 1) return say("the next day at {time}", { time });
  const day = days < 7 ? say.weekday(until) : say.date(until);
  return say("{day} at {time}", { day, time });
}

/**
 * Return a time of day within a sentence; Spanish has one article for 1:00, one for others.
 * @param {Wall} at
 * @param {Say} say
 */
const hour = (at, say) => say.many("{time}", "{time}", at.hour % 12, { time: say.time(at) });
