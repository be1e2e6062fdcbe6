// Calendar: opening hours as events that repeat (RFC 5545), by the clocks of California.

import { folded, written } from "./contact.js";

const ZONE = "America/Los_Angeles";
const DAYS = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];
const DAY_MS = 86_400_000;
const GOOD_DAYS = 183; // half a year; hours that are older are asked anew
const SEARCHED_DAYS = 62; // within two months each rule has a day

// The clocks since 2007 (Energy Policy Act of 2005, section 110).
const CLOCKS = `BEGIN:VTIMEZONE
TZID:${ZONE}
BEGIN:DAYLIGHT
DTSTART:20070311T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU
TZOFFSETFROM:-0800
TZOFFSETTO:-0700
TZNAME:PDT
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20071104T020000
RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU
TZOFFSETFROM:-0700
TZOFFSETTO:-0800
TZNAME:PST
END:STANDARD
END:VTIMEZONE`.split("\n");

/** @typedef {[often: string, days: string, opens: string, closes: string]} Rule see paper_data.py */

/**
 * @typedef {object} Opening
 * @property {string} id
 * @property {string} title
 * @property {string} where
 * @property {string} note
 * @property {Rule[]} rules
 */

/**
 * Return a calendar of opening hours for half a year from `today`, without the holidays.
 * @param {Opening[]} openings
 * @param {string[]} holidays dates
 * @param {string} today a date in California
 * @param {Date} made
 */
export function calendar(openings, holidays, today, made) {
  const events = openings.flatMap((one) =>
    one.rules.map((rule, number) => event(one, number, rule, holidays, today, made)),
  );
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//service-map//opening hours//EN",
    ...CLOCKS,
    ...events.flat(),
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

/**
 * @param {Opening} opening
 * @param {number} number of the rule, among those of the place
 * @param {Rule} rule
 * @param {string[]} holidays
 * @param {string} today
 * @param {Date} made
 */
function event(opening, number, [often, days, opens, closes], holidays, today, made) {
  const first = dayFrom(today, days.split(","), new Set(holidays));
  if (!first) return [];
  const until = new Date(Date.parse(today) + GOOD_DAYS * DAY_MS);
  const isWhole = opens === "00:00" && closes === "23:59";
  const isLate = isWhole || closes <= opens;
  const last = isLate ? dateOf(Date.parse(first) + DAY_MS) : first;
  const out = holidays.filter((day) => day > first && Date.parse(day) < until.getTime());
  return [
    "BEGIN:VEVENT",
    `UID:${opening.id}-${number}@service-map`,
    `DTSTAMP:${compact(made.toISOString().slice(0, 19))}Z`,
    `DTSTART;TZID=${ZONE}:${moment(first, opens)}`,
    `DTEND;TZID=${ZONE}:${moment(last, isWhole ? "00:00" : closes)}`,
    `RRULE:FREQ=${often};BYDAY=${days};UNTIL=${compact(until.toISOString().slice(0, 19))}Z`,
    ...out.map((day) => `EXDATE;TZID=${ZONE}:${moment(day, opens)}`),
    `SUMMARY:${written(opening.title)}`,
    ...(opening.where ? [`LOCATION:${written(opening.where)}`] : []),
    ...(opening.note ? [`DESCRIPTION:${written(opening.note)}`] : []),
    "TRANSP:TRANSPARENT",
    "END:VEVENT",
  ];
}

/**
 * Return the first day from a date on that is one of `days` and no holiday; "" if none is near.
 * @param {string} date
 * @param {string[]} days such as "MO", or "2TU" by month
 * @param {Set<string>} holidays
 */
function dayFrom(date, days, holidays) {
  for (let ahead = 0; ahead < SEARCHED_DAYS; ahead++) {
    const day = new Date(Date.parse(date) + ahead * DAY_MS);
    const name = DAYS[day.getUTCDay()];
    const which = Math.ceil(day.getUTCDate() / 7);
    const isMeant = days.includes(name) || days.includes(`${which}${name}`);
    const isLast = new Date(day.getTime() + 7 * DAY_MS).getUTCMonth() !== day.getUTCMonth();
    const found = isMeant || (isLast && days.includes(`-1${name}`));
    if (found && !holidays.has(dateOf(day.getTime()))) return dateOf(day.getTime());
  }
  return "";
}

/** @param {number} ms */
const dateOf = (ms) => new Date(ms).toISOString().slice(0, 10);

/** @param {string} time */
const compact = (time) => time.replace(/[-:]/g, "");

/**
 * @param {string} date
 * @param {string} clock
 */
const moment = (date, clock) => compact(`${date}T${clock}:00`);
