// Marks: every place on one canvas: which are shown, how they are grouped, which one is chosen.

import { reader } from "./bits.js";
import { gather, manyOf, marksOf, nearest } from "./clusters.js";
import { drawLabels, drawName, drawTowns, inOrder } from "./labels.js";
import { drawRounds } from "./rounds.js";
import * as shapes from "./shapes.js";
import { CLOSE } from "./tiled.js";

/** @typedef {import("./clusters.js").Mark} Mark */

/**
 * All places with a spot, as columns.
 * @typedef {object} Places
 * @property {number[]} n numbers in the catalogue
 * @property {string[]} [id] of places that come in tiles
 * @property {number[]} lat
 * @property {number[]} lon
 * @property {number[]} g groups
 * @property {number[]} r radius in metres of the area a place is somewhere in; 0: a point
 * @property {string[]} name
 * @property {shapes.Look[]} groups
 */

const SQUARE = 46; // pixels: places in one square are one mark
const APART = 16; // from this zoom on, only places on the same spot are one mark
const NO_GROUP = { shape: "", colour: "#333333" };

/**
 * Return where a spot is in the world, at zoom 0.
 * @param {number} lat
 * @param {number} lon
 */
function onWorld(lat, lon) {
  const { x, y } = L.CRS.EPSG3857.latLngToPoint(L.latLng(lat, lon), 0);
  return { x, y };
}

/** What is worked out of columns. @type {WeakMap<Places, ReturnType<typeof workOut>>} */
const known = new WeakMap();

/**
 * Return the rows of columns, by number too, and where each is in the world: once for both frames.
 * @param {Places} places
 */
function rowsOf(places) {
  const found = known.get(places) ?? workOut(places);
  known.set(places, found);
  return found;
}

/** @param {Places} places */
function workOut({ n, lat, lon }) {
  return {
    rows: [...n.keys()],
    rowOf: new Map(n.map((one, row) => [one, row])),
    world: lat.map((at, row) => onWorld(at, lon[row])),
  };
}

/** A place is told by where it stands in the columns: its row. */
export class Marks extends L.Renderer {
  /**
   * @param {Places} places
   * @param {import("./labels.js").Ground} ground
   */
  constructor(places, ground) {
    super({ padding: 0.4, pane: "overlayPane" });
    this.ground = { ...ground, labels: inOrder(ground.labels) };
    this.places = places;
    this.shown = this.rows;
    this.chosen = -1;
    /** Places that come as clusters, in tiles. @type {import("./clusters.js").Gathering[]} */
    this.clusters = [];
    /** Whether places come in tiles; then all that have come are shown. */
    this.isTiled = false;
    this.isLoading = false;
    /** The place that was chosen last, which may yet come in a tile. */
    this.awaited = -1;
    /** Where places of the list are, that may be in no tile yet, by their numbers. @type {Map<number, L.LatLng>} */
    this.spots = new Map();
    /** The number of each place that has one in the list. @type {number[]} */
    this.listed = [];
    /** @type {Mark[]} */
    this.drawn = [];
    /** @type {import("../to_map.js").MapMessage["start"]} */
    this.start = null;
    /** Whether places are dots on a map of areas. */
    this.dots = false;
    /** @type {import("../to_map.js").Point[]} */
    this.sites = [];
    /** @type {import("../to_map.js").Point[]} */
    this.own = [];
    /** @type {import("../to_map.js").Round[]} */
    this.rounds = [];
    /** The number that a place has in the list, by its row. @type {Map<number, number>} */
    this.order = new Map();
  }

  get rows() {
    return rowsOf(this.places).rows;
  }

  get rowOf() {
    return rowsOf(this.places).rowOf;
  }

  /** Where the place of each row is in the world. */
  get world() {
    return rowsOf(this.places).world;
  }

  /**
   * Show what came in tiles.
   * @param {Places} places
   * @param {import("./tiled.js").Cluster[]} clusters
   */
  fill(places, clusters) {
    this.places = places;
    this.shown = this.rows;
    this.clusters = clusters.map(({ lat, lon, more }) => ({ ...onWorld(lat, lon), ids: [], more }));
    this.chosen = this.rowOf.get(this.awaited) ?? -1;
    this.number(this.listed);
    this.draw();
  }

  /** Number places as they are in the list. @param {number[]} listed */
  number(listed) {
    this.listed = listed;
    const order = listed.map((n, k) => [this.rowOf.get(n) ?? -1, k + 1]);
    this.order = new Map(/** @type {[number, number][]} */ (order));
  }

  /** Show what a message tells. @param {import("../to_map.js").MapMessage} message */
  show(message) {
    const isMeant = reader(message.bits);
    const { n } = this.places;
    this.shown = this.isTiled ? this.rows : this.rows.filter((row) => isMeant(n[row]));
    this.spots = new Map((message.spots ?? []).map(([n, lat, lon]) => [n, L.latLng(lat, lon)]));
    this.start = message.start ?? null;
    this.rounds = message.rounds ?? [];
    this.sites = message.sites ?? [];
    this.own = message.own ?? [];
    this.number(message.order ?? []);
    this.draw();
  }

  /** Return where a place is, null if that is not known here. @param {number} n */
  spotOf(n) {
    const row = this.rowOf.get(n);
    return this.spots.get(n) ?? (row === undefined ? null : this.point(row));
  }

  /** Ring a place and look at it. @param {number} n */
  choose(n) {
    this.awaited = n;
    this.chosen = this.rowOf.get(n) ?? -1;
    const spot = this.spotOf(n);
    if (!spot) return;
    const closest = this.isTiled ? CLOSE : this.places.r[this.chosen] ? 11 : 14;
    this._map.setView(spot, Math.max(this._map.getZoom(), closest));
    this.draw();
  }

  /** Ring the place of a row. @param {number} row */
  ring(row) {
    this.chosen = row;
    this.awaited = this.places.n[row];
    this.draw();
  }

  /** Return where the place of a row is. @param {number} row */
  point(row) {
    return L.latLng(this.places.lat[row], this.places.lon[row]);
  }

  /** Return the mark at a spot of the canvas. @param {L.Point} spot */
  at(spot) {
    return nearest(this.drawn, spot);
  }

  /** Draw all there is, if there is a canvas yet. */
  draw() {
    const [pen, box, map] = [this.pen, this._bounds, this._map];
    if (!pen || !box) return;
    const [zoom, origin] = [map.getZoom(), map.getPixelOrigin()];
    const scale = 2 ** zoom;
    pen.clearRect(box.min.x, box.min.y, box.max.x - box.min.x, box.max.y - box.min.y);
    drawTowns(pen, map, this.ground, this.dots);
    const size = this.dots ? 1 : zoom >= APART || this.isTiled ? 2 : SQUARE;
    const gathered = gather(this.shown, this.world, { scale, origin, box }, size);
    for (const { x, y, ...of } of this.clusters) {
      gathered.push({ x: x * scale - origin.x, y: y * scale - origin.y, ...of });
    }
    this.drawn = marksOf(gathered, zoom < APART && !this.dots);
    for (const mark of this.drawn) this.#drawMark(pen, mark, scale);
    drawLabels(pen, map, this.ground, this.drawn);
    if (this.shown.includes(this.chosen)) {
      const { x, y } = this.world[this.chosen];
      shapes.drawRing(pen, { x: x * scale - origin.x, y: y * scale - origin.y });
    }
    for (const site of this.own) shapes.drawOwn(pen, map.latLngToLayerPoint(site));
    this.sites.forEach((site, k) => {
      shapes.drawSite(pen, map.latLngToLayerPoint(site), String(k + 1));
    });
    if (this.start) {
      const [lat, lon, name] = this.start;
      drawName(pen, name, shapes.drawPin(pen, map.latLngToLayerPoint([lat, lon])));
    }
    drawRounds(pen, map, this.rounds);
  }

  /**
   * @param {CanvasRenderingContext2D} pen
   * @param {Mark} mark
   * @param {number} scale
   */
  #drawMark(pen, mark, scale) {
    const { r, g, lat, groups } = this.places;
    const [row] = mark.ids;
    if (this.dots) {
      mark.reach = 6;
      const vague = mark.ids.every((one) => r[one]);
      shapes.drawDot(pen, mark, vague);
      return;
    }
    const look = groups[g[row]] ?? NO_GROUP;
    if (manyOf(mark) > 1) shapes.drawCluster(pen, mark);
    else if (r[row]) shapes.drawVague(pen, mark, look, shapes.areaReach(r[row], lat[row], scale));
    else shapes.drawPlace(pen, mark, look);
    const number = manyOf(mark) === 1 && this.order.get(row);
    if (number) shapes.drawNumber(pen, mark, number);
  }

  // What follows is asked by Leaflet: a renderer keeps its canvas a little larger than the map.

  _initContainer() {
    const canvas = document.createElement("canvas");
    canvas.setAttribute("aria-hidden", "true");
    this._container = canvas;
    this.canvas = canvas;
    this.pen = canvas.getContext("2d");
  }

  _updatePaths() {}

  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    super._update();
    const [box, canvas] = [this._bounds, this.canvas];
    if (!box || !canvas) return;
    const size = box.getSize();
    const fine = window.devicePixelRatio > 1 ? 2 : 1;
    L.DomUtil.setPosition(canvas, box.min);
    canvas.width = fine * size.x;
    canvas.height = fine * size.y;
    canvas.style.width = `${size.x}px`;
    canvas.style.height = `${size.y}px`;
    this.pen?.setTransform(fine, 0, 0, fine, -box.min.x * fine, -box.min.y * fine);
    this.draw();
  }
}
