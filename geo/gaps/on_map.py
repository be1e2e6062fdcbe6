"""On map: the areas to shade, and what the map tells of each of them for an answer."""

import json
from typing import Any

import numpy as np
import pandas as pd
import shapely

from geo.gaps import demand
from geo.gaps.answer import Answer
from geo.gaps.classes import Shading
from geo.gaps.export import plain

OWN = -2  # in place of the number of a place: one of the planner's own file


def cells() -> bytes:
    """Return the areas to shade, as JSON, in the order of `demand.load`.

    Rings are of [lat, lon]; `middle` is the center of population.
    """
    shapes = demand.cells().geometry
    columns = ["city", "zip", "people", "lat", "lon"]
    rows = demand.load()[columns].itertuples(index=False)
    drawn = [
        {
            "town": " ".join(filter(None, (city, code))),
            "people": int(people),
            "middle": [round(lat, 4), round(lon, 4)],
            "rings": [
                np.round(shapely.get_coordinates(ring)[:, ::-1], 4).tolist()
                for part in shapely.get_parts(shape)
                for ring in shapely.get_rings(part)
            ],
        }
        for (city, code, people, lat, lon), shape in zip(rows, shapes, strict=True)
    ]
    return json.dumps(drawn, ensure_ascii=False, separators=(",", ":")).encode()


def classes_and_shares(answer: Answer, shading: Shading) -> dict[str, Any]:
    """Return of every block group there is what the map tells: see map/cells.js."""
    areas, mine = answer.areas, answer.services.index[answer.services["own"]]
    nearest = areas[f"{answer.question.measure}_1"].round(1)
    found = pd.DataFrame(
        {
            "kind": _letters(answer, shading),
            "far": [plain(far) for far in nearest],
            "to": areas["place"].where(~areas["place"].isin(mine), OWN).tolist(),
            "edge": areas["edge"].map({True: "1", False: "0"}).tolist(),
        },
        index=areas["geoid"],
        dtype=object,
    ).reindex(demand.load()["geoid"])
    asked = found["kind"].notna()
    return {
        "kinds": "".join(found["kind"].where(asked, "-")),
        "far": found["far"].where(asked & found["far"].notna(), None).tolist(),
        "to": found["to"].where(asked, -1).astype(int).tolist(),
        "edge": "".join(found["edge"].where(asked, "0")),
    }


def _letters(answer: Answer, shading: Shading) -> list[str]:
    """Return a digit a class, or "n" nobody lives there, "u" undecided, "x" reaches nothing."""
    told = zip(shading.kinds, shading.undecided, answer.areas["people"], strict=True)
    return [
        "n" if not people else "u" if doubt else "x" if np.isnan(kind) else str(int(kind))
        for kind, doubt, people in told
    ]
