// Map: names that fit, legs of a round, areas of places that are only about known.

import assert from "node:assert/strict";
import test from "node:test";
import { inOrder, isNamed, take } from "../../geo/web/static/map/labels.js";
import { legs } from "../../geo/web/static/map/rounds.js";
import { areaReach } from "../../geo/web/static/map/shapes.js";

test("cities are named before ZIP codes, large ones first", () => {
  const towns = [
    ["95202", "zip", 0, 0, 90],
    ["Lodi", "city", 0, 0, 35],
    ["Tracy", "city", 0, 0, 66],
  ];
  assert.deepEqual(
    inOrder(towns).map((town) => town[0]),
    ["Tracy", "Lodi", "95202"],
  );
});

test("small towns and ZIP codes are named from closer by", () => {
  const zooms = (kind, km2) =>
    [7, 8, 9, 10, 11].filter((zoom) => isNamed(["", kind, 0, 0, km2], zoom));
  assert.deepEqual(zooms("city", 8), [8, 9, 10, 11]);
  assert.deepEqual(zooms("city", 7), [10, 11]);
  assert.deepEqual(zooms("zip", 90), [11]);
});

test("a name takes its room only if no other is in it", () => {
  const taken = [];
  assert.equal(take(taken, [0, 0, 10, 10]), true);
  assert.equal(take(taken, [9, 9, 20, 20]), false);
  assert.equal(take(taken, [10, 0, 20, 10]), true);
  assert.equal(taken.length, 2);
});

test("a leg follows the streets where its course is known, else it is straight", () => {
  const points = [
    [1, 1],
    [2, 2],
    [3, 3],
  ];
  const course = [
    [1, 1],
    [1, 2],
    [2, 2],
  ];
  assert.deepEqual(legs({ name: "", points, courses: [course, []] }), [
    { line: course, onStreets: true },
    { line: [points[1], points[2]], onStreets: false },
  ]);
});

test("an area is drawn to scale, but never too small to see or too large to bear", () => {
  // On the equator at zoom 10 a pixel is 156543.03392 / 1024 = 152.874 m; at 60 degrees half that.
  assert.ok(Math.abs(areaReach(15287.4, 0, 1024) - 100) < 0.001);
  assert.ok(Math.abs(areaReach(7643.7, 60, 1024) - 100) < 0.001);
  assert.equal(areaReach(1, 0, 1024), 18);
  assert.equal(areaReach(1e6, 0, 1024), 160);
});
