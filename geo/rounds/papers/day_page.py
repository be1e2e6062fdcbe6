"""Day page: the day of all teams as one HTML file that works without a signal and asks nobody.

What is pressed on it is kept in the address of that page on the device alone (after the `#`, which
no browser sends), and goes out as a table that a person saves.
"""

import base64
import hashlib
import html
import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from geo.i18n import Words, mark
from geo.rounds import itinerary
from geo.rounds.papers import map_links
from geo.rounds.plan import Plan, Round, Visit

HERE = Path(__file__).parent / "day"
RESULTS: Mapping[str, str] = {  # what can be found at a stop, as the table of results has it
    "open": mark("Open"),
    "closed": mark("Closed"),
    "moved": mark("Moved away"),
    "nobody": mark("Nobody there"),
    "not_visited": mark("Not visited"),
}
PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; base-uri 'none'; \
form-action 'none'; style-src '{style_hash}'; script-src '{script_hash}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<header>
<h1>{title}</h1>
<p>{careful}</p>
</header>
<main></main>
<script type="application/json" id="day">{data}</script>
<script type="module">{script}</script>
</body>
</html>
"""


def write(
    plan: Plan,
    facts: Mapping[str, tuple[str, Sequence[str]]],
    listed: frozenset[str],
    say: Words,
) -> bytes:
    """Return the page.

    Parameters
    ----------
    plan : its teams without a stop are left away
    facts : by the key of a stop its phone, and lines of what is known of it
    listed : keys of stops that are on the list; only their results have an id
    """
    script, style = _script(), _style()
    title = say("Outreach round, {date}", date=say.date(plan.day))
    told = {
        "language": say.language,
        "date": plan.day.isoformat(),
        "file": f"results-{plan.day.isoformat()}.csv",
        "teams": [
            _team(plan, number, round_, facts, listed, say)
            for number, round_ in enumerate(plan.rounds)
            if round_.visits
        ],
        "results": {key: say(label) for key, label in RESULTS.items()},
        "words": {
            "start": say("Start"),
            "back": say("Back"),
            "late": say("Running late"),
            "pause": say("Break"),
            "arrive": say("Arrive"),
            "gone": say("No longer fits: the team would be there at {time}.", time="{time}"),
            "over": say("That is after the shift ends at {time}.", time="{time}"),
            "way": say("Open in a maps app"),
            "note": say("Note (no names of people)"),
            "save": say("Save the results (CSV)"),
            "forget": say("Forget what is marked"),
            "sure": say("Forget all that is marked here?"),
        },
    }
    data = json.dumps(told, ensure_ascii=False, allow_nan=False).replace("<", "\\u003c")
    page = PAGE.format(
        language=say.language,
        title=html.escape(title),
        careful=html.escape(say(CAREFUL)),
        style=style,
        style_hash=_hash(style),
        script=script,
        script_hash=_hash(script),
        data=data,
    )
    return page.encode()


def _team(
    plan: Plan,
    number: int,
    round_: Round,
    facts: Mapping[str, tuple[str, Sequence[str]]],
    listed: frozenset[str],
    say: Words,
) -> dict[str, Any]:
    return {
        "name": round_.team.called(say),
        "start": itinerary.start(round_.team),
        "end": itinerary.end(round_.team),
        "leave": round_.leave_start,
        "ends": round_.team.shift[1],
        "pause": _pause(round_),
        "stops": [_stop(visit, facts, listed) for visit in round_.visits],
        "ways": _ways(plan, number, round_),
    }


def _pause(round_: Round) -> dict[str, Any] | None:
    """Return before which stop the break is, and whether that is after the way there."""
    asked, at = round_.team.break_, round_.break_at
    if asked is None or at is None:
        return None
    before = itinerary.before(round_)
    there = before < len(round_.visits) and at >= round_.visits[before].arrive
    return {"earliest": asked.earliest, "minutes": asked.minutes, "before": before, "there": there}


def _stop(
    visit: Visit, facts: Mapping[str, tuple[str, Sequence[str]]], listed: frozenset[str]
) -> dict[str, Any]:
    stop = visit.stop
    phone, lines = facts[stop.key]
    return {
        "id": stop.key if stop.key in listed else "",
        "name": stop.name,
        "phone": phone,
        "lines": list(lines),
        "way": map_links.geo((stop.lat, stop.lon)),
        "minutes": stop.minutes,
        "windows": stop.windows,
    }


def _ways(plan: Plan, number: int, round_: Round) -> list[list[int | None]]:
    """Return the whole minutes from each to each of: the start, the stops, the end."""
    keys = [stop.key for stop in plan.stops]
    home = len(keys) + 2 * number
    places = [home, *(keys.index(visit.stop.key) for visit in round_.visits), home + 1]

    def minutes(a: int, b: int) -> int | None:
        way = float(plan.travel.minutes[a, b])
        return math.ceil(round(way, 6)) if math.isfinite(way) else None

    return [[minutes(a, b) for b in places] for a in places]


def _script() -> str:
    return (HERE / "page.js").read_text(encoding="utf-8")


def _style() -> str:
    return (HERE / "page.css").read_text(encoding="utf-8")


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"sha256-{digest}"


CAREFUL = mark(
    "This page works without a signal and sends nothing. It says where you go: keep it safe. What "
    "you mark stays in this phone's history until you forget it here and delete the history."
)
