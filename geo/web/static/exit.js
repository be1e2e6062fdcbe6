// Exit: leaves at once, by button or Shift three times, also with the server frozen or the focus in
// the map. The page is blanked first, its place in the tab's history is taken by the neutral page,
// and a way back into ours leads out again. It cannot clear the browser's own history list.
(function () {
  const target = document.currentScript.dataset.to;
  const MARK = "left";
  const WAIT = 5000;
  let presses = 0, timer = 0, alone = true;

  function blank() {
    document.title = "Home";
    document.documentElement.style.display = "none";
  }

  function leave() {
    blank();
    try { localStorage.clear(); sessionStorage.clear(); sessionStorage.setItem(MARK, "1"); } catch { /* storage is off */ }
    history.replaceState(null, "", "/");
    location.replace(target);
  }

  function back(event) {
    let left = false;
    try { left = sessionStorage.getItem(MARK) === "1"; } catch { /* storage is off */ }
    if (!left) return;
    const [how] = performance.getEntriesByType("navigation");
    if ((event && event.persisted) || (how && how.type === "back_forward")) {
      blank();
      location.replace(target);
    } else sessionStorage.removeItem(MARK);
  }

  function tell() {
    const link = document.getElementById("leave");
    if (!link) return;
    document.querySelectorAll("#leave-lights i").forEach((light, k) => light.classList.toggle("on", k < presses));
    const left = { 1: link.dataset.two, 2: link.dataset.one }[presses] || "";
    document.getElementById("leave-said").textContent = left;
  }

  function reset() {
    clearTimeout(timer);
    presses = 0;
    tell();
  }

  function down(event) {
    if (event.key !== "Shift") { alone = false; reset(); }
    else if (!event.repeat) alone = true;
  }

  function up(event) {
    if (event.key !== "Shift" || !alone) return;
    presses += 1;
    if (presses === 3) return leave();
    clearTimeout(timer);
    timer = setTimeout(reset, WAIT);
    tell();
  }

  function listen(frame) {
    frame.addEventListener("keydown", down, true);
    frame.addEventListener("keyup", up, true);
  }

  function hear(node) {
    for (const frame of node.querySelectorAll("iframe")) {
      if (frame.dataset.heard) continue;
      frame.dataset.heard = "yes";
      const inside = () => { try { listen(frame.contentWindow); } catch { /* another origin */ } };
      inside();
      frame.addEventListener("load", inside);
    }
  }

  back();
  window.addEventListener("pageshow", back);
  listen(window);
  document.addEventListener("click", (event) => {
    if (event.target.closest && event.target.closest("#leave")) { event.preventDefault(); leave(); }
  }, true);
  document.addEventListener("DOMContentLoaded", () => {
    hear(document);
    new MutationObserver(() => hear(document)).observe(document.body, { childList: true, subtree: true });
  });
  window.exitWords = function (words, lang) {
    document.documentElement.lang = lang;
    const link = document.getElementById("leave");
    for (const [name, text] of Object.entries(words)) link.dataset[name] = text;
    link.title = words.how;
    link.parentElement.setAttribute("aria-label", words.leave);
    document.getElementById("leave-text").textContent = words.leave;
  };
})();
