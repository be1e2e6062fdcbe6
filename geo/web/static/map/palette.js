// Palette: the colours of the ground and of names, by day and in the dark, as the reader's device is.

const LIGHT = {
  beyond: "#e7e7e4",
  state: { line: "#b9b3a4", fill: "#f3f0e8" },
  county: { line: "#4d5a66", fill: "#fbfaf6" },
  lake: { line: "#9dbfd6", fill: "#cfe3ef" },
  interstate: "#c9963f",
  highway: "#c5b793",
  town: "rgba(222, 214, 190, .45)",
  middle: "#7a848d",
  paper: "#fbfaf6",
  name: "#2c3640",
  zip: "#5d6670",
};

/** @type {typeof LIGHT} */
const DARK = {
  beyond: "#12161a",
  state: { line: "#4a525a", fill: "#1b2126" },
  county: { line: "#9aa5af", fill: "#262d34" },
  lake: { line: "#42667f", fill: "#1f3a4d" },
  interstate: "#a87f3a",
  highway: "#6a6350",
  town: "rgba(255, 255, 255, .06)",
  middle: "#aab3bb",
  paper: "#12161a",
  name: "#eef2f5",
  zip: "#b4bdc5",
};

export const COLOURS =
  typeof matchMedia === "function" && matchMedia("(prefers-color-scheme: dark)").matches
    ? DARK
    : LIGHT;
