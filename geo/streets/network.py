"""Network: the quickest ways over a graph of streets, many to many, how long, and their course.

A cost is one whole number: hundredths of a second, and in its lower digits decimetres. Sums of
them compare by time, then by length, so one search finds the quickest way and how long it is; a
double holds them exactly up to 372 hours and 6,710 km.

A point stands on the nearest piece of street: the way off the street is at `Off.pace`, then to
either end of the piece. A way is as long there as back: nothing is known of one-way streets.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph
from shapely.ops import substring

from geo import sphere

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Point = tuple[float, float]  # (lat, lon), degrees
Way = tuple[Floats, Floats]  # minutes, metres

TICK = 2.0**26  # a hundredth of a second, in a cost
TICKS = 6_000  # a minute
METRE = 10.0  # in a cost
CELLS = 4_000_000  # of one search at a time, 8 bytes each
SMALLEST = 0.01  # of the nodes of the largest part: in a smaller part no point is set


@dataclass(frozen=True)
class Off:
    """How a point gets to the street."""

    pace: float  # minutes a metre
    most_m: float  # farther off, there is no way


@dataclass(frozen=True, eq=False)
class Network:
    """Pieces of street that meet at n nodes, ready to be searched."""

    graph: sparse.csr_array  # shape (n, n), costs, both ways
    joins: sparse.csr_array  # the same entries, each the number of the piece
    ends: Ints  # shape (pieces, 2), nodes from 0
    costs: Floats  # of each piece from end to end
    tree: shapely.STRtree  # the pieces, in metres on Mercator's map
    standing: Ints  # numbers of the pieces in `tree`


@dataclass(frozen=True, eq=False)
class _Spots:
    """Where points stand on a network; `piece` is -1 for a point without a way."""

    piece: Ints
    share: Floats  # of the piece, from its first end
    off: Floats  # cost of the way off the street
    ends: Ints  # shape (points, 2)
    to_ends: Floats  # shape (points, 2), costs from the point itself


def build(ends: Ints, lines: NDArray[np.object_], length_m: Floats, pace: Floats) -> Network:
    """Return the network of pieces of street.

    Parameters
    ----------
    ends : shape (pieces, 2), numbers of the nodes at the beginning and the end of each line
    lines : shapely lines, (lon, lat) in degrees
    length_m : of each piece
    pace : of each piece, minutes a metre
    """
    nodes, flat = np.unique(ends, return_inverse=True)
    ends = flat.reshape(-1, 2).astype(np.int64)
    costs = _cost(length_m * pace, length_m)
    graph, joins = _graph(ends, costs, len(nodes))
    _, part = csgraph.connected_components(graph, directed=False)
    size = np.bincount(part, minlength=1)
    standing = np.flatnonzero(size[part[ends[:, 0]]] >= SMALLEST * size.max())
    tree = shapely.STRtree(shapely.transform(lines[standing], sphere.on_mercator))
    return Network(graph, joins, ends, costs, tree, standing)


def table(network: Network, origins: Floats, destinations: Floats, off: Off) -> Way:
    """Return minutes and metres of the quickest way from each of n points to each of m others.

    Points are rows of (lat, lon), degrees; the tables have shape (n, m) and NaN where there is no
    way. One search for each origin or each destination, whichever are fewer (Dijkstra).
    """
    if len(origins) > len(destinations):
        minutes, metres = table(network, destinations, origins, off)
        return minutes.T, metres.T
    here, there = (_stand(network, points, off) for points in (origins, destinations))
    costs = np.full((len(origins), len(destinations)), np.inf)
    for rows, reached in _searches(network, here):
        ways = reached[:, there.ends] + there.to_ends  # shape (rows, m, 2)
        costs[rows] = ways.min(axis=2)
    costs[:, there.piece < 0] = np.inf
    rows, columns = _together(here.piece, there.piece)
    np.minimum.at(costs, (rows, columns), _along(network, here, there, rows, columns))
    same = _together(*_numbered(origins, destinations))
    costs[same] = np.where(here.piece[same[0]] >= 0, 0, np.inf)
    return _way(costs)


def path(network: Network, origin: Point, destination: Point, off: Off) -> Floats | None:
    """Return the course of the quickest way, shape (n, 2), rows of (lat, lon); None without a way.

    It is the way that `table` measures, from the one point to the other; n is 2 or more.
    """
    points = np.array([origin, destination], dtype=np.float64)
    spots = _stand(network, points, off)
    if (spots.piece < 0).any():
        return None
    if (points[0] == points[1]).all():
        return points
    size = network.graph.shape[0]
    graph = _with_points(network.graph, spots.ends[:1], spots.to_ends[:1])
    reached, before = csgraph.dijkstra(graph, indices=size, return_predecessors=True)
    ways = reached[spots.ends[1]] + spots.to_ends[1]
    along = np.inf
    if spots.piece[0] == spots.piece[1]:
        along = _along(network, spots, spots, np.array([0]), np.array([1]))[0]
    if np.isinf(min(along, *ways)):
        return None
    if along <= ways.min():
        lines = [_cut(network, spots.piece[0], *spots.share)]
    else:
        lines = _lines(network, spots, before, int(ways.argmin()))
    course = sphere.on_globe(shapely.get_coordinates(lines))
    return np.concatenate([points[:1], course, points[1:]])


def _lines(
    network: Network, spots: _Spots, before: NDArray[np.int32], last: int
) -> list[shapely.Geometry]:
    """Return what the way is made of: part of a piece, whole pieces, part of a piece.

    `before` is the node that comes before each on the way from the first of two spots, `last` the
    end of its piece from which the second is reached.
    """
    nodes = [int(spots.ends[1, last])]
    while (node := int(before[nodes[-1]])) < network.graph.shape[0]:
        nodes.append(node)
    nodes.reverse()
    first = int(np.where(spots.ends[0] == nodes[0], spots.to_ends[0], np.inf).argmin())
    pieces = network.joins[nodes[:-1], nodes[1:]] if len(nodes) > 1 else np.empty(0, np.int64)
    whole = network.tree.geometries[np.searchsorted(network.standing, pieces)]
    back = network.ends[pieces, 0] != nodes[:-1]
    return [
        _cut(network, spots.piece[0], spots.share[0], first),
        *np.where(back, shapely.reverse(whole), whole),
        _cut(network, spots.piece[1], last, spots.share[1]),
    ]


def _cut(network: Network, piece: int, begin: float, end: float) -> shapely.Geometry:
    """Return a piece from one share of it to another, in that direction, on Mercator's map."""
    line = network.tree.geometries[np.searchsorted(network.standing, piece)]
    return substring(line, begin, end, normalized=True)


def _graph(ends: Ints, costs: Floats, size: int) -> tuple[sparse.csr_array, sparse.csr_array]:
    """Return the costs and the numbers of the cheapest piece between each two nodes, both ways.

    A loop leads nowhere.
    """
    pairs = pd.DataFrame({"low": ends.min(axis=1), "high": ends.max(axis=1), "cost": costs})
    pairs = pairs[pairs["low"] < pairs["high"]].sort_values(["low", "high", "cost"])
    pairs = pairs.drop_duplicates(["low", "high"])
    low, high, cost = (pairs[name].to_numpy() for name in ("low", "high", "cost"))
    both = np.concatenate([low, high]), np.concatenate([high, low])
    costs_there, pieces = (
        sparse.csr_array((np.concatenate([values, values]), both), shape=(size, size))
        for values in (cost, pairs.index.to_numpy(np.int64))
    )
    return costs_there, pieces


def _with_points(graph: sparse.csr_array, ends: Ints, to_ends: Floats) -> sparse.csr_array:
    """Return a graph with a node more for each point, from which one gets to both ends."""
    size, more = graph.shape[0], len(ends)
    pointers = graph.indptr[-1] + 2 * np.arange(1, more + 1)
    parts = (
        np.concatenate([graph.data, to_ends.ravel()]),
        np.concatenate([graph.indices, ends.ravel()]),
        np.concatenate([graph.indptr, pointers]),
    )
    return sparse.csr_array(parts, shape=(size + more, size + more))


def _searches(network: Network, here: _Spots) -> Iterator[tuple[Ints, Floats]]:
    """Yield rows of points and what it costs from each of them to every node."""
    size = network.graph.shape[0]
    able = np.flatnonzero(here.piece >= 0)
    step = max(1, CELLS // max(1, size))
    for begin in range(0, len(able), step):
        rows = able[begin : begin + step]
        graph = _with_points(network.graph, here.ends[rows], here.to_ends[rows])
        reached = csgraph.dijkstra(graph, indices=np.arange(size, size + len(rows)))
        yield rows, reached


def _stand(network: Network, points: Floats, off: Off) -> _Spots:
    points = points.reshape(-1, 2)
    piece = np.full(len(points), -1)
    share, away_m = np.zeros(len(points)), np.full(len(points), np.inf)
    if len(points) and len(network.tree):
        spots = shapely.points(sphere.on_mercator(points[:, ::-1]))
        (rows, found), away = network.tree.query_nearest(
            spots, return_distance=True, all_matches=False
        )
        piece[rows] = network.standing[found]
        share[rows] = shapely.line_locate_point(
            network.tree.geometries[found], spots[rows], normalized=True
        )
        away_m[rows] = away * np.cos(np.radians(points[rows, 0]))
    piece[away_m > off.most_m] = -1
    away_m = np.where(piece < 0, 0, away_m)
    leg = _cost(away_m * off.pace, away_m)
    shares = np.column_stack([share, 1 - share])
    to_ends = leg[:, None] + _part(network.costs[piece][:, None], shares)
    return _Spots(piece, share, leg, network.ends[piece], to_ends)


def _along(network: Network, here: _Spots, there: _Spots, rows: Ints, columns: Ints) -> Floats:
    """Return what it costs to stay on the piece that two points share."""
    apart = np.abs(here.share[rows] - there.share[columns])
    costs: Floats = here.off[rows] + there.off[columns]
    return costs + _part(network.costs[here.piece[rows]], apart)


def _together(some: Ints, others: Ints) -> tuple[Ints, Ints]:
    """Return rows and columns of all pairs with the same number; -1 is the same as none."""
    left = pd.DataFrame({"number": some, "row": np.arange(len(some))})
    right = pd.DataFrame({"number": others, "column": np.arange(len(others))})
    pairs = left[left["number"] >= 0].merge(right, on="number")
    return pairs["row"].to_numpy(np.int64), pairs["column"].to_numpy(np.int64)


def _numbered(origins: Floats, destinations: Floats) -> tuple[Ints, Ints]:
    """Return a number for each point, the same for points that are the same."""
    every = np.concatenate([origins.reshape(-1, 2), destinations.reshape(-1, 2)])
    _, numbers = np.unique(every, axis=0, return_inverse=True)
    numbers = numbers.reshape(-1).astype(np.int64)
    return numbers[: len(origins)], numbers[len(origins) :]


def _cost(minutes: Floats, metres: Floats) -> Floats:
    costs: Floats = np.rint(minutes * TICKS) * TICK + np.rint(metres * METRE)
    return costs


def _part(costs: Floats, share: Floats) -> Floats:
    """Return a share of costs, time and length apart."""
    minutes, metres = _way(costs)
    return _cost(minutes * share, metres * share)


def _way(costs: Floats) -> Way:
    """Return the minutes and metres of costs; NaN for those without end."""
    known = np.where(np.isinf(costs), np.nan, costs)
    ticks = np.floor(known / TICK)
    return ticks / TICKS, (known - ticks * TICK) / METRE
