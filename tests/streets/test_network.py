"""The quickest ways agree with a search written the plain way, and behave like ways."""

import heapq
from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import example, given
from hypothesis import strategies as st

from geo import sphere
from geo.streets import network
from geo.streets.network import Off

MIDDLE = np.array([37.74, -121.43])
OFF = Off(pace=60 / (10 * 1609.344), most_m=5_000)
seeds = st.integers(0, 2**32 - 1)
TIE_MINUTES = 5 / 6_000  # a few roundings to a hundredth of a second


class Town:
    """Random streets as plain lists, and the network built of them."""

    def __init__(self, seed, size=12, pieces=20):
        dice = np.random.default_rng(seed)
        self.dice = dice
        self.spots = MIDDLE + dice.uniform(-0.02, 0.02, (size, 2))
        ends = np.unique(np.sort(dice.integers(0, size, (pieces, 2)), axis=1), axis=0)
        self.ends = ends[ends[:, 0] != ends[:, 1]]
        here, there = self.spots[self.ends[:, 0]], self.spots[self.ends[:, 1]]
        self.length = np.array(
            [sphere.great_circle_m(a, [b])[0] for a, b in zip(here, there, strict=True)]
        )
        self.pace = 60 / (dice.choice([10.0, 24, 32, 60], len(self.ends)) * 1609.344)
        lines = [shapely.LineString([a[::-1], b[::-1]]) for a, b in zip(here, there, strict=True)]
        self.network = network.build(
            self.ends + 5_000, np.array(lines, dtype=object), self.length, self.pace
        )

    def points(self, count):
        return MIDDLE + self.dice.uniform(-0.022, 0.022, (count, 2))

    def standing(self, point):
        """Return piece, share of it and metres away of the nearest spot on any piece."""
        scale = sphere.EARTH_RADIUS_M * np.pi / 180 * np.array([1, np.cos(np.radians(point[0]))])
        best = (np.inf, -1, 0.0)
        for piece, (u, v) in enumerate(self.ends):
            a, b = (self.spots[u] - point) * scale, (self.spots[v] - point) * scale
            share = np.clip(-a @ (b - a) / ((b - a) @ (b - a)), 0, 1)
            best = min(best, (np.hypot(*(a + share * (b - a))), piece, share))
        away, piece, share = best
        return piece, share, away

    def plain(self, points):
        """Return the graph with every point in it: node -> its neighbours, minutes and metres."""
        graph = {}

        def join(a, b, minutes, metres):
            graph.setdefault(a, []).append((b, minutes, metres))
            graph.setdefault(b, []).append((a, minutes, metres))

        on = {piece: [] for piece in range(len(self.ends))}
        for number, point in enumerate(points):
            piece, share, away = self.standing(point)
            on[piece].append((share, ("spot", number)))
            join(("point", number), ("spot", number), away * OFF.pace, away)
        for piece, (u, v) in enumerate(self.ends):
            chain = [(0.0, ("node", u)), *sorted(on[piece]), (1.0, ("node", v))]
            for (a, first), (b, second) in pairwise(chain):
                metres = (b - a) * self.length[piece]
                join(first, second, metres * self.pace[piece], metres)
        return graph


def ways(graph, start):
    """Return minutes and metres from a node to each other: Dijkstra with a heap."""
    done, heap = {}, [(0.0, 0.0, start)]
    while heap:
        minutes, metres, node = heapq.heappop(heap)
        if node in done:
            continue
        done[node] = minutes, metres
        for other, more, longer in graph[node]:
            heapq.heappush(heap, (minutes + more, metres + longer, other))
    return done


def check(minutes, metres, way):
    """Times agree, and lengths too; of ways that tie within the rounding the shorter is taken."""
    assert minutes == pytest.approx(way[0], rel=1e-4, abs=3e-3, nan_ok=True)
    if metres != pytest.approx(way[1], rel=1e-4, abs=2, nan_ok=True):
        assert minutes == pytest.approx(way[0], abs=TIE_MINUTES)
        assert metres < way[1]


@given(seeds, st.integers(0, 5), st.integers(1, 5))
@example(382, 1, 1)
def test_the_table_is_that_of_a_plain_search(seed, n, m):
    town = Town(seed)
    points = town.points(n + m)
    minutes, metres = network.table(town.network, points[:n], points[n:], OFF)
    assert minutes.shape == metres.shape == (n, m)
    graph = town.plain(points)
    for row in range(n):
        found = ways(graph, ("point", row))
        for column in range(m):
            way = found.get(("point", n + column), (np.nan, np.nan))
            check(minutes[row, column], metres[row, column], way)


@given(seeds)
def test_a_way_is_as_long_as_back_and_no_detour_is_shorter(seed):
    town = Town(seed)
    points = town.points(6)
    there, _ = network.table(town.network, points, points, OFF)
    back, _ = network.table(town.network, points[:4], points, OFF)
    np.testing.assert_allclose(there[:4], back, atol=1e-9)
    np.testing.assert_allclose(there, there.T, atol=2 / 6_000)
    around = there[:, :, None] + there[None, :, :]
    assert not (there[:, None, :] > around + 4 / 6_000).any()
    assert (np.diag(there) == 0).all()


def straight(points, length_m=None, pace=0.001, ends=None):
    """Return the network of one street from point to point."""
    lines = [shapely.LineString([a[::-1], b[::-1]]) for a, b in pairwise(points)]
    count = len(lines)
    ends = np.array(ends or [[n, n + 1] for n in range(count)])
    metres = [sphere.great_circle_m(a, [b])[0] for a, b in pairwise(points)]
    return network.build(
        ends, np.array(lines, dtype=object), np.array(length_m or metres), np.full(count, pace)
    )


A, B, C = (37.0, -121.0), (37.0, -121.01), (37.0, -121.02)  # 888 m apart each


def test_two_points_on_one_street_go_along_it_and_not_by_its_ends():
    street = straight([A, B])
    minutes, metres = network.table(
        street, np.array([(37.0, -121.002)]), np.array([(37.0, -121.005)]), OFF
    )
    by_hand = sphere.great_circle_m((37.0, -121.002), [(37.0, -121.005)])[0]
    assert metres[0, 0] == pytest.approx(by_hand, abs=0.2)
    assert minutes[0, 0] == pytest.approx(by_hand * 0.001, abs=1e-3)


def test_the_way_off_the_street_counts_at_its_own_pace():
    away = sphere.great_circle_m((37.0, -121.005), [(37.001, -121.005)])[0]
    minutes, metres = network.table(
        straight([A, B]), np.array([(37.001, -121.005)]), np.array([(37.0, -121.005)]), OFF
    )
    assert metres[0, 0] == pytest.approx(away, abs=0.2)
    assert minutes[0, 0] == pytest.approx(away * OFF.pace, abs=1e-3)


@pytest.mark.parametrize(("away_deg", "reached"), [(0.044, True), (0.046, False)])
def test_a_point_too_far_from_any_street_has_no_way_not_even_to_itself(away_deg, reached):
    far = np.array([(37.0 + away_deg, -121.005)])  # 4.9 and 5.1 km
    minutes, metres = network.table(straight([A, B]), far, np.array([A, far[0]]), OFF)
    assert (~np.isnan(minutes)).tolist() == (~np.isnan(metres)).tolist() == [[reached, reached]]


def test_streets_that_do_not_meet_have_no_way_between_them():
    islands = straight([A, B, C], ends=[[0, 1], [2, 3]])
    minutes, metres = network.table(islands, np.array([A]), np.array([C, B]), OFF)
    assert np.isnan(minutes[0, 0])
    assert np.isnan(metres[0, 0])


def test_of_two_streets_between_the_same_nodes_the_quicker_is_taken_and_a_loop_leads_nowhere():
    points = [A, B, A, B, B]
    lines = [shapely.LineString([p[::-1] for p in pair]) for pair in pairwise(points)]
    town = network.build(
        np.array([[1, 2], [2, 1], [1, 2], [2, 2]]),
        np.array(lines, dtype=object),
        np.array([900.0, 500.0, 900.0, 300.0]),
        np.array([0.001, 0.01, 0.002, 0.0]),
    )
    assert town.graph.nnz == 2
    minutes, metres = network.table(town, np.array([A]), np.array([B]), OFF)
    assert (minutes[0, 0], metres[0, 0]) == (pytest.approx(0.9), 900)


def test_no_point_is_set_on_a_scrap_of_street_that_leads_nowhere():
    long_street = [(37.0, -121.0 - n / 1_000) for n in range(250)]
    lines = [shapely.LineString([a[::-1], b[::-1]]) for a, b in pairwise(long_street)]
    scrap = shapely.LineString([(-121.1, 37.01), (-121.101, 37.01)])
    ends = np.array([[n, n + 1] for n in range(249)] + [[900, 901]])
    count = len(ends)
    town = network.build(
        ends, np.array([*lines, scrap], dtype=object), np.full(count, 89.0), np.full(count, 0.001)
    )
    beside = np.array([(37.01, -121.1)])
    minutes, _ = network.table(town, beside, np.array([long_street[0]]), OFF)
    assert minutes[0, 0] > 0


def test_a_large_table_is_searched_in_parts(monkeypatch):
    town = Town(5)
    some, others = town.points(7), town.points(9)
    whole = network.table(town.network, some, others, OFF)
    monkeypatch.setattr(network, "CELLS", 20)
    parts = network.table(town.network, some, others, OFF)
    np.testing.assert_array_equal(whole, parts)


def length_m(course):
    return sum(sphere.great_circle_m(tuple(a), [b])[0] for a, b in pairwise(course))


@pytest.mark.slow
@given(seeds)
@example(382)
def test_the_course_is_that_of_a_plain_search_and_every_step_of_it_is_on_a_street(seed):
    town = Town(seed)
    points = town.points(3)
    graph = town.plain(points)
    lines = shapely.linestrings(town.spots[town.ends][:, :, ::-1])
    for a, b in ((0, 1), (1, 0), (1, 2), (2, 2)):
        course = network.path(town.network, tuple(points[a]), tuple(points[b]), OFF)
        way = ways(graph, ("point", a)).get(("point", b))
        assert (course is None) == (way is None)
        if course is None:
            continue
        assert (course[[0, -1]] == points[[a, b]]).all()
        minutes, metres = network.table(town.network, points[[a]], points[[b]], OFF)
        check(minutes[0, 0], metres[0, 0], way)
        assert length_m(course) == pytest.approx(metres[0, 0], rel=1e-3, abs=2)
        on = shapely.points(course[1:-1, ::-1])[:, None]
        away = shapely.distance(on, lines)  # degrees
        assert all((away[k : k + 2].max(axis=0) < 1e-5).any() for k in range(len(on) - 1))


BENT = [(-121.0, 37.0), (-121.003, 37.002), (-121.01, 37.0)]  # from A to B


@pytest.mark.parametrize("turned", [False, True])
def test_a_course_takes_each_bend_in_the_direction_of_the_way(turned):
    line = shapely.LineString(BENT[::-1] if turned else BENT)
    ends = np.array([[2, 1] if turned else [1, 2], [2, 3]])
    lines = np.array([line, shapely.LineString([B[::-1], C[::-1]])], dtype=object)
    town = network.build(ends, lines, np.array([950.0, 888.0]), np.full(2, 0.001))
    there, back = (network.path(town, *pair, OFF) for pair in ((A, C), (C, A)))
    wanted = [*(point[::-1] for point in BENT), C]
    steps = [
        course[np.abs(np.diff(course, axis=0, prepend=0)).max(axis=1) > 1e-6]
        for course in (there, back[::-1])
    ]
    np.testing.assert_allclose(steps, [wanted, wanted], atol=1e-9)
    part = network.path(town, A, (37.0, -121.009), OFF)
    assert length_m(part) < length_m(there)


def test_of_two_streets_between_the_same_nodes_the_course_is_that_of_the_quicker():
    lines = [shapely.LineString(BENT), shapely.LineString([A[::-1], B[::-1]])]
    town = network.build(
        np.array([[1, 2], [1, 2]]),
        np.array(lines, dtype=object),
        np.array([950.0, 888.0]),
        np.array([0.001, 0.01]),
    )
    course = network.path(town, (37.0005, -121.0), (37.0005, -121.01), OFF)
    assert course[:, 0].max() == pytest.approx(37.002)


def test_a_course_leaves_a_loop_by_its_shorter_side():
    loop = [
        (-121.0, 37.0),
        (-120.999, 37.001),
        (-120.998, 37.0),
        (-120.999, 36.999),
        (-121.0, 37.0),
    ]
    lines = [shapely.LineString(loop), shapely.LineString([A[::-1], B[::-1]])]
    town = network.build(
        np.array([[1, 1], [1, 2]]),
        np.array(lines, dtype=object),
        np.array([560.0, 888.0]),
        np.full(2, 0.001),
    )
    upper, lower = (network.path(town, (lat, -120.9995), B, OFF) for lat in (37.0005, 36.9995))
    assert upper[:, 0].min() == pytest.approx(37.0)
    assert lower[:, 0].max() == pytest.approx(37.0, abs=1e-5)
    _, metres = network.table(town, upper[:1], np.array([B]), OFF)
    assert length_m(upper) == pytest.approx(metres[0, 0], abs=2)


@pytest.mark.parametrize(
    ("town", "to"),
    [(straight([A, B, C], ends=[[0, 1], [2, 3]]), C), (straight([A, B]), (37.06, -121.005))],
    ids=["an island", "too far off"],
)
def test_where_there_is_no_way_there_is_no_course(town, to):
    assert network.path(town, A, to, OFF) is None
    assert network.path(town, to, A, OFF) is None


def test_on_one_street_the_course_goes_straight_along_it():
    course = network.path(straight([A, B]), (37.001, -121.002), (36.999, -121.005), OFF)
    wanted = [(37.001, -121.002), (37.0, -121.002), (37.0, -121.005), (36.999, -121.005)]
    np.testing.assert_allclose(course, wanted, atol=1e-7)
