"""A tile has the very places that the search over files finds there, told apart or counted."""

import json
from collections import Counter
from datetime import datetime, timedelta

import numpy as np
import pyogrio
import pytest
from pyproj import Transformer

from geo.catalogue import records
from geo.catalogue.places import locate
from geo.clock import TIMEZONE
from geo.search.index import build_index
from geo.search.query import Query, search
from geo.store import connection, load, tiles
from geo.store.tile_forms import Square
from tests.bench import places as made_up

NOON = datetime(2026, 11, 18, 12, 7, tzinfo=TIMEZONE)
WORLD_M = 20037508.342789244  # from the middle of Mercator's map to its edge, of EPSG:3857
QUERIES = (
    Query(),
    Query(types=frozenset({"food"})),
    Query(types=frozenset({"clinic", "shelter"}), free=True),
    Query(languages=frozenset({"es"}), wheelchair=True),
    Query(languages=frozenset({"xx"}), no_documents=True, walk_in=True),
    Query(open_at=NOON),
    Query(open_at=NOON + timedelta(days=200), with_unknown=True, types=frozenset({"legal_aid"})),
)


@pytest.fixture(scope="module")
def located():
    """Return made-up places, thirteen of which share one spot and two another."""
    rows = made_up.make(1_500)
    public = rows.index[(rows["location_policy"] == "public") & (rows["latitude"] != "")]
    for first, many in ((0, 13), (20, 2)):
        shared = public[first : first + many]
        rows.loc[shared, ["latitude", "longitude"]] = rows.loc[
            shared[0], ["latitude", "longitude"]
        ].tolist()
    line = rows.index[rows["service_types"] == "hotline"][0]  # a line is no place, wherever it is
    where = ["location_policy", "location_precision", "latitude", "longitude"]
    rows.loc[line, where] = rows.loc[public[0], where].tolist()
    return locate(rows)


@pytest.fixture(scope="module")
def world(located):
    """Return where each place is in the world, from 0 to 1, by another library."""
    on_map = Transformer.from_crs(4326, 3857, always_xy=True)
    east, north = on_map.transform(located["lon"].to_numpy(), located["lat"].to_numpy())
    return np.column_stack(
        [0.5 + np.array(east) / WORLD_M / 2, 0.5 - np.array(north) / WORLD_M / 2]
    )


@pytest.fixture(scope="module")
def url(store, reader, located):
    """Return the address of a store with these places."""
    with connection.writing(store) as found:
        load.put(found, located, {}, "services.csv", NOON.date(), lambda *_: None)
    return reader


def points(url, square, query):
    """Return the features of a tile of the map of our pages: places, clusters."""
    told = tiles.made(url, square, query, "json", lambda _: False).body
    features = json.loads(told)["features"]
    places = [one for one in features if "name" in one["properties"]]
    return places, [one for one in features if one not in places]


def around(spot, zoom):
    """Return the square that a spot of the world is in."""
    return Square(zoom, *np.floor(spot * 2**zoom).astype(int).tolist())


def squares(world, passing):
    """Yield squares at every third zoom: around some of these places, and an empty one."""
    dice = np.random.default_rng(7)
    for zoom in (0, 6, 9, 12, 15, 17, 19):
        for place in dice.choice(passing, min(3, len(passing)), replace=False):
            yield around(world[place], zoom)
    yield Square(9, 3, 4)


@pytest.mark.parametrize("query", QUERIES)
def test_a_tile_has_the_places_that_pass_told_apart_or_counted(url, located, world, query):
    found = search(build_index(located), query, NOON).places
    passing = found[located["has_point"].to_numpy()[found]]
    assert query.languages == {"xx"} or len(passing)
    for square in squares(world, passing):
        corner = [square.x, square.y]
        here = passing[(np.floor(world[passing] * 2**square.zoom) == corner).all(axis=1)]
        finest = 26 if square.zoom >= 17 else square.zoom + 2
        cell = [tuple(at) for at in np.floor(world[here] * 2**finest).astype(int).tolist()]
        many, most = Counter(cell), 12 if square.zoom >= 17 else 1
        alone = {int(one) for one, own in zip(here, cell, strict=True) if many[own] <= most}
        places, clusters = points(url, square, query)
        assert {one["properties"]["n"] for one in places} == alone
        sizes = [one["properties"]["places"] for one in clusters]
        assert sorted(sizes) == sorted(size for size in many.values() if size > most)
        groups = Counter()
        for one in clusters:
            groups.update({k: v for k, v in one["properties"].items() if k != "places"})
        counted = [one for one in here.tolist() if one not in alone]
        keys = [*(group.key for group in records.GROUPS), "other"]
        assert groups == Counter(keys[located["group"][one]] for one in counted)


def test_a_place_says_who_it_is_and_a_cluster_stands_in_the_middle(url, located, world):
    places, clusters = points(url, around(world[0], 11), Query())
    assert places and clusters
    for one in places:
        own = located.loc[one["properties"]["n"]]
        assert one["properties"]["id"] == own["id"]
        assert one["properties"]["name"] == own["name"]
        assert one["properties"]["off_m"] == pytest.approx(own["radius_m"], rel=0.5)
        assert one["geometry"]["coordinates"] == pytest.approx([own["lon"], own["lat"]], abs=2e-6)
    largest = max(clusters, key=lambda one: one["properties"]["places"])
    lon, lat = largest["geometry"]["coordinates"]
    on_map = Transformer.from_crs(4326, 3857, always_xy=True)
    x, y = on_map.transform(lon, lat)
    cell = np.floor(np.array([0.5 + x / WORLD_M / 2, 0.5 - y / WORLD_M / 2]) * 2**13)
    inside = (np.floor(world * 2**13) == cell).all(axis=1) & ~located["is_line"].to_numpy()
    assert inside.sum() == largest["properties"]["places"]
    assert [x, y] == pytest.approx(
        [
            (world[inside, 0].mean() - 0.5) * 2 * WORLD_M,
            (0.5 - world[inside, 1].mean()) * 2 * WORLD_M,
        ],
        abs=0.2,
    )


def test_a_vector_tile_says_the_same_to_another_reader(url, world, tmp_path):
    square = around(world[0], 11)
    told = tiles.made(url, square, Query(), "mvt", lambda _: False).body
    file = tmp_path / str(square.zoom) / str(square.x) / f"{square.y}.mvt"
    file.parent.mkdir(parents=True)
    file.write_bytes(told)
    places, clusters = points(url, square, Query())
    assert places and clusters
    for layer, ours in (("places", places), ("clusters", clusters)):
        read = pyogrio.read_dataframe(file, layer=layer).to_crs(4326)
        steps = 360 / 2**11 / 4096
        for one in ours:
            lon, lat = one["geometry"]["coordinates"]
            own = {k: v for k, v in one["properties"].items() if k != "n"}
            same = read
            for name, value in own.items():
                same = same[same[name] == value]
            near = np.hypot(same.geometry.x - lon, same.geometry.y - lat) < 2 * steps
            assert near.any(), one
        assert len(read) == len(ours)


def test_places_kept_private_are_in_no_tile(url, located):
    places, clusters = points(url, Square(0, 0, 0), Query())
    in_all = len(places) + sum(one["properties"]["places"] for one in clusters)
    drawn = located["has_point"] & ~located["is_line"]
    assert located["is_private"].sum() > 20
    assert in_all == (drawn & located["location_policy"].eq("public")).sum()


def test_a_tile_that_is_known_is_not_made_again_until_the_edition_changes(url, loaded, located):
    square = Square(0, 0, 0)
    first = tiles.made(url, square, Query(), "json", lambda _: False)
    assert tiles.made(url, square, Query(), "json", first.edition.__eq__).body is None
    loaded(located.iloc[:300], NOON.date())
    second = tiles.made(url, square, Query(), "json", first.edition.__eq__)
    assert second.edition != first.edition
    told = json.loads(second.body)["features"]
    drawn = located["has_point"] & ~located["is_line"]
    assert sum(one["properties"].get("places", 1) for one in told) == drawn[:300].sum()
