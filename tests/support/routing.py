"""Routing: a server here that speaks as OSRM and Valhalla do, and notes what it is told."""

import json

import numpy as np
from werkzeug import Response

from geo.sphere import great_circle_m

URLS = ("OSRM_URL", "OSRM_WALKING_URL", "VALHALLA_URL")


def seconds_and_metres(here, there):
    metres = great_circle_m(here, [there])[0]
    return metres / 13, metres


class Router:
    """A server that speaks the table form of OSRM or Valhalla; no way leads to `unreachable`."""

    def __init__(self, httpserver):
        self.unreachable = set()
        self.cells = []  # of each table that was asked for
        self.points = set()  # all that it was told, (lat, lon)
        self.break_it = lambda told: told
        httpserver.expect_request("/sources_to_targets", method="POST").respond_with_handler(
            self.valhalla
        )
        httpserver.expect_request(self, method="GET").respond_with_handler(self.osrm)

    def __eq__(self, path):
        return path.startswith("/table/v1/")

    def tables(self, here, there):
        self.cells.append(len(here) * len(there))
        self.points |= {*here, *there}
        return [[self.cell(a, b) for b in there] for a in here]

    def cell(self, a, b):
        rounded = tuple(np.round(b, 3).tolist())
        return (None, None) if rounded in self.unreachable else seconds_and_metres(a, b)

    def answer(self, told):
        broken = self.break_it(told)
        if isinstance(broken, Response):
            return broken
        return Response(json.dumps(broken), content_type="application/json")

    def osrm(self, request):
        _, _, version, profile, points = request.path.split("/")
        assert (version, profile) == ("v1", "driving")
        assert request.args["annotations"] == "duration,distance"
        spots = [tuple(map(float, point.split(",")))[::-1] for point in points.split(";")]
        here, there = (
            [spots[int(number)] for number in request.args[name].split(";")]
            for name in ("sources", "destinations")
        )
        rows = self.tables(here, there)
        told = {"code": "Ok", "sources": [], "destinations": []}
        told["durations"] = [[cell[0] for cell in row] for row in rows]
        told["distances"] = [[cell[1] for cell in row] for row in rows]
        return self.answer(told)

    def valhalla(self, request):
        asked = request.get_json()
        assert asked["units"] == "kilometers"
        here, there = (
            [(point["lat"], point["lon"]) for point in asked[name]]
            for name in ("sources", "targets")
        )
        rows = [
            [
                {
                    "from_index": row,
                    "to_index": column,
                    "time": cell[0] and round(cell[0]),
                    "distance": cell[1] and round(cell[1] / 1_000, 3),
                }
                for column, cell in enumerate(cells)
            ]
            for row, cells in enumerate(self.tables(here, there))
        ]
        return self.answer({"sources_to_targets": rows, "units": "kilometers"})
