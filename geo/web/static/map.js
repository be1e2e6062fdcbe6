// Map: draws every place on one canvas from columns fetched once, and shows those it is told to.
// It talks with the list through events of the page around this frame:
//   "map:show"   {bits, view, start, words, lang}  list -> map: which places, which part, the
//                                           spot a reader typed, what words
//                {rounds}, if any: [{name, points, courses}] each team's way, from its start to its
//                end, and the course of each leg along the streets, empty where it is not known
//   "map:choose" {n}                        list -> map: ring this one
//   "map:pick"   {n}                        map -> list: a reader chose this one
//   "map:spot"   {lat, lon}                 map -> list: a reader was asked for a point, and chose it
// A map of areas (cells.js) shows its places as dots: "map:show" has {cells, sites, asks} too.
// Every name is set as text, never as markup.
(function () {
  const page = window.parent;
  const CELL = 46;
  const TILES = "https://tile.openstreetmap.org/{z}/{x}/{y}.png";

  const SHAPES = {
    health: [[-3, -9], [3, -9], [3, -3], [9, -3], [9, 3], [3, 3], [3, 9], [-3, 9], [-3, 3], [-9, 3], [-9, -3], [-3, -3]],
    recovery: [[0, -10], [9, 0], [0, 10], [-9, 0]],
    safety: [[0, -10], [10, 8], [-10, 8]],
    law: [[-8, -8], [8, -8], [8, 8], [-8, 8]],
    family: Array.from({ length: 10 }, (_, k) => {
      const turn = (Math.PI * k) / 5, reach = k % 2 ? 4.5 : 11;
      return [Math.sin(turn) * reach, -Math.cos(turn) * reach];
    }),
    work: Array.from({ length: 5 }, (_, k) => {
      const turn = (2 * Math.PI * k) / 5;
      return [Math.sin(turn) * 10, -Math.cos(turn) * 10];
    }),
  };

  // Teams are told apart by shape, colour and dashes.
  const TEAMS = [
    { colour: "#0b57a4", dash: [9, 6], shape: "" },
    { colour: "#b3261e", dash: [3, 5], shape: "law" },
    { colour: "#1b6e3c", dash: [16, 6, 3, 6], shape: "recovery" },
    { colour: "#6b3fa0", dash: [18, 8], shape: "work" },
  ];

  function outline(pen, shape, x, y) {
    pen.beginPath();
    if (!SHAPES[shape]) pen.arc(x, y, 8, 0, 7);
    else SHAPES[shape].forEach(([dx, dy], k) => pen[k ? "lineTo" : "moveTo"](x + dx, y + dy));
    pen.closePath();
  }

  function numbered(pen, team, x, y, text) {
    pen.save();
    pen.translate(x, y);
    pen.scale(1.4, 1.4);
    outline(pen, team.shape, 0, 0);
    pen.restore();
    pen.lineWidth = 4;
    pen.strokeStyle = "#ffffff";
    pen.stroke();
    pen.fillStyle = team.colour;
    pen.fill();
    pen.fillStyle = "#ffffff";
    pen.font = "700 13px system-ui, sans-serif";
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.fillText(text, x, y + 1);
  }

  function make(kind, parent, text) {
    const node = document.createElement(kind);
    if (text) node.textContent = text;
    if (parent) parent.appendChild(node);
    return node;
  }

  const Marks = L.Renderer.extend({
    initialize: function (data, ground) {
      L.Renderer.prototype.initialize.call(this, { padding: 0.4, pane: "overlayPane" });
      this._layers = {};
      this._data = data;
      this._labels = ground.labels.sort((a, b) => (a[1] > b[1] ? 1 : a[1] < b[1] ? -1 : b[4] - a[4]));
      this._counties = ground.counties;
      this._world = data.lat.map((lat, k) => L.CRS.EPSG3857.latLngToPoint(L.latLng(lat, data.lon[k]), 0));
      this._at = new Map(data.n.map((n, k) => [n, k]));
      this.shown = data.n.map((_, k) => k);
      this.chosen = -1;
      this.start = null;
      this.drawn = [];
      this.dots = false;
      this.sites = [];
      this.rounds = [];
    },
    _initContainer: function () {
      this._container = document.createElement("canvas");
      this._container.setAttribute("aria-hidden", "true");
      this._pen = this._container.getContext("2d");
    },
    _updatePaths: function () {},
    _update: function () {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      const size = this._bounds.getSize(), fine = window.devicePixelRatio > 1 ? 2 : 1;
      L.DomUtil.setPosition(this._container, this._bounds.min);
      this._container.width = fine * size.x;
      this._container.height = fine * size.y;
      this._container.style.width = size.x + "px";
      this._container.style.height = size.y + "px";
      this._pen.setTransform(fine, 0, 0, fine, -this._bounds.min.x * fine, -this._bounds.min.y * fine);
      this.draw();
    },
    show: function (bits, start) {
      const bytes = Uint8Array.from(atob(bits), (letter) => letter.charCodeAt(0));
      const wanted = [];
      this._data.n.forEach((n, k) => {
        if (bytes[n >> 3] & (128 >> (n & 7))) wanted.push(k);
      });
      this.shown = wanted;
      this.start = start || null;
      if (this._bounds) this.draw();
    },
    choose: function (n) {
      this.chosen = this._at.has(n) ? this._at.get(n) : -1;
      if (this.chosen < 0) return;
      const goal = L.latLng(this._data.lat[this.chosen], this._data.lon[this.chosen]);
      this._map.setView(goal, Math.max(this._map.getZoom(), this._data.r[this.chosen] ? 11 : 14));
      this.draw();
    },
    draw: function () {
      const pen = this._pen, box = this._bounds, zoom = this._map.getZoom();
      const scale = Math.pow(2, zoom), origin = this._map.getPixelOrigin();
      pen.clearRect(box.min.x, box.min.y, box.max.x - box.min.x, box.max.y - box.min.y);
      this._write(zoom);
      const cells = new Map();
      for (const k of this.shown) {
        const x = this._world[k].x * scale - origin.x, y = this._world[k].y * scale - origin.y;
        if (x < box.min.x || y < box.min.y || x > box.max.x || y > box.max.y) continue;
        const size = this.dots ? 1 : zoom >= 16 ? 2 : CELL;
        const key = Math.floor((this._world[k].x * scale) / size) + ":" + Math.floor((this._world[k].y * scale) / size);
        const cell = cells.get(key);
        if (cell) { cell.ids.push(k); cell.x += x; cell.y += y; }
        else cells.set(key, { x: x, y: y, ids: [k] });
      }
      this.drawn = this._apart([...cells.values()], zoom < 16 && !this.dots);
      for (const mark of this.drawn) {
        if (this.dots) this._dotted(mark);
        else if (mark.ids.length > 1) this._cluster(mark, mark.ids.length);
        else this._mark(mark, mark.ids[0], scale);
      }
      if (this.chosen >= 0 && this.shown.includes(this.chosen)) this._ring(scale, origin);
      this.sites.forEach(([lat, lon], k) => this._site(this._map.latLngToLayerPoint([lat, lon]), String(k + 1)));
      if (this.start) this._pin(...this.start);
      this.rounds.forEach((round, number) => this._round(round, TEAMS[number % TEAMS.length]));
    },
    _round: function ({ points, courses }, team) {
      if (!points.length) return;
      const pen = this._pen, at = (point) => this._map.latLngToLayerPoint(point), spots = points.map(at);
      const legs = courses.map((course, k) => (course.length ? course.map(at) : [spots[k], spots[k + 1]]));
      pen.lineJoin = "round";
      for (const [width, colour] of [[6, "rgba(255,255,255,.8)"], [3, team.colour]]) {
        pen.lineWidth = width;
        pen.strokeStyle = colour;
        legs.forEach((leg, number) => {
          pen.beginPath();
          leg.forEach((spot, k) => pen[k ? "lineTo" : "moveTo"](spot.x, spot.y));
          pen.setLineDash(width > 3 || courses[number].length ? [] : team.dash);
          pen.stroke();
        });
      }
      pen.setLineDash([]);
      for (const spot of [spots[0], spots[spots.length - 1]]) {
        pen.beginPath();
        pen.arc(spot.x, spot.y, 8, 0, 7);
        pen.lineWidth = 4;
        pen.fillStyle = "#ffffff";
        pen.fill();
        pen.strokeStyle = team.colour;
        pen.stroke();
      }
      for (let k = spots.length - 2; k > 0; k--) numbered(pen, team, spots[k].x, spots[k].y, String(k));
    },
    _apart: function (cells, merge) {
      const kept = [];
      cells.sort((a, b) => b.ids.length - a.ids.length);
      for (const cell of cells) {
        const many = cell.ids.length;
        const mark = { x: cell.x / many, y: cell.y / many, ids: cell.ids, reach: many > 1 ? 13 + Math.min(12, Math.sqrt(many)) : 12 };
        const host = merge && kept.find((k) => k.ids.length > 1 && Math.hypot(k.x - mark.x, k.y - mark.y) < k.reach + mark.reach);
        if (host) host.ids = host.ids.concat(mark.ids);
        else kept.push(mark);
      }
      return kept;
    },
    _mark: function (mark, k, scale) {
      const pen = this._pen, about = this._data.groups[this._data.g[k]] || { shape: "", colour: "#333333" };
      if (this._data.r[k]) {
        const metres = 156543.03392 * Math.cos((this._data.lat[k] * Math.PI) / 180) / scale;
        const reach = Math.min(160, Math.max(18, this._data.r[k] / metres));
        const soft = pen.createRadialGradient(mark.x, mark.y, reach * 0.2, mark.x, mark.y, reach);
        soft.addColorStop(0, about.colour + "66");
        soft.addColorStop(1, about.colour + "00");
        pen.fillStyle = soft;
        pen.beginPath();
        pen.arc(mark.x, mark.y, reach, 0, 7);
        pen.fill();
        outline(pen, about.shape, mark.x, mark.y);
        pen.fillStyle = "rgba(255,255,255,.75)";
        pen.fill();
        pen.setLineDash([3, 2]);
        pen.lineWidth = 1.8;
        pen.strokeStyle = about.colour;
        pen.stroke();
        pen.setLineDash([]);
        return;
      }
      outline(pen, about.shape, mark.x, mark.y);
      pen.lineJoin = "round";
      pen.lineWidth = 4;
      pen.strokeStyle = "#ffffff";
      pen.stroke();
      pen.fillStyle = about.colour;
      pen.fill();
    },
    _dotted: function (mark) {
      const pen = this._pen;
      mark.reach = 6;
      pen.beginPath();
      pen.arc(mark.x, mark.y, 5, 0, 7);
      pen.fillStyle = "#ffffff";
      pen.fill();
      pen.lineWidth = 2.5;
      pen.strokeStyle = "#16202a";
      if (mark.ids.every((k) => this._data.r[k])) pen.setLineDash([3, 2]);
      pen.stroke();
      pen.setLineDash([]);
    },
    _site: function (spot, text) {
      const pen = this._pen;
      pen.fillStyle = "#16202a";
      pen.strokeStyle = "#ffffff";
      pen.lineWidth = 3;
      pen.strokeRect(spot.x - 11, spot.y - 11, 22, 22);
      pen.fillRect(spot.x - 11, spot.y - 11, 22, 22);
      pen.fillStyle = "#ffffff";
      pen.font = "700 14px system-ui, sans-serif";
      pen.textAlign = "center";
      pen.textBaseline = "middle";
      pen.fillText(text, spot.x, spot.y + 1);
    },
    _cluster: function (mark, many) {
      const pen = this._pen;
      pen.beginPath();
      pen.arc(mark.x, mark.y, mark.reach, 0, 7);
      pen.fillStyle = "#ffffff";
      pen.fill();
      pen.lineWidth = 3;
      pen.strokeStyle = "#22313f";
      pen.stroke();
      pen.fillStyle = "#22313f";
      pen.font = "600 13px system-ui, sans-serif";
      pen.textAlign = "center";
      pen.textBaseline = "middle";
      pen.fillText(String(many), mark.x, mark.y + 1);
    },
    _ring: function (scale, origin) {
      const pen = this._pen, spot = this._world[this.chosen];
      const x = spot.x * scale - origin.x, y = spot.y * scale - origin.y;
      pen.beginPath();
      pen.arc(x, y, 19, 0, 7);
      pen.lineWidth = 6;
      pen.strokeStyle = "#ffffff";
      pen.stroke();
      pen.lineWidth = 3;
      pen.strokeStyle = "#111111";
      pen.stroke();
    },
    _pin: function (lat, lon, name) {
      const pen = this._pen, tip = this._map.latLngToLayerPoint([lat, lon]), head = tip.subtract([0, 22]);
      pen.beginPath();
      pen.arc(head.x, head.y, 11, 0.85 * Math.PI, 0.15 * Math.PI);
      pen.lineTo(tip.x, tip.y);
      pen.closePath();
      pen.lineWidth = 4;
      pen.strokeStyle = "#ffffff";
      pen.stroke();
      pen.fillStyle = "#111111";
      pen.fill();
      pen.beginPath();
      pen.arc(head.x, head.y, 4.5, 0, 7);
      pen.fillStyle = "#ffffff";
      pen.fill();
      this._label(name, head.subtract([0, 22]), false);
    },
    _write: function (zoom) {
      const pen = this._pen, taken = [];
      if (zoom < 9) this._counties.forEach(([name, lat, lon]) => this._label(name, this._map.latLngToLayerPoint([lat, lon]).subtract([0, 14]), false));
      for (const [, kind, lat, lon, km2] of this._labels) if (kind === "city" && !this.dots) this._town(lat, lon, km2);
      for (const [name, kind, lat, lon, km2] of this._labels) {
        if (kind === "zip" ? zoom < 11 : zoom < 8 || (zoom < 10 && km2 < 8)) continue;
        const spot = this._map.latLngToLayerPoint([lat, lon]);
        if (kind !== "zip") this._dot(spot);
        spot.y += kind === "zip" ? 0 : 20;
        const half = name.length * 3.6 + 4;
        const box = [spot.x - half, spot.y - 8, spot.x + half, spot.y + 8];
        if (taken.some((t) => box[0] < t[2] && box[2] > t[0] && box[1] < t[3] && box[3] > t[1])) continue;
        taken.push(box);
        this._label(name, spot, kind === "zip");
      }
    },
    _town: function (lat, lon, km2) {
      const edge = Math.sqrt(km2 / Math.PI) / 111.2, spot = this._map.latLngToLayerPoint([lat, lon]);
      const reach = spot.y - this._map.latLngToLayerPoint([lat + edge, lon]).y;
      if (reach < 4) return;
      this._pen.beginPath();
      this._pen.arc(spot.x, spot.y, reach, 0, 7);
      this._pen.fillStyle = "rgba(222, 214, 190, .45)";
      this._pen.fill();
    },
    _dot: function (spot) {
      this._pen.beginPath();
      this._pen.arc(spot.x, spot.y, 3, 0, 7);
      this._pen.fillStyle = "#7a848d";
      this._pen.fill();
    },
    _label: function (text, spot, small) {
      const pen = this._pen;
      pen.font = (small ? "400 11px" : "600 13px") + " system-ui, sans-serif";
      pen.textAlign = "center";
      pen.textBaseline = "middle";
      pen.lineWidth = 3;
      pen.strokeStyle = "#fbfaf6";
      pen.strokeText(text, spot.x, spot.y);
      pen.fillStyle = small ? "#5d6670" : "#2c3640";
      pen.fillText(text, spot.x, spot.y);
    },
    near: function (point) {
      let best = null, least = Infinity;
      for (const mark of this.drawn) {
        const away = Math.hypot(mark.x - point.x, mark.y - point.y);
        if (away < mark.reach + 8 && away < least) { best = mark; least = away; }
      }
      return best;
    },
  });

  const GROUND = {
    state: { color: "#b9b3a4", weight: 1, fillColor: "#f3f0e8", fillOpacity: 1 },
    county: { color: "#4d5a66", weight: 2, fillColor: "#fbfaf6", fillOpacity: 1 },
    lake: { color: "#9dbfd6", weight: 1, fillColor: "#cfe3ef", fillOpacity: 1 },
  };

  function name(map, marks, point, number) {
    const box = L.DomUtil.create("div", "map-name");
    box.textContent = number === undefined ? "" : marks._data.name[number];
    return L.tooltip({ direction: "top", offset: [0, -12] }).setLatLng(map.layerPointToLatLng(point)).setContent(box);
  }

  function names(map, marks, mark) {
    const box = L.DomUtil.create("div", "map-name");
    for (const k of mark.ids) make("div", box, marks._data.name[k]);
    L.popup({ minWidth: 190 }).setLatLng(map.layerPointToLatLng([mark.x, mark.y])).setContent(box).openOn(map);
  }

  function chooser(map, marks, mark, words) {
    const box = L.DomUtil.create("div", "map-chooser");
    make("p", box, words.here.replace("{n}", mark.ids.length));
    const list = make("ul", box);
    for (const k of mark.ids) {
      const button = make("button", make("li", list), marks._data.name[k]);
      button.type = "button";
      button.onclick = () => { map.closePopup(); pick(marks, k); };
    }
    const spot = map.layerPointToLatLng([mark.x, mark.y]);
    L.popup({ maxHeight: 240, closeButton: true }).setLatLng(spot).setContent(box).openOn(map);
  }

  function pick(marks, k) {
    marks.chosen = k;
    marks.draw();
    page.dispatchEvent(new CustomEvent("map:pick", { detail: { n: marks._data.n[k] } }));
  }

  function streets(map) {
    let tiles = null;
    return {
      on: () => tiles !== null,
      toggle: function (words) {
        if (tiles) { map.removeLayer(tiles); tiles = null; map.fire("streets"); return; }
        const box = L.DomUtil.create("div", "map-ask");
        make("p", box, words.streets_ask);
        const yes = make("button", box, words.streets_yes), no = make("button", box, words.streets_no);
        yes.type = no.type = "button";
        const popup = L.popup({ closeButton: false }).setLatLng(map.getCenter()).setContent(box).openOn(map);
        no.onclick = () => map.closePopup(popup);
        yes.onclick = () => {
          map.closePopup(popup);
          tiles = L.tileLayer(TILES, { maxZoom: 18, referrerPolicy: "origin", attribution: "© OpenStreetMap contributors" });
          tiles.addTo(map);
          map.fire("streets");
        };
        yes.focus();
      },
    };
  }

  // The streets stored on this server, if there are any: their script is fetched only then.
  async function ways(map) {
    const answer = await fetch("/streets");
    if (answer.status !== 200) return;
    const told = await answer.json();
    const script = await import(told.script);
    script.default(map, told);
  }

  function frame(words, lang) {
    document.documentElement.lang = lang;
    document.title = words.map;
    const here = window.frameElement;
    if (here) here.setAttribute("aria-label", words.map);
  }

  function buttons(map, state) {
    L.control.scale({ metric: false, position: "bottomleft" }).addTo(map);
    const Bar = L.Control.extend({
      options: { position: "topright" },
      onAdd: function () {
        const bar = L.DomUtil.create("div", "map-bar");
        L.DomEvent.disableClickPropagation(bar);
        const parts = [
          ["closer", () => map.zoomIn(), "+"],
          ["farther", () => map.zoomOut(), "−"],
          ["all", () => map.fitBounds(state.all), ""],
          ["streets", () => state.streets.toggle(state.words), ""],
        ];
        for (const [key, act, sign] of parts) {
          const button = make("button", bar, sign);
          button.type = "button";
          button.dataset.key = key;
          button.dataset.sign = sign;
          button.onclick = act;
        }
        return bar;
      },
    });
    map.addControl(new Bar());
  }

  function legend(map) {
    const box = L.DomUtil.create("div", "map-legend");
    box.hidden = true;
    const Corner = L.Control.extend({ options: { position: "bottomright" }, onAdd: () => box });
    map.addControl(new Corner());
    return function (rounds, words) {
      box.replaceChildren();
      box.hidden = !rounds.length;
      if (box.hidden) return 0;
      rounds.forEach((round, number) => {
        if (!round.points.length) return;
        const row = make("div", box), sign = make("canvas", row), team = TEAMS[number % TEAMS.length];
        sign.width = sign.height = 60;
        const pen = sign.getContext("2d");
        pen.scale(1.7, 1.7);
        numbered(pen, team, 17.5, 17.5, "1");
        sign.setAttribute("aria-hidden", "true");
        make("span", row, round.name);
      });
      make("p", box, words.lines);
      return box.offsetHeight;
    };
  }

  function speak(map, words) {
    for (const button of map.getContainer().querySelectorAll(".map-bar button")) {
      const text = words[button.dataset.key];
      if (button.dataset.sign) { button.setAttribute("aria-label", text); button.title = text; }
      else button.textContent = text;
    }
    map.getContainer().setAttribute("aria-label", words.map);
  }

  window.serviceMap = async function (map, addresses) {
    const wanted = [addresses.points, addresses.ground, addresses.cells].filter(Boolean);
    const fetched = await Promise.all(wanted.map((address) => fetch(address)));
    const [data, ground, areas] = await Promise.all(fetched.map((answer) => answer.json()));
    const box = map.getContainer();
    box.setAttribute("role", "region");
    const sight = document.querySelector("meta[name=viewport]");
    if (sight) sight.content = "width=device-width, initial-scale=1";
    box.style.height = "100vh";
    box.style.background = "#e4ebf0";
    map.invalidateSize();

    const under = map.createPane("ground");
    under.style.zIndex = 150;
    L.geoJSON(ground.outlines, { pane: "ground", renderer: L.canvas({ pane: "ground", padding: 0.5 }), interactive: false, style: (part) => GROUND[part.properties.kind] }).addTo(map);
    const marks = new Marks(data, ground).addTo(map);
    const cells = areas && window.serviceCells(map, areas, (n) => data.name[marks._at.get(n)] || "");
    const state = { words: {}, all: null, view: "", asks: false, streets: streets(map) };
    buttons(map, state);
    ways(map);
    map.on("streets", () => {
      for (const pane of ["ground", "ways"]) {
        if (map.getPane(pane)) map.getPane(pane).style.display = state.streets.on() ? "none" : "";
      }
    });
    const explain = legend(map);

    function show(detail) {
      if (detail.words.map !== state.words.map) {
        frame(detail.words, detail.lang);
        speak(map, detail.words);
        Object.assign(state, { words: detail.words, all: detail.all });
      }
      const asked = JSON.stringify(detail.view);
      marks.rounds = detail.rounds || [];
      const below = explain(marks.rounds, detail.words);
      if (asked !== state.view) {
        state.view = asked;
        map.fitBounds(detail.view, { animate: false, paddingBottomRight: [0, below] });
      }
      if (cells) {
        cells.show(detail.cells);
        Object.assign(marks, { dots: true, sites: detail.sites });
        state.asks = detail.asks;
      }
      marks.show(detail.bits, detail.start);
    }
    let tip = null;
    map.on("mousemove", (event) => {
      const mark = marks.near(event.layerPoint);
      map.getContainer().style.cursor = state.asks ? "crosshair" : mark ? "pointer" : "";
      if (tip) { map.removeLayer(tip); tip = null; }
      const known = cells && !mark && cells.at(event.latlng);
      if (known) tip = L.tooltip({ direction: "top", offset: [0, -8] }).setLatLng(event.latlng).setContent(known).addTo(map);
      if (mark && mark.ids.length === 1) tip = name(map, marks, L.point(mark.x, mark.y), mark.ids[0]).addTo(map);
    });
    map.on("click", (event) => {
      if (state.asks) {
        const detail = { lat: event.latlng.lat, lon: event.latlng.lng };
        return page.dispatchEvent(new CustomEvent("map:spot", { detail: detail }));
      }
      const mark = marks.near(event.layerPoint), known = cells && !mark && cells.at(event.latlng);
      if (known) L.popup({ minWidth: 190 }).setLatLng(event.latlng).setContent(known).openOn(map);
      if (!mark) return;
      if (cells) return names(map, marks, mark);
      if (mark.ids.length === 1) return pick(marks, mark.ids[0]);
      const together = mark.ids.every((k) => data.lat[k] === data.lat[mark.ids[0]] && data.lon[k] === data.lon[mark.ids[0]]);
      if (together || map.getZoom() >= 16) return chooser(map, marks, mark, state.words);
      map.fitBounds(L.latLngBounds(mark.ids.map((k) => [data.lat[k], data.lon[k]])), { maxZoom: 16, padding: [40, 40] });
    });
    const onShow = (event) => show(event.detail), onChoose = (event) => marks.choose(event.detail.n);
    page.addEventListener("map:show", onShow);
    page.addEventListener("map:choose", onChoose);
    window.addEventListener("pagehide", () => {
      page.removeEventListener("map:show", onShow);
      page.removeEventListener("map:choose", onChoose);
    });
    if (page.serviceMapShown) show(page.serviceMapShown);
    window.serviceMarks = marks;
    page.dispatchEvent(new CustomEvent("map:ready"));
  };
})();
