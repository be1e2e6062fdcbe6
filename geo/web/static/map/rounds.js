// Rounds: the ways of outreach teams, and the legend that tells the teams apart.

import { make } from "../dom.js";
import { drawEnd, drawStop } from "./shapes.js";

/** @typedef {import("../to_map.js").Point} Point */
/** @typedef {import("../to_map.js").Round} Round */
/** @typedef {{colour: string, dash: number[], shape: string}} Team */

/** Teams are told apart by shape, colour and dashes. @type {Team[]} */
const TEAMS = [
  { colour: "#0b57a4", dash: [9, 6], shape: "" },
  { colour: "#b3261e", dash: [3, 5], shape: "law" },
  { colour: "#1b6e3c", dash: [16, 6, 3, 6], shape: "recovery" },
  { colour: "#6b3fa0", dash: [18, 8], shape: "work" },
];

/**
 * Return how the team of a number looks.
 * @param {number} number
 */
function teamOf(number) {
  return TEAMS[number % TEAMS.length];
}

/**
 * Return the line of each leg, and whether it follows streets; else it is straight.
 * @param {Round} round
 * @returns {{line: Point[], onStreets: boolean}[]}
 */
export function legs({ points, courses }) {
  return courses.map((course, k) => ({
    line: course.length ? course : [points[k], points[k + 1]],
    onStreets: course.length > 0,
  }));
}

/**
 * Draw the way of each team, its ends, and its stops with their numbers.
 * @param {CanvasRenderingContext2D} pen
 * @param {L.Map} map
 * @param {Round[]} rounds
 */
export function drawRounds(pen, map, rounds) {
  rounds.forEach((round, number) => {
    if (round.points.length) drawRound(pen, map, round, teamOf(number));
  });
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {L.Map} map
 * @param {Round} round
 * @param {Team} team
 */
function drawRound(pen, map, round, team) {
  const spots = round.points.map((point) => map.latLngToLayerPoint(point));
  const ways = legs(round).map(({ line, onStreets }) => ({
    spots: line.map((point) => map.latLngToLayerPoint(point)),
    dash: onStreets ? [] : team.dash,
  }));
  pen.lineJoin = "round";
  for (const [width, colour] of /** @type {[number, string][]} */ ([
    [6, "rgba(255,255,255,.8)"],
    [3, team.colour],
  ])) {
    pen.lineWidth = width;
    pen.strokeStyle = colour;
    for (const way of ways) {
      pen.beginPath();
      for (const spot of way.spots) pen.lineTo(spot.x, spot.y);
      pen.setLineDash(width > 3 ? [] : way.dash);
      pen.stroke();
    }
  }
  pen.setLineDash([]);
  for (const spot of [spots[0], spots[spots.length - 1]]) drawEnd(pen, spot, team.colour);
  for (let k = spots.length - 2; k > 0; k--) drawStop(pen, spots[k], team, String(k));
}

/**
 * Put the legend on a map; return what fills it, which returns how high it then is, in pixels.
 * @param {L.Map} map
 * @returns {(rounds: Round[], lines: string) => number}
 */
export function addLegend(map) {
  const box = L.DomUtil.create("div", "map-legend");
  box.hidden = true;
  const Corner = L.Control.extend({ options: { position: "bottomright" }, onAdd: () => box });
  map.addControl(new Corner());
  return (rounds, lines) => {
    box.replaceChildren();
    box.hidden = !rounds.length;
    if (box.hidden) return 0;
    rounds.forEach((round, number) => {
      if (!round.points.length) return;
      const row = make("div", box);
      drawSign(make("canvas", row), teamOf(number));
      make("span", row, round.name);
    });
    make("p", box, lines);
    return box.offsetHeight;
  };
}

/**
 * @param {HTMLCanvasElement} sign
 * @param {Team} team
 */
function drawSign(sign, team) {
  sign.setAttribute("aria-hidden", "true");
  sign.width = sign.height = 60;
  const pen = sign.getContext("2d");
  pen?.scale(1.7, 1.7);
  if (pen) drawStop(pen, { x: 17.5, y: 17.5 }, team, "1");
}
