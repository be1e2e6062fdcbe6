"""Columns hold what the index holds, of a private place nothing of where it is, and little else."""

import gzip
import json
from datetime import date, timedelta
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import areas, ordinary_words
from geo.addresses import area_names
from geo.catalogue.keeper import load_catalogue
from geo.catalogue.places import locate
from geo.hours import intervals
from geo.search import columns, everyday_words, understanding
from geo.search.index import build_index
from geo.settings import DATA
from geo.spelling import nearest
from tests.bench import places
from tests.support import examples

TODAY = date(2026, 11, 26)
WEEKS = 4
MOST_BYTES, MOST_BYTES_OF_10_000 = 60_000, 400_000


@pytest.fixture(scope="module")
def index():
    return build_index(load_catalogue(DATA / "services.csv", TODAY))


@pytest.fixture(scope="module")
def tables(index):
    return columns.tables(index)


def numbers(gaps):
    return [*accumulate(gaps)]


def marks(gaps, size):
    told = set(numbers(gaps))
    return [number in told for number in range(size)]


def signs(text):
    return [ord(sign) - ord("#") for sign in text]


def words(begun):
    """Return sorted words, each of which begins with letters of the one before."""
    shared, rests = begun
    found = [""]
    for count, rest in zip(signs(shared), rests.split(" "), strict=True):
        found.append(found[-1][:count] + rest)
    return found[1:]


def test_each_column_of_places_is_that_of_the_index(index):
    told = json.loads(columns.places(index))
    size = told["size"]
    assert size == len(index.by_name)
    for name in ("kinds", "counties", "languages", "flags"):
        held = getattr(index, name)
        assert {code: marks(gaps, size) for code, gaps in told[name].items()} == {
            code: row.tolist() for code, row in held.items()
        }
    for name in ("paused", "is_line", "reached"):
        assert marks(told[name], size) == getattr(index, name).tolist()
    for name in ("for_anything", "reports"):
        assert marks(told[name], len(told["lines"])) == getattr(index, name).tolist()
    for name in ("hours_of", "name_ranks", "points", "off_m", "lines", "line_ranks"):
        assert told[name] == getattr(index, name).tolist()
    assert numbers(told["located"]) == index.located.tolist()
    assert told["line_types"] == [index.main_types[line] for line in index.lines]
    assert {
        key: (area.kind, area.name, area.county, area.lat, area.lon)
        for key, area in areas.load().items()
    } == {key: tuple(area) for key, area in told["areas"].items()}


def test_each_word_is_told_with_its_places_and_weights(index):
    told = json.loads(columns.words(index))
    gaps, levels = iter(signs(told["places"])), iter(told["levels"])
    found = {}
    for word, count in zip(words(told["words"]), told["counts"], strict=True):
        numbered = numbers(next(gaps) for _ in range(count))
        found[word] = {place: int(next(levels)) for place in numbered}
    texts = index.texts
    assert found == {
        word: dict(
            zip(texts.places[first:end].tolist(), texts.levels[first:end].tolist(), strict=True)
        )
        for word, first, end in zip(texts.words, texts.starts, texts.starts[1:], strict=False)
        if not word.startswith("=")
    }
    assert next(gaps, None) is next(levels, None) is None


def test_how_words_are_written_is_told_where_no_rule_says_it(index):
    told = json.loads(columns.words(index))["spelled"]
    plain = {word: word for word in index.texts.spelled}
    assert plain | everyday_words.SPELLED | told == dict(index.texts.spelled)


def test_the_ordinary_words_told_are_those_that_would_be_taken_for_others(
    index, tables, monkeypatch
):
    right = words(json.loads(tables)["right"])
    assert right == sorted({*right})
    assert {*right} <= ordinary_words.load()
    ordinary = sorted(ordinary_words.load())[::7]
    monkeypatch.setattr(understanding, "is_ordinary", {*right}.__contains__)
    assert [understanding.read(index.texts, word).understood for word in ordinary] == [""] * len(
        ordinary
    )
    needless = [word for word in right[::40] if not nearest(word, index.texts.candidates)]
    assert needless == []


def test_the_tables_of_towns_are_those_of_the_server(tables):
    told = json.loads(tables)
    assert {tuple(name.split()): key for name, key in told["names"]} == area_names.names()
    assert {*told["state"]} == area_names.STATE
    assert {*told["doubtful"]} == area_names.DOUBTFUL
    assert {*told["elsewhere"]} == area_names.ELSEWHERE
    assert {tuple(one.split()) for one in told["open_now"]} == understanding.OPEN_NOW


def test_hours_are_told_from_a_first_midnight_to_a_last(index):
    told = json.loads(columns.openings(index, TODAY, 7 * WEEKS))
    assert told["end"] - told["first"] == WEEKS * 7 * 24 * 60
    for text, (gaps, says, after) in zip(index.hours, told["texts"], strict=True):
        expected = intervals.of(text, TODAY, 7 * WEEKS)
        assert (tuple(numbers(gaps)), tuple(says), after) == (
            expected.starts,
            expected.says,
            expected.after,
        )


@given(st.sets(st.text(st.characters(categories=["Ll", "Nd"]), min_size=1, max_size=12)))
def test_words_that_are_packed_are_unpacked(many):
    packed = columns._begun(sorted(many))
    assert (words(packed) if packed[0] else []) == sorted(many)


@pytest.mark.parametrize("policy", ["area_only", "none"])
def test_nothing_says_where_a_private_place_is(policy):
    # The checks refuse such a row; this is what would be told of it behind them.
    cells = {
        "location_policy": policy,
        "street": "4417 Zanzibar Street",
        "city": "Linden",
        "zip": "95236",
        "latitude": "38.021734",
        "longitude": "-121.083519",
        "location_precision": "exact",
    }
    rows = examples.frame({**examples.IN_TRACY, "id": "bbbbbb"}, {**examples.IN_TRACY, **cells})
    made = build_index(locate(rows))
    told = json.loads(columns.places(made))
    assert numbers(told["located"]) == [0]
    assert len(told["points"]) == len(told["off_m"]) == 1
    read = json.loads(columns.words(made))
    assert "tracy" in words(read["words"])
    assert not {"linden", "95236", "zanzibar", "4417"} & {*words(read["words"])}
    for file in (columns.places(made), columns.words(made)):
        for secret in (b"38.02", b"121.08", b"anzibar", b"4417"):
            assert secret not in file


def test_the_files_of_the_catalogue_are_small_on_the_wire(index, tables):
    assert on_the_wire(index, tables) <= MOST_BYTES


@pytest.mark.slow
def test_the_files_of_ten_thousand_places_are_small_on_the_wire():
    made = build_index(locate(places.make(10_000)))
    assert on_the_wire(made, columns.tables(made)) <= MOST_BYTES_OF_10_000


def on_the_wire(index, tables):
    """Return the bytes of all that an answer to any question needs."""
    hours = columns.openings(index, TODAY - timedelta(days=1), 30)
    files = (columns.places(index), columns.words(index), tables, hours)
    return sum(len(gzip.compress(file, 9, mtime=0)) for file in files)
