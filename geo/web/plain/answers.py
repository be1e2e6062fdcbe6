"""Answers: what the server says at the addresses of the plain pages, and to robots."""

from collections.abc import Callable, Hashable, Mapping

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from geo import clock, i18n, settings
from geo.catalogue.keeper import Edition
from geo.store import served
from geo.web import plain_page, text_page
from geo.web.plain import address, listing, pages, place_page, shared_list, site_map
from geo.web.plain.address import Address
from geo.web.plain_page import Bytes

MAY_LIST = "X-Robots-Tag"
NOT_KEPT = {"Cache-Control": "no-store"}
BY_BROWSER = {"Vary": "Accept-Language"}


async def text(request: Request) -> Response:
    """Answer a plain page; one that is asked for in other words than its own is shown the way."""
    language = i18n.wanted(request.headers.get("accept-language"))
    below = request.path_params.get("path", "")
    page = address.read(below, language)
    if page is None:
        say = i18n.words(language)
        return _told(language, 404, say("There is no page at this address."))
    is_whole = page == Address(page.language)
    if request.url.path not in (page.path, *((address.ROOT,) if is_whole else ())):
        return RedirectResponse(page.path, 302, {**NOT_KEPT, **BY_BROWSER})
    if is_whole:
        return await _whole(request, page.language)
    return await _small(request, page)


async def shared(request: Request) -> Response:
    """Answer the list that a link names; nothing of it is kept here."""
    named = shared_list.read(request.query_params.get("ids", ""))
    chosen = request.query_params.get("lang", "")
    by_browser = i18n.wanted(request.headers.get("accept-language"))
    language = chosen if chosen in i18n.LANGUAGES else by_browser
    asked = await _edition(), named, language, clock.now()
    body = await run_in_threadpool(shared_list.page, *asked)
    headers = {**NOT_KEPT, **BY_BROWSER, "Content-Language": language}
    return Response(body, 200, headers, "text/html")


async def instead(request: Request, headers: Mapping[str, str]) -> Response:
    """Answer the whole list with 503, in place of a page for which there is no room now."""
    answer = await _whole(request, i18n.wanted(request.headers.get("accept-language")), True)
    answer.status_code = 503
    answer.headers.update(headers)
    return answer


def robots(_: Request) -> Response:
    """Answer what this site wants of robots."""
    told = site_map.robots(listing.site(settings.read()))
    return Response(told, headers=NOT_KEPT, media_type="text/plain")


async def sitemap(request: Request) -> Response:
    """Answer which pages may be listed; 404 if none may be, or if their addresses are not known."""
    site, edition = listing.site(settings.read()), await _edition()
    if not (site.origin and site.is_listed):
        told = site_map.UNKNOWN if site.is_listed else site_map.OFF
        return Response(told, 404, NOT_KEPT, "text/plain")
    found = await run_in_threadpool(site_map.made, edition, site)
    return _sent(request, found, {"Cache-Control": "public, max-age=3600"}, "application/xml")


async def _whole(request: Request, language: str, is_instead: bool = False) -> Response:
    edition = await _edition()
    asked = edition, language, clock.today(), is_instead
    found = await _made(text_page.is_made, text_page.made, *asked)
    headers = {
        "Content-Language": language,
        "Cache-Control": "private, max-age=3600, stale-if-error=604800",
        "Vary": "Accept-Language, Accept-Encoding",
    }
    return _sent(request, found, headers)


async def _small(request: Request, page: Address) -> Response:
    edition, site = await _edition(), listing.site(settings.read())
    if not edition.number:
        say = i18n.words(page.language)
        return _told(page.language, 503, say("The list cannot be read just now. You can call 211."))
    if page.entry and not place_page.is_there(edition, page.entry):
        return _gone(page, edition)
    asked = edition, page, pages.quarter(clock.now()), site
    found = await _made(pages.is_made, pages.made, *asked)
    headers = {
        "Content-Language": page.language,
        "Cache-Control": "private, max-age=900, stale-if-error=604800",
    }
    return _sent(request, found, headers | ({MAY_LIST: "all"} if found.is_listed else {}))


async def _edition() -> Edition:
    keeper = served.keeper()
    return await run_in_threadpool(keeper.current) if keeper.is_behind else keeper.last


async def _made(
    is_made: Callable[..., bool], make: Callable[..., Bytes], *asked: Hashable
) -> Bytes:
    """Return what was made once; a thread is asked only if it has to be made first."""
    return make(*asked) if is_made(*asked) else await run_in_threadpool(make, *asked)


def _gone(page: Address, edition: Edition) -> Response:
    say = i18n.words(page.language)
    if page.entry in edition.unconfirmed:
        told = say("We could not confirm that this place is still there, so it is off the list.")
        return _told(page.language, 410, told, _search_again(say))
    if page.entry in edition.closed:
        return _told(page.language, 410, say("This place has closed."), _search_again(say))
    return _told(
        page.language,
        404,
        say("This place is not on the list"),
        say("It may have closed or moved. Search again, or call 211."),
    )


def _search_again(say: i18n.Words) -> str:
    return say("Look for another one on the list, or call 211.")


def _told(language: str, status: int, heading: str, *lines: str) -> Response:
    body = plain_page.told(i18n.words(language), heading, *lines)
    headers = {**NOT_KEPT, **BY_BROWSER, "Content-Language": language}
    return Response(body, status, headers, "text/html")


def _sent(
    request: Request, found: Bytes, headers: dict[str, str], kind: str = "text/html"
) -> Response:
    """Answer bytes, packed for who can unpack them; not again to who has them."""
    is_packed = "gzip" in request.headers.get("accept-encoding", "")
    headers = {"Vary": "Accept-Encoding", **headers}
    headers["ETag"] = f'"{found.tag}{"-gzip" * is_packed}"'
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if is_packed:
        headers["Content-Encoding"] = "gzip"
    return Response(found.packed if is_packed else found.plain, 200, headers, kind)


ROUTES: list[BaseRoute] = [
    Route(address.ROOT, text),
    Route(f"{address.ROOT}/{{path:path}}", text),
    Route(shared_list.PATH, shared),
    Route("/robots.txt", robots),
    Route(site_map.PATH, sitemap),
]
