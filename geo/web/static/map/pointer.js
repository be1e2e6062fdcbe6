// Pointer: names what is under the pointer, and answers a click on a place, an area or a point.

import { manyOf } from "./clusters.js";
import { nameTip, openBox, openChooser, openNames } from "./popups.js";
import { CLOSE } from "./tiled.js";
import { tellPick, tellSpot } from "./to_list.js";

/** @typedef {import("./marks.js").Marks} Marks */
/** @typedef {ReturnType<typeof import("./cells.js").addCells>} Cells */
/** @typedef {import("../to_map.js").MapMessage} MapMessage */

const CLOSEST = 16; // from this zoom on, a cluster is a list to choose from

/**
 * Name what is under the pointer.
 * @param {L.Map} map
 * @param {Marks} marks
 * @param {Cells | null} cells
 * @param {() => boolean} asks whether a point is asked for
 */
export function followPointer(map, marks, cells, asks) {
  /** @type {L.Tooltip | null} */
  let tip = null;
  map.on("mousemove", (event) => {
    const mark = marks.at(event.layerPoint);
    map.getContainer().style.cursor = asks() ? "crosshair" : mark ? "pointer" : "";
    tip?.remove();
    tip = null;
    const known = mark ? null : cells?.at(event.latlng);
    if (known) {
      tip = L.tooltip({ direction: "top", offset: [0, -8] });
      tip.setLatLng(event.latlng).setContent(known).addTo(map);
    } else if (mark && mark.ids.length === 1 && manyOf(mark) === 1) {
      const point = map.layerPointToLatLng([mark.x, mark.y]);
      tip = nameTip(point, marks.places.name[mark.ids[0]]).addTo(map);
    }
  });
}

/**
 * Answer a click: with the point if one is asked for, else with what is there.
 * @param {L.Map} map
 * @param {Marks} marks
 * @param {Cells | null} cells
 * @param {() => MapMessage | null} shown
 */
export function answerClicks(map, marks, cells, shown) {
  map.on("click", (event) => {
    if (shown()?.asks) {
      tellSpot(event.latlng);
      return;
    }
    const mark = marks.at(event.layerPoint);
    if (!mark) {
      const known = cells?.at(event.latlng);
      if (known) openBox(map, event.latlng, known);
      return;
    }
    const point = map.layerPointToLatLng([mark.x, mark.y]);
    const names = mark.ids.map((row) => ({ row, name: marks.places.name[row] }));
    const words = shown()?.words ?? {};
    if (mark.more) {
      if (map.getZoom() < CLOSE) map.setView(point, Math.min(map.getZoom() + 2, CLOSE));
      else openNames(map, point, [words.here.replace("{n}", String(manyOf(mark)))]);
    } else if (cells)
      openNames(
        map,
        point,
        names.map(({ name }) => name),
      );
    else if (mark.ids.length === 1) pick(marks, mark.ids[0]);
    else if (isOneSpot(marks, mark.ids) || map.getZoom() >= CLOSEST) {
      openChooser(map, point, names, words.here ?? "", (row) => pick(marks, row));
    } else {
      const bounds = L.latLngBounds(mark.ids.map((row) => marks.point(row)));
      map.fitBounds(bounds, { maxZoom: CLOSEST, padding: [40, 40] });
    }
  });
}

/**
 * @param {Marks} marks
 * @param {number} row
 */
function pick(marks, row) {
  const { n, id } = marks.places;
  marks.ring(row);
  tellPick(n[row], id?.[row]);
}

/**
 * @param {Marks} marks
 * @param {number[]} rows
 */
function isOneSpot(marks, rows) {
  return rows.every((row) => marks.point(row).equals(marks.point(rows[0]), 0));
}
