"""Handing out: which files a page that AppTest runs has buttons for."""

import json


def labels(app):
    """Return what the buttons say, in their order."""
    parts = [part.proto for part in app.get("bidi_component")]
    (told,) = [json.loads(p.json) for p in parts if p.component_name == "service_map_files"]
    return [file["label"] for file in told["files"]]
