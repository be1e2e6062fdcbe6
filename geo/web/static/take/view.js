// View: my list on the page: what is in it, and all the ways to take it along.

import { button, make } from "../dom.js";
import { calendar } from "./calendar.js";
import { cards } from "./contact.js";
import { listPath, routes } from "./links.js";
import { fitted, messages } from "./message.js";
import { lay } from "./paper.js";
import { STYLE } from "./paper_style.js";

/** @typedef {import("../cards/entry.js").Row} Row */

/**
 * What papers need besides words, as paper_data.py tells it.
 * @typedef {object} PaperData
 * @property {string[]} holidays
 * @property {string[]} codes
 * @property {{id: string, sensitive: boolean, point: [number, number] | null,
 *   hours: import("./calendar.js").Rule[] | null, code: number}[]} entries
 */

/**
 * What the list is given by the page that shows it.
 * @typedef {object} Given
 * @property {import("./basket.js").Basket} basket
 * @property {import("../telling/say.js").Say} say
 * @property {(n: number) => Row | undefined} row
 * @property {PaperData} data
 * @property {{what: string, number: string}[]} danger
 * @property {string} dated
 * @property {string} origin of the site, "" where there is none
 * @property {string} today a date in California
 * @property {() => Date} now
 * @property {{label: string, pick: () => number[]}[]} presets
 * @property {{label: string, pick: () => number[]}[]} booklets
 */

const PAPER_PX = 816; // the width of a sheet
const GONE_MS = 40_000; // some browsers read a file only after the reader was asked where to put it

/**
 * Draw the list into a box; call again when it changes.
 * @param {HTMLElement} box
 * @param {Given} given
 */
export function drawList(box, given) {
  const { basket, say } = given;
  const typed = box.querySelector("textarea")?.value ?? "";
  box.replaceChildren();
  const rows = basket.numbers.flatMap((n) => given.row(n) ?? []);
  make("h2", box, say.many("My list: {n} place", "My list: {n} places", rows.length));
  make(
    "p",
    box,
    say("It is kept on this page only, and gone when you leave or reload it."),
    "soft",
  );
  if (rows.length) entries(box, rows, given);
  else
    make(
      "p",
      box,
      say("Nothing is in it yet. Press “Add” at a place, or begin with one of these."),
    );
  choices(box, say("Begin with"), given.presets, (picked) => basket.set(picked));
  if (rows.length) {
    papers(box, rows, typed, given);
    texts(box, rows, given);
    files(box, rows, given);
    ways(box, rows, given);
    offerLink(box, rows, given);
  }
  choices(box, say("A booklet of everything"), given.booklets, (picked) => {
    const all = picked.flatMap((n) => given.row(n) ?? []);
    print(box, { kind: "booklet", rows: all, notes: "" }, given);
  });
}

/**
 * @param {Node} box
 * @param {string} label
 * @param {Given["presets"]} all
 * @param {(picked: number[]) => void} act
 */
function choices(box, label, all, act) {
  if (!all.length) return;
  make("h3", box, label);
  const acts = make("div", box, "", "acts");
  for (const one of all) button(acts, one.label, () => act(one.pick()), "act");
}

/**
 * @param {HTMLElement} box
 * @param {Row[]} rows
 * @param {Given} given
 */
function entries(box, rows, { basket, say }) {
  const list = make("ol", box, "", "taken");
  rows.forEach((row, k) => {
    const line = make("li", list);
    make("span", line, row.name);
    const acts = make("span", line, "", "acts");
    const moved = (
      /** @type {number} */ by,
      /** @type {string} */ told,
      /** @type {string} */ sign,
    ) => {
      const one = button(acts, sign, () => basket.move(row.i, by), "act");
      one.setAttribute("aria-label", `${told}: ${row.name}`);
      one.disabled = k + by < 0 || k + by >= rows.length;
    };
    moved(-1, say("Up"), "↑");
    moved(1, say("Down"), "↓");
    const out = button(acts, say("Remove"), () => basket.turn(row.i), "act");
    out.setAttribute("aria-label", `${say("Remove")}: ${row.name}`);
  });
  button(make("div", box, "", "acts"), say("Clear the list"), () => basket.set([]), "act");
}

/**
 * @param {HTMLElement} box
 * @param {Row[]} rows
 * @param {string} typed
 * @param {Given} given
 */
function papers(box, rows, typed, given) {
  const { say } = given;
  make("h3", box, say("On paper"));
  const label = make(
    "label",
    box,
    say("Words of your own to print with it. They are kept nowhere."),
  );
  const notes = make("textarea", label);
  notes.value = typed;
  notes.rows = 2;
  notes.autocomplete = "off";
  const acts = make("div", box, "", "acts");
  /** @type {[import("./paper.js").Kind, string][]} */
  const kinds = [
    ["page", say("Sheet")],
    ["large", say("Large print")],
    ["card", say("Card to fold")],
    ["booklet", say("Booklet")],
  ];
  for (const [kind, name] of kinds) {
    const draw = () => print(box, { kind, rows, notes: notes.value.trim() }, given);
    button(acts, name, draw, "act");
  }
}

/**
 * Show the sheets in a frame of the page, from which they are printed; they have no address.
 * @param {HTMLElement} box
 * @param {{kind: import("./paper.js").Kind, rows: Row[], notes: string}} asked
 * @param {Given} given
 */
function print(box, asked, { say, data, danger, dated }) {
  box.querySelector(".print")?.remove();
  const part = make("section", box, "", "print");
  part.setAttribute("aria-label", say("Preview"));
  const acts = make("div", part, "", "acts");
  const frame = make("iframe", part);
  frame.title = say("Preview");
  const inside = frame.contentDocument;
  if (!inside) return;
  inside.documentElement.lang = say.language;
  inside.head.append(make("style", null, STYLE));
  const paper = make("div");
  inside.body.append(paper);
  const code = (/** @type {Row} */ row) => data.codes[data.entries[row.i]?.code ?? -1] ?? "";
  const sheets = lay(paper, {
    ...asked,
    title: say("Places that can help"),
    danger,
    dated,
    code,
    say,
  });
  const wide = asked.kind === "card" ? (PAPER_PX * 11) / 8.5 : PAPER_PX;
  paper.style.setProperty("--fit", String(Math.min(1, frame.clientWidth / (wide + 20))));
  inside.title = say("Places that can help");
  const shown = say.many("Print {n} sheet", "Print {n} sheets", sheets.length);
  button(acts, shown, () => frame.contentWindow?.print(), "act call").focus();
  button(acts, say("Close"), () => part.remove(), "act");
  if (asked.kind === "card") {
    const told = say("Print on one side. Fold in half three times, with the print inside.");
    make("p", acts, told, "soft");
  }
  part.scrollIntoView({ block: "start" });
}

/**
 * Return a place as one text message.
 * @param {Row} row
 * @param {import("../telling/say.js").Say} say
 */
export function message(row, say) {
  const hours = row.facts[0];
  return fitted([
    row.name,
    row.phone || (row.text?.label ?? say("Call 211")),
    row.where,
    hours?.known ? hours.text : "",
    row.call_first && say("Call first."),
  ]);
}

/**
 * @param {HTMLElement} box
 * @param {Row[]} rows
 * @param {Given} given
 */
function texts(box, rows, { say }) {
  make("h3", box, say("As text messages"));
  const whole = rows.map((row) => message(row, say)).join("\n\n");
  const acts = make("div", box, "", "acts");
  const said = make("p", null, "", "soft");
  said.setAttribute("role", "status");
  const count = say.many("{n} message", "{n} messages", messages(whole));
  button(acts, say("Copy all of it ({count})", { count }), () => copy(whole, said, say), "act");
  const each = make("details", box);
  make("summary", each, say("One message for each place"));
  for (const row of rows) {
    const text = message(row, say);
    make("pre", each, text);
    const one = button(each, say("Copy"), () => copy(text, said, say), "act");
    one.setAttribute("aria-label", `${say("Copy")}: ${row.name}`);
  }
  box.append(said);
}

/**
 * @param {string} text
 * @param {HTMLElement} said
 * @param {import("../telling/say.js").Say} say
 */
async function copy(text, said, say) {
  try {
    await navigator.clipboard.writeText(text);
    said.textContent = say("Copied.");
  } catch {
    said.textContent = say("This browser does not let a page copy. Mark the text and copy it.");
  }
}

/**
 * @param {HTMLElement} box
 * @param {Row[]} rows
 * @param {Given} given
 */
function files(box, rows, given) {
  const { say, data } = given;
  make("h3", box, say("For your phone"));
  make("p", box, say("Whoever opens your contacts or your calendar sees them."), "soft");
  const acts = make("div", box, "", "acts");
  const contacts = rows.map((row) => ({
    ...row,
    phone: row.call,
    street: row.where,
    point: data.entries[row.i]?.point ?? null,
    note: row.facts
      .filter((one) => one.known)
      .map((one) => `${one.label}: ${one.text}`)
      .concat(row.age, row.call_first)
      .filter(Boolean)
      .join("\n"),
  }));
  const save = (
    /** @type {string} */ name,
    /** @type {string} */ kind,
    /** @type {string} */ text,
  ) => hand(name, new Blob([text], { type: kind }));
  button(
    acts,
    say("Contacts (.vcf)"),
    () => save("contacts.vcf", "text/vcard", cards(contacts, "3.0")),
    "act",
  );
  button(
    acts,
    say("Contacts, newer form (vCard 4)"),
    () => save("contacts-4.vcf", "text/vcard", cards(contacts, "4.0")),
    "act",
  );
  const timed = rows.flatMap((row) => {
    const rules = data.entries[row.i]?.hours;
    const note = say("Holidays are left out. Call first: hours change.");
    return rules ? [{ id: row.id, title: row.name, where: row.where, note, rules }] : [];
  });
  if (timed.length) {
    const made = () => calendar(timed, data.holidays, given.today, given.now());
    button(
      acts,
      say("Opening hours (.ics)"),
      () => save("hours.ics", "text/calendar", made()),
      "act",
    );
  }
  if (timed.length < rows.length) {
    const left = rows.length - timed.length;
    make(
      "p",
      box,
      say.many(
        "The hours of {n} place are not known, or cannot be told as a calendar does.",
        "The hours of {n} places are not known, or cannot be told as a calendar does.",
        left,
      ),
      "soft",
    );
  }
}

/**
 * Hand a file to the browser to save.
 * @param {string} name
 * @param {Blob} body
 */
function hand(name, body) {
  const link = make("a");
  link.href = URL.createObjectURL(body);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), GONE_MS);
}

/**
 * @param {HTMLElement} box
 * @param {Row[]} rows
 * @param {Given} given
 */
function ways(box, rows, { say, data }) {
  const points = rows.map((row) => data.entries[row.i]?.point ?? null);
  const links = routes(points.filter((point) => point !== null));
  if (!links.length) return;
  make("h3", box, say("The way in a maps app"));
  make("p", box, say("Google then sees which places you go to, and where from."), "soft");
  const acts = make("div", box, "", "acts");
  for (const { first, last, href } of links) {
    const told =
      first === last
        ? say("Place {n}", { n: first })
        : say("Places {first} to {last}", { first, last });
    const link = make("a", acts, told, "act");
    link.href = href;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
  }
}

/**
 * @param {HTMLElement} box
 * @param {Row[]} rows
 * @param {Given} given
 */
function offerLink(box, rows, { say, data, origin }) {
  if (!origin) return;
  make("h3", box, say("As a link"));
  const acts = make("div", box, "", "acts");
  const said = make("p", box, "", "soft");
  said.setAttribute("role", "status");
  const made = () => {
    const address = origin + listPath(rows.map((row) => row.id));
    acts.replaceChildren();
    make("code", acts, address);
    copy(address, said, say);
  };
  const ask = () => {
    acts.replaceChildren();
    make(
      "p",
      acts,
      say(
        "Some of these places are for people in danger or in a private matter. Whoever sees the link, or the history of a phone that opened it, sees them.",
      ),
      "warn",
    );
    button(acts, say("Make the link all the same"), made, "act");
  };
  const isSensitive = rows.some((row) => data.entries[row.i]?.sensitive);
  button(acts, say("Make a link"), isSensitive ? ask : made, "act");
}
