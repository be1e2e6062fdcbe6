// Osm: streets from OpenStreetMap, another host: only after a reader was told what it then knows.

import { button, make } from "../dom.js";

const TILES = "https://tile.openstreetmap.org/{z}/{x}/{y}.png";

/**
 * Return what puts the streets on a map, after asking, or takes them off again.
 * @param {L.Map} map
 * @param {(on: boolean) => void} changed hears which it was
 * @returns {(words: import("../to_map.js").Words) => void}
 */
export function osmSwitch(map, changed) {
  /** @type {L.TileLayer | null} */
  let tiles = null;
  function show() {
    tiles = L.tileLayer(TILES, {
      maxZoom: 18,
      referrerPolicy: "origin",
      attribution: "© OpenStreetMap contributors",
    }).addTo(map);
    changed(true);
  }
  return (words) => {
    if (!tiles) {
      ask(map, words, show);
      return;
    }
    tiles.remove();
    tiles = null;
    changed(false);
  };
}

/**
 * @param {L.Map} map
 * @param {import("../to_map.js").Words} words
 * @param {() => void} agreed
 */
function ask(map, words, agreed) {
  const box = make("div", null, "", "map-ask");
  make("p", box, words.streets_ask);
  const popup = L.popup({ closeButton: false }).setLatLng(map.getCenter()).setContent(box);
  const yes = button(box, words.streets_yes, () => {
    map.closePopup(popup);
    agreed();
  });
  button(box, words.streets_no, () => map.closePopup(popup));
  popup.openOn(map);
  yes.focus();
}
