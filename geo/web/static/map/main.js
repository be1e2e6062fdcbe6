// Main: sets the map up: what lies under the places, the places, and what a reader does with them.

import { addCells } from "./cells.js";
import { addControls, speak } from "./controls.js";
import { inspector } from "./inspect.js";
import { Marks } from "./marks.js";
import { osmSwitch } from "./osm.js";
import { answerClicks, followPointer } from "./pointer.js";
import { addLegend } from "./rounds.js";
import { hear } from "./to_list.js";

/** @typedef {import("../to_map.js").MapMessage} MapMessage */

/** @type {Record<string, L.PathOptions>} */
const GROUND = {
  state: { color: "#b9b3a4", weight: 1, fillColor: "#f3f0e8", fillOpacity: 1 },
  county: { color: "#4d5a66", weight: 2, fillColor: "#fbfaf6", fillOpacity: 1 },
  lake: { color: "#9dbfd6", weight: 1, fillColor: "#cfe3ef", fillOpacity: 1 },
};

/**
 * Set the map up.
 * @param {L.Map} map
 * @param {import("./marks.js").Places} places
 * @param {import("./labels.js").Ground} ground
 * @param {import("./cells.js").Area[] | null} areas on a map of areas
 */
export default function (map, places, ground, areas) {
  fillFrame(map);
  drawGround(map, ground.outlines);
  const marks = new Marks(places, ground).addTo(map);
  const cells = areas && addCells(map, areas, (n) => places.name[marks.rowOf.get(n) ?? -1] ?? "");
  marks.dots = Boolean(cells);

  /** What the map was told last. @type {MapMessage | null} */
  let shown = null;
  const osm = osmSwitch(map, (on) => hideOwnGround(map, on));
  addControls(map, {
    closer: () => map.zoomIn(),
    farther: () => map.zoomOut(),
    all: () => shown && map.fitBounds(shown.all),
    streets: () => shown && osm(shown.words),
  });
  const fillLegend = addLegend(map);
  addStreets(map).catch((error) => console.error(error));

  hear(
    (message) => {
      if (message.words.map !== shown?.words.map) speak(map, message.words, message.lang);
      const below = fillLegend(message.rounds ?? [], message.words.lines);
      if (JSON.stringify(message.view) !== JSON.stringify(shown?.view)) {
        map.fitBounds(message.view, { animate: false, paddingBottomRight: [0, below] });
      }
      shown = message;
      cells?.show(message.cells ?? null);
      marks.show(message);
    },
    (n) => marks.choose(n),
  );
  followPointer(map, marks, cells, () => Boolean(cells && shown?.asks));
  answerClicks(map, marks, cells, () => shown);
  window.serviceMap.inspect = inspector(map, marks);
}

/**
 * Let the map fill its frame, also on a phone.
 * @param {L.Map} map
 */
function fillFrame(map) {
  const width = document.querySelector("meta[name=viewport]");
  width?.setAttribute("content", "width=device-width, initial-scale=1");
  const box = map.getContainer();
  box.style.height = "100vh";
  box.style.background = "#e4ebf0";
  map.invalidateSize();
}

/**
 * Draw the outlines of states, counties and the lake.
 * @param {L.Map} map
 * @param {GeoJSON.Feature[]} outlines
 */
function drawGround(map, outlines) {
  map.createPane("ground").style.zIndex = "150";
  const options = {
    pane: "ground",
    renderer: L.canvas({ pane: "ground", padding: 0.5 }),
    interactive: false,
    style: (/** @type {GeoJSON.Feature | undefined} */ part) => GROUND[part?.properties?.kind],
  };
  const all = /** @type {GeoJSON.FeatureCollection} */ ({
    type: "FeatureCollection",
    features: outlines,
  });
  L.geoJSON(all, options).addTo(map);
}

/**
 * Hide our own ground and streets while those of another host are shown.
 * @param {L.Map} map
 * @param {boolean} hidden
 */
function hideOwnGround(map, hidden) {
  for (const name of ["ground", "ways"]) {
    const pane = map.getPane(name);
    if (pane) pane.style.display = hidden ? "none" : "";
  }
}

/**
 * Draw the streets stored on this server, if there are any: their script is fetched only then.
 * @param {L.Map} map
 */
async function addStreets(map) {
  const answer = await fetch("/streets");
  if (answer.status !== 200) return;
  const told = await answer.json();
  const { drawStreets } = await import("./streets.js");
  drawStreets(map, told);
}
