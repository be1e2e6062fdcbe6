// Needs: kinds of help as people say what they need; each stands for some types of service.

/** @typedef {import("../telling/say.js").Say} Say */

/**
 * @typedef {object} Need
 * @property {string} key
 * @property {string[]} types
 * @property {string} sign
 * @property {string} theme the colour of its marks on the map
 * @property {(say: Say) => string} label
 */

/** @type {Need[]} */
export const NEEDS = [
  need("bed", ["shelter"], "▲", "red", (say) => say("A bed, housing")),
  need("food", ["food"], "●", "green", (say) => say("Food")),
  need("doctor", ["clinic", "hospital", "sexual_health"], "✚", "blue", (say) =>
    say("Doctor, dentist"),
  ),
  need("talk", ["mental_health"], "◆", "violet", (say) => say("Talk to someone")),
  need("law", ["legal_aid", "immigration"], "■", "orange", (say) => say("Lawyer, papers")),
  need("safe", ["domestic_violence", "trafficking"], "▲", "red", (say) => say("Not safe at home")),
  need("drugs", ["substance_use", "harm_reduction"], "◆", "violet", (say) => say("Drugs, alcohol")),
  need("basics", ["basic_needs"], "●", "green", (say) => say("Clothes, showers, rent")),
  need("family", ["family_resource", "youth", "lgbtq"], "★", "yellow", (say) =>
    say("Family, youth, LGBTQ+"),
  ),
  need("work", ["job_training"], "⬟", "gray", (say) => say("Jobs and GED")),
  need("lines", ["hotline"], "☎", "gray", (say) => say("Phone and text lines")),
];

/**
 * @param {string} key
 * @param {string[]} types
 * @param {string} sign
 * @param {string} theme
 * @param {(say: Say) => string} label
 * @returns {Need}
 */
function need(key, types, sign, theme, label) {
  return { key, types, sign, theme, label };
}
