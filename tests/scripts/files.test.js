// Files: the file that is waited for is saved once; no other, and nothing of it stays.

import assert from "node:assert/strict";
import test from "node:test";
import files from "../../geo/web/static/files/files.js";

/** An element that knows just enough. */
class Node {
  constructor(kind = "div") {
    Object.assign(this, { kind, children: [], dataset: {}, isConnected: true, textContent: "" });
  }
  appendChild(child) {
    this.children.push(child);
  }
  prepend(child) {
    this.children.unshift(child);
  }
  replaceChildren() {
    this.children = [];
  }
  setAttribute() {}
  focus() {}
  click() {
    if (this.kind === "a") saved.push([this.download, this.href]);
    else this.onclick();
  }
  all() {
    return [this, ...this.children.flatMap((one) => one.all())];
  }
  querySelector(look) {
    return this.all().find((one) => one.className?.split(" ").includes(look.slice(1))) ?? null;
  }
}

const saved = [];
const asked = [];
const revoked = [];
globalThis.document = { baseURI: "http://ours/", createElement: (kind) => new Node(kind) };
globalThis.window = new EventTarget();
URL.createObjectURL = (blob) => `blob:${blob.type}:${blob.size}`;
URL.revokeObjectURL = (address) => revoked.push(address);

const words = { making: "making", ready: "ready {name}", late: "late" };
const data = { files: ["a", "b"].map((key) => ({ key, label: key })), words };

function drawn() {
  const root = new Node();
  const setTriggerValue = (_, value) => asked.push(value);
  const end = files({ data, parentElement: root, setTriggerValue });
  const [a, b] = root.all().filter((one) => one.kind === "button");
  return { a, b, end, told: () => root.querySelector(".told").textContent };
}

function come(head, body) {
  const told = `${JSON.stringify(head)}\n${body}`;
  files({ data: new TextEncoder().encode(told), parentElement: new Node() });
}

test("presses are answered one by one, each once, and let go of when the page goes", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { a, b, told, end } = drawn();
  a.click();
  a.click();
  b.click();
  assert.equal(told(), "making");
  assert.deepEqual(
    asked.map((one) => one.key),
    ["a"],
  );
  const file = { turn: asked[0].turn, name: "$&.csv", kind: "text/csv", trouble: "" };
  come({ ...file, turn: -1 }, "x");
  assert.deepEqual(saved, [], "nobody waits for that one");
  come(file, "x\ny");
  come(file, "x\ny");
  assert.deepEqual(saved, [["$&.csv", "blob:text/csv:3"]]);
  assert.equal(asked[1].key, "b");
  come({ ...file, turn: asked[1].turn, trouble: "It cannot be." }, "");
  assert.equal(told(), "It cannot be.");
  assert.equal(saved.length, 1);
  window.dispatchEvent(new Event("pagehide"));
  assert.deepEqual(revoked, ["blob:text/csv:3"]);
  end();
});

test("a server that does not answer is said not to, and what comes later is not saved", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  saved.length = 0;
  const { a, told } = drawn();
  a.click();
  const { turn } = asked.at(-1);
  t.mock.timers.tick(30_000);
  assert.equal(told(), "late");
  come({ turn, name: "a.csv", kind: "text/csv", trouble: "" }, "x");
  assert.deepEqual(saved, []);
  a.click();
  come({ turn: asked.at(-1).turn, name: "a.csv", kind: "text/csv", trouble: "" }, "x");
  assert.equal(saved.length, 1);
  revoked.length = 0;
  t.mock.timers.tick(40_000);
  assert.deepEqual(revoked, ["blob:text/csv:1"], "the address is let go of by itself");
});
