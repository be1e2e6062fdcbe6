"""Endpoints: the answers of the server that are not Streamlit pages."""

import gzip
from datetime import datetime

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from geo import i18n, settings
from geo.catalogue.keeper import keeper_of
from geo.clock import TIMEZONE
from geo.streets import squares, store
from geo.web import assets, text_page

# Every answer of this server says "noindex". A robot that may not read a page cannot see that, and
# lists its address all the same once another site links to it: so reading is not forbidden.
ROBOTS = """\
# No page of this site is to be listed: each answer says so (X-Robots-Tag: noindex).
# Reading is allowed, for only who reads a page can see that.
User-agent: *
Disallow:
"""


def health(_: Request) -> Response:
    """Answer how the catalogue is: 200 when good, 503 when its file has faults."""
    keeper = keeper_of(settings.read().catalogue)
    edition = keeper.current()
    good = edition.number > 0 and not keeper.faults
    state = {
        "status": "ok" if good else "bad data",
        "places": len(edition.places),
        "data_date": edition.data_date,
        "faults": len(keeper.faults),
    }
    return JSONResponse(state, 200 if good else 503, {"Cache-Control": "no-store"})


def text(request: Request) -> Response:
    """Answer the plain page, in the language of the address or else of the browser."""
    edition = keeper_of(settings.read().catalogue).current()
    asked = request.headers.get("accept-language")
    language = request.path_params.get("language") or i18n.wanted(asked)
    if language not in i18n.LANGUAGES:
        return Response("Not found", 404, media_type="text/plain")
    now = datetime.now(TIMEZONE)
    body = text_page.page(edition, language, now).encode()
    headers = {
        "Content-Language": language,
        "Cache-Control": "private, max-age=3600, stale-if-error=604800",
        "Vary": "Accept-Language, Accept-Encoding",
    }
    if "gzip" in request.headers.get("accept-encoding", ""):
        body, headers["Content-Encoding"] = gzip.compress(body, 6), "gzip"
    return Response(body, headers=headers, media_type="text/html")


def leave(_: Request) -> Response:
    """Answer the exit for a browser without script: what this site kept is cleared first."""
    headers = {"Cache-Control": "no-store", "Clear-Site-Data": '"cache", "storage", "cookies"'}
    return RedirectResponse(settings.read().exit_to, 303, headers)


def robots(_: Request) -> Response:
    """Answer what this site wants of robots: to read, if they like, and to list nothing."""
    return Response(ROBOTS, headers={"Cache-Control": "no-store"}, media_type="text/plain")


def asset(request: Request) -> Response:
    """Answer a file that never changes under its name."""
    return _handed_out(request, assets.find(request.url.path))


def ways(_: Request) -> Response:
    """Answer where the squares of the streets are to be had; 204 when there are none."""
    streets = store.current()
    if streets is None:
        return Response(status_code=204, headers={"Cache-Control": "no-store"})
    told = {
        "address": f"/streets/{streets.mark}",
        "bounds": squares.bounds(streets),
    }
    return JSONResponse(told, headers={"Cache-Control": "no-store"})


def square(request: Request) -> Response:
    """Answer a square of the streets, which never changes under its address."""
    at, found = request.path_params, store.current()
    there = found is not None and at["mark"] == found.mark
    cut = assets.square(found, at["zoom"], at["x"], at["y"]) if found and there else None
    return _handed_out(request, cut)


def _handed_out(request: Request, found: assets.Asset | None) -> Response:
    if found is None:
        return Response("Not found", 404, media_type="text/plain")
    headers = {"Cache-Control": assets.FOREVER, "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(found.packed, 200, {**headers, "Content-Encoding": "gzip"}, found.kind)
    return Response(found.body, 200, headers, found.kind)


ROUTES: list[BaseRoute] = [
    Route("/health", health),
    Route("/text", text),
    Route("/text/{language}", text),
    Route("/leave", leave),
    Route("/robots.txt", robots),
    Route("/assets/{path:path}", asset),
    Route("/streets", ways),
    Route("/streets/{mark}/{zoom:int}/{x:int}/{y:int}", square),
]
