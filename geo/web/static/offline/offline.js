// Offline: the page of a file that is all there is: it answers from what is written in the file, and
// knows of no server.

import { make } from "../dom.js";
import { memory } from "../find/asked.js";
import { open } from "../find/page.js";
import { entriesOf } from "./entries.js";
import { drawMarks, framesOf } from "./marks.js";

const root = /** @type {HTMLElement} */ (document.getElementById("asked"));
const map = /** @type {HTMLElement} */ (document.getElementById("map"));
const ways = /** @type {NodeListOf<HTMLAnchorElement>} */ (
  document.querySelectorAll("[data-speak]")
);
const shadow = root.attachShadow({ mode: "open" });
/** @type {ReturnType<typeof open> | null} */
let page = null;

const whole = new Promise((resolve) => {
  document.addEventListener("DOMContentLoaded", resolve, { once: true });
});

/**
 * Return what a part of the file says; a part further down is waited for.
 * @param {string} name
 * @returns {Promise<any>}
 */
async function read(name) {
  const [kind, language] = name.split("-");
  if (kind === "details") {
    await whole;
    return { first: 0, rows: entriesOf(document.getElementById(language)) };
  }
  const id = `data-${name}`;
  if (!document.getElementById(id)) await whole;
  const own = JSON.parse(document.getElementById(id)?.textContent ?? "null");
  const isSecond = language && language !== "en";
  return isSecond ? { ...(await read(`${kind}-en`)), ...own } : own;
}

/** @param {string} language */
function speak(language) {
  page?.end();
  shadow.replaceChildren();
  const look = /** @type {HTMLElement} */ (document.getElementById("look"));
  const sheet = make("style", shadow, look.textContent ?? "");
  sheet.media = "all";
  document.documentElement.lang = language;
  document.documentElement.className = `asked only-${language}`;
  for (const way of ways) way.hidden = way.dataset.speak === language;
  page = open(shadow, {
    files: {
      ...{ places: "places", openings: "openings", words: "words", tables: "tables", papers: "" },
      ...{ page: `page-${language}`, cards: `cards-${language}`, details: [`details-${language}`] },
    },
    fetched: read,
    painted: () => Promise.resolve(), // the map is drawn with the list
    now: Date.now,
    mine: null,
    sorry: "",
    origin: "",
    address: null,
    show: (n) => {
      memory.picked = n;
      page?.redraw();
      map.scrollIntoView({ block: "nearest" });
    },
    map: (found, stock) => {
      map.hidden = false;
      drawMarks(framesOf(map), found, stock, (n) => page?.pick(n));
      nameExit(stock.say);
    },
  });
}

/** @param {import("../telling/say.js").Say} say */
function nameExit(say) {
  const link = document.getElementById("leave");
  const text = document.getElementById("leave-text");
  if (!link || !text) return;
  text.textContent = say("Leave now");
  link.title = say("Leave this site at once. Or press Shift three times.");
  link.dataset.two = say("Shift: press two more times to leave");
  link.dataset.one = say("Shift: press one more time to leave");
  link.parentElement?.setAttribute("aria-label", say("Leave now"));
}

for (const way of ways) {
  way.onclick = (event) => {
    event.preventDefault();
    speak(way.dataset.speak ?? "en");
    [...ways].find((one) => !one.hidden)?.focus();
  };
}
speak(navigator.language.toLowerCase().startsWith("es") ? "es" : "en");
