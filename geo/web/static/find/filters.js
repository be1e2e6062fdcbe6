// Filters: what else one may ask: when, how far, in which language, for whom it is easy.

import { make } from "../dom.js";
import { memory } from "./asked.js";
import { timesOf, wallInput } from "./when.js";

const MILES = [0, 2, 5, 10, 25, 50];

/** @typedef {import("./controls.js").Tools} Tools */
/** @typedef {import("./asked.js").Asked} Asked */

/**
 * Draw the question for a time; return what brings it up to date.
 * @param {HTMLElement} parent
 * @param {HTMLElement} form
 * @param {Tools} tools
 */
export function drawWhen(parent, form, { stock, change, now }) {
  const { say } = stock();
  const part = make("div", parent, "", "field when");
  const label = make("label", part, say("When?"));
  const select = make("select", part);
  label.htmlFor = select.id = "when";
  for (const [value, text] of [
    ["any", say("Any time")],
    ["now", say("Open now")],
    ["tonight", say("Tonight at 9")],
    ["at", say("A day and time")],
  ]) {
    make("option", select, text).value = value;
  }
  const moment = make("div", null, "", "row moment");
  const times = timesOf(stock().index.hours, now());
  const day = wallInput(moment, say("Day"), "date");
  const hour = wallInput(moment, say("Time"), "time");
  Object.assign(day, { min: times.first, max: times.last });
  const told = make("p", null, "", "soft");

  function at() {
    if (day.value && hour.value) change({ when: "at", at: times.at(day.value, hour.value) });
  }
  day.onchange = hour.onchange = at;
  select.onchange = () => {
    const when = /** @type {Asked["when"]} */ (select.value);
    if (when === "at" && !day.value) [day.value, hour.value] = [times.first, "10:00"];
    if (when === "at") at();
    else change({ when });
  };
  queueMicrotask(() => form.querySelector(".rest")?.after(moment, told));
  return () => {
    const { when, at: chosen } = memory.asked;
    select.value = when;
    moment.hidden = when !== "at";
    if (when === "at" && chosen !== null) [day.value, hour.value] = times.told(chosen);
  };
}

/**
 * Draw the others, closed at first; return what brings them up to date.
 * @param {HTMLElement} parent
 * @param {Tools} tools
 */
export function drawMore(parent, { stock, change }) {
  const { say, index, page } = stock();
  const part = make("details", parent, "", "more");
  const summary = make("summary", part, say("More filters"));
  const inside = make("div", part, "", "filters");
  const miles = make("select", make("label", inside, say("Not farther than")));
  for (const n of MILES) {
    const text = n ? say.many("{n} mile", "{n} miles", n) : say("Any distance");
    make("option", miles, text).value = String(n);
  }
  miles.onchange = () => change({ miles: Number(miles.value) });
  const spoken = make("fieldset", inside);
  make("legend", spoken, say("Languages spoken there"));
  const languages = [...index.languages.keys()].map((code) =>
    tick(
      spoken,
      page.languages[code] ?? code,
      (isOn) => {
        const rest = memory.asked.languages.filter((one) => one !== code);
        change({ languages: isOn ? [...rest, code] : rest });
      },
      code,
    ),
  );
  const labels = /** @type {const} */ ([
    ["free", say("Free")],
    ["walk_in", say("No appointment needed")],
    ["no_documents", say("No ID or papers asked")],
    ["wheelchair", say("Wheelchair access")],
  ]);
  const flags = labels.flatMap(([flag, text]) => {
    const isKnown = index.flags.get(flag)?.some((is) => is);
    if (!isKnown) {
      make("p", inside, say("No place has told us yet: {filter}", { filter: text }), "soft");
      return [];
    }
    return tick(
      inside,
      text,
      (isOn) => {
        const rest = memory.asked.flags.filter((one) => one !== flag);
        change({ flags: isOn ? [...rest, flag] : rest });
      },
      flag,
    );
  });
  make(
    "p",
    inside,
    say("A place counts only if its record says so. For the rest it is not known."),
    "soft",
  );
  return () => {
    const { asked } = memory;
    const isTown = asked.where !== null && index.areas.get(String(asked.where))?.[1] !== "county";
    miles.disabled = !isTown;
    miles.value = String(asked.miles);
    for (const one of languages) one.checked = asked.languages.includes(one.value);
    for (const one of flags) one.checked = asked.flags.includes(/** @type {any} */ (one.value));
    const count = asked.languages.length + asked.flags.length + Number(asked.miles > 0);
    const label = say("More filters");
    summary.textContent = count ? `${label} (${count})` : label;
  };
}

/**
 * @param {Node} parent
 * @param {string} text
 * @param {(isOn: boolean) => void} act
 * @param {string} value
 */
function tick(parent, text, act, value) {
  const label = make("label", parent, "", "tick");
  const box = make("input", label);
  Object.assign(box, { type: "checkbox", value });
  make("span", label, text);
  box.onchange = () => act(box.checked);
  return box;
}
