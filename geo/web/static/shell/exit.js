// Exit: leaves at once, by button or Shift three times, and takes the other tabs of ours along. It
// stands in every page as it is, so it needs no server. The page is blanked first, its place in the
// tab's history is taken by the neutral page, and a way back into ours leads out again. It cannot
// clear the browser's own history list.
// A classic script: it has to run before anything else on the page does.
(() => {
  const target = document.currentScript?.dataset.to ?? "/leave";
  const MARK = "left";
  const WAIT_MS = 5000;
  const PRESSES = 3;
  const tabs = window.BroadcastChannel ? new BroadcastChannel("home") : null;
  let presses = 0;
  let timer = 0;
  let alone = true;
  let pressed = -1;

  function blank() {
    document.title = "Home";
    document.documentElement.style.display = "none";
  }

  function forget() {
    try {
      localStorage.clear();
      sessionStorage.clear();
      sessionStorage.setItem(MARK, "1");
    } catch {
      // storage is off
    }
  }

  function go() {
    blank();
    window.addEventListener("pagehide", forget, { once: true }); // the blank page comes before it
    try {
      history.replaceState(null, "", "/");
    } catch {
      // a page that was opened as a file has no other address
    }
    location.replace(target);
  }

  function leave() {
    blank();
    tabs?.postMessage(MARK);
    go();
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

  /**
   * Whether the button is drawn where this happens. What lies over it, or makes it inert, changes
   * what the browser says was hit; it does not change what a reader meant.
   * @param {MouseEvent} event
   */
  function isOn({ clientX: x, clientY: y }) {
    const box = document.getElementById("leave")?.getBoundingClientRect();
    return Boolean(box && x >= box.left && x <= box.right && y >= box.top && y <= box.bottom);
  }

  comeBack();
  window.addEventListener("pageshow", comeBack);
  tabs?.addEventListener("message", go);
  listen(window);
  window.addEventListener(
    "pointerdown",
    (event) => {
      pressed = event.button === 0 && isOn(event) ? event.pointerId : -1;
    },
    true,
  );
  window.addEventListener(
    "pointerup",
    (event) => {
      if (event.pointerId === pressed && isOn(event)) leave();
      pressed = -1;
    },
    true,
  );
  // By keyboard, or by a program that reads the screen. After a pointer the page is blank already.
  window.addEventListener(
    "click",
    (event) => {
      if (!(event.target instanceof Element) || !event.target.closest("#leave")) return;
      event.preventDefault();
      if (document.documentElement.style.display !== "none") leave();
    },
    true,
  );

  window.hearExit = listen;
})();
