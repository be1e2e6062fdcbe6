// Popups: the names of places on the map: beside the pointer, in a list, or to choose from.

import { button, make } from "../dom.js";

/** @typedef {import("./clusters.js").Mark} Mark */

/**
 * Return a tooltip with the name of a place.
 * @param {L.LatLng} point
 * @param {string} name
 */
export function nameTip(point, name) {
  const box = make("div", null, name, "map-name");
  return L.tooltip({ direction: "top", offset: [0, -12] })
    .setLatLng(point)
    .setContent(box);
}

/**
 * Open a list of names.
 * @param {L.Map} map
 * @param {L.LatLng} point
 * @param {string[]} names
 */
export function openNames(map, point, names) {
  const box = make("div", null, "", "map-name");
  for (const name of names) make("div", box, name);
  openBox(map, point, box);
}

/**
 * Open a box that is drawn already.
 * @param {L.Map} map
 * @param {L.LatLng} point
 * @param {HTMLElement} box
 */
export function openBox(map, point, box) {
  L.popup({ minWidth: 190 }).setLatLng(point).setContent(box).openOn(map);
}

/**
 * Let a reader choose one of several places on one spot.
 * @param {L.Map} map
 * @param {L.LatLng} point
 * @param {{row: number, name: string}[]} places
 * @param {string} heading with {n}, which is how many there are
 * @param {(row: number) => void} choose
 */
export function openChooser(map, point, places, heading, choose) {
  const box = make("div", null, "", "map-chooser");
  make("p", box, heading.replace("{n}", String(places.length)));
  const list = make("ul", box);
  for (const { row, name } of places) {
    button(make("li", list), name, () => {
      map.closePopup();
      choose(row);
    });
  }
  L.popup({ maxHeight: 240, closeButton: true }).setLatLng(point).setContent(box).openOn(map);
}
