"""The address of a tile tells a few filters and no more; what it answers is kept as told."""

import json
import threading
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from starlette.applications import Starlette

from geo.clock import TIMEZONE
from geo.search.query import Query
from geo.store import connection, editions, tiles
from geo.web import assets, map_tiles
from geo.web.endpoints import ROUTES
from tests.search.test_query import made
from tests.support.asking import ask

NOON = datetime(2026, 11, 18, 12, tzinfo=TIMEZONE)
SPOT = {"location_precision": "exact", "latitude": "37.95", "longitude": "-121.29"}
ALL = "/tiles/0/0/0.json"


@pytest.fixture
def url(loaded, monkeypatch):
    """Return the address of a store with a clinic and a shelter in Stockton, and set it."""
    places = made(
        {"id": "one", "name": "One", "service_types": "clinic", "fees": "free", **SPOT},
        {"id": "two", "name": "Two", "service_types": "shelter", "hours": "24/7", **SPOT},
    )
    url = loaded(places, NOON.date())
    monkeypatch.setenv("STORE_URL", url)
    return url


def asked(address, **headers):
    return ask(Starlette(routes=ROUTES), address, **headers)


def count(answer):
    features = json.loads(answer.text)["features"]
    return sum(one["properties"].get("places", 1) for one in features)


@pytest.mark.parametrize(
    ("filters", "many"),
    [
        ("", 2),
        ("?kinds=clinic", 1),
        ("?kinds=clinic,help-1", 2),
        ("?only=free", 1),
        ("?kinds=help-1&only=free", 0),
        (f"?open={NOON.timestamp() // 60:.0f}", 1),
        (f"?open={NOON.timestamp() // 60:.0f}&unknown=yes", 2),
    ],
)
def test_a_tile_has_what_passes_the_filters_of_its_address(url, filters, many):
    answer = asked(ALL + filters)
    assert (answer.status, count(answer)) == (200, many)
    assert answer.headers["content-type"] == "application/geo+json"


@pytest.mark.parametrize(
    "query",
    [
        Query(),
        Query(types=frozenset({"food", "domestic_violence"}), free=True, wheelchair=True),
        Query(languages=frozenset({"es", "tl"}), open_at=NOON + timedelta(minutes=7)),
        Query(open_at=NOON, with_unknown=True, walk_in=True, no_documents=True),
    ],
)
def test_filters_that_are_written_are_read_back(query):
    parts = [part.split("=") for part in map_tiles.written(query).split("&") if part]
    assert map_tiles.read(parts) == query


def test_no_word_no_place_and_no_kind_that_must_not_be_told_stands_in_an_address():
    query = Query(
        words="my husband hits me", types=frozenset({"domestic_violence"}), within_miles=5
    )
    assert map_tiles.written(query) == "kinds=help-2"


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/tiles/0/0/1.json", 404),
        ("/tiles/21/0/0.json", 404),
        ("/tiles/3/8/0.mvt", 404),
        ("/tiles/-1/0/0.mvt", 404),
        ("/tiles/0/0/0.png", 404),
        ("/tiles/a/b/c.mvt", 404),
        ("/tiles/0/0/99999999999999999999.mvt", 404),
        (f"{ALL}?kinds=shelter", 400),
        (f"{ALL}?words=help", 400),
        (f"{ALL}?open=soon", 400),
        (f"{ALL}?open=99999999999999", 400),
        (f"{ALL}?only=cheap", 400),
        (f"{ALL}?languages=%27", 400),
        (f"{ALL}?unknown=no", 400),
        (f"{ALL}?only=free&only=walk_in", 200),
        (f"{ALL}?kinds=food&kinds=clinic", 400),
    ],
)
def test_what_is_no_tile_is_answered_plainly(url, address, status):
    answer = asked(address)
    assert answer.status == status
    if status != 200:
        assert answer.headers["content-type"].startswith("text/plain")
        assert answer.headers["cache-control"] == "no-store"


def test_without_a_store_there_are_no_tiles(monkeypatch):
    monkeypatch.delenv("STORE_URL", raising=False)
    assert asked(ALL).status == 404


def test_a_tile_is_kept_a_minute_and_for_ever_under_the_mark_of_its_edition(url):
    answer = asked(ALL, accept_encoding="gzip")
    assert answer.headers["cache-control"] == "public, max-age=60"
    again = asked(ALL, if_none_match=answer.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert asked(f"{ALL}?only=free", if_none_match=answer.headers["etag"]).status == 200
    with connection.reading(url) as found:
        mark = tiles.mark(editions.state(found))
    fixed = asked(f"{ALL}?edition={mark}")
    assert fixed.headers["cache-control"] == assets.FOREVER
    other = asked(f"{ALL}?edition=0123456789ab")
    assert (other.status, other.headers["cache-control"]) == (200, "public, max-age=60")


def test_what_a_watcher_must_not_find_is_kept_by_nobody(url):
    answer = asked(f"{ALL}?kinds=clinic,help-2")
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers


def test_while_one_reads_a_new_edition_the_others_are_told_at_once(url, monkeypatch):
    begun, may_go_on = threading.Event(), threading.Event()

    @contextmanager
    def slow(url, most_s=connection.ANSWER_S):
        if most_s != connection.ANSWER_S:
            begun.set()
            assert may_go_on.wait(30)
        with reading(url, most_s) as found:
            yield found

    reading = connection.reading
    monkeypatch.setattr(connection, "reading", slow)
    first = []
    reader = threading.Thread(target=lambda: first.append(asked(ALL)))
    reader.start()
    assert begun.wait(30)
    assert asked(ALL).status == 503
    may_go_on.set()
    reader.join(30)
    assert (first[0].status, count(first[0])) == (200, 2)


def test_a_store_that_is_away_is_told_at_once(url, monkeypatch):
    monkeypatch.setenv("STORE_URL", "postgresql://visitor@127.0.0.1:1/nowhere")
    answer = asked(ALL)
    assert (answer.status, answer.headers["retry-after"]) == (503, "2")
    assert "127.0.0.1" not in answer.text
