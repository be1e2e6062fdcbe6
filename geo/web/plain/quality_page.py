"""Quality page: how good the data are, for anyone: as a plain page, and as JSON."""

import logging
from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from geo import clock, i18n, settings
from geo.catalogue import history, records, tally
from geo.i18n import Words, mark
from geo.store import keeping, served
from geo.trust import quality
from geo.trust.quality import ALL, MEASURES, Group, Quality
from geo.trust.reports import ReportsError
from geo.web import plain_page
from geo.web.plain.address import Address

log = logging.getLogger(__name__)
ROOT = "/quality"
HEADERS = {"Cache-Control": "public, max-age=300"}
LABELS = {
    "phone": mark("a phone number"),
    "hours": mark("opening hours"),
    "point": mark("an exact point"),
    "spanish": mark("a text in Spanish"),
    "confirmed": mark("confirmed by us within 6 months"),
}


@dataclass(frozen=True)
class Told:
    """What both forms tell: the quality, the day, and how many reports wait; None if unknown."""

    found: Quality
    day: date
    waiting: int | None


def look() -> Told:
    """Return how good the data are that are served now."""
    given, today = settings.read(), clock.today()
    edition = served.keeper().current()
    kept = history.read(history.beside(given.catalogue))
    waiting, box = None, keeping.box()
    try:
        waiting = box.count() if box else None
    except ReportsError as error:
        log.error("%s", error)
    return Told(quality.measure(edition.entries, kept, today), today, waiting)


async def page(request: Request) -> Response:
    """Answer the page; without a language in the address it leads to that of the reader."""
    language = request.path_params.get("language", "")
    if language not in i18n.LANGUAGES:
        wanted = i18n.wanted(request.headers.get("accept-language"))
        headers = {"Cache-Control": "no-store", "Vary": "Accept-Language"}
        return RedirectResponse(f"{ROOT}/{wanted}", 303, headers)
    body = await run_in_threadpool(lambda: _page(i18n.words(language), look()))
    return Response(body, 200, {**HEADERS, "Content-Language": language}, "text/html")


async def data(_: Request) -> Response:
    """Answer the same for programs."""
    told = await run_in_threadpool(look)
    return JSONResponse(as_json(told), headers={**HEADERS, "Access-Control-Allow-Origin": "*"})


def as_json(told: Told) -> dict[str, Any]:
    """Return it as plain values: counts, never shares, so that nobody has to guess of what."""
    return {
        "as_of": told.day.isoformat(),
        "measures": [*MEASURES],
        "groups": [_group(one) for one in told.found.groups],
        "weakest": [
            {"measure": name, "county": group.county, "type": group.kind}
            for name, group in told.found.weakest
        ],
        "reports": {
            "waiting": told.waiting,
            "median_days_to_close": told.found.days_to_close,
        },
        "months": [vars(month) for month in told.found.months],
    }


def _group(group: Group) -> dict[str, Any]:
    counts = {"entries": group.entries, "public_places": group.places}
    return {"county": group.county, "type": group.kind, **counts, **group.known}


def _page(say: Words, told: Told) -> str:
    found = told.found
    return plain_page.draw(
        "plain/quality.html",
        say,
        as_of=say.date(told.day),
        heads=[say(label) for label in LABELS.values()],
        weakest=[_weak(name, group, say) for name, group in found.weakest],
        reports=list(_reports(told, say)),
        counties=[
            (_county(county, say), [_row(one, say) for one in found.groups if one.county == county])
            for county in (ALL, *quality.COUNTIES)
        ],
        months=[
            (say.month(date.fromisoformat(f"{one.month}-01")), one.acts, one.confirmed)
            for one in found.months
        ],
        whole=Address(say.language).path,
    )


def _reports(told: Told, say: Words) -> list[str]:
    lines = []
    if told.waiting is not None:
        lines.append(
            say.many("{n} report waits to be read.", "{n} reports wait to be read.", told.waiting)
        )
    if told.found.days_to_close is not None:
        days = say.number(told.found.days_to_close, 0)
        lines.append(say("Half of the reports were looked at within {days} days.", days=days))
    return lines


def _weak(name: str, group: Group, say: Words) -> str:
    return say(
        "{kind}, {county}: {known} of {all} have this: {measure}.",
        kind=_kind(group, say),
        county=_county(group.county, say),
        known=say.number(group.known[name]),
        all=say.number(group.of(name)),
        measure=say(LABELS[name]),
    )


def _row(group: Group, say: Words) -> tuple[str, list[str]]:
    counts = [
        f"{say.number(group.known[name])}/{say.number(group.of(name))}"
        f" ({say.number(100 * group.share(name))} %)"
        if group.of(name)
        else "–"
        for name in MEASURES
    ]
    return _kind(group, say), counts


def _kind(group: Group, say: Words) -> str:
    return say("All entries") if group.kind == ALL else say(records.TYPES[group.kind])


def _county(county: str, say: Words) -> str:
    if county == tally.ELSEWHERE:
        return say("Lines to call, and places outside both counties")
    return say("All") if county == ALL else say(records.COUNTIES[county])


ROUTES: list[BaseRoute] = [
    Route(f"{ROOT}.json", data),
    Route(ROOT, page),
    Route(f"{ROOT}/{{language}}", page),
]
