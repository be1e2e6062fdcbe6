// Bits: which places are meant.

import assert from "node:assert/strict";
import test from "node:test";
import { reader } from "../../geo/web/static/map/bits.js";

test("the first place is the highest bit of the first byte", () => {
  // "gEA=" is 10000000 01000000.
  const isMeant = reader("gEA=");
  assert.deepEqual([...Array(16).keys()].filter(isMeant), [0, 9]);
});

test("what lies behind the last byte is not meant", () => {
  assert.equal(reader("gEA=")(16), false);
  assert.equal(reader("")(0), false);
});
