// Cards: one place in full, on a page of its own.

import { beginDrawing, furnish, make } from "../dom.js";
import { drawPlace } from "./place.js";

const SHEET = new URL("./cards.css", import.meta.url).href;

/**
 * Draw the place.
 * @param {import("../dom.js").Component<import("./entry.js").CardsData>} component
 */
export default function (component) {
  const { parentElement: root, data } = component;
  const drawing = beginDrawing(root);
  furnish(root, SHEET, "cards");
  const box = make("div", null, "", "cards");
  const list = make("ol", box);
  for (const row of data.rows) drawPlace(list, row, data);
  root.querySelector(".cards")?.replaceWith(box);
  return () => drawing.abort();
}
