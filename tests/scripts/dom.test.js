// Dom: which links are safe, and that a new drawing ends the one before.

import assert from "node:assert/strict";
import test from "node:test";
import { beginDrawing, isSafe } from "../../geo/web/static/dom.js";

test("only telephones, messages, pages and points are safe to follow", () => {
  for (const href of ["tel:+12095550100", "sms:988", "https://a.example/", "geo:37.7,-121.4"]) {
    assert.equal(isSafe(href), true, href);
  }
  for (const href of ["/place?id=abc123", "/text/es"]) assert.equal(isSafe(href), true, href);
  const unsafe = ["javascript:alert(1)", " https://a.example", "data:text/html,x", "//a.example"];
  for (const href of [...unsafe, "/place?id=../x", "", null, undefined]) {
    assert.equal(isSafe(href), false, String(href));
  }
});

test("a new drawing ends the one before, and no other", () => {
  const [root, other] = [{}, {}];
  const [first, elsewhere] = [beginDrawing(root), beginDrawing(other)];
  const second = beginDrawing(root);
  assert.deepEqual(
    [first, second, elsewhere].map((drawing) => drawing.signal.aborted),
    [true, false, false],
  );
});
