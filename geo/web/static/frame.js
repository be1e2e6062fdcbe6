// Frame: tells the page shell which language is spoken now, and Streamlit the one word it says of
// its own: "Add:" before what a reader types into a box of choices.
const ADD = "Add: ";
let near = "";

function reword() {
  for (const option of document.querySelectorAll("[role=option]")) {
    const texts = document.createTreeWalker(option, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode;
      if (text.nodeValue.startsWith(ADD)) text.nodeValue = near + " " + text.nodeValue.slice(ADD.length);
    }
  }
}

const watcher = new MutationObserver(reword);

export default function (component) {
  window.exitWords(component.data.words, component.data.lang);
  near = component.data.near;
  watcher.observe(document.body, { childList: true, subtree: true, characterData: true });
}
