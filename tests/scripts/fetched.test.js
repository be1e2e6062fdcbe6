// Fetched: what a first answer needs comes first; the rest waits until what is beside it is painted.

import assert from "node:assert/strict";
import test from "node:test";
import { stock } from "../../geo/web/static/find/files.js";
import { untilShown } from "../../geo/web/static/to_map.js";

const FIRST = ["places", "openings", "page", "cards"];
const REST = ["words", "tables", "papers"];
const ADDRESSES = Object.fromEntries([...FIRST, ...REST].map((name) => [name, name]));
const LISTS = ["hours_of", "paused", "is_line", "reached", "name_ranks", "located", "points"];
const MORE_LISTS = ["off_m", "lines", "line_ranks", "for_anything", "reports", "line_types"];
const SETS = ["kinds", "counties", "languages", "flags", "areas"];
const FILES = {
  places: {
    size: 0,
    ...Object.fromEntries([...LISTS, ...MORE_LISTS].map((name) => [name, []])),
    ...Object.fromEntries(SETS.map((name) => [name, {}])),
  },
  openings: { texts: [], starts: [], until: 0, moments: [], states: [] },
  page: { language: "en", dictionary: {}, formats: {} },
  cards: {},
};

const turn = () => new Promise((done) => setTimeout(done));

test("words are fetched after what is beside the list is painted, and not before", async () => {
  const fetched = [];
  const told = [];
  const painting = Promise.withResolvers();
  const get = (name) => {
    fetched.push(name);
    return name in FILES ? Promise.resolve(FILES[name]) : new Promise(() => {});
  };
  stock(
    { ...ADDRESSES, details: [] },
    get,
    (more) => told.push(more.isWhole),
    () => painting.promise,
  );
  for (let k = 0; k < 3; k++) await turn();
  assert.deepEqual(told, [false]);
  assert.deepEqual(fetched, FIRST);
  painting.resolve(null);
  for (let k = 0; k < 3; k++) await turn();
  assert.deepEqual(fetched, [...FIRST, "words"]);
});

test("the map is waited for, but no longer than is said", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  globalThis.window = new EventTarget();
  const over = [];
  for (const name of ["shown", "late"]) {
    untilShown(1000).then(() => over.push(name));
    if (name === "shown") window.dispatchEvent(new Event("map:shown"));
  }
  t.mock.timers.tick(999);
  await Promise.resolve();
  assert.deepEqual(over, ["shown"]);
  t.mock.timers.tick(1);
  await Promise.resolve();
  assert.deepEqual(over, ["shown", "late"]);
});
