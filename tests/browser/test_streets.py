"""Imported streets are drawn under the places; without any, no more is asked than whether."""

from playwright.sync_api import expect

from geo.__main__ import main
from tests.browser import planning, reading
from tests.support.towns import edges, grid, lay, pack

INKED = """() => [...document.querySelectorAll(".leaflet-ways-pane canvas")].some((canvas) => {
  const ink = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  return ink.some((value) => value > 0);
})"""
INKED_SHARE = """(points) => {  // of the spots along a line, away from the marks
  const map = serviceMap.inspect;
  map.lookAtAll(points, 60);
  const stops = map.rounds()[0].points.map(map.spot), line = points.map(map.spot);
  const away = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);
  let inked = 0, all = 0;
  for (let k = 0; k + 1 < line.length; k++) for (let share = 0; share < 1; share += 0.02) {
    const between = (name) => line[k][name] * (1 - share) + line[k + 1][name] * share;
    const spot = { x: between("x"), y: between("y") };
    if (stops.some((stop) => away(stop, spot) < 30)) continue;
    const [red, green, blue] = map.colour(spot);
    all += 1;
    inked += blue > 120 && red < 90;
  }
  return all && inked / all;
}"""
GO = "(zoom) => serviceMap.inspect.look([37.733, -121.427], zoom)"
ORDER = """() => ["ground", "ways", "overlay"].map(
  (name) => +getComputedStyle(document.querySelector(`.leaflet-${name}-pane`)).zIndex
)"""


def test_streets_appear_once_they_are_imported_though_the_app_runs_on(ground, visit):
    asked = []

    def note(page):
        page.on("request", lambda request: asked.append(request.url.split("/", 3)[-1]))

    page = visit(fresh=True, prepare=note)
    reading.view(page)
    assert reading.map_of(page).evaluate("() => !document.querySelector('.leaflet-ways-pane')")
    assert {path for path in asked if "streets" in path} == {"streets"}  # once a frame

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
    there, _ = chart.evaluate("() => serviceMap.inspect.rounds()[0].courses")
    assert chart.evaluate(INKED_SHARE, there) > 0.95

    page.locator(f"{planning.PLAN} li.card").last.get_by_role("button", name="Add to").click()
    expect(chart.get_by_text("Solid lines follow the streets. Dashed lines are")).to_be_visible()
    round_ = chart.evaluate("() => serviceMap.inspect.rounds()[0]")
    points, courses = round_["points"], round_["courses"]
    straight = courses.index([])
    assert 0.3 < chart.evaluate(INKED_SHARE, points[straight : straight + 2]) < 0.9
