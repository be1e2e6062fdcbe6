// Engine: the parts of the search that stand by themselves; that all of it answers as the server
// does is tested in a browser, tests/browser/test_engine.py.

import assert from "node:assert/strict";
import test from "node:test";
import { fold, mistakes, nearest, spokenWords } from "../../geo/web/static/engine/letters.js";
import { Hours, OPEN, UNKNOWN } from "../../geo/web/static/engine/opening.js";
import { numbersOf, wordsOf } from "../../geo/web/static/engine/places.js";
import { bearing, metresApart } from "../../geo/web/static/engine/sphere.js";

const MINUTE_MS = 60_000;

test("words are read without capitals and the marks within them", () => {
  assert.deepEqual(spokenWords("Women's H.I.V. test - ¿Dónde? I'd go"), [
    "womens",
    "hiv",
    "test",
    "dónde",
    "i",
    "go",
  ]);
  assert.deepEqual(["niños", "saint", "straße"].map(fold), ["ninos", "st", "straße"]);
});

test("two letters swapped are one mistake, and more than the most is one more", () => {
  assert.equal(mistakes("stocton", "stockton", 2), 1);
  assert.equal(mistakes("tarcy", "tracy", 1), 1);
  assert.equal(mistakes("a", "bcd", 1), 2);
  assert.equal(mistakes("kitten", "sitting", 2), 3); // 3 by every account
});

test("of several words as near, the one with the same first letter is meant", () => {
  assert.equal(nearest("fodd", ["mood", "food"]), "food");
  assert.equal(nearest("zzzz", ["food"]), "");
  assert.equal(nearest("los", ["lost"]), ""); // too short to say
});

test("numbers come as letters, words as what they do not share", () => {
  assert.deepEqual(numbersOf("#$c"), [0, 1, 64]);
  assert.deepEqual(wordsOf(["#'%", "cama s sa"]), ["cama", "camas", "casa"]);
  assert.deepEqual(wordsOf(["", ""]), []);
});

test("before and after the weeks that are told, hours are unknown", () => {
  // Open from minute 110 to 130, of minutes 100 to 200; then closed until 240.
  const hours = new Hours({ first: 100, end: 200, texts: [[[100, 10, 20], [0, 2, 0], 240]] });
  const at = (minute) => hours.at(0, minute * MINUTE_MS);
  assert.deepEqual(
    [at(99), at(200)].map(({ kind }) => kind),
    [UNKNOWN, UNKNOWN],
  );
  assert.deepEqual(
    [at(99), at(200)].map(({ until }) => until),
    [null, null],
  );
  assert.equal(at(200).reason, "beyond");
  assert.deepEqual(at(110), { kind: OPEN, until: 130 * MINUTE_MS, reason: "", holiday: false });
  assert.equal(at(199).until, 240 * MINUTE_MS);
  assert.deepEqual(
    [99, 100, 199, 200].map((minute) => hours.holds(minute * MINUTE_MS)),
    [...[false, true, true, false]],
  );
});

test("a degree of the equator is 111.195 km, and north is nought", () => {
  assert.equal(Math.round(metresApart([0, 0], [0, 1])), 111_195);
  assert.deepEqual(
    [
      [1, 0],
      [0, 1],
      [-1, 0],
      [0, -1],
    ].map((point) => bearing([0, 0], point)),
    [0, 90, 180, 270],
  );
});
