// Table: rows to sort by any column. The server says how a number is written; here it only sorts.

import { button, make } from "../dom.js";

/** @typedef {string | [value: number | null, text: string]} Cell a text, or a number and how it is written */

/**
 * @typedef {object} TableData
 * @property {string} caption
 * @property {{label: string, kind: string}[]} columns
 * @property {Cell[][]} rows
 * @property {number} shown how many rows are shown at first
 * @property {string} more
 */

/** @typedef {{column: number | null, down: boolean, all: boolean}} Sorting what a reader chose */

/**
 * Return what a cell is sorted by.
 * @param {Cell} cell
 */
export function sortValue(cell) {
  return typeof cell === "string" ? cell : cell[0];
}

/**
 * Return what a reader sees in a cell.
 * @param {Cell} cell
 */
export function textOf(cell) {
  return typeof cell === "string" ? cell : cell[1];
}

/**
 * Return how two rows stand to each other by a column; what has no value comes last, either way.
 * @param {number} column
 * @param {boolean} down from the largest
 * @returns {(a: Cell[], b: Cell[]) => number}
 */
export function compare(column, down) {
  return (a, b) => {
    const [x, y] = [sortValue(a[column]), sortValue(b[column])];
    if (x === y) return 0;
    if (x === null) return 1;
    if (y === null) return -1;
    const order =
      typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y));
    return down ? -order : order;
  };
}

/**
 * Draw a table at the end of a box, sorted as it was before.
 * @param {Node} box
 * @param {TableData} data
 * @param {Sorting} sorting is changed by what a reader presses
 */
export function drawTable(box, data, sorting) {
  const sheet = make("div", box, "", "sheet");
  sheet.tabIndex = 0;
  sheet.setAttribute("role", "region");
  sheet.setAttribute("aria-label", data.caption);
  const grid = make("table", sheet);
  make("caption", grid, data.caption);
  const head = make("tr", make("thead", grid));
  const body = make("tbody", grid);
  const more = button(box, data.more, showAll, "more");

  function fill() {
    const { column, down } = sorting;
    const rows = column === null ? data.rows : [...data.rows].sort(compare(column, down));
    const shown = sorting.all ? rows : rows.slice(0, data.shown);
    body.replaceChildren();
    for (const row of shown) drawRow(body, row, data.columns);
    more.hidden = shown.length === rows.length;
    [...head.children].forEach((cell, k) => {
      if (k === column) cell.setAttribute("aria-sort", down ? "descending" : "ascending");
      else cell.removeAttribute("aria-sort");
    });
  }

  function showAll() {
    sorting.all = true;
    fill();
    const next = body.children[data.shown].querySelector("th");
    next?.setAttribute("tabindex", "-1");
    next?.focus();
  }

  data.columns.forEach((column, k) => {
    const cell = make("th", head, "", lookOf(column.kind));
    cell.scope = "col";
    button(cell, column.label, () => {
      sorting.down = sorting.column === k ? !sorting.down : column.kind !== "text";
      sorting.column = k;
      fill();
    });
  });
  fill();
}

/**
 * @param {Node} body
 * @param {Cell[]} row
 * @param {{kind: string}[]} columns
 */
function drawRow(body, row, columns) {
  const line = make("tr", body);
  row.forEach((cell, k) => {
    const box = make(k ? "td" : "th", line, textOf(cell), lookOf(columns[k].kind));
    if (!k) box.scope = "row";
  });
}

/**
 * @param {string} kind
 */
function lookOf(kind) {
  return kind === "text" ? "" : "number";
}
