// Place: what is said of a typed place that was not found as it stands, as geo/addresses/typed.py.

import { areaName } from "./sentences.js";

/** @typedef {import("../engine/understanding.js").Area} Area */

/**
 * Return the area that a text names, and what there is to say of it.
 * @param {string} text
 * @param {import("../engine/ask.js").Index} index
 * @param {import("./say.js").Say} say
 * @param {Record<string, string>} counties
 * @returns {{where: string | null, told: string}}
 */
export function placeOf(text, index, say, counties) {
  const typed = text.trim();
  const anywhere = [say("Both counties").toLowerCase(), "both counties", "ambos condados"];
  if (!typed || anywhere.includes(typed.toLowerCase())) return { where: null, told: "" };
  const { towns } = index;
  const alone = towns.alone(typed) || (towns.named(towns.withoutState(typed))?.key ?? "");
  const named = index.areas.get(alone);
  if (named) return { where: alone, told: ofBoxes(typed, named, say) };
  const near = towns.alike(typed);
  const names = near.map((key) => areaName(/** @type {Area} */ (index.areas.get(key)), counties));
  const told = { place: names.join(", "), typed };
  if (near.length === 1) {
    return {
      where: near[0],
      told: say("We read “{typed}” as {place}. Places near it come first.", told),
    };
  }
  if (near.length) {
    return { where: null, told: say("We could not find “{typed}”. Did you mean {place}?", told) };
  }
  return {
    where: null,
    told: say("We could not find that place. Try a town, or a ZIP code of the two counties."),
  };
}

/**
 * Return that a ZIP code is one of post office boxes, if it is.
 * @param {string} typed
 * @param {Area} area
 * @param {import("./say.js").Say} say
 */
function ofBoxes(typed, area, say) {
  if (!/^\d{5}$/.test(typed) || area[1] !== "city") return "";
  const told = { typed, place: area[2] };
  return say(
    "{typed} is a ZIP code of post office boxes in {place}. Places near it come first.",
    told,
  );
}

/**
 * Return the areas that a text may mean, to choose from: those that begin with it, then the like.
 * @param {string} text
 * @param {import("../engine/ask.js").Index} index
 * @param {Record<string, string>} counties
 */
export function offers(text, index, counties) {
  const all = [...index.areas].map(([key, area]) => ({ key, name: areaName(area, counties) }));
  const typed = plain(text);
  if (!typed) return all.filter(({ key }) => !key.startsWith("zip:"));
  const begun = all.filter(({ name }) => plain(name).startsWith(typed));
  const inside = all.filter(({ name }) => plain(name).includes(` ${typed}`));
  const alike = new Set(index.towns.alike(text));
  return [...new Set([...begun, ...inside, ...all.filter(({ key }) => alike.has(key))])];
}

/** @param {string} text */
const plain = (text) => text.trim().normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
