// Exit: leaves at once, by button or Shift three times, also with the server frozen or the focus in
// the map. The page is blanked first, its place in the tab's history is taken by the neutral page,
// and a way back into ours leads out again. It cannot clear the browser's own history list.
// A classic script: it has to run before anything else on the page does.
(() => {
  const target = document.currentScript?.dataset.to ?? "/leave";
  const MARK = "left";
  const WAIT_MS = 5000;
  const PRESSES = 3;
  let presses = 0;
  let timer = 0;
  let alone = true;

  function blank() {
    document.title = "Home";
    document.documentElement.style.display = "none";
  }

  function leave() {
    blank();
    try {
      localStorage.clear();
      sessionStorage.clear();
      sessionStorage.setItem(MARK, "1");
    } catch {
      // storage is off
    }
    history.replaceState(null, "", "/");
    location.replace(target);
  }

  function hasLeft() {
    try {
      return sessionStorage.getItem(MARK) === "1";
    } catch {
      return false; // storage is off
    }
  }

  /** Lead out again who comes back after leaving. @param {PageTransitionEvent} [event] */
  function comeBack(event) {
    if (!hasLeft()) return;
    const [how] = performance.getEntriesByType("navigation");
    if (event?.persisted || (how && "type" in how && how.type === "back_forward")) {
      blank();
      location.replace(target);
    } else sessionStorage.removeItem(MARK);
  }

  function tell() {
    const link = document.getElementById("leave");
    const line = document.getElementById("leave-said");
    if (!link || !line) return;
    document.querySelectorAll("#leave-lights i").forEach((light, k) => {
      light.classList.toggle("on", k < presses);
    });
    line.textContent = ["", link.dataset.two, link.dataset.one][presses] ?? "";
  }

  function reset() {
    clearTimeout(timer);
    presses = 0;
    tell();
  }

  /** @param {KeyboardEvent} event */
  function down(event) {
    if (event.key !== "Shift") {
      alone = false;
      reset();
    } else if (!event.repeat) alone = true;
  }

  /** @param {KeyboardEvent} event */
  function up(event) {
    if (event.key !== "Shift" || !alone) return;
    presses += 1;
    if (presses === PRESSES) {
      leave();
      return;
    }
    clearTimeout(timer);
    timer = setTimeout(reset, WAIT_MS);
    tell();
  }

  /** @param {Window | null} frame */
  function listen(frame) {
    frame?.addEventListener("keydown", down, true);
    frame?.addEventListener("keyup", up, true);
  }

  /** Listen in every frame of ours that is in a document. */
  function listenInFrames() {
    for (const frame of document.querySelectorAll("iframe")) {
      if (frame.dataset.heard) continue;
      frame.dataset.heard = "yes";
      const inside = () => {
        try {
          listen(frame.contentWindow);
        } catch {
          // another origin
        }
      };
      inside();
      frame.addEventListener("load", inside);
    }
  }

  comeBack();
  window.addEventListener("pageshow", comeBack);
  listen(window);
  document.addEventListener(
    "click",
    (event) => {
      if (!(event.target instanceof Element) || !event.target.closest("#leave")) return;
      event.preventDefault();
      leave();
    },
    true,
  );
  document.addEventListener("DOMContentLoaded", () => {
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
