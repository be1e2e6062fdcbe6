// Controls: the buttons on the map, its scale, and its words for a screen reader.

import { button } from "../dom.js";

/** @typedef {"closer" | "farther" | "all" | "streets" | "back"} Key also the key of its word */

/** @type {[key: Key, sign: string][]} a button without a sign shows its word */
const BUTTONS = [
  ["closer", "+"],
  ["farther", "−"],
  ["all", ""],
  ["streets", ""],
  ["back", ""],
];

/**
 * Put the scale and the buttons on a map; return what hides one of them, and shows it again.
 * @param {L.Map} map
 * @param {Record<Key, () => void>} acts what each button does
 */
export function addControls(map, acts) {
  L.control.scale({ metric: false, position: "bottomleft" }).addTo(map);
  const Bar = L.Control.extend({
    options: { position: "topright" },
    onAdd: () => {
      const bar = L.DomUtil.create("div", "map-bar");
      L.DomEvent.disableClickPropagation(bar);
      for (const [key, sign] of BUTTONS) {
        const one = button(bar, sign, acts[key]);
        one.dataset.key = key;
        one.dataset.sign = sign;
        one.hidden = key === "back";
      }
      return bar;
    },
  });
  map.addControl(new Bar());
  return {
    /**
     * @param {Key} key
     * @param {boolean} isHidden
     */
    hide(key, isHidden) {
      const one = map.getContainer().querySelector(`button[data-key=${key}]`);
      if (one instanceof HTMLElement) one.hidden = isHidden;
    },
  };
}

/**
 * Give the map and its buttons their words.
 * @param {L.Map} map
 * @param {import("../to_map.js").Words} words
 * @param {string} lang
 */
export function speak(map, words, lang) {
  document.documentElement.lang = lang;
  document.title = words.map;
  window.frameElement?.setAttribute("aria-label", words.map);
  const box = map.getContainer();
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", words.map);
  for (const one of box.querySelectorAll("button")) {
    const { key, sign } = one.dataset;
    if (!key) continue;
    if (sign) {
      one.setAttribute("aria-label", words[key]);
      one.title = words[key];
    } else one.textContent = words[key];
  }
}
