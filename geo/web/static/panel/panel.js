// Panel: what it is given of a finding, a legend and a table, and what the map shows of it.

import { beginDrawing, furnish, make } from "../dom.js";
import { onSpot, show } from "../to_map.js";
import { drawLegend } from "./legend.js";
import { drawTable } from "./table.js";

/**
 * @typedef {object} PanelData
 * @property {string} [headline]
 * @property {boolean} [warns]
 * @property {string[]} [lines]
 * @property {import("./legend.js").LegendData} [legend]
 * @property {import("./table.js").TableData} [table]
 * @property {import("../to_map.js").MapMessage} [map]
 */

const SHEET = new URL("./panel.css", import.meta.url).href;

/** How each table is sorted, and of which columns. @type {WeakMap<Node, {columns: string, by: import("./table.js").Sorting}>} */
const sortings = new WeakMap();

/**
 * Draw the panel; return what takes it off the page's ear.
 * @param {import("../dom.js").Component<PanelData>} component
 */
export default function (component) {
  const { parentElement: root, data } = component;
  const drawing = beginDrawing(root);
  furnish(root, SHEET, "panel");
  root.querySelector(".panel")?.replaceWith(drawn(root, data));
  if (data.map) {
    onSpot((spot) => component.setTriggerValue("spot", spot), drawing.signal);
    show(data.map);
  }
  return () => drawing.abort();
}

/**
 * @param {Node} root
 * @param {PanelData} data
 */
function drawn(root, data) {
  const box = make("div", null, "", "panel");
  if (data.headline) {
    const said = make("p", box, data.headline, data.warns ? "headline warns" : "headline");
    said.setAttribute("role", "status");
  }
  for (const text of data.lines ?? []) make("p", box, text);
  if (data.legend) drawLegend(box, data.legend);
  if (data.table) drawTable(box, data.table, sortingOf(root, data.table));
  return box;
}

/**
 * Return how the table is sorted: as before, if its columns are still the same.
 * @param {Node} root
 * @param {import("./table.js").TableData} table
 */
function sortingOf(root, table) {
  const columns = JSON.stringify(table.columns);
  let known = sortings.get(root);
  if (known?.columns !== columns) {
    known = { columns, by: { column: null, down: false, all: false } };
    sortings.set(root, known);
  }
  return known.by;
}
