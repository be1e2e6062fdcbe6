"""Imported streets are drawn under the places; without any, no more is asked than whether."""

from playwright.sync_api import expect

from geo.__main__ import main
from tests.browser import planning, reading
from tests.towns import edges, grid, lay, pack

INKED = """() => [...document.querySelectorAll(".leaflet-ways-pane canvas")].some((canvas) => {
  const ink = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  return ink.some((value) => value > 0);
})"""
INKED_SHARE = """(points) => {  // of the spots along a line, away from the marks
  const marks = serviceMarks;
  marks._map.fitBounds(points, { animate: false, padding: [60, 60] });
  const at = (point) => marks._map.latLngToLayerPoint(point);
  const fine = marks._container.width / marks._bounds.getSize().x, origin = marks._bounds.min;
  const stops = marks.rounds[0].points.map(at), line = points.map(at);
  let inked = 0, all = 0;
  for (let k = 0; k + 1 < line.length; k++) for (let share = 0; share < 1; share += 0.02) {
    const spot = line[k].multiplyBy(1 - share).add(line[k + 1].multiplyBy(share));
    if (stops.some((stop) => stop.distanceTo(spot) < 30)) continue;
    const pixel = spot.subtract(origin).multiplyBy(fine).round();
    const [red, green, blue] = marks._pen.getImageData(pixel.x, pixel.y, 1, 1).data;
    all += 1;
    inked += blue > 120 && red < 90;
  }
  return all && inked / all;
}"""
GO = "(zoom) => serviceMarks._map.setView([37.733, -121.427], zoom, { animate: false })"
ORDER = """() => ["ground", "ways", "overlayPane"].map(
  (name) => +getComputedStyle(serviceMarks._map.getPane(name)).zIndex
)"""


def test_streets_appear_once_they_are_imported_though_the_app_runs_on(ground, visit):
    asked = []

    def note(page):
        page.on("request", lambda request: asked.append(request.url.split("/", 3)[-1]))

    page = visit(fresh=True, prepare=note)
    reading.view(page)
    assert reading.map_of(page).evaluate("() => serviceMarks._map.getPane('ways') === undefined")
    assert [path for path in asked if "streets" in path] == ["streets"]

    path = pack(ground, edges(grid(size=8)))
    assert main(["streets", "--from", str(path)]) == 0
    page = visit(fresh=True)
    reading.view(page)
    chart = reading.map_of(page)
    chart.evaluate(GO, 16)
    chart.wait_for_function(INKED)
    assert chart.evaluate(ORDER) == sorted(chart.evaluate(ORDER))
    chart.evaluate(GO, 6)
    chart.wait_for_function("() => !document.querySelector('.leaflet-ways-pane canvas')")


def test_a_round_is_drawn_along_the_streets_solid_and_dashed_where_they_are_not_known(
    ground, visit
):
    lay(ground)
    page = visit("/outreach", fresh=True)
    for name, point in (("Park", "37.751, -121.425"), ("Far park", "32.79, -115.55")):
        planning.add_place(page, name, point)
    planning.step(page, "2 Day and teams")
    planning.start_from(page, "37.705, -121.455")
    planning.plan(page)
    chart = reading.map_of(page)
    expect(chart.get_by_text("The lines follow the streets.")).to_be_visible()
    there, _ = chart.evaluate("() => serviceMarks.rounds[0].courses")
    assert chart.evaluate(INKED_SHARE, there) > 0.95

    page.locator(f"{planning.PLAN} li.card").last.get_by_role("button", name="Add to").click()
    expect(chart.get_by_text("Solid lines follow the streets. Dashed lines are")).to_be_visible()
    points, courses = chart.evaluate(
        "() => [serviceMarks.rounds[0].points, serviceMarks.rounds[0].courses]"
    )
    straight = courses.index([])
    assert 0.3 < chart.evaluate(INKED_SHARE, points[straight : straight + 2]) < 0.9
