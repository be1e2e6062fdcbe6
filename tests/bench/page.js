// Page: what the bench runs inside a page. `bench.state()` tells what a reader sees: the count over
// the list, the number of marks on the map, and whether both are drawn and agree; each when it is
// asked for, so that looking costs the page little.
(function () {
  if (window !== top) return;

  const frame = () => document.querySelector("iframe[src*='st_folium']")?.contentWindow;
  const running = () => document.querySelector("[data-testid=stApp]")?.dataset.testScriptState !== "notRunning";
  const NOTHING = { list: "", marks: -1, drawn: false };
  let root = null;

  function shadow() {
    if (root && root.host.isConnected && root.querySelector("#count")) return root;
    root = null;
    for (const node of document.querySelectorAll("[data-testid^=stBidiComponent]")) {
      if (node.shadowRoot && node.shadowRoot.querySelector("#count")) root = node.shadowRoot;
    }
    return root;
  }

  const states = {
    ours() {
      const map = frame()?.serviceMap?.inspect, count = map && shadow()?.querySelector("#count");
      if (!count) return NOTHING;
      return {
        get list() {
          return count.textContent + [...shadow().querySelectorAll("ol.places h3")].map((one) => one.textContent).join();
        },
        get marks() {
          return map.shown().length;
        },
        get drawn() {
          return map.drawn().length > 0;
        },
      };
    },
    dash() {
      const count = document.querySelector("#count")?.textContent, rows = document.querySelectorAll("#list li").length;
      const icons = () => [...document.querySelectorAll(".leaflet-marker-icon")];
      if (!count) return NOTHING;
      return {
        list: count,
        get marks() {
          return icons().map((one) => one.textContent + one.style.transform).join();
        },
        get drawn() {
          return rows > 0 && icons().length > 0;
        },
      };
    },
    naive() {
      const inside = frame()?.document, table = document.querySelector("[data-testid=stDataFrame] canvas");
      const count = [...document.querySelectorAll("[data-testid=stMarkdown] p")].find((p) => p.textContent.endsWith(" places"));
      if (!inside || !table || !count) return NOTHING;
      const marks = inside.querySelectorAll(".leaflet-marker-icon").length;
      return { list: count.textContent, marks: marks, drawn: marks === parseInt(count.textContent) };
    },
    empty() {
      const hasRun = performance.getEntriesByName("running").length > 0; // Streamlit's own mark
      return hasRun && !running() ? { list: "", marks: 0, drawn: true } : NOTHING;
    },
  };

  const buttons = {
    ours: (label) => [...shadow().querySelectorAll(".need")].find((b) => b.textContent.includes(label)),
    dash: (label) => [...document.querySelectorAll("#kinds label")].find((b) => b.textContent.includes(label))?.querySelector("input"),
    naive: (label) => [...document.querySelectorAll("[data-testid=stCheckbox] label")].find((b) => b.textContent.includes(label))?.querySelector("input"),
  };

  const painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))));

  function until(there) {
    return new Promise((done) => {
      (function look() {
        if (there()) done();
        else setTimeout(look, 3);
      })();
    });
  }

  window.bench = {
    taken: null,
    state: () => states[bench.app](),
    settled: () => (bench.app === "dash" || !running()) && bench.state().drawn,
    // `taken`: milliseconds from the start of the navigation until list and map are painted.
    async start(app) {
      bench.app = app;
      await until(() => bench.state().drawn);
      bench.taken = await painted();
    },
    // `taken`: milliseconds from a letter typed into the search box until list and map are new and
    // painted; `listed`: until the list is.
    async type(words) {
      const box = bench.app === "dash" ? document.querySelector("#words") : shadow().querySelector("#words");
      const { list, marks } = bench.state(), start = performance.now();
      bench.taken = null;
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(box, words);
      box.dispatchEvent(new Event("input", { bubbles: true }));
      await until(() => bench.state().list !== list);
      bench.listed = (await painted()) - start;
      await until(() => bench.state().marks !== marks);
      bench.taken = (await painted()) - start;
    },
    // `taken`: milliseconds from a click on a filter until list and map are both new and painted.
    click(label) {
      const { list, marks } = bench.state(), start = performance.now();
      const isNew = (now) => now.drawn && now.list !== list && now.marks !== marks;
      bench.taken = null;
      buttons[bench.app](label).click();
      until(() => isNew(bench.state())).then(painted).then((at) => (bench.taken = at - start));
    },
  };
})();
