// Inside: points in areas, lines in squares.

import assert from "node:assert/strict";
import test from "node:test";
import { isInside, partInside } from "../../geo/web/static/map/inside.js";

const SQUARE = ring(0, 0, 10, 10);
const HOLE = ring(4, 4, 6, 6);

function ring(south, west, north, east) {
  return [
    [south, west],
    [south, east],
    [north, east],
    [north, west],
  ];
}

test("a point in a square is inside, one beside it is not", () => {
  assert.equal(isInside([SQUARE], 5, 5), true);
  for (const beside of [-1, 11]) {
    assert.equal(isInside([SQUARE], 5, beside), false);
    assert.equal(isInside([SQUARE], beside, 5), false);
  }
});

test("a hole is outside, and what is around it inside", () => {
  assert.equal(isInside([SQUARE, HOLE], 5, 5), false);
  assert.equal(isInside([SQUARE, HOLE], 5, 2), true);
  assert.equal(isInside([SQUARE, HOLE], 2, 5), true);
});

test("a ring that is closed by its first point once more is the same", () => {
  assert.equal(isInside([[...SQUARE, SQUARE[0]]], 5, 5), true);
  assert.equal(isInside([[...SQUARE, SQUARE[0]]], 5, 11), false);
});

test("the part of a line in a square is told as shares of it", () => {
  // From (-10, 5), 20 to the right: the first half is outside the square from 0 to 10.
  assert.deepEqual(partInside({ x: -10, y: 5 }, { x: 20, y: 0 }, 0, 10), [0.5, 1]);
  // From (-10, 5), 40 to the right: from 10 on to 20.
  assert.deepEqual(partInside({ x: -10, y: 5 }, { x: 40, y: 0 }, 0, 10), [0.25, 0.5]);
  // The same backwards.
  assert.deepEqual(partInside({ x: 30, y: 5 }, { x: -40, y: 0 }, 0, 10), [0.5, 0.75]);
  assert.deepEqual(partInside({ x: 2, y: 2 }, { x: 6, y: 6 }, 0, 10), [0, 1]);
});

test("a line beside the square has no part in it", () => {
  assert.deepEqual(partInside({ x: -10, y: 11 }, { x: 40, y: 0 }, 0, 10), [0, 0]);
  const [from, to] = partInside({ x: -10, y: 5 }, { x: 5, y: 1 }, 0, 10);
  assert.ok(to <= from);
});
