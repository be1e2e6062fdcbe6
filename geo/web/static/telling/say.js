// Say: the words of a language in a browser, as geo/i18n.py gives them on the server: a sentence in
// English is the key.

/**
 * How times and days are written, as script_words.py tells it.
 * @typedef {object} Formats
 * @property {string[]} hours a pattern for each hour of a day
 * @property {string[]} dates a pattern for each month
 * @property {string[]} days the same without the year
 * @property {string[]} weekdays from Monday on
 */

/** @typedef {Record<string, string | number>} Values */

/**
 * The words of one language.
 * @typedef {((message: string, values?: Values) => string) & {
 *   language: string,
 *   formats: Formats,
 *   many: (one: string, more: string, n: number, values?: Values) => string,
 *   number: (n: number, decimals?: number) => string,
 *   time: (at: Wall) => string,
 *   date: (at: Wall) => string,
 *   day: (at: Wall) => string,
 *   weekday: (at: Wall) => string,
 * }} Say
 */

/**
 * A moment as the clocks of California show it; `day` counts days since 1970.
 * @typedef {{year: number, month: number, date: number, hour: number, minute: number, day: number}} Wall
 */

const ZONE = "America/Los_Angeles";
const DAY_MS = 86_400_000;
const THURSDAY = 3; // the first day of 1970, where Monday is 0

/**
 * Return the words of a language.
 * @param {string} language
 * @param {Record<string, string | string[]>} dictionary
 * @param {Formats} formats
 * @returns {Say}
 */
export function words(language, dictionary, formats) {
  const say = (/** @type {string} */ message, /** @type {Values} */ values = {}) =>
    filled(String(dictionary[message] ?? message), values);
  const number = (/** @type {number} */ n, decimals = 0) =>
    n.toFixed(decimals).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  return Object.assign(say, {
    language,
    formats,
    number,
    many: (
      /** @type {string} */ one,
      /** @type {string} */ more,
      /** @type {number} */ n,
      /** @type {Values} */ values = {},
    ) => {
      const forms = dictionary[one] ?? [one, more];
      return filled(forms[n === 1 ? 0 : 1], { n: number(n), ...values });
    },
    time: (/** @type {Wall} */ at) =>
      filled(formats.hours[at.hour], { mm: String(at.minute).padStart(2, "0") }),
    date: (/** @type {Wall} */ at) => filled(formats.dates[at.month], { d: at.date, y: at.year }),
    day: (/** @type {Wall} */ at) => filled(formats.days[at.month], { d: at.date }),
    weekday: (/** @type {Wall} */ at) => formats.weekdays[(at.day + THURSDAY) % 7],
  });
}

/**
 * Fill a sentence in; the point of "p.m." is also that at its end.
 * @param {string} sentence
 * @param {Values} values
 */
function filled(sentence, values) {
  const told = sentence.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  return told.replace(/([ap]\.m\.)\.(?!\.)/g, "$1");
}

const parts = new Intl.DateTimeFormat("en-US", {
  timeZone: ZONE,
  hourCycle: "h23",
  year: "numeric",
  month: "numeric",
  day: "numeric",
  hour: "numeric",
  minute: "numeric",
});

/**
 * Return a moment as the clocks of California show it, wherever the reader is.
 * @param {number} ms milliseconds since 1970
 * @returns {Wall}
 */
export function wall(ms) {
  const told = Object.fromEntries(parts.formatToParts(ms).map(({ type, value }) => [type, +value]));
  const { year, month, day: date, hour, minute } = told;
  const day = Math.floor(Date.UTC(year, month - 1, date) / DAY_MS);
  return { year, month: month - 1, date, hour, minute, day };
}
