// Needs row: the kinds of help to press, and the types within the one that is pressed.

import { button, make } from "../dom.js";
import { memory, typesInside } from "./asked.js";
import { NEEDS } from "./needs.js";

/** @typedef {import("./controls.js").Tools} Tools */

/**
 * Draw them; return what brings them up to date with what is asked.
 * @param {HTMLElement} parent
 * @param {Tools} tools
 * @param {() => void} chosen is called when a need is pressed
 */
export function drawNeeds(parent, { stock, change }, chosen) {
  const { say, page } = stock();
  const part = make("div", parent, "", "needs");
  part.setAttribute("role", "group");
  part.setAttribute("aria-label", say("Kinds of help"));
  const all = NEEDS.map((need) => {
    const one = button(part, "", () => turn(need.key), "need");
    const sign = make("span", one, need.sign, `mark ${need.theme}`);
    sign.setAttribute("aria-hidden", "true");
    make("span", one, need.label(say));
    return one;
  });
  const inside = make("div", parent, "", "needs inside");
  inside.setAttribute("role", "group");
  inside.setAttribute("aria-label", say("Only these"));

  /** @param {string} key */
  function turn(key) {
    const { needs } = memory.asked;
    const others = needs.filter((one) => one !== key);
    change({ needs: others.length < needs.length ? others : [...needs, key], only: [] });
    chosen();
  }

  return () => {
    const { asked } = memory;
    NEEDS.forEach((need, k) => {
      all[k].setAttribute("aria-pressed", String(asked.needs.includes(need.key)));
    });
    const pressed = all.find((one) => one.getAttribute("aria-pressed") === "true");
    if (pressed && pressed.offsetLeft + pressed.offsetWidth > part.scrollLeft + part.clientWidth) {
      part.scrollLeft = pressed.offsetLeft;
    }
    const types = typesInside(asked);
    const shown = types.length > 1 && asked.needs.length === 1 ? types : [];
    if (inside.childElementCount !== shown.length || inside.dataset.types !== shown.join()) {
      inside.dataset.types = shown.join();
      inside.replaceChildren();
      for (const type of shown) {
        button(
          inside,
          page.types[type],
          () => {
            const { only } = memory.asked;
            const rest = only.filter((one) => one !== type);
            change({ only: rest.length < only.length ? rest : [...only, type] });
          },
          "need small",
        );
      }
    }
    shown.forEach((type, k) => {
      inside.children[k].setAttribute("aria-pressed", String(asked.only.includes(type)));
    });
    inside.hidden = !shown.length;
  };
}
