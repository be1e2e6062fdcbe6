"""Imported streets are drawn under the places; without any, no more is asked than whether."""

import pytest

from geo.__main__ import main
from tests.browser import reading, servers
from tests.towns import edges, grid, pack

INKED = """() => [...document.querySelectorAll(".leaflet-ways-pane canvas")].some((canvas) => {
  const ink = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  return ink.some((value) => value > 0);
})"""
GO = "(zoom) => serviceMarks._map.setView([37.733, -121.427], zoom, { animate: false })"
ORDER = """() => ["ground", "ways", "overlayPane"].map(
  (name) => +getComputedStyle(serviceMarks._map.getPane(name)).zIndex
)"""


@pytest.fixture
def app_over(tmp_path, monkeypatch):
    """Run the app over a folder of streets, which is empty at first."""
    monkeypatch.setenv("STREETS", str(tmp_path / "streets"))
    with servers.app(STREETS=str(tmp_path / "streets")) as app:
        yield app


def test_streets_appear_once_they_are_imported_though_the_app_runs_on(app_over, visit, tmp_path):
    asked = []

    def note(page):
        page.on("request", lambda request: asked.append(request.url.split("/", 3)[-1]))

    page = visit(at=app_over.url, fresh=True, prepare=note)
    reading.view(page)
    assert reading.map_of(page).evaluate("() => serviceMarks._map.getPane('ways') === undefined")
    assert [path for path in asked if "streets" in path] == ["streets"]

    path = pack(tmp_path, edges(grid(size=8)))
    assert main(["streets", "--from", str(path)]) == 0
    page = visit(at=app_over.url, fresh=True)
    reading.view(page)
    chart = reading.map_of(page)
    chart.evaluate(GO, 16)
    chart.wait_for_function(INKED)
    assert chart.evaluate(ORDER) == sorted(chart.evaluate(ORDER))
    chart.evaluate(GO, 6)
    chart.wait_for_function("() => !document.querySelector('.leaflet-ways-pane canvas')")
