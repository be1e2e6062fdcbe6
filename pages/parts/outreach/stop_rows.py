"""Stop rows: the form in which `stops/stops.js` draws a list of stops."""

from typing import Any

from geo.i18n import Words


def words(say: Words) -> dict[str, str]:
    """Return the words on a list of stops."""
    return {"more": say("More"), "way": say("Open in a maps app")}


def row(key: str, name: str, **parts: Any) -> dict[str, Any]:
    """Return a row of a list of stops, as `stops.js` draws it; what is not given is blank."""
    blank = {"number": "", "times": [], "lines": [], "warnings": [], "acts": [], "more": []}
    return {"key": key, "name": name, "way": "", "pause": "", **blank, **parts}


def act(name: str, label: str, sign: str = "") -> dict[str, str]:
    """Return a button of a row; a `sign` stands for its label where there is little room."""
    return {"act": name, "label": label, "sign": sign}
