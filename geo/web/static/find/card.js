// Card: a place or a line on a small card; what else is known of it opens in its place.

import { details } from "../cards/entry.js";
import { button, link, make } from "../dom.js";
import { openingOf } from "../engine/ask.js";
import { CLOSED, OPEN } from "../engine/opening.js";
import { distance } from "../telling/distance.js";
import { opening } from "../telling/opening.js";
import { memory } from "./asked.js";

const SHORT_NUMBER = 4; // letters of one that a small button has room for
const SIGNS = ["✕", "", "✓"];
const STATES = ["closed", "unknown", "open"];

/** @typedef {import("./files.js").Stock} Stock */

/**
 * @typedef {object} Shown
 * @property {number} n its number in the catalogue
 * @property {number | null} spot its number in the list
 * @property {number | null} metres
 * @property {number | null} degrees
 * @property {import("../engine/understanding.js").Area | null} from
 * @property {number} at the moment asked about
 * @property {boolean} isLater whether that is another than now
 * @property {((n: number) => void) | null} show shows it on the map
 * @property {boolean} mayAdd whether a reader's own list is kept
 */

/**
 * Draw a place at the end of a list.
 * @param {Node} list
 * @param {Stock} stock
 * @param {Shown} shown
 */
export function drawPlace(list, stock, shown) {
  const { cards, say, page } = stock;
  const { n } = shown;
  const card = make("li", list, "", "card small");
  card.dataset.n = String(n);
  if (cards.on_map[n]) card.dataset.spot = "";
  const head = make("div", card, "", "head");
  if (shown.spot !== null) make("span", head, `${shown.spot}`, "spot");
  const turn = drawName(make("h3", head), card, stock, shown);
  make("p", card, cards.purpose[n], "purpose");
  const where = make("p", card, "", "where");
  const group = page.groups[cards.group[n]];
  if (group) {
    make("span", where, group.sign, `mark ${group.theme}`).setAttribute("aria-hidden", "true");
  }
  const place = whereOf(stock, shown);
  if (place) make("span", where, place, "part");
  const state = openingOf(stock.index, n, shown.at);
  const kind = stock.index.paused[n] ? CLOSED : state.kind;
  if (kind === CLOSED || kind === OPEN) {
    const told = make("span", where, "", `part state ${STATES[kind]}`);
    make("span", told, SIGNS[kind], "sign").setAttribute("aria-hidden", "true");
    make("span", told, opening({ ...state, holiday: false }, say, shown.at, shown.isLater));
  }
  for (const tag of cards.tags[n]) make("span", where, tag, "part");
  const year = cards.year[n];
  const dated = year ? say("from {year}", { year }) : say("no date");
  make("span", where, dated, cards.is_old[n] ? "part old" : "part");
  if (cards.notice[n]) make("p", card, cards.notice[n], "warn");
  const acts = drawActs(card, stock, shown);
  if (shown.mayAdd) drawAdd(acts, stock, n);
  if (memory.opened.has(n)) turn();
}

/**
 * Draw a line to call at the end of a list.
 * @param {Node} list
 * @param {Stock} stock
 * @param {Shown} shown
 */
export function drawLine(list, stock, shown) {
  const { cards } = stock;
  const card = make("li", list, "", "card small line");
  card.dataset.n = String(shown.n);
  const turn = drawName(make("h3", card), card, stock, shown);
  make("p", card, cards.purpose[shown.n], "purpose");
  drawActs(card, stock, shown);
  if (memory.opened.has(shown.n)) turn();
}

/**
 * Draw the name, which opens and closes what else is known; return what does so.
 * @param {HTMLElement} heading
 * @param {HTMLElement} card
 * @param {Stock} stock
 * @param {Shown} shown
 */
function drawName(heading, card, stock, shown) {
  const { n } = shown;
  const name = button(heading, stock.cards.name[n], turn, "name");
  name.setAttribute("aria-expanded", "false");
  /** @type {HTMLElement | null} */
  let more = null;

  function turn() {
    if (more) {
      more.remove();
      more = null;
      memory.opened.delete(n);
    } else {
      more = make("div", card, "", "more");
      fill(more, stock, shown);
      memory.opened.add(n);
    }
    name.setAttribute("aria-expanded", String(more !== null));
  }

  return turn;
}

/**
 * @param {Stock} stock
 * @param {Shown} shown
 */
function whereOf({ cards, say, page }, { n, from, metres, degrees }) {
  const spot = { city: cards.city[n], zip: cards.zip[n], radius_m: cards.radius_m[n] };
  const far = from && distance(spot, from, metres, degrees, say, page.directions);
  return far || cards.city[n] || cards.where[n] || "";
}

/**
 * @param {HTMLElement} card
 * @param {Stock} stock
 * @param {Shown} shown
 */
function drawActs(card, stock, shown) {
  const { cards, say } = stock;
  const { n } = shown;
  const acts = make("div", card, "", "acts");
  const name = cards.name[n];
  const phone = cards.phone[n];
  if (phone) {
    const call = say("Call");
    const calling = link(acts, dial(phone), call, "act call");
    calling?.setAttribute("aria-label", `${call} ${name}, ${phone}`);
    const digits = phone.length > SHORT_NUMBER ? "long" : "";
    if (calling) make("span", calling, ` ${phone}`, digits);
  }
  const text = cards.text[n];
  if (text) link(acts, text.href, text.label, phone ? "act besides" : "act");
  if (!phone && !text) {
    const ask = say("Call 211 and ask");
    const asking = link(acts, "tel:211", say("Call 211"), "act");
    asking?.setAttribute("aria-label", `${ask}: ${name}`);
  }
  return acts;
}

/**
 * Draw the button that puts a place into the reader's own list, or takes it out.
 * @param {Node} acts
 * @param {Stock} stock
 * @param {number} n
 */
function drawAdd(acts, { say, cards }, n) {
  const labels = { true: say("✓ On my list"), false: say("+ Add") };
  const add = button(acts, "", turn, "act add");

  function turn() {
    memory.basket.turn(n);
    tell();
  }

  function tell() {
    const isOn = memory.basket.holds(n);
    const label = labels[`${isOn}`];
    add.textContent = label.slice(0, 1);
    make("span", add, label.slice(1), "long");
    add.setAttribute("aria-pressed", String(isOn));
    add.setAttribute("aria-label", `${label}: ${cards.name[n]}`);
  }

  tell();
}

/**
 * Draw all that is known of it; what has not come yet is drawn when it has.
 * @param {HTMLElement} more
 * @param {Stock} stock
 * @param {Shown} shown
 */
function fill(more, stock, shown) {
  const { say } = stock;
  const row = stock.details.get(shown.n);
  if (!row) {
    make("p", more, say("One moment …"), "soft").dataset.waits = String(shown.n);
    return;
  }
  const state = openingOf(stock.index, shown.n, shown.at);
  const told = make("p", more, "", `state ${STATES[state.kind]}`);
  make("span", told, opening(state, say, shown.at, shown.isLater));
  make("p", more, row.where);
  const { show } = shown;
  const acts = make("div", more, "", "acts");
  if (row.phone) {
    link(acts, row.call, `${say("Call")} ${row.phone}`, "act call instead");
    link(acts, row.text?.href, row.text?.label ?? "", "act instead");
  }
  if (show && row.on_map) {
    const label = say("Show on map");
    const act = button(acts, label, () => show(shown.n), "act");
    act.setAttribute("aria-label", `${label}: ${row.name}`);
  }
  if (shown.mayAdd && stock.index.isLine[shown.n]) drawAdd(acts, stock, shown.n);
  details(more, row, { words: wordsOf(say), full: false });
  make("p", more, row.age, "soft");
  if (row.call_first) make("p", more, row.call_first, "warn");
  if (row.id) drawReport(more, say, `?id=${row.id}`, say("Is something wrong here?"));
}

/**
 * Offer the form on which a reader says what is wrong, in a tab of its own: this page stays.
 * @param {Node} parent
 * @param {import("../telling/say.js").Say} say
 * @param {string} query
 * @param {string} label
 */
export function drawReport(parent, say, query, label) {
  const form = link(make("p", parent, "", "soft"), `/report/${say.language}${query}`, label);
  if (!form) return;
  form.target = "_blank";
  form.rel = "noopener noreferrer";
}

/**
 * Return the words that a card of details has.
 * @param {import("../telling/say.js").Say} say
 */
const wordsOf = (say) => ({
  link: say("Link to this place"),
  copied: say("The link is copied."),
  copy: say("Copy the link from here."),
  website: say("Website"),
  directions: say("Directions"),
  outside: say("Website and directions open another site, which then knows you came."),
  from: say("Where this is from"),
  unknown: say("Not listed. Ask when you call:"),
});

/**
 * Return the address that makes a phone call a number.
 * @param {string} phone
 */
export function dial(phone) {
  const digits = phone.replace(/\D/g, "");
  return `tel:${digits.length === 10 ? "+1" : ""}${digits}`;
}
