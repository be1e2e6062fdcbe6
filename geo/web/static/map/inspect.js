// Inspect: what the map shows, as plain values, for tests; nothing on the page needs it.

import { manyOf } from "./clusters.js";

/** @typedef {import("../to_map.js").Point} Point */

/**
 * Return what tests may ask of a map. Places are told by their number in the catalogue, spots in
 * pixels from the corner of the map.
 * @param {L.Map} map
 * @param {import("./marks.js").Marks} marks
 */
export function inspector(map, marks) {
  const numbers = (/** @type {number[]} */ rows) => rows.map((row) => marks.places.n[row]);
  return {
    shown: () => numbers(marks.shown),
    chosen: () => marks.places.n[marks.chosen] ?? null,
    drawn: () =>
      marks.drawn.map((mark) => {
        const { x, y } = map.layerPointToContainerPoint([mark.x, mark.y]);
        return { x, y, ids: numbers(mark.ids), many: manyOf(mark) };
      }),
    start: () => marks.start,
    sites: () => marks.sites,
    rounds: () => marks.rounds,
    view: () => ({ zoom: map.getZoom(), ...map.getCenter() }),
    size: () => ({ ...map.getSize() }),
    corners: () => map.getBounds().toBBoxString().split(",").map(Number),
    isReady: () => Boolean(marks._bounds),
    isResting: () => !map._animatingZoom && !map._panAnim?._inProgress,
    isLoading: () => {
      let loading = marks.isLoading;
      map.eachLayer((layer) => {
        if (layer instanceof L.GridLayer) loading ||= layer.isLoading();
      });
      return loading;
    },
    look: (/** @type {Point} */ point, /** @type {number} */ zoom, animate = false) => {
      map.setView(point, zoom, { animate });
    },
    lookAtAll: (/** @type {Point[]} */ points, /** @type {number} */ edge) => {
      map.fitBounds(L.latLngBounds(points), { animate: false, padding: [edge, edge] });
    },
    spot: (/** @type {Point} */ point) => ({ ...map.latLngToContainerPoint(point) }),
    colour: (/** @type {{x: number, y: number}} */ spot) => {
      const { pen, canvas, _bounds: box } = marks;
      if (!pen || !canvas || !box) return null;
      const fine = canvas.width / box.getSize().x;
      const pixel = map.containerPointToLayerPoint([spot.x, spot.y]).subtract(box.min);
      const { x, y } = pixel.multiplyBy(fine).round();
      return [...pen.getImageData(x, y, 1, 1).data];
    },
  };
}
