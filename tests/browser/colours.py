"""Colours: how clearly the signs of the map stand out from each ground, as they are drawn."""

from playwright.sync_api import Frame

from geo.catalogue import records

LEAST = 3  # to 1, for what has to be seen to be understood (WCAG 2.2, 1.4.11)
LEAST_PIXELS = 30  # of a sign that stand out so; a dot of 5 pixels radius has 80 in all

# Draws each sign of shapes.js over each ground of palette.js, as the device is set now, and counts
# the pixels that stand out from that ground; the formula is that of WCAG 2.2.
COUNT = """async ([looks, least]) => {
  const files = performance.getEntriesByType("resource").map((one) => one.name);
  const main = files.find((file) => file.endsWith("/map/main.js"));
  const at = (name) => import(new URL(`${name}.js`, main).href);
  const shapes = await at("shapes"), { COLOURS } = await at("palette");
  const grounds = { county: COLOURS.county.fill, state: COLOURS.state.fill,
    water: COLOURS.lake.fill, beyond: COLOURS.beyond };
  const linear = (v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = (d, k) =>
    0.2126 * linear(d[k]) + 0.7152 * linear(d[k + 1]) + 0.0722 * linear(d[k + 2]);
  const spot = { x: 40, y: 40 }, signs = {};
  for (const look of looks) {
    signs[`place ${look.name}`] = (pen) => shapes.drawPlace(pen, spot, look);
    signs[`area ${look.name}`] = (pen) => shapes.drawVague(pen, spot, look, 30);
    signs[`stop ${look.name}`] = (pen) => shapes.drawStop(pen, spot, look, "1");
  }
  signs.dot = (pen) => shapes.drawDot(pen, spot, false);
  signs["broken dot"] = (pen) => shapes.drawDot(pen, spot, true);
  signs.cluster = (pen) => shapes.drawCluster(pen, { ...spot, reach: 16, ids: [1, 2] });
  signs.ring = (pen) => shapes.drawRing(pen, spot);
  signs.number = (pen) => shapes.drawNumber(pen, spot, 5);
  signs.site = (pen) => shapes.drawSite(pen, spot, "1");
  const found = [];
  for (const [ground, colour] of Object.entries(grounds))
    for (const [sign, draw] of Object.entries(signs)) {
      const sheet = document.createElement("canvas");
      sheet.width = sheet.height = 80;
      const pen = sheet.getContext("2d");
      pen.fillStyle = colour;
      pen.fillRect(0, 0, 80, 80);
      const under = pen.getImageData(0, 0, 1, 1).data, below = light(under, 0) + 0.05;
      draw(pen);
      const { data } = pen.getImageData(0, 0, 80, 80);
      let many = 0;
      for (let k = 0; k < data.length; k += 4) {
        const above = light(data, k) + 0.05;
        many += Math.max(above, below) / Math.min(above, below) >= least;
      }
      found.push([`${sign} on ${ground}`, many]);
    }
  return found;
}"""


def faint(frame: Frame, least: float = LEAST) -> tuple[int, list[str]]:
    """Return how many signs on how many grounds were looked at, and those that are hard to see.

    `frame` is that of a map; `least` is the contrast that is wanted.
    """
    looks = [
        {"name": group.key, "shape": group.key, "colour": group.colour} for group in records.GROUPS
    ]
    found = frame.evaluate(
        COUNT, [[*looks, {"name": "none", "shape": "", "colour": "#333333"}], least]
    )
    return len(found), [f"{name}: {many} pixels" for name, many in found if many < LEAST_PIXELS]
