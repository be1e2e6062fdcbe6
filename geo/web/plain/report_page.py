"""Report page: where a reader says what is wrong or missing, without a script and without a name.

A form is taken only from a page of this site: the door sees to `Origin`, this page to what the
browser says of the sender (`Sec-Fetch-Site`) and to the token that the form was given. No cookie.
"""

import logging
import re
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from geo import clock, i18n
from geo.catalogue.places import Entry
from geo.files.clean_text import plain
from geo.i18n import Words, mark
from geo.store import keeping, served
from geo.trust import gate, reports
from geo.trust.reports import Box, FloodError, Report, ReportsError
from geo.web import plain_page
from geo.web.plain import address
from geo.web.plain.address import REPORT

log = logging.getLogger(__name__)
MOST_BYTES = 8_000  # of a form
FORM = "application/x-www-form-urlencoded"
HEADERS = {
    "Cache-Control": "no-store",
    # Under "no-referrer" a browser hides from us too which page sends a form. To others nothing.
    "Referrer-Policy": "same-origin",
}
NOT_SAVED = mark("We could not save this just now. Please call 211 and tell them, or try later.")
NO_ROOM = mark("Too many reports came today, so this one is not saved. You can call 211.")
TOO_OLD = mark("This page was open for too long. Please press Send once more.")
CHOOSE = mark("Please choose what is wrong.")
WRITE = mark("Please write what is missing: a name and a town.")
TOO_LARGE = mark("This is too much for one report, so it is not saved. Please write less.")


@dataclass(frozen=True)
class Form:
    """What a reader filled in, or may."""

    entry: Entry | None = None
    kind: str = ""
    text: str = ""
    token: str = ""


async def asked(request: Request) -> Response:
    """Answer the form; a sent one is kept, or the reader is told why it is not."""
    language = request.path_params.get("language", "")
    if language not in i18n.LANGUAGES:
        wanted = i18n.wanted(request.headers.get("accept-language"))
        path = address.report(wanted, _known(request.query_params.get("id", "")))
        return RedirectResponse(path, 303, {**HEADERS, "Vary": "Accept-Language"})
    say, box = i18n.words(language), keeping.box()
    if box is None:
        closed = say("Reports are not taken here. You can call 211 and tell them.")
        return _answer(plain_page.told(say, closed), 404)
    if request.method == "POST":
        return await _sent(request, say, box)
    own = request.query_params.get("id", "")
    entry = await run_in_threadpool(_entry, own)
    if own and entry is None:
        return _answer(plain_page.told(say, say("This place is not on the list")), 404)
    return await run_in_threadpool(_form, say, box, Form(entry))


async def _sent(request: Request, say: Words, box: Box) -> Response:
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return _answer(plain_page.told(say, say("Not from a page of this site.")), 403)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        return _answer(plain_page.told(say, say("This is not our form.")), 415)
    body = await _body(request)
    if body is None:
        return _answer(plain_page.told(say, say(TOO_LARGE)), 413)
    return await run_in_threadpool(_take, body, say, box)


async def _body(request: Request) -> bytes | None:
    """Return what was sent; None if it is too large, of which no more is read then."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            return None
    return body


def _take(body: bytes, say: Words, box: Box) -> Response:
    told = {name: cells[-1] for name, cells in parse_qs(body.decode("utf-8", "replace")).items()}
    today, own = clock.today(), told.get("id", "")
    entry = _entry(own)
    if own and entry is None:
        return _answer(plain_page.told(say, say("This place is not on the list")), 404)
    form = Form(entry, told.get("kind", ""), plain(told.get("text", "")), told.get("token", ""))
    try:
        if not form.token or not reports.is_token(box, form.token, today):
            return _form(say, box, replace(form, token=""), TOO_OLD, 403)
        if why := _incomplete(form):
            return _form(say, box, form, why, 422)
        if why := gate.refusal(form.text, entry):
            shown = form if why == gate.TOO_LONG else replace(form, text="")
            return _form(say, box, shown, why, 422)
        box.save(Report(own, form.kind if entry else reports.MISSING, form.text, today))
    except FloodError:
        return _form(say, box, form, NO_ROOM, 429)
    except ReportsError as error:
        log.error("%s", error)
        return _form(say, box, form, NOT_SAVED, 503)
    return _answer(_thanks(say, entry))


def _incomplete(form: Form) -> str:
    if form.entry is None:
        return "" if form.text else WRITE
    return "" if form.kind in reports.KINDS else CHOOSE


def _form(say: Words, box: Box, form: Form, why: str = "", status: int = 200) -> Response:
    """Answer the form, with what was filled in, its token or a new one, and why it was not kept."""
    token = form.token
    try:
        token = token or reports.token(box, clock.today())
    except ReportsError as error:
        log.error("%s", error)
        why, status = NOT_SAVED, 503
    entry = form.entry
    page = plain_page.draw(
        "plain/report.html",
        say,
        referrer="same-origin",
        entry={"id": entry["id"], "name": entry["name"]} if entry else None,
        kinds=[(kind, say(label)) for kind, label in reports.KINDS.items()],
        chosen=form.kind,
        text=form.text,
        most=gate.MOST_LETTERS,
        token=token,
        why=say(why),
        action=address.report(say.language),
        versions=_versions(entry),
        **_ways(say, entry),
    )
    return _answer(page, status)


def _thanks(say: Words, entry: Entry | None) -> str:
    return plain_page.draw("plain/thanks.html", say, days=reports.KEPT.days, **_ways(say, entry))


def _ways(say: Words, entry: Entry | None) -> dict[str, str]:
    own = address.Address(say.language, entry=entry["id"]).path if entry else ""
    return {"whole": address.Address(say.language).path, "back": own}


def _versions(entry: Entry | None) -> dict[str, str]:
    own = entry["id"] if entry else ""
    return {code: address.report(code, own) for code in i18n.LANGUAGES}


def _known(own: str) -> str:
    """Return an id, '' for what has not the form of one."""
    return own if re.fullmatch(r"[a-z0-9]{6}", own) else ""


def _entry(own: str) -> Entry | None:
    edition = served.keeper().current()
    return next((one for one in edition.entries if one["id"] == own), None)


def _answer(page: str, status: int = 200) -> Response:
    return Response(page, status, HEADERS, "text/html")


def begin(box: Box | None, today: date) -> object:
    """Delete what is older than reports are kept, and return what the server holds as it runs.

    That it cannot be done stops nothing: who reports is told so then.
    """
    if box is None:
        return None
    try:
        return box.begin(today)
    except ReportsError as error:
        log.error("%s", error)
        return None


ROUTES: list[BaseRoute] = [
    Route(REPORT, asked, methods=["GET", "POST"]),
    Route(f"{REPORT}/{{language}}", asked, methods=["GET", "POST"]),
]
