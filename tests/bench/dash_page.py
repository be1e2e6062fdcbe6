"""Dash page: Find as Dash would have it, to measure ours against: a list of twenty and a clustered
map, and a filter that runs in the browser (a client-side callback), the quickest that Dash offers.

`python dash_page.py PORT`, with the catalogue named by CATALOGUE.
"""

import csv
import os
import sys
from pathlib import Path

import dash_leaflet as dl
from dash import Dash, Input, Output, State, dcc, html

KINDS = {
    "Food": ["food"],
    "Lawyer, papers": ["legal_aid", "immigration"],
    "Doctor, dentist": ["clinic", "hospital", "sexual_health"],
    "Jobs and GED": ["job_training"],
}
FILTER = """(chosen, words, all) => {
  const types = new Set(chosen.flatMap((one) => one.split(",")));
  const typed = (words || "").toLowerCase();
  const found = all.filter((one) => (!types.size || one.types.some((type) => types.has(type)))
    && (!typed || one.text.includes(typed)));
  const rows = found.slice(0, 20).map((one) => ({
    namespace: "dash_html_components", type: "Li",
    props: { children: [one.name, " · ", one.city, " · ", one.phone] },
  }));
  const features = found.filter((one) => one.lat).map((one) => ({
    type: "Feature", properties: { tooltip: one.name },
    geometry: { type: "Point", coordinates: [one.lon, one.lat] },
  }));
  return [`${found.length} places`, rows, { type: "FeatureCollection", features }];
}"""


def app(catalogue: str) -> Dash:
    """Return the page over a catalogue."""
    with Path(catalogue).open(encoding="utf-8", newline="") as file:
        places = list(csv.DictReader(file))
    rows = [
        {
            "name": row["name"],
            "city": row["city"],
            "phone": row["phone"],
            "types": row["service_types"].split(";"),
            "text": f"{row['name']} {row['description_en']}".lower(),
            "lat": float(row["latitude"]) if row["latitude"] else None,
            "lon": float(row["longitude"]) if row["longitude"] else None,
        }
        for row in places
        if "hotline" not in row["service_types"]
    ]
    page = Dash(__name__)
    page.layout = html.Div(
        [
            dcc.Store(id="all", data=rows),
            dcc.Checklist(
                id="kinds",
                options=[{"label": k, "value": ",".join(types)} for k, types in KINDS.items()],
                value=[],
            ),
            dcc.Input(id="words", debounce=False),
            html.H2(id="count"),
            html.Ol(id="list"),
            dl.Map(
                [dl.GeoJSON(id="marks", cluster=True)],
                center=[35.5, -118.5],
                zoom=6,
                style={"height": "600px"},
            ),
        ]
    )
    page.clientside_callback(
        FILTER,
        Output("count", "children"),
        Output("list", "children"),
        Output("marks", "data"),
        Input("kinds", "value"),
        Input("words", "value"),
        State("all", "data"),
    )
    return page


if __name__ == "__main__":
    app(os.environ["CATALOGUE"]).run(host="127.0.0.1", port=int(sys.argv[1]), debug=False)
