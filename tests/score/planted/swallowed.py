"""Swallowed: a plugin of pytest that has a script of the page swallow every press and key."""

from tests.browser import leaving

SWALLOW = """
  for (const press of ["pointerdown", "pointerup", "click", "keydown", "keyup"])
    window.addEventListener(press, (event) => event.stopImmediatePropagation(), true);
}"""


def pytest_configure() -> None:
    """Plant the fault: whoever only imports this is not touched."""
    leaving.WATCH = leaving.WATCH.rstrip().removesuffix("}") + SWALLOW
