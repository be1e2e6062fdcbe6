// Streets: the streets stored on this server, drawn under the places.
// They come as squares of whole numbers ("/streets/…/zoom/x/y"); each piece of the map is drawn
// once on a canvas of its own, so that moving the map draws nothing again.
// Names are drawn as text on the canvas, never as markup.
const SIZE = 256, UNITS = 8192, FAR = 8, NEAR = 13, NAMED = 15, KEPT = 160;
const BUDGET_MS = 6;
const DASHED = 3;
const LOOK = [
  { colour: "#b89d55", width: (z) => (z < 11 ? 1.6 : z < 14 ? 2.4 : 4) },
  { colour: "#bdac7c", width: (z) => (z < 11 ? 1 : z < 14 ? 1.8 : 3.2) },
  { colour: "#c6beab", width: (z) => (z < 15 ? 1 : z < 17 ? 2 : 4) },
  { colour: "#c6beab", width: () => 1 },
];

function unpacked(row) {
  const line = { kind: row[0], name: row[1], at: row.slice(2), west: row[2], east: row[2], north: row[3], south: row[3] };
  for (let k = 2; k < line.at.length; k += 2) {
    const x = (line.at[k] += line.at[k - 2]), y = (line.at[k + 1] += line.at[k - 1]);
    if (x < line.west) line.west = x; else if (x > line.east) line.east = x;
    if (y < line.north) line.north = y; else if (y > line.south) line.south = y;
  }
  return line;
}

function draw(pen, data, zoom, scale, left, top) {
  const edge = 8 / scale, size = SIZE / scale;
  const seen = data.lines.filter((line) => line.east > left - edge && line.west < left + size + edge && line.south > top - edge && line.north < top + size + edge);
  pen.lineCap = pen.lineJoin = "round";
  for (let kind = LOOK.length - 1; kind >= 0; kind--) {
    pen.beginPath();
    for (const line of seen) {
      if (line.kind !== kind) continue;
      pen.moveTo((line.at[0] - left) * scale, (line.at[1] - top) * scale);
      for (let k = 2; k < line.at.length; k += 2) pen.lineTo((line.at[k] - left) * scale, (line.at[k + 1] - top) * scale);
    }
    pen.strokeStyle = LOOK[kind].colour;
    pen.lineWidth = LOOK[kind].width(zoom);
    pen.setLineDash(kind === DASHED ? [4, 4] : []);
    pen.stroke();
  }
  pen.setLineDash([]);
  if (zoom >= NAMED) write(pen, data.names, seen, scale, left, top);
}

// The part of a straight piece that lies in the square, as shares of its length.
function within(x, y, dx, dy) {
  let from = 0, to = 1;
  for (const [at, step] of [[x, dx], [y, dy]]) {
    if (!step) { if (at < 8 || at > SIZE - 8) return [0, 0]; continue; }
    const a = (8 - at) / step, b = (SIZE - 8 - at) / step;
    from = Math.max(from, Math.min(a, b));
    to = Math.min(to, Math.max(a, b));
  }
  return [from, to];
}

function write(pen, names, lines, scale, left, top) {
  const written = new Set(), spots = [];
  pen.font = "500 11px system-ui, sans-serif";
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  for (const line of [...lines].sort((a, b) => a.kind - b.kind)) {
    if (line.name < 0 || written.has(line.name)) continue;
    const wide = pen.measureText(names[line.name]).width + 12;
    for (let k = 2; k < line.at.length; k += 2) {
      const x = (line.at[k - 2] - left) * scale, y = (line.at[k - 1] - top) * scale;
      const dx = (line.at[k] - left) * scale - x, dy = (line.at[k + 1] - top) * scale - y;
      const [from, to] = within(x, y, dx, dy), middle = (from + to) / 2;
      const spot = [x + dx * middle, y + dy * middle];
      if (Math.hypot(dx, dy) * (to - from) < wide) continue;
      if (spots.some((other) => Math.hypot(other[0] - spot[0], other[1] - spot[1]) < 36)) continue;
      spots.push(spot);
      written.add(line.name);
      const turn = Math.atan2(dy, dx);
      pen.save();
      pen.translate(spot[0], spot[1]);
      pen.rotate(Math.abs(turn) > Math.PI / 2 ? turn + Math.PI : turn);
      pen.lineWidth = 3;
      pen.strokeStyle = "#fbfaf6";
      pen.strokeText(names[line.name], 0, 0);
      pen.fillStyle = "#4a4536";
      pen.fillText(names[line.name], 0, 0);
      pen.restore();
      break;
    }
  }
}

export default function (map, told) {
  const kept = new Map(), waiting = [];
  // Many pieces may be ready at once: as many are drawn in a frame as leave it smooth.
  function work() {
    const end = performance.now() + BUDGET_MS;
    while (waiting.length && performance.now() < end) waiting.shift()();
    if (waiting.length) requestAnimationFrame(work);
  }
  function later(task) {
    if (waiting.push(task) === 1) requestAnimationFrame(work);
  }
  function square(level, x, y) {
    const key = `${level}/${x}/${y}`;
    if (!kept.has(key)) {
      if (kept.size >= KEPT) kept.delete(kept.keys().next().value);
      const fetched = fetch(`${told.address}/${key}`).then((answer) => {
        if (!answer.ok) throw new Error(answer.status);
        return answer.json();
      });
      kept.set(key, fetched.then((data) => ({ names: data.names, lines: data.lines.map(unpacked) })));
      kept.get(key).catch(() => kept.delete(key));
    }
    return kept.get(key);
  }
  const pane = map.createPane("ways");
  pane.style.zIndex = 160;
  pane.style.pointerEvents = "none";
  const Ways = L.GridLayer.extend({
    createTile: function (at, done) {
      const canvas = document.createElement("canvas"), fine = window.devicePixelRatio > 1 ? 2 : 1;
      canvas.width = canvas.height = SIZE * fine;
      canvas.setAttribute("aria-hidden", "true");
      const level = at.z < NEAR ? FAR : NEAR, times = 2 ** (at.z - level);
      const x = Math.floor(at.x / times), y = Math.floor(at.y / times), units = UNITS / times;
      square(level, x, y).then((data) => later(() => {
        const pen = canvas.getContext("2d");
        pen.scale(fine, fine);
        draw(pen, data, at.z, SIZE / units, (at.x - x * times) * units, (at.y - y * times) * units);
        done(null, canvas);
      }), (error) => done(error, canvas));
      return canvas;
    },
  });
  return new Ways({ pane: "ways", minZoom: FAR, maxZoom: 18, bounds: told.bounds, keepBuffer: 3 }).addTo(map);
}
