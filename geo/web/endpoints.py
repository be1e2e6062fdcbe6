"""Endpoints: the answers of the server that are not Streamlit pages."""

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from geo import clock, settings
from geo.store import served
from geo.streets import squares, store
from geo.web import api, assets, descriptors, embed, files, find_files, map_tiles, offline
from geo.web.packing import Packed
from geo.web.plain import answers, quality_page, report_page


def health(_: Request) -> Response:
    """Answer how the server is: 200 when all is well, else 503, and `status` says what is not.

    "bad data": the file has faults. "held back": it has lost too much of what was there; `lost`
    says what. "store away": the store cannot be asked, or is of another version. These leave the
    last good edition up. "full": no more pages are begun.
    """
    keeper = served.keeper()
    edition = keeper.current()
    if keeper.is_held_back:
        status = "held back"
    elif any(fault.rule == served.RULE for fault in keeper.faults):
        status = "store away"
    elif keeper.faults or not edition.number:
        status = "bad data"
    else:
        status = "full" if descriptors.is_full() else "ok"
    state = {
        "status": status,
        "places": len(edition.places),
        "data_date": edition.data_date,
        "faults": len(keeper.faults),
        "lost": [str(fault.found) for fault in keeper.faults if keeper.is_held_back],
        "accepted_on": keeper.accepted_on,
    }
    return JSONResponse(state, 200 if status == "ok" else 503, {"Cache-Control": "no-store"})


def leave(_: Request) -> Response:
    """Answer the exit for a browser without script: what this site kept is cleared first."""
    headers = {"Cache-Control": "no-store", "Clear-Site-Data": '"cache", "storage", "cookies"'}
    return RedirectResponse(settings.read().exit_to, 303, headers)


def file(request: Request) -> Response:
    """Answer the catalogue in one of the formats of others."""
    edition = served.keeper().current()
    name = request.url.path.removeprefix("/")
    if not edition.number:
        return Response("The list cannot be read just now.", 503, media_type="text/plain")
    made = files.of(edition, name)
    headers = {
        **api.OPEN,
        "Cache-Control": "public, max-age=300",
        "Content-Disposition": f'attachment; filename="{name}"',
        "ETag": f'"{made.mark}"',
        "Vary": "Accept-Encoding",
    }
    if api.is_known(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(made.packed, 200, {**headers, "Content-Encoding": "gzip"}, made.kind.media)
    return Response(made.body, 200, headers, made.kind.media)


def embedded(request: Request) -> Response:
    """Answer the list that others may have in a page of theirs; 400 says what was wanted."""
    asked = embed.read(request.query_params)
    if isinstance(asked, str):
        return Response(asked, 400, {"Cache-Control": "no-store"}, "text/plain")
    edition = served.keeper().current()
    origin = next(iter(settings.read().origins), "")
    headers = {"Cache-Control": "private, max-age=900", "Content-Security-Policy": embed.policy()}
    body = embed.page(edition, asked, clock.now(), origin)
    return Response(body, 200, headers, "text/html")


def asset(request: Request) -> Response:
    """Answer a file that never changes under its name."""
    return _handed_out(request, assets.find(request.url.path))


def to_keep(request: Request) -> Response:
    """Answer the whole list as one file, which works without this server."""
    edition = served.keeper().current()
    found = offline.made(edition, clock.today())
    headers = {"Cache-Control": "private, max-age=900", "Vary": "Accept-Encoding"}
    headers["ETag"] = f'"{found.tag}"'
    if api.is_known(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return _packed(request, found.packed, headers, "text/html")


def find_file(request: Request) -> Response:
    """Answer a file of those with which the page of a reader answers by itself."""
    at = request.path_params
    return _handed_out(request, find_files.find(at["mark"], at["part"]))


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
    return _packed(request, found.packed, headers, found.kind)


def _packed(request: Request, found: Packed, headers: dict[str, str], kind: str) -> Response:
    body, coding = found.best(request.headers.get("accept-encoding", ""))
    packed = {"Content-Encoding": coding} if coding else {}
    return Response(body, 200, headers | packed, kind)


ROUTES: list[BaseRoute] = [
    Route("/health", health),
    *answers.ROUTES,
    *report_page.ROUTES,
    *quality_page.ROUTES,
    *map_tiles.ROUTES,
    Route("/leave", leave),
    Route(f"{api.ROOT}{{path:path}}", api.Api()),
    *(Route(f"/{name}", file) for name in files.KINDS),
    Route(offline.PATH, to_keep),
    Route(embed.PATH, embedded),
    Route("/assets/{path:path}", asset),
    Route(f"{find_files.ROOT}/{{mark}}/{{part}}.json", find_file),
    Route("/streets", ways),
    Route("/streets/{mark}/{zoom:int}/{x:int}/{y:int}", square),
]
