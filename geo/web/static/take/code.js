// Code: the dial code of a phone as a drawing, from its modules as paper_data.py packs them.

const SPACE = "http://www.w3.org/2000/svg";
const QUIET = 4; // modules of white around it, as ISO/IEC 18004 asks for

/**
 * Return the modules of a code: rows of true where it is dark.
 * @param {string} packed
 */
export function modules(packed) {
  const bytes = Uint8Array.from(atob(packed), (one) => one.charCodeAt(0));
  const side = Math.floor(Math.sqrt(bytes.length * 8));
  return Array.from({ length: side }, (_, y) =>
    Array.from({ length: side }, (_, x) => {
      const bit = y * side + x;
      return Boolean((bytes[bit >> 3] >> (7 - (bit & 7))) & 1);
    }),
  );
}

/**
 * Return the drawing of a code.
 * @param {string} packed
 * @param {string} label what it does, for who cannot see it
 */
export function drawing(packed, label) {
  const rows = modules(packed);
  const side = rows.length + 2 * QUIET;
  const picture = document.createElementNS(SPACE, "svg");
  picture.setAttribute("viewBox", `0 0 ${side} ${side}`);
  picture.setAttribute("class", "code");
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", label);
  picture.setAttribute("shape-rendering", "crispEdges");
  const path = document.createElementNS(SPACE, "path");
  const dark = rows.flatMap((row, y) =>
    row.flatMap((is, x) => (is ? [`M${x + QUIET} ${y + QUIET}h1v1h-1z`] : [])),
  );
  path.setAttribute("d", dark.join(""));
  picture.append(path);
  return picture;
}
