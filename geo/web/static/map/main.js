// Main: sets the map up: what lies under the places, the places, and what a reader does with them.

import { addCells } from "./cells.js";
import { addControls, speak } from "./controls.js";
import { inspector } from "./inspect.js";
import { Marks } from "./marks.js";
import { osmSwitch } from "./osm.js";
import { COLOURS } from "./palette.js";
import { answerClicks, followPointer } from "./pointer.js";
import { addLegend } from "./rounds.js";
import { addTiles } from "./tiled.js";
import { hear, tellBack, toldBefore } from "./to_list.js";

/** @typedef {import("../to_map.js").MapMessage} MapMessage */

/** @typedef {import("./marks.js").Places} Places */
/** @typedef {import("./labels.js").Ground} Ground */
/** @typedef {import("./cells.js").Area[] | null} Areas */

const WIDE = 560; // pixels that two frames need beside each other
const CREDIT = "Caltrans"; // whose lines the highways are
const DRAWN_LAST = ["state", "county", "highway", "lake"];

/**
 * Set the map up: one frame, and where each county has its own, a second beside it. What it is told
 * already comes before anything is drawn, so that nothing is drawn twice.
 * @param {L.Map} map
 * @param {Places} places
 * @param {Ground} ground
 * @param {Areas} areas on a map of areas
 * @param {string} [tiles] the address of a square of the world, where places come in tiles
 */
export default function (map, places, ground, areas, tiles) {
  fillFrame(map);
  let isWide = window.innerWidth >= WIDE; // to ask for it has the page laid out
  window.addEventListener("resize", () => {
    isWide = window.innerWidth >= WIDE;
  });
  const before = toldBefore();
  const view = before && (arrange(before)?.[0].view ?? before.view);
  const first = setUp(map, places, ground, areas, view, tiles);
  /** @type {ReturnType<typeof setUp> | null} */
  let second = null;

  /**
   * Make room for as many frames as a message wants; return what each of two shows.
   * @param {MapMessage} message
   */
  function arrange(message) {
    const frames = message.frames && isWide ? ground.frames : null;
    const isTwo = frames !== null;
    if (document.body.classList.contains("two") !== isTwo) {
      document.body.classList.toggle("two", isTwo);
      map.invalidateSize({ animate: false });
    }
    return frames;
  }

  /** @param {MapMessage} message */
  function show(message) {
    const frames = arrange(message);
    if (frames) second ??= setUp(beside(map), places, ground, areas, frames[1].view, tiles);
    first.show(frames ? framed(message, frames[0]) : message);
    if (frames) second?.show(framed(message, frames[1]));
  }

  hear(show, (n) => {
    first.choose(n);
    second?.choose(n);
  });
  window.serviceMap.inspect = inspector(map, first.marks);
}

/**
 * Return what one of two frames is told: the part of it that is a county.
 * @param {MapMessage} message
 * @param {import("./labels.js").CountyFrame} frame
 * @returns {MapMessage}
 */
function framed(message, { key, view }) {
  const words = { ...message.words, map: message.words[`map_${key}`] ?? message.words.map };
  return { ...message, view, all: view, words };
}

/**
 * Return a second map beside the first.
 * @param {L.Map} map
 */
function beside(map) {
  const box = document.createElement("div");
  map.getContainer().after(box);
  box.className = "second";
  return L.map(box, { ...map.options, zoomControl: false });
}

/**
 * Set one frame up; return what it is told.
 * @param {L.Map} map
 * @param {Places} places
 * @param {Ground} ground
 * @param {Areas} areas
 * @param {import("../to_map.js").View | null} view what it shows at first, if that is known
 * @param {string} [tiles]
 */
function setUp(map, places, ground, areas, view, tiles) {
  if (view) map.fitBounds(view, { animate: false });
  drawGround(map, [...ground.outlines, ...ground.highways]);
  map.attributionControl.addAttribution(CREDIT);
  const marks = new Marks(places, ground);
  if (!view) marks.addTo(map); // all of them, until it is known which are meant
  const cells = areas && addCells(map, areas, (n) => places.name[marks.rowOf.get(n) ?? -1] ?? "");
  marks.dots = Boolean(cells);
  marks.isTiled = Boolean(tiles);
  const squares = tiles ? addTiles(map, marks, tiles) : null;

  /** What the map was told last. @type {MapMessage | null} */
  let shown = null;
  /** The place that a reader came from the list to see. */
  let from = -1;
  let seen = JSON.stringify(view);
  const osm = osmSwitch(map, (on) => hideOwnGround(map, on));
  const bar = addControls(map, {
    closer: () => map.zoomIn(),
    farther: () => map.zoomOut(),
    all: () => shown && map.fitBounds(shown.all),
    streets: () => shown && osm(shown.words),
    back: () => tellBack(from),
  });
  const fillLegend = addLegend(map);
  const title = addTitle(map);
  addStreets(map).catch((error) => console.error(error));
  followPointer(map, marks, cells, () => Boolean(shown?.asks));
  answerClicks(map, marks, cells, () => shown);
  map.on("popupopen popupclose", ({ type }) => {
    map.getContainer().classList.toggle("popped", type === "popupopen");
  });

  return {
    marks,
    /** @param {MapMessage} message */
    show(message) {
      if (message.words.map !== shown?.words.map) speak(map, message.words, message.lang);
      const below = fillLegend(message.rounds ?? [], message.words.lines);
      const wanted = JSON.stringify(message.view);
      if (wanted !== seen || (below && !shown)) {
        map.invalidateSize({ animate: false });
        map.fitBounds(message.view, { animate: false, paddingBottomRight: [0, below] });
      }
      seen = wanted;
      shown = message;
      title.textContent = document.body.classList.contains("two") ? message.words.map : "";
      bar.hide("back", true);
      cells?.show(message.cells ?? null);
      marks.show(message);
      marks.addTo(map);
      squares?.show(message);
    },
    /** @param {number} n */
    choose(n) {
      from = n;
      const spot = marks.spotOf(n);
      const isTwo = document.body.classList.contains("two");
      if (!spot || (isTwo && shown && !L.latLngBounds(shown.view).contains(spot))) return;
      marks.choose(n);
      bar.hide("back", isTwo || window.innerWidth >= WIDE);
    },
  };
}

/**
 * Let the map fill its frame, also on a phone.
 * @param {L.Map} map
 */
function fillFrame(map) {
  const width = document.querySelector("meta[name=viewport]");
  width?.setAttribute("content", "width=device-width, initial-scale=1");
  document.body.style.setProperty("--beyond", COLOURS.beyond);
  map.getContainer().style.height = "100vh";
  map.invalidateSize();
}

/**
 * Put the name of a county over its frame.
 * @param {L.Map} map
 */
function addTitle(map) {
  const title = L.DomUtil.create("div", "map-title", map.getContainer());
  title.setAttribute("aria-hidden", "true");
  return title;
}

/**
 * Draw the outlines of states and counties, highways, and the lake over all of them.
 * @param {L.Map} map
 * @param {GeoJSON.Feature[]} outlines
 */
function drawGround(map, outlines) {
  map.createPane("ground").style.zIndex = "150";
  const order = (/** @type {GeoJSON.Feature} */ part) => DRAWN_LAST.indexOf(kindOf(part));
  const options = {
    pane: "ground",
    renderer: L.canvas({ pane: "ground", padding: 0.5 }),
    interactive: false,
    style: (/** @type {GeoJSON.Feature | undefined} */ part) => (part ? lookOf(part) : {}),
  };
  const all = /** @type {GeoJSON.FeatureCollection} */ ({
    type: "FeatureCollection",
    features: [...outlines].sort((a, b) => order(a) - order(b)),
  });
  L.geoJSON(all, options).addTo(map);
}

/** @param {GeoJSON.Feature} part */
const kindOf = ({ properties }) => properties?.kind ?? "highway";

/**
 * @param {GeoJSON.Feature} part
 * @returns {L.PathOptions}
 */
function lookOf(part) {
  const kind = kindOf(part);
  if (kind === "highway") {
    const isInterstate = part.properties?.name.startsWith("I-");
    return isInterstate
      ? { color: COLOURS.interstate, weight: 3, fill: false }
      : { color: COLOURS.highway, weight: 2, fill: false };
  }
  const { line, fill } = COLOURS[/** @type {"state" | "county" | "lake"} */ (kind)];
  return { color: line, weight: kind === "county" ? 2 : 1, fillColor: fill, fillOpacity: 1 };
}

/**
 * Hide our own ground and streets while those of another host are shown.
 * @param {L.Map} map
 * @param {boolean} hidden
 */
function hideOwnGround(map, hidden) {
  for (const name of ["ground", "ways"]) {
    const pane = map.getPane(name);
    if (pane) pane.style.display = hidden ? "none" : "";
  }
}

/** The streets that this server has, asked for once. @type {Promise<any> | null} */
let stored = null;

/**
 * Draw the streets stored on this server, if there are any: their script is fetched only then.
 * @param {L.Map} map
 */
async function addStreets(map) {
  stored ??= fetchStreets();
  const told = await stored;
  if (!told) return;
  const { drawStreets } = await import("./streets.js");
  drawStreets(map, told);
}

/** Return what streets there are; null if there are none. */
async function fetchStreets() {
  const answer = await fetch("/streets");
  return answer.status === 200 ? answer.json() : null;
}
