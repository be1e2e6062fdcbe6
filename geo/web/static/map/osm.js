// Osm: streets from OpenStreetMap, another host: only after a reader was told what it then knows.

import { button, make } from "../dom.js";

const TILES = "https://tile.openstreetmap.org/{z}/{x}/{y}.png";

/** What shows the streets on each map of this frame, and hides them. @type {((on: boolean) => void)[]} */
const switches = [];
let isOn = false;

/**
 * Return what puts the streets on all maps of this frame, after asking, or takes them off again.
 * @param {L.Map} map
 * @param {(on: boolean) => void} changed hears which it was
 * @returns {(words: import("../to_map.js").Words) => void}
 */
export function osmSwitch(map, changed) {
  /** @type {L.TileLayer | null} */
  let tiles = null;
  const own = (/** @type {boolean} */ on) => {
    tiles?.remove();
    tiles = on ? streets().addTo(map) : null;
    changed(on);
  };
  switches.push(own);
  if (isOn) own(true);
  return (words) => {
    if (isOn) turn(false);
    else ask(map, words, () => turn(true));
  };
}

const streets = () =>
  L.tileLayer(TILES, {
    maxZoom: 18,
    referrerPolicy: "origin",
    attribution: "© OpenStreetMap contributors",
  });

/** @param {boolean} on */
function turn(on) {
  isOn = on;
  for (const own of switches) own(on);
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
