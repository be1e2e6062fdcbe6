"""Api: the catalogue by the HSDS API of Open Referral, under /hsds.

It answers from bytes made once an edition, asks nothing of who asks, keeps nothing of what is
asked, and tells every error as a problem (RFC 9457). No filter finds a place that is kept private
by where it is: the feed holds nothing of where that is.
"""

import gzip
import hashlib
import json
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from threading import Condition
from typing import Any

from cachetools import LRUCache, cached
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from geo import areas, clock, sphere
from geo.catalogue.keeper import Edition
from geo.exchange import hsds
from geo.exchange.feed import Collection, Feed, feed
from geo.search.query import Query, search
from geo.search.shared import index
from geo.store import served
from geo.web import api_document
from geo.web.api_words import A_PAGE, PARAMETERS, Unclear

ROOT = "/hsds"
VERSION = "3.2"
PROFILE = "https://docs.openreferral.org/en/3.2/hsds/"
READS = "GET, HEAD, OPTIONS"
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Data-Version, ETag, Retry-After",
}
LITTLE = 1_000  # bytes: shorter is not worth packing
AT_ONCE = 200  # lines of a stream

Asked = Mapping[str, Any]


@dataclass(frozen=True)
class Problem(Exception):
    """Why there is no answer, as a problem of RFC 9457."""

    status: int
    detail: str
    parameter: str = ""


@cached(LRUCache[Hashable, Feed](2), condition=Condition())
def feed_of(edition: Edition) -> Feed:
    """Return what the API tells of an edition; it is made once, when the edition is first asked."""
    return feed(edition)


class Api:
    """The endpoint of all that is under `ROOT`."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, in a thread: nobody else waits while the first feed is made."""
        request = Request(scope, receive)
        try:
            answer = await run_in_threadpool(_answer, request)
        except Problem as problem:
            answer = _problem(problem)
        await answer(scope, receive, send)


def _answer(request: Request) -> Response:
    if request.method == "OPTIONS":
        allowed = {"Allow": READS, "Access-Control-Allow-Methods": READS}
        asked = request.headers.get("access-control-request-headers")
        allowed |= {"Access-Control-Allow-Headers": asked} if asked else {}
        return Response(status_code=204, headers={**OPEN, **allowed})
    if request.method not in ("GET", "HEAD"):
        raise Problem(405, "Here things are only read: GET, HEAD or OPTIONS.")
    edition = served.keeper().current()
    if not edition.number:
        raise Problem(503, "The catalogue cannot be read just now. Ask again in a minute.")
    told = feed_of(edition)
    path = request.url.path.removeprefix(ROOT).strip("/")
    mark = hashlib.sha256(f"{told.version} {request.url}".encode()).hexdigest()[:24]
    headers = {
        **OPEN,
        "Data-Version": told.version,
        "ETag": f'"{mark}"',
        "Cache-Control": "public, max-age=60",
        "Vary": "Accept-Encoding",
    }
    found = _found(request, path, told, edition)
    if is_known(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    if not isinstance(found, bytes):
        return StreamingResponse(found, headers=headers, media_type="application/x-ndjson")
    if len(found) > LITTLE and "gzip" in request.headers.get("accept-encoding", ""):
        found, headers["Content-Encoding"] = gzip.compress(found, 4, mtime=0), "gzip"
    return Response(found, headers=headers, media_type="application/json")


def is_known(request: Request, mark: str) -> bool:
    """Say whether who asks has this very answer already."""
    known = [one.strip() for one in request.headers.get("if-none-match", "").split(",")]
    return "*" in known or any(one.removeprefix("W/") == mark for one in known)


def _found(request: Request, path: str, told: Feed, edition: Edition) -> bytes | Iterator[bytes]:
    """Return what is at a path: the bytes of a page or of an object, or the lines of a stream."""
    if path == "":
        return _json(_about(request))
    if path == "openapi.json":
        return _json(api_document.document(f"{request.base_url}".rstrip("/")))
    name, _, own = path.partition("/")
    if name not in api_document.LISTS:
        raise Problem(404, f"There is nothing here. What there is: {ROOT}/openapi.json.")
    collection: Collection = getattr(told, name)
    if own:
        return _one(collection, name, own, edition)
    return _page(collection, name, _asked(request, name), told, edition)


def _about(request: Request) -> dict[str, Any]:
    base = f"{request.base_url}".rstrip("/")
    return {
        "version": VERSION,
        "profile": PROFILE,
        "openapi_url": f"{base}{ROOT}/openapi.json",
        "description": "Free and low-cost help in Imperial and San Joaquin counties, California.",
        "data_guide": f"{base}/data",
    }


def _one(collection: Collection, name: str, own: str, edition: Edition) -> bytes:
    position = collection.position.get(own.lower())
    if position is not None:
        return collection.whole[position]
    if name == "services" and own.lower() in _withdrawn(edition):
        raise Problem(410, "This service closed, or was taken from the list.")
    raise Problem(404, "There is no such id.")


@cached(LRUCache[Hashable, frozenset[str]](2), condition=Condition())
def _withdrawn(edition: Edition) -> frozenset[str]:
    return frozenset(hsds.key("service", entry) for entry in edition.closed)


def _asked(request: Request, name: str) -> Asked:
    """Return the parameters of a list; those that it does not know are passed over."""
    asked: dict[str, Any] = {}
    for word in api_document.LISTS[name]:
        given = request.query_params.getlist(word)
        if given:
            try:
                asked[word] = PARAMETERS[word].read(given[-1])
            except Unclear as wanted:
                raise Problem(400, f"{word}: wanted {wanted}.", word) from wanted
    return asked


def _page(
    collection: Collection, name: str, asked: Asked, told: Feed, edition: Edition
) -> bytes | Iterator[bytes]:
    positions = _positions(collection, name, asked, told, edition)
    if asked.get("format") == "ndjson":
        return _lines(collection, positions)
    if asked.get("minimal"):
        short = Collection(collection.ids, told.minimal, told.minimal, {})
        return short.page(positions, 1, max(len(positions), 1), whole=False)
    whole = bool(asked.get("full") or asked.get("full_service"))
    return collection.page(positions, asked.get("page", 1), asked.get("per_page", A_PAGE), whole)


def _positions(
    collection: Collection, name: str, asked: Asked, told: Feed, edition: Edition
) -> Sequence[int]:
    """Return what fits all that is asked, in the order of ids."""
    fitting: list[frozenset[int]] = [
        facet.get(asked[word], frozenset())
        for word, facet in collection.facets.items()
        if word in asked
    ]
    if asked.get("modified_after", "") >= (told.modified or "0") and "modified_after" in asked:
        return ()
    if "parent_id" in asked:
        return ()
    if asked.get("search", "").strip():
        fitting.append(_matching(collection, name, asked["search"], told, edition))
    if "postcode" in asked:
        fitting.append(_near(collection, asked, told))
    if not fitting:
        return range(len(collection.ids))
    return sorted(frozenset.intersection(*fitting))


def _matching(
    collection: Collection, name: str, words: str, told: Feed, edition: Edition
) -> frozenset[int]:
    """Return what the words fit: services, what they run at, or who runs them."""
    found = search(index(edition), Query(words=words), clock.now())
    lines = found.lines[: found.fitting_lines] if found.fitted else ()
    fitting = (*found.places, *lines)
    services = [told.services_of[number] for number in fitting]
    if name == "services":
        return frozenset(services)
    ids = {told.services.ids[number] for number in services}
    facet = collection.facets["service_id"]
    return frozenset().union(*(facet.get(one, frozenset()) for one in ids))


def _near(collection: Collection, asked: Asked, told: Feed) -> frozenset[int]:
    zip_code = asked["postcode"]
    if "proximity" not in asked:
        county = areas.zip_counties().get(zip_code, "")
        return collection.facets["area"].get(hsds.AREAS.get(county, ""), frozenset())
    middle = areas.load().get(f"zip:{zip_code}")
    if middle is None or not len(told.points):
        return frozenset()
    metres = sphere.great_circle_m((middle.lat, middle.lon), told.points)
    return frozenset(map(int, told.located[metres <= asked["proximity"]]))


def _lines(collection: Collection, positions: Sequence[int]) -> Iterator[bytes]:
    for first in range(0, len(positions), AT_ONCE):
        shown = positions[first : first + AT_ONCE]
        yield b"".join(collection.whole[one] + b"\n" for one in shown)


def _problem(problem: Problem) -> Response:
    told = {
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "detail": problem.detail,
    }
    if problem.parameter:
        told["parameter"] = problem.parameter
    headers = {**OPEN, "Cache-Control": "no-store"}
    if problem.status == 405:
        headers["Allow"] = READS
    if problem.status == 503:
        headers["Retry-After"] = "60"
    return Response(
        _json(told), problem.status, headers=headers, media_type="application/problem+json"
    )


def _json(thing: Mapping[str, Any]) -> bytes:
    return json.dumps(thing, ensure_ascii=False).encode()
