// Boot: the one classic script of the map: fetches main.js while folium still makes the map, and the
// data, all at once, and hands them over; or says that there is no map.
(() => {
  const page = window.parent;
  const here = /** @type {HTMLScriptElement} */ (document.currentScript).src;
  const main = import(new URL("main.js", here).href);
  main.catch(() => {}); // said when the map is there to say it in

  /** Say it in the words of the page, now if it told them before. @param {L.Map} map */
  function sorry(map) {
    const box = map.getContainer();
    const line = document.createElement("p");
    line.className = "map-sorry";
    line.setAttribute("role", "alert");
    const tell = () => {
      const shown = page.serviceMapShown;
      if (!shown) return;
      document.documentElement.lang = shown.lang;
      line.textContent = shown.words.broken;
    };
    const leaving = new AbortController();
    window.addEventListener("pagehide", () => leaving.abort());
    page.addEventListener("map:show", tell, { signal: leaving.signal });
    tell();
    box.replaceChildren(line);
  }

  /** Return what lies at an address. @param {string} address */
  async function fetched(address) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return answer.json();
  }

  window.serviceMap = async (map, { points, ground, cells, tiles }) => {
    try {
      const [script, ...data] = await Promise.all([
        main,
        fetched(points),
        fetched(ground),
        cells ? fetched(cells) : null,
      ]);
      script.default(map, ...data, tiles);
    } catch (error) {
      console.error(error);
      sorry(map);
    }
  };
})();
