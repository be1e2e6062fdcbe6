// Cells: shades the areas under the places by their class, and says what is known of one.

import { make } from "../dom.js";
import { isInside } from "./inside.js";

/** @typedef {import("../to_map.js").CellsMessage} CellsMessage */
/** @typedef {{town: string, people: number, rings: [lat: number, lon: number][][]}} Area */

const EDGE = "#5d6670";
const NOT_ASKED = "-";
const REACHES_NOTHING = "x";

/**
 * Put the areas on a map.
 * @param {L.Map} map
 * @param {Area[]} areas
 * @param {(n: number) => string} nameOf the name of a place
 */
export function addCells(map, areas, nameOf) {
  map.createPane("cells").style.zIndex = "160";
  const renderer = L.canvas({ pane: "cells", padding: 0.5 });
  const look = { pane: "cells", renderer, interactive: false, weight: 0.4, color: EDGE };
  const drawn = areas.map((area) => L.polygon(area.rings, look));
  const striped = stripes();
  /** @type {CellsMessage | null} */
  let told = null;

  return {
    /** Shade what a message tells; nothing without one. @param {CellsMessage | null} message */
    show(message) {
      told = message;
      drawn.forEach((cell, k) => {
        const kind = message ? message.kinds[k] : NOT_ASKED;
        if (!message || kind === NOT_ASKED) {
          cell.remove();
          return;
        }
        const colour = kind === REACHES_NOTHING ? striped : message.colours[parseInt(kind, 36)];
        // Leaflet hands the colour on to the canvas as it is, so that it can be a pattern too.
        cell.setStyle({ fillColor: /** @type {string} */ (colour), fillOpacity: 1 });
        if (!map.hasLayer(cell)) cell.addTo(map);
      });
    },

    /** Return what is known of the area at a point, drawn; null outside. @param {L.LatLng} point */
    at(point) {
      const message = told;
      if (!message) return null;
      const k = areas.findIndex(
        (area, at) =>
          message.kinds[at] !== NOT_ASKED &&
          drawn[at].getBounds().contains(point) &&
          isInside(area.rings, point.lat, point.lng),
      );
      return k < 0 ? null : describe(areas[k], message, k, nameOf);
    },
  };
}

/**
 * @param {Area} area
 * @param {CellsMessage} message
 * @param {number} k
 * @param {(n: number) => string} nameOf
 */
function describe(area, { words, far, to, edge }, k, nameOf) {
  const box = make("div", null, "", "map-name");
  make("div", box, area.town);
  make("div", box, words.people.replace("{n}", area.people.toLocaleString("en-US")));
  if (far[k] === null) make("div", box, words.none);
  else {
    make("div", box, words.far.replace("{n}", String(far[k])));
    make("div", box, nameOf(to[k]));
  }
  if (edge[k] === "1") make("div", box, words.edge);
  return box;
}

/** Return a pattern of thin lines for areas that reach nothing. */
function stripes() {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 8;
  const pen = /** @type {CanvasRenderingContext2D} */ (tile.getContext("2d"));
  pen.fillStyle = "#ffffff";
  pen.fillRect(0, 0, 8, 8);
  pen.strokeStyle = EDGE;
  for (const from of [-8, 0, 8]) {
    pen.moveTo(from, 8);
    pen.lineTo(from + 8, 0);
  }
  pen.stroke();
  return pen.createPattern(tile, "repeat");
}
