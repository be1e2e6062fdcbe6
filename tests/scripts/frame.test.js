// Frame: it watches the page as long as it is there, and no longer.

import assert from "node:assert/strict";
import test from "node:test";
import frame from "../../geo/web/static/frame/frame.js";

test("it takes its watcher with it, also the one of an earlier drawing", () => {
  const watching = new Set();
  const said = [];
  globalThis.document = { body: {} };
  globalThis.window = { exitWords: (words, lang) => said.push([words, lang]) };
  globalThis.MutationObserver = class {
    observe() {
      watching.add(this);
    }
    disconnect() {
      watching.delete(this);
    }
  };
  const component = { parentElement: {}, data: { words: {}, lang: "es", near: "Cerca de:" } };
  frame(component);
  assert.equal(watching.size, 1);
  const end = frame(component);
  assert.equal(watching.size, 1);
  end();
  assert.equal(watching.size, 0);
  assert.deepEqual(said, [
    [{}, "es"],
    [{}, "es"],
  ]);
});
