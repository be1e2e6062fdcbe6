// Paper: a list on sheets to print: one page, large print, a card to fold, a booklet.

import { make } from "../dom.js";
import { drawing } from "./code.js";
import { fill, number, sheet } from "./sheets.js";

/** @typedef {import("../cards/entry.js").Row} Row */
/** @typedef {"page" | "large" | "card" | "booklet"} Kind */

const PANELS = 8; // of a sheet that is folded three times
const CARD_PT = [12, 11, 10, 9];

/**
 * What is printed.
 * @typedef {object} Paper
 * @property {Kind} kind
 * @property {string} title
 * @property {Row[]} rows
 * @property {string} notes what a helper typed
 * @property {{what: string, number: string}[]} danger
 * @property {string} dated of when the data are
 * @property {(row: Row) => string} code its dial code, "" for none
 * @property {import("../telling/say.js").Say} say
 */

/**
 * Lay a list out on sheets in a part of a page that has the style of papers; return the sheets.
 * @param {HTMLElement} parent
 * @param {Paper} paper
 */
export function lay(parent, paper) {
  parent.replaceChildren();
  parent.className = `paper ${paper.kind}`;
  if (paper.kind === "card") return card(parent, paper);
  const sheets = paper.kind === "booklet" ? booklet(parent, paper) : pages(parent, paper);
  number(sheets, (n, all) => paper.say("Page {n} of {all}", { n, all }));
  return sheets;
}

/**
 * @param {HTMLElement} parent
 * @param {Paper} paper
 */
function pages(parent, paper) {
  const blocks = paper.rows.map((row, k) => place(row, `${k + 1}. `, paper));
  return onSheets(parent, paper, paper.notes ? [note(paper), ...blocks] : blocks).sheets;
}

/**
 * @param {HTMLElement} parent
 * @param {Paper} paper
 * @param {HTMLElement[]} blocks
 */
function onSheets(parent, paper, blocks) {
  /** @type {HTMLElement[]} */
  const sheets = [];
  const rooms = fill(blocks, () => {
    const { whole, head, body, foot } = sheet(parent, paper.kind);
    if (!sheets.length) make("h1", head, paper.title);
    danger(head, paper);
    make("p", foot, paper.say("Hours and places change. Call first."));
    make("p", foot, paper.dated);
    make("p", foot, "", "number");
    sheets.push(whole);
    return body;
  });
  return { sheets, rooms };
}

/**
 * All of a county or of a kind, by kind of help, with a table of what is on which page before it.
 * @param {HTMLElement} parent
 * @param {Paper} paper
 */
function booklet(parent, paper) {
  const rows = [...paper.rows].sort(byKind);
  const blocks = rows.map((row, k) => {
    const block = place(row, "", paper);
    if (row.kinds[0] !== rows[k - 1]?.kinds[0]) block.prepend(make("h2", null, row.kinds[0]));
    return block;
  });
  const inside = make("div");
  parent.append(inside);
  const { sheets, rooms } = onSheets(inside, { ...paper, title: "" }, blocks);
  const before = make("div");
  inside.before(before);
  const entries = rows.map((row, k) => {
    const isFirst = row.kinds[0] !== rows[k - 1]?.kinds[0];
    const entry = make("p", null, "", "entry");
    make("span", entry, row.name);
    make("span", entry, "000", "at");
    const block = make("div");
    if (isFirst) make("h2", block, row.kinds[0]);
    block.append(entry);
    return block;
  });
  const contents = onSheets(before, paper, [
    ...(paper.notes ? [note(paper)] : []),
    make("h2", null, paper.say("What is in it")),
    ...entries,
  ]).sheets;
  entries.forEach((entry, k) => {
    const at = entry.querySelector(".at");
    if (at) at.textContent = String(contents.length + rooms[k] + 1);
  });
  return [...contents, ...sheets];
}

/**
 * @param {Row} one
 * @param {Row} other
 */
function byKind(one, other) {
  const [here, there] = [one.kinds[0] ?? "", other.kinds[0] ?? ""];
  return here.localeCompare(there) || one.name.localeCompare(other.name);
}

/**
 * A sheet of eight panels in the largest letters with which one is enough. Printed on one side and
 * folded with the print inside, it is white outside.
 * @param {HTMLElement} parent
 * @param {Paper} paper
 */
function card(parent, paper) {
  /** @type {HTMLElement[]} */
  let sheets = [];
  for (const size of CARD_PT) {
    parent.replaceChildren();
    parent.style.fontSize = `${size}pt`;
    sheets = panels(parent, paper);
    if (sheets.length === 1) break;
  }
  return sheets;
}

/**
 * @param {HTMLElement} parent
 * @param {Paper} paper
 */
function panels(parent, paper) {
  const { say } = paper;
  /** @type {HTMLElement[]} */
  const sheets = [];
  let used = PANELS;
  const calls = make("div", null, "", "place");
  make("h2", calls, say("Call any time"));
  for (const { what, number: phone } of paper.danger) {
    const line = make("p", calls, `${what}: `);
    make("b", line, phone);
  }
  const last = make("div", null, "", "place");
  make("p", last, say("Hours and places change. Call first."));
  make("p", last, paper.dated);
  const blocks = [
    calls,
    ...(paper.notes ? [note(paper)] : []),
    ...paper.rows.map((row) => small(row, paper)),
    last,
  ];
  fill(blocks, () => {
    if (used === PANELS) {
      sheets.push(make("section", parent, "", "sheet card"));
      used = 0;
    }
    used += 1;
    return make("div", sheets[sheets.length - 1], "", "panel");
  });
  const whole = sheets[sheets.length - 1];
  for (; used < PANELS; used++) make("div", whole, "", "panel");
  return sheets;
}

/**
 * @param {Node} parent
 * @param {Paper} paper
 */
function danger(parent, paper) {
  const line = make("p", parent, "", "danger");
  for (const { what, number: phone } of paper.danger) {
    const part = make("span", line, `${what}: `);
    make("b", part, phone);
  }
}

/** @param {Paper} paper */
function note(paper) {
  const block = make("div", null, "", "place note");
  for (const line of paper.notes.split("\n")) make("p", block, line);
  return block;
}

/**
 * @param {Row} row
 * @param {string} spot its number in the list
 * @param {Paper} paper
 */
function place(row, spot, paper) {
  const block = make("article", null, "", "place");
  const code = paper.code(row);
  if (code) {
    const label = paper.say("A code that dials {phone}", { phone: row.phone });
    block.append(drawing(code, label));
  }
  make("h3", block, `${spot}${row.name}`);
  phones(block, row, paper);
  make("p", block, row.about);
  make("p", block, row.where);
  if (row.notice) make("p", block, row.notice, "notice");
  for (const fact of row.facts.filter((one) => one.known)) {
    const line = make("p", block);
    make("b", line, `${fact.label}: `);
    make("span", line, fact.text);
  }
  if (row.website) make("p", block, row.website, "web");
  make("p", block, [row.age, row.call_first].filter(Boolean).join(" "), "age");
  return block;
}

/**
 * @param {Row} row
 * @param {Paper} paper
 */
function small(row, paper) {
  const block = make("article", null, "", "place");
  make("h3", block, row.name);
  phones(block, row, paper);
  make("p", block, row.where);
  if (row.notice) make("p", block, row.notice);
  for (const fact of row.facts.slice(0, 4).filter((one) => one.known)) {
    make("p", block, `${fact.label}: ${fact.text}`);
  }
  return block;
}

/**
 * @param {Node} block
 * @param {Row} row
 * @param {Paper} paper
 */
function phones(block, row, paper) {
  if (row.phone) make("p", block, row.phone, "phone");
  if (row.phone_note) make("p", block, row.phone_note);
  if (row.text) make("p", block, row.text.label, "phone");
  if (!row.phone && !row.text)
    make("p", block, paper.say("No number is listed. Call 211 and ask."));
}
