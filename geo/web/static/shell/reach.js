// Reach: on a page of Streamlit the exit is above all, never inert, and within the reach of every
// key and frame, whatever dialog is up. Nothing that belongs to Streamlit stays on the device.
// A classic script: it has to run before anything else on the page does.
(() => {
  const DIALOG = "dialog, [role=dialog], [role=alertdialog]";
  const HIDING = ["inert", "aria-hidden", "hidden"];
  const KNOWN_BY_STREAMLIT = "data-react-aria-top-layer"; // who has it is left alone by a dialog

  /** Put the exit into the browser's own top layer, over whatever is there already. */
  function raise() {
    const bar = document.getElementById("leave-bar");
    if (!bar?.showPopover) return; // its z-index has to do
    bar.popover = "manual";
    if (bar.matches(":popover-open")) bar.hidePopover();
    bar.showPopover();
  }

  /** Let nothing hide the exit or take it from the keyboard. @param {MutationRecord[]} changes */
  function free(changes) {
    for (const { target, attributeName } of changes)
      if (attributeName && target instanceof Element && target.hasAttribute(attributeName))
        target.removeAttribute(attributeName);
  }

  /** The element with the focus, in shadow roots too. */
  function focused() {
    let part = document.activeElement;
    while (part?.shadowRoot?.activeElement) part = part.shadowRoot.activeElement;
    return part;
  }

  /**
   * Tab at the end of a dialog begins at its start again; here the exit stands between the two.
   * @param {KeyboardEvent} event
   */
  function pass(event) {
    const before = focused();
    const outer = document.activeElement;
    const dialog = outer?.closest(DIALOG);
    if (event.key !== "Tab" || !before || !outer || !dialog) return;
    const ahead = event.shiftKey
      ? Node.DOCUMENT_POSITION_PRECEDING
      : Node.DOCUMENT_POSITION_FOLLOWING;
    setTimeout(() => {
      const after = focused();
      const here = document.activeElement;
      if (!here || !after || (here !== document.body && !dialog.contains(here))) return;
      const moved = here === outer ? after !== before : outer.compareDocumentPosition(here) & ahead;
      if (!moved || here === document.body) document.getElementById("leave")?.focus();
    });
  }

  /** Listen in every frame of ours that is in a document. */
  function listenInFrames() {
    for (const frame of document.querySelectorAll("iframe")) {
      if (frame.dataset.heard) continue;
      frame.dataset.heard = "yes";
      const inside = () => {
        try {
          window.hearExit(frame.contentWindow);
        } catch {
          // another origin
        }
      };
      inside();
      frame.addEventListener("load", inside);
    }
  }

  /** Keep nothing where it would stay: Streamlit writes there which pages were opened. */
  function keepNothing() {
    try {
      const kept = window.localStorage;
      const write = Storage.prototype.setItem;
      kept.clear();
      Storage.prototype.setItem = function (name, value) {
        if (this !== kept) write.call(this, name, value);
      };
    } catch {
      // storage is off
    }
  }

  /**
   * Go to what is on the page without a step of the history. @param {Event} event
   */
  function goPast(event) {
    event.preventDefault();
    document.getElementById("stMain")?.focus({ preventScroll: true });
  }

  keepNothing();
  window.addEventListener("keydown", pass, true);
  document.addEventListener("fullscreenchange", raise);
  document.addEventListener(
    "toggle",
    ({ target }) => {
      const isAbove = target instanceof HTMLElement && target.matches("dialog, [popover]");
      if (isAbove && target.id !== "leave-bar") raise();
    },
    true,
  );
  document.addEventListener("DOMContentLoaded", () => {
    const bar = document.getElementById("leave-bar");
    const watcher = new MutationObserver(free);
    for (const part of [bar, document.body])
      if (part) watcher.observe(part, { attributes: true, attributeFilter: HIDING });
    bar?.setAttribute(KNOWN_BY_STREAMLIT, "true");
    document.getElementById("past")?.addEventListener("click", goPast);
    raise();
    listenInFrames();
    new MutationObserver(listenInFrames).observe(document.body, { childList: true, subtree: true });
  });

  window.exitWords = (words, lang) => {
    document.documentElement.lang = lang;
    const link = document.getElementById("leave");
    const text = document.getElementById("leave-text");
    if (!link || !text) return;
    for (const [name, word] of Object.entries(words)) link.dataset[name] = word;
    link.title = words.how;
    link.parentElement?.setAttribute("aria-label", words.leave);
    text.textContent = words.leave;
  };
})();
