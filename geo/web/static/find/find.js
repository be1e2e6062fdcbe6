// Find: the page of a reader as a component of Streamlit. The server is told nothing by it but a
// street address, when a reader asks it to look for one.

import { beginDrawing, furnish } from "../dom.js";
import { bits } from "../map/bits.js";
import { asOf } from "../telling/sentences.js";
import { choose, onBack, onPick, show, untilShown } from "../to_map.js";
import { memory } from "./asked.js";
import { fromServer } from "./fetched.js";
import * as mine from "./mine.js";
import { open } from "./page.js";
import { viewOf } from "./view.js";

const SHEET = new URL("./find.css", import.meta.url).href;
const MAP = "iframe[title^='streamlit_folium']";
const MINUTE_MS = 60_000;
const PATIENCE_MS = 1_000; // with a map that is not there: words are waited for too

/**
 * What the page is told by the server.
 * @typedef {object} FindData
 * @property {import("./files.js").Addresses} files
 * @property {string} sorry
 * @property {boolean} streets whether the server knows streets
 * @property {{asked: string, told: string, area: import("../engine/understanding.js").Area | null} | null} spot
 * @property {import("../to_map.js").Words} map the words on the map
 */

/** What is drawn in each root. @type {WeakMap<ShadowRoot, {key: string, page: ReturnType<typeof open>}>} */
const drawn = new WeakMap();
/** The spot that was taken last. @type {string} */
let taken = "";

/**
 * Draw Find, unless it is there; return what takes it off the page's ear.
 * @param {import("../dom.js").Component<FindData>} component
 */
export default function (component) {
  const { parentElement: root, data } = component;
  const drawing = beginDrawing(root);
  furnish(root, SHEET, "cards");
  const key = JSON.stringify([data.files, data.streets]);
  if (drawn.get(root)?.key !== key) {
    drawn.get(root)?.page.end();
    drawn.set(root, { key, page: open(root, given(component)) });
    addTime(drawn.get(root)?.page.ready);
  }
  const page = drawn.get(root)?.page;
  if (!page) return () => {};
  onPick((n) => page.pick(n), drawing.signal);
  onBack((n) => page.pick(n), drawing.signal);
  if (data.spot?.area && data.spot.asked !== taken) {
    taken = data.spot.asked;
    page.change({ where: data.spot.area });
  }
  const timer = setInterval(page.redraw, 5 * MINUTE_MS);
  drawing.signal.addEventListener("abort", () => clearInterval(timer));
  return () => drawing.abort();
}

/**
 * Let the line that tells of a lost connection say of which time the list is.
 * @param {Promise<import("./files.js").Stock> | undefined} ready
 */
async function addTime(ready) {
  const line = document.getElementById("gone");
  const stock = await ready?.catch(() => null);
  if (line && stock) line.dataset.asOf = asOf(stock);
}

/**
 * @param {import("../dom.js").Component<FindData>} component
 * @returns {import("./page.js").Given}
 */
function given({ data, setTriggerValue }) {
  return {
    files: data.files,
    fetched: fromServer,
    painted: () => untilShown(PATIENCE_MS),
    now: Date.now,
    mine,
    sorry: data.sorry,
    origin: location.origin,
    address: data.streets ? (text) => setTriggerValue("address", text) : null,
    show: (n) => {
      choose(n);
      document.querySelector(MAP)?.scrollIntoView({ block: "nearest" });
    },
    map: (found, stock) => {
      show({
        bits: bits(found.places, stock.index.size),
        view: viewOf(found, stock),
        all: stock.page.views[""],
        lang: stock.say.language,
        words: data.map,
        rounds: [],
        start: startOf(found.where),
        order: found.places.slice(0, memory.shown),
        frames: found.where === null,
      });
    },
  };
}

/**
 * Return the spot that a reader typed, to be marked.
 * @param {import("../engine/understanding.js").Area | null} where
 * @returns {[number, number, string] | null}
 */
function startOf(where) {
  return where && where[1] === "address" ? [where[4], where[5], where[2]] : null;
}
