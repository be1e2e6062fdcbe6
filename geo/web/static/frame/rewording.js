// Rewording: what Streamlit says of its own on a page is told in the words of the page, and what it
// opens outside of the parts of the page is made a part with a name. Seen in Streamlit 1.67.

/** A phrase of Streamlit's and what is said instead; {n}: anything. @typedef {[string, string]} Phrase */

const LIST = "body > div:not(#root) [role=listbox]";
const TEXTS = `.stFileUploader, [role=option], [data-live-announcer], ${LIST}`;
const HEARD = ["aria-label", "placeholder", "title"];
const LABELLED = HEARD.map((name) => `[${name}]`).join();
const UPLOADER = "[data-testid=stFileUploaderDropzone][role]";

/** What was said last, in what may be another language. @type {Phrase[]} */
let said = [];

/**
 * Return what tells a text in other words; the text itself if it is none of these phrases.
 * @param {Phrase[]} phrases
 * @returns {(text: string) => string}
 */
export function reworder(phrases) {
  const whole = new Map(phrases.filter(([theirs]) => !theirs.includes("{n}")));
  const open = phrases
    .filter(([theirs]) => theirs.includes("{n}"))
    .map(([theirs, ours]) => {
      const [before, after] = theirs.split("{n}");
      return { before, after, ours };
    });
  return (text) => {
    const told = whole.get(text);
    if (told !== undefined) return told;
    for (const { before, after, ours } of open) {
      const rest = text.length - before.length - after.length;
      if (rest > 0 && text.startsWith(before) && text.endsWith(after))
        return ours.replace("{n}", () => text.substr(before.length, rest));
    }
    return text;
  };
}

/**
 * Watch a page and put its words in place of Streamlit's; return what stops it.
 * @param {Phrase[]} phrases
 */
export function watch(phrases) {
  const again = said.map(([, before], k) => /** @type {Phrase} */ ([before, phrases[k][1]]));
  const reword = reworder([...again, ...phrases]);
  said = phrases;
  const watcher = new MutationObserver(mend);

  function mend() {
    for (const part of document.querySelectorAll(LABELLED))
      for (const name of HEARD) {
        const now = part.getAttribute(name);
        const told = now && reword(now);
        if (told && told !== now) part.setAttribute(name, told);
      }
    for (const part of document.querySelectorAll(TEXTS)) {
      const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const text = texts.currentNode;
        const told = reword(text.nodeValue ?? "");
        if (told !== text.nodeValue) text.nodeValue = told;
      }
    }
    for (const list of document.querySelectorAll(LIST)) giveName(list);
    for (const box of document.querySelectorAll(UPLOADER)) box.removeAttribute("role");
  }

  mend();
  watcher.observe(document.body, { childList: true, subtree: true, characterData: true });
  return () => watcher.disconnect();
}

/** A list of choices lies outside of the parts of the page: make it one. @param {Element} list */
function giveName(list) {
  const box = list.parentElement;
  if (!box || box.hasAttribute("role")) return;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", list.getAttribute("aria-label") ?? "");
}
