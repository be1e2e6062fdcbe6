// Clusters: what is gathered into one mark, and which mark is meant by a spot.

import assert from "node:assert/strict";
import test from "node:test";
import { gather, marksOf, nearest } from "../../geo/web/static/map/clusters.js";

const BOX = { min: { x: 0, y: 0 }, max: { x: 100, y: 100 } };
const SIGHT = { scale: 2, origin: { x: 100, y: 0 }, box: BOX };

test("places in one square are gathered in their middle, others are not", () => {
  // At twice the size, less 100 to the right: (10, 20), (14, 30), (60, 20). Squares of 50 in the
  // world begin at 100 and 150 to the right, so the third lies in the next one.
  const world = [
    { x: 55, y: 10 },
    { x: 57, y: 15 },
    { x: 80, y: 10 },
  ];
  assert.deepEqual(gather([0, 1, 2], world, SIGHT, 50), [
    { x: 12, y: 25, ids: [0, 1] },
    { x: 60, y: 20, ids: [2] },
  ]);
});

test("what is out of sight is not gathered, what lies on the edge is", () => {
  const world = [
    { x: 49, y: 10 }, // at -2
    { x: 50, y: 50 }, // at (0, 100)
    { x: 101, y: 10 }, // at 102
  ];
  assert.deepEqual(gather([0, 1, 2], world, SIGHT, 50), [{ x: 0, y: 100, ids: [1] }]);
});

test("moving the map splits no gathering", () => {
  const world = [
    { x: 55, y: 10 },
    { x: 57, y: 15 },
  ];
  for (const x of [100, 107, 113]) {
    const moved = gather([0, 1], world, { ...SIGHT, origin: { x, y: 0 } }, 50);
    assert.deepEqual(
      moved.map((one) => one.ids),
      x < 112 ? [[0, 1]] : [[1]],
    );
  }
});

test("a mark that touches a cluster goes into it; lone ones may touch each other", () => {
  // A cluster of 4 reaches 13 + 2 = 15, a lone one 12: they touch below 27.
  const cluster = { x: 0, y: 0, ids: [1, 2, 3, 4] };
  const [near, far] = [
    { x: 26, y: 0, ids: [5] },
    { x: 27, y: 0, ids: [6] },
  ];
  assert.deepEqual(marksOf([near, far, cluster], true), [
    { x: 0, y: 0, ids: [1, 2, 3, 4, 5], reach: 15 },
    { x: 27, y: 0, ids: [6], reach: 12 },
  ]);
  assert.equal(marksOf([near, far, cluster], false).length, 3);
});

test("a cluster reaches 25 pixels at most", () => {
  const [mark] = marksOf([{ x: 0, y: 0, ids: [...Array(400).keys()] }], true);
  assert.equal(mark.reach, 25);
});

test("the nearest mark within its reach and 8 pixels is meant", () => {
  const marks = [
    { x: 0, y: 0, ids: [1], reach: 12 },
    { x: 30, y: 0, ids: [2], reach: 12 },
  ];
  assert.equal(nearest(marks, { x: 14, y: 0 }), marks[0]);
  assert.equal(nearest(marks, { x: 16, y: 0 }), marks[1]);
  assert.equal(nearest(marks, { x: 0, y: 20 }), null);
  assert.equal(nearest(marks, { x: 0, y: 19 }), marks[0]);
  assert.equal(nearest([], { x: 0, y: 0 }), null);
});
