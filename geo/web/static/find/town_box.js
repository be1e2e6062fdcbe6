// Town box: a box to type a place into, with what is meant to choose from (the combobox of the
// WAI-ARIA Authoring Practices, with a list and manual selection).

import { make } from "../dom.js";

const MOST = 8;

/** @typedef {import("../engine/understanding.js").Area} Area */

let boxes = 0;

/**
 * Draw the box; return what sets its text.
 * @param {HTMLElement} parent
 * @param {object} given
 * @param {string} given.label
 * @param {string} given.placeholder
 * @param {string} given.text
 * @param {(text: string) => {key: string, name: string}[]} given.offers what a text may mean
 * @param {(text: string) => void} given.typed is called at each letter
 * @param {(text: string) => void} given.done is called when a reader goes on
 */
export function drawTownBox(parent, given) {
  const part = make("div", parent, "", "field town");
  const number = ++boxes;
  const label = make("label", part, given.label);
  const input = make("input", part);
  const list = make("ul", part, "", "offers");
  label.htmlFor = input.id = `town-${number}`;
  list.id = `towns-${number}`;
  input.value = given.text;
  input.placeholder = given.placeholder;
  Object.assign(input, { type: "text", autocomplete: "off", spellcheck: false });
  for (const [name, value] of [
    ["role", "combobox"],
    ["aria-autocomplete", "list"],
    ["aria-expanded", "false"],
    ["aria-controls", list.id],
  ]) {
    input.setAttribute(name, value);
  }
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", given.label);
  list.hidden = true;
  let active = -1;

  const options = () => /** @type {HTMLElement[]} */ ([...list.children]);

  /** @param {number} chosen */
  function mark(chosen) {
    active = chosen;
    options().forEach((one, k) => {
      one.setAttribute("aria-selected", String(k === active));
      if (k === active) one.scrollIntoView({ block: "nearest" });
    });
    if (options()[active]) input.setAttribute("aria-activedescendant", options()[active].id);
    else input.removeAttribute("aria-activedescendant");
  }

  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    mark(-1);
  }

  function offer() {
    const offers = given.offers(input.value).slice(0, MOST);
    list.replaceChildren();
    offers.forEach(({ name }, k) => {
      const one = make("li", list, name);
      one.id = `${list.id}-${k}`;
      one.setAttribute("role", "option");
      one.onpointerdown = (event) => event.preventDefault(); // the box keeps the focus
      one.onclick = () => take(name);
    });
    list.hidden = !offers.length;
    input.setAttribute("aria-expanded", String(offers.length > 0));
    mark(-1);
  }

  /** @param {string} text */
  function take(text) {
    input.value = text;
    close();
    given.done(text);
  }

  input.oninput = () => {
    offer();
    given.typed(input.value);
  };
  input.onchange = () => given.done(input.value);
  input.onblur = close;
  input.onkeydown = (event) => {
    const count = options().length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) offer();
      const by = event.key === "ArrowDown" ? 1 : -1;
      const all = options().length;
      if (all) mark((active + by + all + Number(active < 0 && by < 0)) % all);
      event.preventDefault();
    } else if (event.key === "Enter") {
      take(
        count && !list.hidden && active >= 0 ? (options()[active].textContent ?? "") : input.value,
      );
    } else if (event.key === "Escape" && !list.hidden) {
      close();
      event.preventDefault();
    }
  };
  return {
    /**
     * Set the text, unless a reader is writing one.
     * @param {string} text
     */
    set(text) {
      if (input.value === text || input.matches(":focus")) return;
      input.value = text;
      close();
    },
  };
}
