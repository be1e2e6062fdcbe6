"""Leaving: the ways to leave, the states a page may be in, and how long until it is blank.

`WAYS` and `STATES` are all there is to try; each state is reached by a function of a `Scene`.
"""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

from tests.browser import planning, reading, servers

MOST_MS = 50  # from the press until nothing of ours is to be seen

# Tells how long after the press the page is blank, and whatever of ours is seen while leaving or
# after a step back.
WATCH = """() => {
  if (!location.href.startsWith("OURS") && window === top) return;
  for (const press of ["pointerup", "keyup", "click"])
    addEventListener(press, (event) => {
      top.pressed = { at: performance.timeOrigin + event.timeStamp, heard: Date.now() };
      setTimeout(() => { top.pressed = null; });
    }, true);
  if (window !== top) return;
  const [how] = performance.getEntriesByType("navigation");
  const gone = { now: how && how.type === "back_forward" };
  const hidden = () => getComputedStyle(document.documentElement).display === "none";
  addEventListener("pageshow", (event) => { if (event.persisted) gone.now = true; });
  const blanked = new MutationObserver(() => {
    const pressed = top.pressed;
    if (document.documentElement.style.display !== "none") return;
    gone.now = true;
    if (!pressed) return;
    blanked.disconnect();
    wasBlank(Date.now() - pressed.heard);
    requestAnimationFrame(() =>
      wasDrawn(performance.timeOrigin + performance.now() - pressed.at));
  });
  blanked.observe(document, { attributes: true, attributeFilter: ["style"], subtree: true });
  (function look() {
    requestAnimationFrame(look);
    if (!document.body || !gone.now) return;
    if (!hidden() && document.body.innerText.trim()) sawUs(location.href);
  })();
}"""
MIDDLE = """() => {
  const { x, y, width, height } = document.getElementById("leave").getBoundingClientRect();
  return [x + width / 2, y + height / 2];
}"""


@dataclass
class Watch:
    """What was seen of pages that were left."""

    script_ms: list[float] = field(default_factory=list)  # from hearing the press until blank
    frame_ms: list[float] = field(default_factory=list)  # from the press to a blank frame
    seen: list[str] = field(default_factory=list)  # addresses of ours where something showed

    def over(self, page: Page, ours: str) -> None:
        """Watch a page before it is opened; `ours` is how our addresses begin."""
        page.expose_function("wasBlank", lambda ms: self.script_ms.append(ms))
        page.expose_function("wasDrawn", lambda ms: self.frame_ms.append(ms))
        page.expose_function("sawUs", lambda address: self.seen.append(address))
        page.add_init_script(f"({WATCH.replace('OURS', ours)})()")


@dataclass
class Scene:
    """A page in some state; `visit` opens one as the fixture of that name does."""

    visit: Callable[..., Page]
    app: servers.App
    watch: Watch

    def open(self, path: str = "/about", **options: Any) -> Page:
        """Open a page and watch it."""

        def prepare(page: Page) -> None:
            self.watch.over(page, self.app.url)
            if also := options.get("prepare"):
                also(page)

        return self.visit(path, **{**options, "at": self.app.url, "prepare": prepare})


def press(page: Page) -> None:
    """Press the mouse where the button is, whatever lies over it there."""
    page.mouse.click(*page.evaluate(MIDDLE))


def tap(page: Page) -> None:
    """Tap with a finger where the button is."""
    page.touchscreen.tap(*page.evaluate(MIDDLE))


def shift(page: Page, times: int = 3) -> None:
    """Press the Shift key alone so many times."""
    for _ in range(times):
        page.keyboard.press("Shift")


@contextmanager
def loading(scene: Scene) -> Iterator[Page]:
    """Hold all scripts of Streamlit back: the shell is there and nothing else."""

    def hold(page: Page) -> None:
        page.route("**/static/js/*", lambda route: None)

    page = scene.open(raw=True, prepare=hold)
    page.locator("#leave").wait_for()
    yield page


@contextmanager
def idle(scene: Scene) -> Iterator[Page]:
    """Wait until all is there."""
    yield scene.open()


@contextmanager
def map_focus(scene: Scene) -> Iterator[Page]:
    """Put the focus into the frame of the map."""
    page = scene.open("/")
    reading.map_of(page).get_by_role("button", name="Closer").first.focus()
    yield page


@contextmanager
def frozen(scene: Scene, path: str = "/about", **options: Any) -> Iterator[Page]:
    """Stop the server where it stands: it answers nothing and closes nothing."""
    page = scene.open(path, **options)
    scene.app.process.send_signal(signal.SIGSTOP)
    try:
        yield page
    finally:
        scene.app.process.send_signal(signal.SIGCONT)


@contextmanager
def offline(scene: Scene) -> Iterator[Page]:
    """Take the network away, that to the page to go to as well."""
    page = scene.open()
    page.context.set_offline(True)
    try:
        yield page
    finally:
        page.context.set_offline(False)


@contextmanager
def dialog_open(scene: Scene, **options: Any) -> Iterator[Page]:
    """Open a dialog, which takes all else from mouse and keyboard."""
    page = scene.open("/outreach", **options)
    planning.add_place(page, "Corner", "37.74, -121.43")
    page.locator(f"{planning.LIST} li.card").get_by_role("button", name="Change").click()
    page.get_by_role("dialog").get_by_role("checkbox", name="Must be visited").wait_for()
    yield page


@contextmanager
def select_open(scene: Scene) -> Iterator[Page]:
    """Open a box of choices."""
    page = scene.open("/gaps")
    page.get_by_role("combobox", name="County").click()
    page.get_by_role("option").first.wait_for()
    yield page


@contextmanager
def popover_open(scene: Scene) -> Iterator[Page]:
    """Open a box with more questions, over the page."""
    page = scene.open("/gaps")
    page.get_by_role("button", name="More questions").click()
    page.locator("[data-testid=stPopoverBody]").wait_for()
    yield page


@contextmanager
def connection_lost(scene: Scene, **options: Any) -> Iterator[Page]:
    """Kill the server, and wait until the page has noticed."""
    page = scene.open(**options)
    scene.app.process.kill()
    page.locator("#gone").get_by_text("No connection right now.").wait_for()
    yield page


WAYS: dict[str, Callable[[Page], None]] = {"button": press, "Shift": shift}
STATES = {
    "loading": loading,
    "idle": idle,
    "focus in the map": map_focus,
    "server frozen": frozen,
    "offline": offline,
    "dialog open": dialog_open,
    "select open": select_open,
    "popover open": popover_open,
}
LAST = {"server killed": connection_lost}  # the server of the scene is gone after it
