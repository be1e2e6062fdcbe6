// Boot: the one classic script of the map: hands over to main.js, or says that there is no map.
(() => {
  const page = window.parent;

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

  window.serviceMap = async (map, told) => {
    try {
      const main = await import(told.script);
      await main.default(map, told);
    } catch (error) {
      console.error(error);
      sorry(map);
    }
  };
})();
