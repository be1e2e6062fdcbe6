// Cells: shades the areas under the places by their class, or the people in them, and says what is
// known of one.

import { make } from "../dom.js";
import { isInside } from "./inside.js";

/** @typedef {import("../to_map.js").CellsMessage} CellsMessage */
/** @typedef {{town: string, people: number, middle: [lat: number, lon: number], rings: [lat: number, lon: number][][]}} Area */

const EDGE = "#5d6670";
const EMPTY = "#e3e6e8";
const NOT_ASKED = "-";
const NOBODY = "n";
const UNDECIDED = "u";
const REACHES_NOTHING = "x";
const OWN = -2; // in place of the number of a place: see geo/gaps/on_map.py
const METRES = 16; // radius of the circle of one person; the area of a circle tells how many
const LEAST_PX = 1.5;

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
  const circles = areas.map((area) => L.circleMarker(area.middle, { ...look, weight: 0.6 }));
  /** @type {Record<string, CanvasPattern>} */
  const patterns = { [UNDECIDED]: stripes(false), [REACHES_NOTHING]: stripes(true) };
  /** @type {CellsMessage | null} */
  let told = null;

  function resize() {
    const metresPerPixel =
      (40075016.686 * Math.cos((map.getCenter().lat * Math.PI) / 180)) / 256 / 2 ** map.getZoom();
    circles.forEach((circle, k) => {
      const radius = (METRES * Math.sqrt(areas[k].people)) / metresPerPixel;
      circle.setRadius(Math.max(LEAST_PX, radius));
    });
  }
  map.on("zoomend", resize);
  resize();

  /** @param {L.Path} shape @param {string | CanvasPattern} colour @param {boolean} stroke */
  function fill(shape, colour, stroke) {
    // Leaflet hands the colour on to the canvas as it is, so that it can be a pattern too.
    shape.setStyle({ fillColor: /** @type {string} */ (colour), fillOpacity: 1, stroke });
    if (!map.hasLayer(shape)) shape.addTo(map);
  }

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
        const colour =
          kind === NOBODY ? EMPTY : (patterns[kind] ?? message.colours[parseInt(kind, 36)]);
        const byPeople = message.by === "people";
        fill(cell, byPeople ? EMPTY : colour, !byPeople);
      });
      circles.forEach((circle, k) => {
        const kind = message?.by === "people" ? message.kinds[k] : NOT_ASKED;
        if (!message || kind === NOT_ASKED || kind === NOBODY) circle.remove();
        else fill(circle, patterns[kind] ?? message.colours[parseInt(kind, 36)], true);
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
function describe(area, { words, kinds, far, to, edge }, k, nameOf) {
  const box = make("div", null, "", "map-name");
  make("div", box, area.town);
  make("div", box, words.people.replace("{n}", area.people.toLocaleString("en-US")));
  if (kinds[k] === UNDECIDED) make("div", box, words.undecided);
  if (far[k] === null) {
    if (kinds[k] === REACHES_NOTHING) make("div", box, words.none);
  } else {
    make("div", box, words.far.replace("{n}", String(far[k])));
    make("div", box, to[k] === OWN ? words.own : nameOf(to[k]));
  }
  if (edge[k] === "1") make("div", box, words.edge);
  return box;
}

/** Return a pattern of thin lines, slanting, or crossing each other. @param {boolean} crossed */
function stripes(crossed) {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 8;
  const pen = /** @type {CanvasRenderingContext2D} */ (tile.getContext("2d"));
  pen.fillStyle = "#ffffff";
  pen.fillRect(0, 0, 8, 8);
  pen.strokeStyle = EDGE;
  for (const from of [-8, 0, 8]) {
    pen.moveTo(from, 8);
    pen.lineTo(from + 8, 0);
    if (!crossed) continue;
    pen.moveTo(from, 0);
    pen.lineTo(from + 8, 8);
  }
  pen.stroke();
  return /** @type {CanvasPattern} */ (pen.createPattern(tile, "repeat"));
}
