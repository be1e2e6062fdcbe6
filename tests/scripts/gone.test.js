// Gone: who asks for a place by its name that is not on the list any more is told so; nobody else is.

import assert from "node:assert/strict";
import test from "node:test";
import { goneOf } from "../../geo/web/static/telling/gone.js";

const NAMES = ["Casa de la Paz - Niños", "Arches", "St. Mary's Old Kitchen"];
const MEANT = {
  "casa de la paz": NAMES[0],
  "Niños CASA paz": NAMES[0],
  "casa de la paz ninos near calexico": NAMES[0],
  arches: NAMES[1],
  "is the arches still there": NAMES[1],
  "saint mary's old kitchen": NAMES[2],
  "old kitchen": NAMES[2],
  kitchen: "",
  "casa de la luz": "",
  "": "",
  "?!": "",
};

for (const [text, name] of Object.entries(MEANT)) {
  test(`"${text}" means ${name || "none"}`, () => assert.equal(goneOf(NAMES, text), name));
}

test("nothing is gone where nothing is", () => assert.equal(goneOf([], "casa de paz"), ""));
