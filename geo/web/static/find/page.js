// Page: Find, in any part of any page: the questions and the answer, worked out here. What is asked
// is sent to nobody.

import { announce, make } from "../dom.js";
import { ask } from "../engine/ask.js";
import { forget, memory, queryOf } from "./asked.js";
import { drawControls } from "./controls.js";
import { stock as fetchStock } from "./files.js";
import { drawList, STEP } from "./list.js";
import { tonight } from "./when.js";

const REST_MS = 100; // from a letter on, until the map follows the list

/** @typedef {import("./files.js").Stock} Stock */

/**
 * What the page is given by whatever it is part of.
 * @typedef {object} Given
 * @property {import("./files.js").Addresses} files
 * @property {(address: string) => Promise<any>} fetched
 * @property {() => Promise<unknown>} painted waits until what is beside the list is painted too
 * @property {() => number} now
 * @property {((found: import("../engine/ask.js").Found, stock: Stock) => void) | null} map is told each answer
 * @property {((n: number) => void) | null} show shows a place on the map
 * @property {((text: string) => void) | null} address asks the server for a street address
 * @property {string} origin of the site, "" where there is none
 * @property {typeof import("./mine.js") | null} mine the reader's own list, where one is kept
 * @property {string} sorry what is said while the files are not there
 * @property {(change: Partial<import("./asked.js").Asked>) => void} [changed]
 */

/**
 * Draw Find into a root; return what another part may do with it.
 * @param {ShadowRoot | HTMLElement} root
 * @param {Given} given
 */
export function open(root, given) {
  const box = make("div", root, "", "find");
  const wait = make("p", box, given.sorry, "soft");
  wait.hidden = true;
  setTimeout(() => {
    wait.hidden = false;
  }, 1500);
  const controls = make("div", box);
  const mine = make("div", box);
  const results = make("div", box, "", "results");
  results.setAttribute("aria-live", "off");
  /** @type {Stock | null} */
  let stock = null;
  let update = () => {};
  let count = () => {};
  let isEnded = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;

  /**
   * @param {Partial<import("./asked.js").Asked>} change
   * @param {boolean} [isTyping] whether the map may follow the list
   */
  function change(change, isTyping) {
    Object.assign(memory.asked, change);
    Object.assign(memory, { shown: STEP, picked: -1 });
    memory.opened.clear();
    given.changed?.(change);
    draw(isTyping);
  }

  /** @param {boolean} [isTyping] */
  function draw(isTyping = false) {
    clearTimeout(waiting);
    if (!stock || isEnded) return;
    update();
    count();
    const now = given.now();
    controls.hidden = memory.isOnList;
    if (memory.isOnList && given.mine) {
      given.mine.drawMine(results, stock, now, given.origin);
      return;
    }
    const query = queryOf(memory.asked, now, tonight);
    if (!stock.isWhole) query.words = ""; // they are read as soon as it can be
    const found = ask(stock.index, query, now);
    const isLater = memory.asked.when === "at" || memory.asked.when === "tonight";
    const asked = { at: query.open_at ?? now, isLater, types: query.types };
    drawList(results, stock, found, asked, {
      change,
      clear: () => {
        forget();
        change({});
      },
      more: () => {
        const last = memory.shown;
        memory.shown += STEP;
        draw();
        focusOn(found.places[last]);
      },
      show: given.show,
      isOnline: given.origin !== "",
      mayAdd: given.mine !== null,
    });
    const told = results.querySelector("#count")?.textContent ?? "";
    if (root instanceof ShadowRoot) announce(root, told);
    const { map } = given;
    if (map && isTyping) waiting = setTimeout(map, REST_MS, found, stock);
    else map?.(found, stock);
  }

  /** @param {number} n */
  function focusOn(n) {
    const card = results.querySelector(`[data-n="${n}"]`);
    const first = /** @type {HTMLElement | null} */ (card?.querySelector("a, button") ?? null);
    first?.focus({ preventScroll: true });
  }

  /**
   * Bring the card of a place into sight; one that is not in the list comes on top.
   * @param {number} n
   */
  function pick(n) {
    memory.picked = n;
    memory.opened.add(n);
    draw();
    for (const one of results.querySelectorAll(".chosen")) one.classList.remove("chosen");
    const card = results.querySelector(`li[data-n="${n}"]`);
    card?.classList.add("chosen");
    card?.scrollIntoView({ block: "center" });
    focusOn(n);
  }

  /** @param {Stock} more */
  function take(more) {
    if (isEnded) return;
    const isFirst = stock === null;
    stock = more;
    wait.remove();
    box.dataset.has = more.papers ? "all" : more.isWhole ? "words" : "places";
    if (isFirst) {
      memory.shown ||= STEP;
      const here = () => /** @type {Stock} */ (stock);
      if (given.mine) {
        count = given.mine.drawCounter(mine, here, () => {
          memory.isOnList = !memory.isOnList;
          draw();
        });
      }
      memory.basket.changed = () => {
        count();
        if (memory.isOnList) draw();
      };
      update = drawControls(controls, {
        stock: here,
        change,
        now: given.now,
        address: given.address,
      });
    }
    const isDetails = more.isWhole && more.details.size > 0;
    const isWaiting = memory.isOnList || results.querySelector("[data-waits]");
    if (!isDetails || isWaiting) draw();
  }

  const ready = fetchStock(given.files, given.fetched, take, given.painted);
  ready.catch(() => {
    wait.hidden = stock !== null;
  });
  return {
    ready,
    pick,
    change,
    redraw: draw,
    end: () => {
      isEnded = true;
      clearTimeout(waiting);
      box.remove();
    },
  };
}
