"""On map: the areas to shade, and what the map tells of each of them for an answer."""

import json
from typing import Any

import numpy as np
import pandas as pd
import shapely

from geo.gaps import demand
from geo.gaps.answer import Answer
from geo.gaps.export import plain
from geo.sphere import Floats


def cells() -> bytes:
    """Return the areas to shade, as JSON, in the order of `demand.load`: rings of [lat, lon]."""
    shapes = demand.cells().geometry
    rows = demand.load()[["city", "zip", "people"]].itertuples(index=False)
    drawn = [
        {
            "town": " ".join(filter(None, (city, code))),
            "people": int(people),
            "rings": [
                np.round(shapely.get_coordinates(ring)[:, ::-1], 4).tolist()
                for part in shapely.get_parts(shape)
                for ring in shapely.get_rings(part)
            ],
        }
        for (city, code, people), shape in zip(rows, shapes, strict=True)
    ]
    return json.dumps(drawn, ensure_ascii=False, separators=(",", ":")).encode()


def classes_and_shares(answer: Answer, kinds: Floats) -> dict[str, Any]:
    """Return of every block group there is what the map tells: see map/cells.js.

    `kinds` are the classes of `answer.areas`, below 36, NaN for those that reach nothing.
    """
    areas = answer.areas
    nearest = areas[f"{answer.question.measure}_1"].round(1)
    found = pd.DataFrame(
        {
            "kind": [_letter(kind) for kind in kinds],
            "far": [plain(far) for far in nearest],
            "to": areas["place"].tolist(),
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


def _letter(kind: float) -> str:
    return "x" if np.isnan(kind) else np.base_repr(int(kind), 36).lower()
