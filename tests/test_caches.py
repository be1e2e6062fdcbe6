"""No cache that all readers share holds what one of them typed, and each builds a thing once."""

import ast
import gc
import importlib
import json
import struct
import sys
import threading
import types
import weakref
from collections import Counter
from contextlib import suppress
from datetime import date, datetime
from functools import cache

import numpy as np
import pandas as pd
import pytest

from geo import settings
from geo.addresses import house_numbers, typed
from geo.catalogue.keeper import Edition, keeper_of
from geo.clock import TIMEZONE
from geo.errors import EngineError, QuestionError
from geo.gaps import demand, own_data, what_if
from geo.gaps.answer import vary, work_out
from geo.gaps.own_data import Own
from geo.gaps.question import Question
from geo.gaps.sites import candidates
from geo.rounds import on_map, planner
from geo.rounds.plan import Question as RoundQuestion
from geo.rounds.plan import Stop, Team
from geo.search import shared as shared_index
from geo.search.query import Query, search
from geo.settings import ROOT
from geo.streets import squares, store
from geo.streets.store import Streets
from geo.travel import engines, pace, roads
from geo.web import api, assets, base_map, files, find_files, offline, packing, text_page
from geo.web.plain import pages, site_map
from geo.web.plain.address import Address
from geo.web.plain.listing import Site
from pages.parts import server
from pages.parts.gaps import tables
from tests.support import towns

NOTHING_ASKED = "takes no argument: it is the same for everybody"
OF_THE_CATALOGUE = "keyed by texts of the catalogue; hours that a reader types are read without it"
OF_OUR_STREETS = "keyed by the imported streets"
OF_AN_EDITION = "keyed by an edition of the catalogue"
OF_OUR_FILES = "keyed by the file of the operator"
OF_A_FEED = "keyed by texts of a feed, in the process of the command that brings it in"
SHARED = {  # every cache of the process, and why nothing in it is a reader's
    "geo.addresses.area_names._longest": NOTHING_ASKED,
    "geo.addresses.area_names.names": NOTHING_ASKED,
    "geo.addresses.area_names.words": NOTHING_ASKED,
    "geo.addresses.house_numbers.index": OF_OUR_STREETS,
    "geo.addresses.reading._towns": NOTHING_ASKED,
    "geo.addresses.wrappers._outlines": NOTHING_ASKED,
    "geo.areas._post_offices": NOTHING_ASKED,
    "geo.areas._zips_by_city": NOTHING_ASKED,
    "geo.areas.load": NOTHING_ASKED,
    "geo.areas.towns": NOTHING_ASKED,
    "geo.areas.zip_counties": NOTHING_ASKED,
    "geo.catalogue.allowed_text._phrases": "keyed by whether it is for a title",
    "geo.catalogue.allowed_text._pointing": NOTHING_ASKED,
    "geo.catalogue.articles.load": NOTHING_ASKED,
    "geo.catalogue.keeper.keeper_of": OF_OUR_FILES,
    "geo.exchange.incoming.cells._language": OF_A_FEED,
    "geo.exchange.incoming.cells.phone": OF_A_FEED,
    "geo.exchange.incoming.dialects.plain": OF_A_FEED,
    "geo.exchange.incoming.rows._at": OF_A_FEED,
    "geo.exchange.incoming.rows._served": OF_A_FEED,
    "geo.exchange.incoming.their_hours._read": OF_A_FEED,
    "geo.catalogue.whereabouts._zips_of_people": NOTHING_ASKED,
    "geo.gaps.demand._load": NOTHING_ASKED,
    "geo.gaps.demand._outlines": NOTHING_ASKED,
    "geo.gaps.demand.cells": NOTHING_ASKED,
    "geo.gaps.sites.site_search.SLOTS": "weak: a search is held by the session that began it",
    "geo.gaps.standards.load": NOTHING_ASKED,
    "geo.hours.rules._holidays": "keyed by a year",
    "geo.hours.rules.parse": OF_THE_CATALOGUE,
    "geo.hours.state._minute_state": OF_THE_CATALOGUE,
    "geo.hours.state._moment": "keyed by a day and a minute",
    "geo.i18n.words": "keyed by one of two languages",
    "geo.ordinary_words.load": NOTHING_ASKED,
    "geo.rounds.limits._counties": NOTHING_ASKED,
    "geo.rounds.planner.SLOTS": "weak: a search is held by the session that began it",
    "geo.search.shared.index": OF_AN_EDITION,
    "geo.search.query._states": "keyed by texts of the catalogue and a minute",
    "geo.store.connection._pool": "keyed by the address of the operator's store",
    "geo.store.edition_lines._known": "keyed by an edition of the store",
    "geo.store.spots._held": "keyed by the address of the operator's store",
    "geo.store.report_table._secret": "keyed by the address of the operator's store",
    "geo.store.served._store_keeper": "keyed by the address of the operator's store",
    "geo.streets.squares._sheet": OF_OUR_STREETS,
    "geo.streets.store._load": OF_OUR_FILES,
    "geo.travel.engines._kept": "tables of public points only: minutes(public=True)",
    "geo.travel.engines.breaker": "addresses of the operator's servers",
    "geo.travel.pace._homes": NOTHING_ASKED,
    "geo.travel.roads._network": OF_OUR_STREETS,
    "geo.web.api._withdrawn": OF_AN_EDITION,
    "geo.web.api.feed_of": OF_AN_EDITION,
    "geo.web.ahead._map_files": NOTHING_ASKED,
    "geo.web.ahead.named": NOTHING_ASKED,
    "geo.web.assets._by_address": NOTHING_ASKED,
    "geo.web.assets._points": "see points",
    "geo.web.assets.fixed": NOTHING_ASKED,
    "geo.web.assets.points": OF_AN_EDITION,
    "geo.web.assets.square": "squares of public streets; not who looked at them",
    "geo.web.base_map.build": "keyed by addresses of our own files",
    "geo.web.files.of": "keyed by an edition of the catalogue and the name of a file",
    "geo.web.find_files._editions": "the last editions, by a mark of each",
    "geo.web.find_files._fixed_mark": NOTHING_ASKED,
    "geo.web.find_files._made": "keyed by an edition, a day and the name of a file",
    "geo.web.find_files._mark": "keyed by an edition and a day",
    "geo.web.offline._made": "see made",
    "geo.web.offline._script": NOTHING_ASKED,
    "geo.web.offline._sheet": "keyed by the names of our own style sheets",
    "geo.web.offline.find_sheet": NOTHING_ASKED,
    "geo.web.offline.made": "keyed by an edition and a day",
    "geo.web.outline_map.drawings": NOTHING_ASKED,
    "geo.web.packing._worker": NOTHING_ASKED,
    "geo.web.paper_data.dial_code": "keyed by a phone number of the catalogue",
    "geo.web.plain.address._counties": NOTHING_ASKED,
    "geo.web.plain.address._kinds": NOTHING_ASKED,
    "geo.web.plain.address._towns": NOTHING_ASKED,
    "geo.web.plain.pages._made": "see made",
    "geo.web.plain.pages.made": "keyed by an edition, a quarter of an hour and a page there is",
    "geo.web.plain.site_map.made": OF_AN_EDITION,
    "geo.web.script_words.all_said": NOTHING_ASKED,
    "geo.web.shell._style": NOTHING_ASKED,
    "geo.web.streamlit_mends._drawn_with": NOTHING_ASKED,
    "geo.web.text_page._pages": "see made",
    "geo.web.text_page.made": "keyed by an edition of the catalogue, a language and a day",
    "pages.parts.components._component": "keyed by names of our own scripts",
    "pages.parts.gaps.tables._vary": "keyed by an answer, which knows kinds and counties, no place",
    "pages.parts.server._answers": "keyed by a question, which knows kinds and counties, no place",
    "pages.parts.server._answer": "see _answers",
    "pages.parts.server.index": OF_AN_EDITION,
    "pages.parts.server.languages": OF_AN_EDITION,
}
DECORATORS = {"cache", "lru_cache", "cached", "cachedmethod", "cache_data", "cache_resource"}
GROWING = {"dict", "list", "set", "deque", "defaultdict", "OrderedDict", "Counter", "WeakSet"}
GROWING |= {"WeakKeyDictionary", "WeakValueDictionary", "Breaker", "Slots"}
FILES = [ROOT / "app.py", *(ROOT / "geo").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]


def name_of(node):
    """Return the last name of a decorator or of what is called: 'cached' of `x.cached[...](1)`."""
    while isinstance(node, (ast.Call, ast.Subscript)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def can_grow(value):
    """Return whether a module keeps an empty container under a name, to be filled later."""
    if isinstance(value, (ast.Dict, ast.List)):
        return not (value.keys if isinstance(value, ast.Dict) else value.elts)
    called = isinstance(value, ast.Call) and name_of(value)
    return bool(
        called
        and (called in GROWING or called.endswith("Cache"))
        and not (called in ("dict", "list", "set") and (value.args or value.keywords))
    )


def caches(path, decorators=DECORATORS, growing=True):
    """Yield the dotted name of each cache that a file keeps for the whole process."""
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        decorated = getattr(node, "decorator_list", ())
        if {name_of(one) for one in decorated} & decorators:
            yield f"{module}.{node.name}"
    for node in tree.body if growing else ():
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value and can_grow(node.value):
            target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
            yield f"{module}.{target.id}"


def test_every_cache_is_on_the_list_with_a_reason_why_it_holds_nothing_of_a_reader():
    found = [name for path in FILES for name in caches(path)]
    assert sorted(found) == sorted(SHARED)


def shared(name):
    module, _, own = name.rpartition(".")
    return getattr(importlib.import_module(module), own)


def content(cache):
    """Return what holds the entries of a cache: its dict, or for `lru_cache` the function."""
    return getattr(cache, "cache", cache)


def size(cache):
    if hasattr(cache, "cache_info"):
        return cache.cache_info().currsize
    return len(content(cache)) if hasattr(content(cache), "__len__") else 0


def within(first):
    """Yield everything that is reached from an object, but for code and modules."""
    apart = (types.ModuleType, type, types.FunctionType, types.BuiltinFunctionType)
    seen, waiting = {}, [first]  # by their number, and held so that no number is given twice
    while waiting:
        one = waiting.pop()
        if id(one) in seen or (isinstance(one, apart) and one is not first):
            continue
        seen[id(one)] = one
        yield one
        if isinstance(one, np.ndarray):
            waiting += one.ravel().tolist() if one.dtype == object else []
        elif isinstance(one, (pd.DataFrame, pd.Series, pd.Index)):
            waiting += [np.asarray(one, dtype=object)]
        elif isinstance(one, dict):  # of a dict with texts for keys `gc` tells the values only
            waiting += [*one.keys(), *one.values()]
        else:
            waiting += gc.get_referents(one)


def holds(cache, texts, numbers):
    """Return whether a cache holds one of these texts or numbers, as they are or in a table."""
    packed = [struct.pack("d", number) for number in numbers]
    for one in within(content(cache)):
        if isinstance(one, str) and any(text in one.casefold() for text in texts):
            return True
        if isinstance(one, float) and one in numbers:
            return True
        if isinstance(one, bytes) and any(part in one for part in packed):
            return True
        if isinstance(one, np.ndarray) and one.dtype == float and np.isin(one, numbers).any():
            return True
    return False


@pytest.fixture
def streets(tmp_path, monkeypatch):
    """Return made-up streets of both counties, which are those that are served."""
    monkeypatch.setenv("STREETS", str(tmp_path / "streets"))
    towns.lay(tmp_path)
    return store.load(settings.read().streets)


def everything(marker, lat, lon, streets, edition):
    """Do all that a reader can do with what they typed or clicked: `marker`, and a point."""
    for text in (
        marker,
        f"4711 {marker} Lane, {marker}",
        f"350 E 3th St, {marker}",
        f"{lat}, {lon}",
        f"350 E 3th St, Tracy {marker}",
    ):
        for known in (streets, None):
            area = typed.find(text, known).area
            with suppress(QuestionError):
                typed.point(text, known)
            now = datetime(2026, 11, 24, 10, tzinfo=TIMEZONE)
            search(server.index(edition), Query(words=f"{marker} food", where=area), now)
    team = Team("One", (lat, lon), (lat, lon), (540, 1020))
    stops = [Stop("a", marker, lat + 0.001, lon), Stop("b", "park", lat, lon + 0.001)]
    for engine in ("streets", "crow"):
        ways = planner.matrix(stops, [team], engine)
        plan = planner.plan(RoundQuestion(date(2026, 11, 24), stops, [team], ways), seconds=0.2)
        on_map.courses(plan, {})
    hour = datetime(2026, 11, 24, 10, tzinfo=TIMEZONE)
    found = server.answer(edition, Question("clinic", hour=hour, engine="streets"))
    service = int(found.services.index[0])
    what_if.added(found, (lat, lon))
    what_if.moved(found, service, (lat, lon))
    what_if.reopened(found, service, f'Mo-Fr 08:00-17:00 "{marker}"')
    candidates.costs(found, [(lat, lon)])
    site = f'{marker},{lat},{lon},7,Mo-Fr 08:00-17:00 ""{marker}""'.split(",", 4)
    rows = f'name,lat,lon,capacity,hours\n{",".join(site[:4])},"{site[4]}"\n'
    corners = [[lon - 0.1, lat], [lon, lat], [lon, lat + 0.1], [lon - 0.1, lat]]
    shape = {"type": "Polygon", "coordinates": [corners]}
    told = {"features": [{"geometry": shape, "properties": {"name": marker}}]}
    own = Own(
        **own_data.sites(rows.encode()),
        **own_data.people(f"lat,lon\n{lat},{lon}\n".encode()),
        **own_data.districts(json.dumps(told).encode()),
    )
    for engine in ("streets", "crow"):
        asked = Question("clinic", hour=hour, engine=engine)
        answer = work_out(edition.places, demand.load(), asked, own=own)
        assert answer.services["name"].eq(marker).any()
        vary(edition.places, demand.load(), answer)
        answer.access.sum()


def test_no_cache_of_the_process_grows_by_what_a_reader_types_or_holds_it(served, streets):
    edition = keeper_of(served).current()
    first, second = (37.7182818284, -121.4415926535), (37.7161803398, -121.4414213562)
    everything("zzyzxville", *first, streets, edition)
    before = {name: size(shared(name)) for name in SHARED}
    everything("qqfarhome", *second, streets, edition)
    after = {name: size(shared(name)) for name in SHARED}
    assert after == before
    texts, numbers = ("zzyzx", "qqfar"), [*first, *second]
    assert [name for name in SHARED if holds(shared(name), texts, numbers)] == []


def test_the_search_through_a_cache_finds_what_is_there():
    point, table = (37.7182818284, -121.4415926535), np.array([[37.7182818284, 1.0]])
    for held in (point, table, table.tobytes(), pd.DataFrame(table), {"a": [point]}):
        assert holds({"key": held}, ("zzyzx",), [37.7182818284])
    kept = cache(str.upper)
    kept("zzyzx")
    assert holds(kept, ("zzyzx",), [])
    for held in ("A Zzyzx B", np.array(["zzyzx"], dtype=object), ({"zzyzx"},), {"zzyzx": 1}):
        assert holds({"key": held}, ("zzyzx",), [1.5])
    assert not holds({"key": table}, ("zzyzx",), [1.5])


ONCE = {name for path in FILES for name in caches(path, {"cached"}, growing=False)}
CALLS = {  # how each is called, from the streets and the edition that are served
    "geo.addresses.house_numbers.index": lambda streets, _: house_numbers.index(streets),
    "geo.gaps.demand._load": lambda *_: demand._load(),
    "geo.gaps.demand._outlines": lambda *_: demand._outlines(),
    "geo.gaps.demand.cells": lambda *_: demand.cells(),
    "geo.streets.squares._sheet": lambda streets, _: squares._sheet(streets),
    "geo.streets.store._load": lambda *_: store.load(settings.read().streets),
    "geo.travel.engines._kept": lambda *_: engines.minutes(
        [(37.7, -121.4)], [(37.8, -121.3)], "streets", public=True
    ),
    "geo.travel.pace._homes": lambda *_: pace._homes(),
    "geo.travel.roads._network": lambda streets, _: roads._network(streets, "driving"),
    "geo.search.shared.index": lambda _, edition: shared_index.index(edition),
    "geo.web.api._withdrawn": lambda _, edition: api._withdrawn(edition),
    "geo.web.api.feed_of": lambda _, edition: api.feed_of(edition),
    "geo.web.assets._by_address": lambda *_: assets.find("/assets/none.js"),
    "geo.web.assets.fixed": lambda *_: assets.fixed(),
    "geo.web.assets.points": lambda _, edition: assets.points(edition),
    "geo.web.assets.square": lambda streets, _: assets.square(streets, 8, 41, 98),
    "geo.web.base_map.build": lambda _, edition: base_map.build(
        (), (), points=assets.points(edition).address
    ),
    "geo.web.files.of": lambda _, edition: files.of(edition, "places.csv"),
    "geo.web.find_files._made": lambda _, edition: find_files._made(
        edition, date(2026, 11, 24), "/find/mark/openings.json", "openings"
    ),
    "geo.web.find_files._mark": lambda _, edition: find_files._mark(edition, date(2026, 11, 24)),
    "geo.web.offline.made": lambda _, edition: offline.made(edition, date(2026, 11, 24)),
    "geo.web.packing._worker": lambda *_: packing._worker(),
    "geo.web.plain.pages.made": lambda _, edition: pages.made(
        edition, Address("en", "imperial"), datetime(2026, 11, 24, 12), Site()
    ),
    "geo.web.plain.site_map.made": lambda _, edition: site_map.made(edition, Site()),
    "geo.web.text_page.made": lambda _, edition: text_page.made(
        edition, "en", date(2026, 11, 24), False
    ),
    "pages.parts.gaps.tables._vary": lambda _, edition: tables._vary(edition, ANSWER[0]),
    "pages.parts.server._answer": lambda _, edition: server.answer(edition, Question("clinic")),
    "pages.parts.server.index": lambda _, edition: server.index(edition),
    "pages.parts.server.languages": lambda _, edition: server.languages(edition),
}
ANSWER = []


def test_what_is_made_of_an_edition_keeps_none_that_is_long_over(served, streets):
    newest = keeper_of(served).current()
    ANSWER[:] = [work_out(newest.places, demand.load(), Question("clinic"))]
    of_editions = [name for name in CALLS if "edition" in CALLS[name].__code__.co_varnames]
    seen = []
    for number in range(8):
        edition = Edition(number, newest.places)
        for name in of_editions:
            CALLS[name](streets, edition)
        seen.append(weakref.ref(edition))
        del edition
    gc.unfreeze()
    gc.collect()
    kept = [number for number, edition in enumerate(seen) if edition()]
    assert len(kept) <= assets.EDITIONS, kept
    for name in of_editions:
        shared(name).cache_clear()


def test_everything_that_is_built_once_is_tried():
    assert sorted(CALLS) == sorted(ONCE)


@pytest.mark.parametrize("name", CALLS)
def test_ten_who_ask_at_once_have_a_thing_built_once(name, served, streets):
    edition, cache = keeper_of(served).current(), shared(name)
    ANSWER[:] = [work_out(edition.places, demand.load(), Question("clinic"))]
    cache.cache_clear()
    built, results = Counter(), []
    code = cache.__wrapped__.__code__
    gate, asked = threading.Barrier(10), threading.Semaphore(0)

    def watch(frame, event, _):
        if event == "call" and frame.f_code is code:
            built[name] += 1
            for _ in threads:  # nothing is built before all have asked for it
                asked.acquire(timeout=10)

    def ask():
        gate.wait()
        asked.release()
        sys.setprofile(watch)
        try:
            results.append(CALLS[name](streets, edition))
        finally:
            sys.setprofile(None)

    threads = [threading.Thread(target=ask, daemon=True) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert (built[name], len(results)) == (1, 10)
    cache.cache_clear()


def test_what_cannot_be_built_fails_each_time_and_holds_up_nobody(streets):
    closed = Streets(streets.frame.assign(drive=False), streets.years, "closed")
    failed = []

    def ask():
        for _ in range(2):
            try:
                roads._network(closed, "driving")
            except EngineError:
                failed.append(1)

    threads = [threading.Thread(target=ask, daemon=True) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(failed) == 8
    assert roads._network(closed, "walking")
