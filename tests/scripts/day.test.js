// Day: a crew that is late has the times that were planned with it moved, and what no longer fits told.

import assert from "node:assert/strict";
import test from "node:test";
import { kept, moved, table, told } from "../../geo/rounds/papers/day/page.js";

const stop = (name, minutes, ...windows) => ({
  id: name,
  name,
  lines: [],
  phone: "",
  way: "",
  minutes,
  windows: windows.length ? windows : null,
});
// On a line: the start at 0, A 10 minutes off, B 30, C 60; back to 0.
const at = [0, 10, 30, 60, 0];
const team = {
  name: "One",
  start: "",
  end: "",
  leave: 540,
  ends: 840,
  pause: { earliest: 600, minutes: 30, before: 1, there: false },
  stops: [stop("A", 20), stop("B", 20, [600, 700]), stop("C", 10, [600, 720], [780, 900])],
  ways: at.map((a) => at.map((b) => Math.abs(a - b))),
};
const mark = (left) => ({ result: "open", left, on: "2026-11-24", note: "" });
const starts = (times) => times.visits.map((visit) => visit && (visit.fits ? visit.start : "gone"));

test("on time it is the plan", () => {
  const times = moved(team, [], 0);
  // 9:00 out, 9:10 A to 9:30, the break not before 10:00, to 10:30, B 10:50 to 11:10, C 11:40.
  assert.deepEqual(starts(times), [550, 650, 700]);
  assert.deepEqual([times.pause, times.back, times.late], [600, 770, false]);
});

test("half an hour late is taken up by the wait for the break", () => {
  const times = moved(team, [], 30);
  assert.deepEqual(starts(times), [580, 650, 700]);
});

test("later still a stop waits for its next hours, and the shift is over", () => {
  const times = moved(team, [], 50);
  assert.deepEqual(starts(times), [600, 670, 780]);
  assert.deepEqual([times.back, times.late], [850, true]);
});

test("what no longer fits is told and passed by", () => {
  const times = moved(team, [mark(665)], 0);
  // The break from 11:05 to 11:35, B at 11:55: it closes at 11:40. C from A: 50 minutes, 12:25.
  assert.deepEqual(starts(times), [null, "gone", 780]);
  assert.equal(times.pause, 665);
});

test("a stop that was done out of order is where the team goes on from", () => {
  const times = moved(team, [undefined, mark(650)], 0);
  assert.deepEqual(starts(times), [670, null, 780]);
  assert.equal(times.pause, null);
});

test("a break that is after the way there is at the door", () => {
  const there = { ...team, pause: { ...team.pause, there: true } };
  assert.deepEqual(starts(moved(there, [], 0)), [550, 630, 680]);
});

test("a break after the last stop comes before the way back", () => {
  const last = { ...team, pause: { earliest: 600, minutes: 30, before: 3, there: false } };
  const times = moved(last, [], 0);
  assert.deepEqual(starts(times), [550, 600, 650]);
  assert.deepEqual([times.pause, times.back], [660, 750]);
});

test("results are a table that a spreadsheet takes for text", () => {
  const note = { ...mark(600), result: "moved", note: '=1+1, "here"\nand there ' };
  assert.equal(
    table([
      { stop: stop("k4", 5), mark: mark(600) },
      { stop: { ...stop("", 5), name: "Park, north" }, mark: note },
    ]),
    "\ufeffid,name,result,seen_on,note\r\nk4,k4,open,2026-11-24,\r\n" +
      ',"Park, north",moved,2026-11-24,"\'=1+1, ""here""\nand there"\r\n',
  );
});

test("a clock says it as people do, past midnight too", () => {
  assert.equal(told(550, "en").replace(/\s/u, " "), "9:10 AM");
  assert.equal(told(1530, "en").replace(/\s/u, " "), "1:30 AM");
});

test("what an address holds comes back, and anything else is nothing", () => {
  const state = { team: 1, late: [0, 15], marks: [[], [null, mark(600)]] };
  const back = kept(`#${encodeURIComponent(JSON.stringify(state))}`);
  assert.deepEqual(back, { team: 1, late: [0, 15], marks: [[], [undefined, mark(600)]] });
  for (const odd of ["", "#", "#%", "#null", "#[]", '#{"late":1,"marks":{}}']) {
    assert.deepEqual(kept(odd), { team: 0, late: [], marks: [] }, odd);
  }
});
