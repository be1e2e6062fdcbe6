// Legend: the colours of the map, in words and counted in people.

import { make } from "../dom.js";

/**
 * @typedef {object} LegendData
 * @property {string} title
 * @property {{look: "" | "undecided" | "none", colour: string, label: string, people: string}[]} rows a colour, or a pattern of panel.css
 * @property {string[]} notes
 */

/**
 * Draw a legend at the end of a box.
 * @param {Node} box
 * @param {LegendData} data
 */
export function drawLegend(box, data) {
  const part = make("section", box, "", "legend");
  make("h2", part, data.title).id = "legend-title";
  const list = make("ul", part);
  list.setAttribute("aria-labelledby", "legend-title");
  for (const row of data.rows) {
    const line = make("li", list);
    const swatch = make("i", line, "", row.look);
    if (!row.look) swatch.style.background = row.colour;
    make("span", line, row.label);
    make("b", line, row.people);
  }
  for (const text of data.notes) make("p", part, text, "soft");
}
