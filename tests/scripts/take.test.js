// Take: text messages counted by hand, cards and calendars read by a reader that is not ours.

import assert from "node:assert/strict";
import test from "node:test";
import ICAL from "ical.js";
import { Basket } from "../../geo/web/static/take/basket.js";
import { calendar } from "../../geo/web/static/take/calendar.js";
import { cards, folded } from "../../geo/web/static/take/contact.js";
import { routes } from "../../geo/web/static/take/links.js";
import { fitted, messages, plain } from "../../geo/web/static/take/message.js";

const MADE = new Date("2026-11-26T20:00:00Z");

test("a basket holds each entry once, in the order of the reader", () => {
  let changes = 0;
  const basket = new Basket(() => changes++);
  for (const n of [4, 7, 9, 7]) basket.turn(n);
  assert.deepEqual(basket.numbers, [4, 9]);
  basket.turn(7);
  basket.move(7, -1);
  assert.deepEqual(basket.numbers, [4, 7, 9]);
  basket.move(4, -1);
  basket.move(9, 5);
  assert.deepEqual(basket.numbers, [4, 7, 9]);
  basket.move(99, 1);
  basket.set([3, 3, 1]);
  assert.deepEqual(basket.numbers, [3, 1]);
  assert.equal(changes, 9);
});

test("messages are counted as a phone counts them", () => {
  const counted = [
    ["", 0],
    ["a".repeat(160), 1],
    ["a".repeat(161), 2],
    ["a".repeat(306), 2],
    ["a".repeat(307), 3],
    ["€".repeat(80), 1], // two rooms each
    ["€".repeat(81), 2],
    ["€".repeat(77), 1],
    [`${"€".repeat(76)}a${"€".repeat(76)}`, 2],
    [`a${"€".repeat(153)}`, 3], // none is split over two
    ["í".repeat(70), 1], // not of the alphabet, so all letters are wide
    ["í".repeat(71), 2],
    [`${"í".repeat(66)}😀${"í".repeat(66)}`, 3],
  ];
  for (const [text, count] of counted) assert.equal(messages(String(text)), count, String(text));
});

test("accents that a text message has no room for are left out, others stay", () => {
  assert.equal(plain("Clínica “Ñuñoa” – él, ¿está? Ü"), 'Clinica "Ñuñoa" - él, ¿esta? Ü');
  assert.equal(plain("日本"), "日本");
});

test("what matters most is in the message, the rest as far as it fits", () => {
  const text = fitted(["A".repeat(100), "209-555-0100", "B".repeat(60), "short"]);
  assert.equal(text, `${"A".repeat(100)}\n209-555-0100\nshort`);
  assert.equal(fitted(["C".repeat(200)]).length, 160);
  assert.equal(fitted(["日".repeat(90)]).length, 70);
});

const CONTACT = {
  id: "abc123",
  name: "Clínica Hope, \\ House",
  organization: "",
  phone: "tel:+12095550100",
  street: "1 Main Street, Tracy 95376",
  website: "https://help.example/a",
  note: `Hours: Monday 9 AM to 5 PM.\nCall first: ${"ñ".repeat(100)}`,
  point: /** @type {[number, number]} */ ([37.74, -121.425]),
};

test("cards of both versions are read by another reader as they were meant", () => {
  for (const version of /** @type {const} */ (["3.0", "4.0"])) {
    const text = cards([CONTACT, { ...CONTACT, id: "zzz999", phone: "", point: null }], version);
    const read = ICAL.parse(text);
    const [first, second] = read;
    const of = (/** @type {any} */ one) =>
      Object.fromEntries(one[1].map((/** @type {any} */ p) => [p[0], p[3]]));
    assert.equal(read.length, 2);
    assert.equal(of(first).version, version);
    assert.equal(of(first).fn, CONTACT.name);
    assert.equal(of(first).note, CONTACT.note);
    assert.match(String(of(first).tel), /\+12095550100$/);
    assert.equal(of(first).adr[2], CONTACT.street);
    assert.equal("tel" in of(second), false);
    assert.equal("geo" in of(second), false);
  }
});

test("what a record says cannot add a line to a file", () => {
  const evil = "x\r\nTEL:+1900\r\nEND:VCARD\nATTACH:http://evil.example";
  const text = cards([{ ...CONTACT, name: evil, note: evil, website: "javascript:x" }], "3.0");
  const names = ICAL.parse(text)[1].map((/** @type {any} */ one) => one[0]);
  assert.deepEqual(
    names.filter((/** @type {string} */ name) => ["tel", "url", "attach"].includes(name)),
    ["tel"],
  );
  const event = calendar(
    [
      {
        id: "abc123",
        title: evil,
        where: evil,
        note: evil,
        rules: [["WEEKLY", "MO", "09:00", "17:00"]],
      },
    ],
    [],
    "2026-11-26",
    MADE,
  );
  const [, , [, only]] = ICAL.parse(event);
  assert.equal(
    only[1].some((/** @type {any} */ one) => one[0] === "attach"),
    false,
  );
});

test("a line has at most 75 octets, and no letter is split", () => {
  const line = `NOTE:${"ñ😀a".repeat(40)}`;
  const pieces = folded(line).split("\r\n");
  for (const piece of pieces) assert.ok(new TextEncoder().encode(piece).length <= 75);
  assert.equal(pieces.map((piece, k) => (k ? piece.slice(1) : piece)).join(""), line);
});

/**
 * Return the openings in a calendar as another reader unfolds them, by the clock of California.
 * @param {string} text
 * @param {number} most
 */
function unfolded(text, most) {
  const whole = new ICAL.Component(ICAL.parse(text));
  const zone = whole.getFirstSubcomponent("vtimezone");
  if (zone) ICAL.TimezoneService.register(zone);
  const found = [];
  for (const part of whole.getAllSubcomponents("vevent")) {
    const event = new ICAL.Event(part);
    const steps = event.iterator();
    for (let next = steps.next(); next && found.length < most; next = steps.next()) {
      const { startDate, endDate } = event.getOccurrenceDetails(next);
      found.push([startDate.toString(), endDate.toString(), startDate.toJSDate().toISOString()]);
    }
  }
  return found;
}

test("a calendar repeats by the clock of California and leaves holidays out", () => {
  const holidays = ["2026-11-26", "2026-11-27", "2026-12-25", "2027-01-01"];
  const opening = { id: "abc123", title: "Open: Clinic", where: "", note: "" };
  const text = calendar(
    [{ ...opening, rules: [["WEEKLY", "TH,FR", "09:00", "17:00"]] }],
    holidays,
    "2026-11-26",
    MADE,
  );
  const found = unfolded(text, 200);
  const days = found.map(([start]) => start.slice(0, 10));
  assert.equal(days[0], "2026-12-03");
  assert.equal(days.includes("2026-12-25"), false);
  assert.equal(days.includes("2026-12-24"), true);
  assert.equal(days[days.length - 1], "2027-05-27");
  assert.equal(found[0][2], "2026-12-03T17:00:00.000Z"); // 9 AM of winter
  assert.equal(found[found.length - 1][2], "2027-05-27T16:00:00.000Z"); // and of summer
});

test("rules by month, past midnight and of whole days", () => {
  const opening = { id: "abc123", title: "x", where: "", note: "" };
  const of = (/** @type {import("../../geo/web/static/take/calendar.js").Rule[]} */ rules) =>
    unfolded(calendar([{ ...opening, rules }], [], "2026-11-26", MADE), 3).map((one) =>
      one.slice(0, 2),
    );
  assert.deepEqual(of([["MONTHLY", "2TU,4TU", "08:00", "11:00"]]), [
    ["2026-12-08T08:00:00", "2026-12-08T11:00:00"],
    ["2026-12-22T08:00:00", "2026-12-22T11:00:00"],
    ["2027-01-12T08:00:00", "2027-01-12T11:00:00"],
  ]);
  assert.deepEqual(of([["WEEKLY", "TH", "20:00", "02:00"]])[0], [
    "2026-11-26T20:00:00",
    "2026-11-27T02:00:00",
  ]);
  assert.deepEqual(of([["WEEKLY", "TH", "00:00", "23:59"]])[0], [
    "2026-11-26T00:00:00",
    "2026-11-27T00:00:00",
  ]);
  assert.deepEqual(of([["MONTHLY", "-1FR", "10:00", "12:00"]])[0], [
    "2026-11-27T10:00:00",
    "2026-11-27T12:00:00",
  ]);
});

test("links to a map take nine stops each and go on where the one before ended", () => {
  const points = Array.from({ length: 20 }, (_, k) => /** @type {[number, number]} */ ([k, -k]));
  const links = routes(points);
  assert.deepEqual(
    links.map(({ first, last }) => [first, last]),
    [
      [1, 9],
      [10, 18],
      [19, 20],
    ],
  );
  const query = new URL(links[1].href).searchParams;
  assert.equal(query.get("origin"), "8,-8");
  assert.equal(query.get("destination"), "17,-17");
  assert.equal(query.get("waypoints")?.split("|").length, 8);
  assert.equal(new URL(links[0].href).searchParams.get("origin"), null);
});
