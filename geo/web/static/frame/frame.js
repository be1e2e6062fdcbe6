// Frame: the numbers to call in danger. It tells the page shell which language is spoken now, and
// what is said in place of Streamlit's own words.

import { beginDrawing, link, make } from "../dom.js";
import { watch } from "./rewording.js";

/**
 * @typedef {object} FrameData
 * @property {Record<string, string>} words of the exit
 * @property {string} lang
 * @property {string} skip
 * @property {import("./rewording.js").Phrase[]} instead
 * @property {{what: string, short: string, number: string, href: string}[]} danger
 */

/**
 * Draw, and speak the language of the page; return what stops it.
 * @param {import("../dom.js").Component<FrameData>} component
 */
export default function (component) {
  const { parentElement: root, data } = component;
  const { words, lang, skip, instead } = data;
  const drawing = beginDrawing(root);
  drawDanger(root, data.danger);
  window.exitWords(words, lang);
  openWayPast(skip);
  drawing.signal.addEventListener("abort", watch(instead));
  return () => drawing.abort();
}

/**
 * @param {Element | ShadowRoot} root
 * @param {FrameData["danger"]} numbers
 */
function drawDanger(root, numbers) {
  const strip = make("div", null, "", "danger");
  for (const { what, short, number, href } of numbers) {
    const way = link(strip, href, "");
    if (!way) continue;
    way.setAttribute("aria-label", `${what}: ${number}`);
    make("span", way, `${what}: `, "full");
    make("span", way, short, "short");
    make("b", way, number);
  }
  root.querySelector(".danger")?.remove();
  root.append(strip);
}

/**
 * Let a reader of the keyboard go past the head, in words of the page.
 * @param {string} words
 */
function openWayPast(words) {
  const bar = document.getElementById("past-bar");
  const way = document.getElementById("past");
  if (!bar || !way) return;
  bar.setAttribute("aria-label", words);
  way.textContent = words;
  bar.hidden = false;
}
