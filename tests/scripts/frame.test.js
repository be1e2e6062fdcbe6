// Frame: it draws the numbers to call once, and watches the page as long as it is there, and no
// longer; it knows phrases from texts.

import assert from "node:assert/strict";
import test from "node:test";
import frame from "../../geo/web/static/frame/frame.js";
import { reworder } from "../../geo/web/static/frame/rewording.js";

/** Return an element that knows what is in it. @param {string} kind */
const element = (kind) => ({
  kind,
  parts: [],
  setAttribute(name, value) {
    this[name] = value;
  },
  appendChild(part) {
    this.parts.push(part);
    return part;
  },
});

test("it takes its watcher with it, also the one of an earlier drawing", () => {
  const watching = new Set();
  const said = [];
  const strips = [];
  const root = {
    querySelector: () => strips[0] && { remove: () => strips.pop() },
    append: (strip) => strips.push(strip),
  };
  const way = { textContent: "Go to what is on this page", hidden: true, setAttribute() {} };
  const label = {
    text: "Increment",
    getAttribute: (name) => (name === "aria-label" ? label.text : null),
    setAttribute: (_, text) => {
      label.text = text;
    },
  };
  globalThis.document = {
    body: {},
    getElementById: () => way,
    querySelectorAll: (parts) => (parts.startsWith("[aria-label]") ? [label] : []),
    createElement: element,
  };
  globalThis.window = { exitWords: (words, lang) => said.push([words, lang]) };
  globalThis.MutationObserver = class {
    observe() {
      watching.add(this);
    }
    disconnect() {
      watching.delete(this);
    }
  };
  const speaking = (lang, more) => ({
    parentElement: root,
    data: {
      ...{ words: {}, lang, skip: "Ir a lo principal", instead: [["Increment", more]] },
      danger: [
        { what: "Emergencia", short: "Peligro", number: "911", href: "tel:911" },
        { what: "No", short: "No", number: "1", href: "javascript:alert(1)" },
      ],
    },
  });
  frame(speaking("es", "Más"));
  assert.equal(label.text, "Más");
  assert.equal(watching.size, 1);
  const end = frame(speaking("en", "More"));
  assert.equal(label.text, "More");
  assert.equal(watching.size, 1);
  end();
  assert.equal(watching.size, 0);
  assert.equal(strips.length, 1);
  const [call, ...others] = strips[0].parts;
  assert.deepEqual([call.href, call["aria-label"]], ["tel:911", "Emergencia: 911"]);
  assert.deepEqual(others, []);
  assert.equal(way.textContent, "Ir a lo principal");
  assert.equal(way.hidden, false);
  assert.deepEqual(said, [
    [{}, "es"],
    [{}, "en"],
  ]);
});

test("a phrase is known with whatever stands in it, and nothing else is touched", () => {
  const reword = reworder([
    ["Remove {n}", "Quitar {n}"],
    ["Remove all", "Quitar todo"],
    ["{n}MB per file", "{n} MB como máximo"],
  ]);
  assert.equal(reword("Remove $&.csv"), "Quitar $&.csv");
  assert.equal(reword("Remove all"), "Quitar todo");
  assert.equal(reword("1MB per file"), "1 MB como máximo");
  assert.equal(reword("MB per file"), "MB per file");
  assert.equal(reword("Please remove it"), "Please remove it");
});
