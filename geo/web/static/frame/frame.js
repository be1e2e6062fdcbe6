// Frame: tells the page shell which language is spoken now, and Streamlit the one word it says of
// its own: "Add:" before what a reader types into a box of choices (seen in Streamlit 1.67).

import { beginDrawing } from "../dom.js";

/** @typedef {{words: Record<string, string>, lang: string, near: string}} FrameData */

const ADD = "Add: ";

/**
 * Speak the language of the page; return what stops it.
 * @param {import("../dom.js").Component<FrameData>} component
 */
export default function (component) {
  const { words, lang, near } = component.data;
  const drawing = beginDrawing(component.parentElement);
  window.exitWords(words, lang);
  const watcher = new MutationObserver(() => reword(near));
  watcher.observe(document.body, { childList: true, subtree: true, characterData: true });
  drawing.signal.addEventListener("abort", () => watcher.disconnect());
  return () => drawing.abort();
}

/**
 * @param {string} near what is said instead
 */
function reword(near) {
  for (const option of document.querySelectorAll("[role=option]")) {
    const texts = document.createTreeWalker(option, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode;
      if (text.nodeValue?.startsWith(ADD))
        text.nodeValue = `${near} ${text.nodeValue.slice(ADD.length)}`;
    }
  }
}
