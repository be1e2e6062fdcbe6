// Streets: squares, lines as they come, and room for names.

import assert from "node:assert/strict";
import test from "node:test";
import { roomFor, squareOf, unpacked } from "../../geo/web/static/map/streets.js";

test("a line comes as steps and becomes points with a box around them", () => {
  // (100, 200), then 10 right and 5 up, then 30 left and 25 down.
  assert.deepEqual(unpacked([2, 7, 100, 200, 10, -5, -30, 25]), {
    kind: 2,
    name: 7,
    at: [100, 200, 110, 195, 80, 220],
    west: 80,
    east: 110,
    north: 195,
    south: 220,
  });
});

test("a piece of the map is found in its square", () => {
  // Two zooms closer than the square of zoom 13, four pieces lie side by side in it: piece 6 is the
  // third of square 1, which begins in the middle of its 8192 units.
  assert.deepEqual(squareOf({ x: 6, y: 4, z: 15 }), {
    level: 13,
    x: 1,
    y: 1,
    scale: 256 / 2048,
    left: 4096,
    top: 0,
  });
  assert.deepEqual(squareOf({ x: 3, y: 5, z: 8 }), {
    level: 8,
    x: 3,
    y: 5,
    scale: 256 / 8192,
    left: 0,
    top: 0,
  });
  assert.equal(squareOf({ x: 0, y: 0, z: 12 }).level, 8);
});

test("a name stands in the middle of the first piece with room for it", () => {
  const sight = { zoom: 15, scale: 1, left: 0, top: 0 };
  const line = { at: [20, 100, 40, 100, 140, 100] }; // 20 long, then 100
  assert.deepEqual(roomFor(line, 50, [], sight), { x: 90, y: 100, turn: 0 });
  assert.equal(roomFor(line, 101, [], sight), null);
  assert.equal(roomFor(line, 50, [{ x: 90, y: 130 }], sight), null);
  assert.ok(roomFor(line, 50, [{ x: 90, y: 136 }], sight));
});
