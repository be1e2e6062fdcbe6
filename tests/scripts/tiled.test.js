// Tiled: which squares are in sight, and what a tile tells of places and clusters.

import assert from "node:assert/strict";
import test from "node:test";
import { manyOf, marksOf } from "../../geo/web/static/map/clusters.js";
import { inShort } from "../../geo/web/static/map/shapes.js";
import { asColumns, squaresBetween } from "../../geo/web/static/map/tiled.js";

test("the squares in sight are those from corner to corner, none beyond the world", () => {
  const between = (first, last, zoom) => squaresBetween(first, last, zoom);
  assert.deepEqual(between({ x: 1.9, y: 0.2 }, { x: 2.1, y: 1 }, 2), [
    "2/1/0",
    "2/1/1",
    "2/2/0",
    "2/2/1",
  ]);
  assert.deepEqual(between({ x: -3, y: -1 }, { x: 9, y: 0.5 }, 1), ["1/0/0", "1/1/0"]);
});

test("a tile tells places apart from clusters, and the group of a place by its shape", () => {
  const at = (lon, lat, properties) => ({ properties, geometry: { coordinates: [lon, lat] } });
  const groups = [
    { shape: "health", colour: "blue" },
    { shape: "law", colour: "red" },
  ];
  const { places, clusters } = asColumns(
    [
      at(-121, 38, { n: 7, id: "abc", name: "One", group: "law", off_m: 0 }),
      at(-120, 37, { places: 12, law: 12 }),
      at(-119, 36, { n: 9, id: "def", name: "Two", group: "other", off_m: 900 }),
    ],
    groups,
  );
  assert.deepEqual(clusters, [{ lat: 37, lon: -120, more: 12 }]);
  assert.deepEqual(places, {
    n: [7, 9],
    id: ["abc", "def"],
    lat: [38, 36],
    lon: [-121, -119],
    g: [1, -1],
    r: [0, 900],
    name: ["One", "Two"],
    groups,
  });
});

test("a cluster of a tile counts as many as it says, alone or with what it takes in", () => {
  const [large] = marksOf(
    [
      { x: 0, y: 0, ids: [3] },
      { x: 5, y: 0, ids: [], more: 40 },
    ],
    true,
  );
  assert.equal(manyOf(large), 41);
  assert.deepEqual(large.ids, [3]);
  const both = marksOf(
    [
      { x: 0, y: 0, ids: [], more: 2 },
      { x: 5, y: 0, ids: [], more: 40 },
    ],
    true,
  );
  assert.deepEqual(both.map(manyOf), [42]);
});

test("a large number is written as there is room for it", () => {
  assert.deepEqual([9_999, 10_000, 12_600, 999_499, 999_500, 1_400_000].map(inShort), [
    "9999",
    "10k",
    "13k",
    "999k",
    "1M",
    "1M",
  ]);
});
