// Held: what a page holds is given back to a session that does not know it, once, and not lost.

import assert from "node:assert/strict";
import test from "node:test";
import held from "../../geo/web/static/held/held.js";

test("another session gets back what the one before had, until it answers", () => {
  const given = [];
  const tell = (mark, round) =>
    held({ data: { mark, round }, setTriggerValue: (_, value) => given.push([mark, value]) });
  tell("a", null);
  tell("b", null);
  assert.deepEqual(given, [], "there was nothing to give");
  tell("b", { stops: 1 });
  tell("b", { stops: 2 });
  tell("c", null);
  assert.deepEqual(given, [["c", { stops: 2 }]]);
  tell("d", null);
  assert.deepEqual(
    given[1],
    ["d", { stops: 2 }],
    "one that failed before it answered loses nothing",
  );
  tell("d", { stops: 2 });
  tell("d", null);
  tell("e", null);
  assert.equal(given.length, 2, "what was removed does not come back");
});
