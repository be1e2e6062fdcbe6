"""Map tiles: squares of the map at `/tiles/{zoom}/{x}/{y}.mvt` or `.json`, with a few filters.

What a reader typed and where a reader is stand in no address: no word, no town, no point. Kinds of
help that a watcher must not read are numbered there, as in the addresses of the plain pages, and a
tile that was asked for with one of them is kept by nobody.
"""

import gzip
import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from geo import settings
from geo.catalogue import records
from geo.clock import TIMEZONE
from geo.errors import StoreError
from geo.search.query import Query
from geo.store import tiles
from geo.store.tile_forms import Square
from geo.store.vocabulary import FLAGS
from geo.web import api, assets
from geo.web.plain.address import DISCREET, word

ROOT = "/tiles"
EDITION = "edition"  # the mark of the edition that is meant: what is answered then never changes
PATH = re.compile(r"(\d{1,2})/(\d{1,7})/(\d{1,7})\.(mvt|json)", re.ASCII)
MEDIA = {"mvt": "application/vnd.mapbox-vector-tile", "json": "application/geo+json"}
SOON = "public, max-age=60"  # of whichever edition is up
KEPT_BY_NOBODY = "no-store"
LITTLE = 1_000  # bytes: shorter is not worth packing
LATER_S = 2  # after which to ask once more
KINDS: Mapping[str, str] = {word(kind, "en"): kind for kind in records.TYPES}


class UnclearError(ValueError):
    """A filter that cannot be read; says what was wanted."""


def address(edition: str) -> str:
    """Return the address of a square as our map has it: the square stands in for {square}."""
    return f"{ROOT}/{{square}}.json?{EDITION}={edition}"


def answer(request: Request) -> Response:
    """Answer a tile; 404 if there is none, 400 says what was wanted, 503 if the store is away."""
    url, told = settings.read().store_url, PATH.fullmatch(request.path_params["path"])
    square = Square(*map(int, told.groups()[:3])) if told else None
    if not (url and told and square and square.is_there):
        return _sorry("There is no such tile.", 404)
    given = request.query_params.multi_items()
    try:
        query = read((name, value) for name, value in given if name != EDITION)
    except UnclearError as error:
        return _sorry(f"{error}", 400)

    def tag(edition: str) -> str:
        asked = f"{edition} {request.url.path}?{request.url.query}"
        return f'"{hashlib.sha256(asked.encode()).hexdigest()[:24]}"'

    def is_known(edition: str) -> bool:
        return api.is_known(request, tag(edition))

    try:
        made = tiles.made(url, square, query, told[4], is_known)
    except StoreError:  # the keeper of the edition tells the operator what is wrong
        return _sorry("The places on the map are not to be had just now.", 503)
    headers = {"Vary": "Accept-Encoding", "Cache-Control": KEPT_BY_NOBODY}
    if query.types.isdisjoint(DISCREET):
        is_fixed = request.query_params.get(EDITION) == made.edition
        headers["Cache-Control"] = assets.FOREVER if is_fixed else SOON
        headers["ETag"] = tag(made.edition)
    if made.body is None:
        return Response(status_code=304, headers=headers)
    return _packed(request, made.body, headers, MEDIA[told[4]])


def read(given: Iterable[tuple[str, str]]) -> Query:
    """Return what the parameters of an address ask for.

    Raises
    ------
    UnclearError : one is not known or given twice, or has a value that it cannot have

    >>> sorted(read([("kinds", "food,help-1"), ("only", "free")]).types)
    ['food', 'shelter']
    """
    asked: dict[str, Any] = {}
    for name, value in given:
        if name not in PARAMETERS:
            raise UnclearError(f"Wanted only these: {', '.join(PARAMETERS)}.")
        part = PARAMETERS[name](value)
        if not asked.keys().isdisjoint(part):
            raise UnclearError(f"{name}: wanted once.")
        asked |= part
    return Query(**asked)


def written(query: Query) -> str:
    """Return the filters of a question as parameters of an address; its words and place are not.

    >>> written(Query(types=frozenset({"shelter"}), words="pregnant", free=True))
    'kinds=help-1&only=free'
    """
    told = {
        "kinds": [sign for sign, kind in KINDS.items() if kind in query.types],
        "languages": sorted(query.languages),
        "only": [name for name in FLAGS if getattr(query, name)],
        "open": [f"{query.open_at.timestamp() // 60:.0f}"] if query.open_at else [],
        "unknown": ["yes"] if query.open_at and query.with_unknown else [],
    }
    return urlencode({name: ",".join(values) for name, values in told.items() if values}, safe=",")


def _kinds(text: str) -> dict[str, Any]:
    return {"types": frozenset(KINDS[word] for word in _each(text, "kinds", KINDS))}


def _languages(text: str) -> dict[str, Any]:
    codes = text.split(",")
    if not all(re.fullmatch(r"[a-z-]{2,20}", code) for code in codes):
        raise UnclearError("languages: wanted codes such as es,tl.")
    return {"languages": frozenset(codes)}


def _only(text: str) -> dict[str, Any]:
    return dict.fromkeys(_each(text, "only", FLAGS), True)


def _open(text: str) -> dict[str, Any]:
    if not re.fullmatch(r"\d{1,8}", text, re.ASCII):
        raise UnclearError("open: wanted minutes since 1970 in UTC, such as 29600000.")
    return {"open_at": datetime.fromtimestamp(int(text) * 60, TIMEZONE)}


def _unknown(text: str) -> dict[str, Any]:
    return {"with_unknown": bool(_each(text, "unknown", ["yes"]))}


def _each(text: str, name: str, known: Iterable[str]) -> list[str]:
    words = text.split(",")
    if not set(words) <= {*known}:
        raise UnclearError(f"{name}: wanted any of {', '.join(known)}, with commas between.")
    return words


PARAMETERS: Mapping[str, Callable[[str], dict[str, Any]]] = {
    "kinds": _kinds,
    "languages": _languages,
    "only": _only,
    "open": _open,
    "unknown": _unknown,
}


def _packed(request: Request, body: bytes, headers: dict[str, str], media: str) -> Response:
    if len(body) > LITTLE and "gzip" in request.headers.get("accept-encoding", ""):
        body, headers = gzip.compress(body, 4, mtime=0), headers | {"Content-Encoding": "gzip"}
    return Response(body, 200, headers, media)


def _sorry(why: str, status: int) -> Response:
    headers = {"Cache-Control": KEPT_BY_NOBODY}
    if status == 503:
        headers["Retry-After"] = f"{LATER_S}"
    return Response(why, status, headers, "text/plain")


ROUTES: list[BaseRoute] = [Route(f"{ROOT}/{{path:path}}", answer)]
