// Cells: shades the areas under the places by the class each is told, and says what is known of one.
//   detail.cells = {kinds, colours, far, to, edge, words}: of each area the letter of its class ("-"
//   is not asked about, "x" reaches nothing), how far it is from the nearest place, which place that
//   is, and "1" if the county line is nearer
(function () {
  const EDGE = "#5d6670";

  function hatch() {
    const tile = document.createElement("canvas");
    tile.width = tile.height = 8;
    const pen = tile.getContext("2d");
    pen.fillStyle = "#ffffff";
    pen.fillRect(0, 0, 8, 8);
    pen.strokeStyle = EDGE;
    for (const from of [-8, 0, 8]) {
      pen.moveTo(from, 8);
      pen.lineTo(from + 8, 0);
    }
    pen.stroke();
    return pen.createPattern(tile, "repeat");
  }

  function inside(rings, lat, lon) {
    let odd = false;
    for (const ring of rings)
      for (let k = 0, last = ring.length - 1; k < ring.length; last = k++) {
        const [y, x] = ring[k], [v, u] = ring[last];
        if (y > lat !== v > lat && lon < ((u - x) * (lat - y)) / (v - y) + x) odd = !odd;
      }
    return odd;
  }

  window.serviceCells = function (map, areas, nameOf) {
    map.createPane("cells").style.zIndex = 160;
    const renderer = L.canvas({ pane: "cells", padding: 0.5 }), none = hatch();
    const drawn = areas.map((area) => L.polygon(area.rings, { pane: "cells", renderer: renderer, interactive: false, weight: 0.4, color: EDGE }));
    let told = null;

    function tell(at) {
      const box = L.DomUtil.create("div", "map-name"), area = areas[at], words = told.words;
      const lines = [area.town, words.people.replace("{n}", area.people.toLocaleString("en-US"))];
      if (told.far[at] === null) lines.push(words.none);
      else lines.push(words.far.replace("{n}", told.far[at]), nameOf(told.to[at]));
      if (told.edge[at] === "1") lines.push(words.edge);
      for (const line of lines) L.DomUtil.create("div", "", box).textContent = line;
      return box;
    }

    return {
      show: function (cells) {
        told = cells;
        drawn.forEach((cell, at) => {
          const kind = cells ? cells.kinds[at] : "-";
          if (kind === "-") return cell.remove();
          const fill = kind === "x" ? none : cells.colours[parseInt(kind, 36)];
          cell.setStyle({ fillColor: fill, fillOpacity: 1 });
          if (!map.hasLayer(cell)) cell.addTo(map);
        });
      },
      at: function (spot) {
        if (!told) return null;
        const at = areas.findIndex((area, k) => told.kinds[k] !== "-" && drawn[k].getBounds().contains(spot) && inside(area.rings, spot.lat, spot.lng));
        return at < 0 ? null : tell(at);
      },
    };
  };
})();
