// Table: how rows are sorted, and what is shown of a cell.

import assert from "node:assert/strict";
import test from "node:test";
import { compare, sortValue, textOf } from "../../geo/web/static/panel/table.js";

const ROWS = [
  ["Tracy", [0.0004, "less than 0.1%"]],
  ["Lodi", [null, "none"]],
  ["Álamo", [0.12, "12.0%"]],
  ["Manteca", [0.0004, "less than 0.1%"]],
];

/** Return the names of the rows in their order. */
function sorted(column, down) {
  return [...ROWS].sort(compare(column, down)).map((row) => row[0]);
}

test("numbers are sorted by their value, and the missing come last either way", () => {
  assert.deepEqual(sorted(1, false), ["Tracy", "Manteca", "Álamo", "Lodi"]);
  assert.deepEqual(sorted(1, true), ["Álamo", "Tracy", "Manteca", "Lodi"]);
});

test("texts are sorted as words, not by their codes", () => {
  assert.deepEqual(sorted(0, false), ["Álamo", "Lodi", "Manteca", "Tracy"]);
});

test("9 comes before 10, whatever their texts", () => {
  const rows = [[[10, "10"]], [[9, "9"]]];
  assert.deepEqual(rows.sort(compare(0, false)), [[[9, "9"]], [[10, "10"]]]);
});

test("of a number its text is shown, of a text the text", () => {
  assert.equal(textOf([0.0004, "less than 0.1%"]), "less than 0.1%");
  assert.equal(textOf("Tracy"), "Tracy");
  assert.equal(sortValue([null, "none"]), null);
});
