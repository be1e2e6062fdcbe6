"""Served: the app in this process, over a catalogue in a folder of its own."""

import io
import logging
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from geo import clock, i18n
from geo.catalogue.keeper import Edition, keeper_of
from geo.settings import DATA
from geo.web import files, find_files
from tests.support.asking import ask

PAGES = ("/health", "/offline.html", "/embed", "/robots.txt", "/quality.json", "/hsds/", "/list")
IN_BOTH = ("/text/{}", "/report/{}", "/quality/{}", "/report/{}?id={}", "/text/{}/place/{}")


@contextmanager
def catalogue() -> Iterator[Path]:
    """Serve a copy of the catalogue until the block is left."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "services.csv"
        shutil.copy(DATA / "services.csv", path)
        os.environ |= {"CATALOGUE": str(path), "REPORTS": str(Path(folder) / "reports.sqlite")}
        try:
            yield path
        finally:
            del os.environ["CATALOGUE"], os.environ["REPORTS"]


@contextmanager
def log() -> Iterator[io.StringIO]:
    """Give all that is logged until the block is left."""
    told = io.StringIO()
    handler = logging.StreamHandler(told)
    logging.getLogger().addHandler(handler)
    try:
        yield told
    finally:
        logging.getLogger().removeHandler(handler)


def everything(path: Path, entries: int = 3) -> Mapping[str, bytes]:
    """Return what is handed out at every address, unpacked; of some entries their own pages."""
    from app import app as server

    edition = keeper_of(path).current()
    own = [entry["id"] for entry in edition.entries[:entries]]
    addresses = [*PAGES, *(f"/{name}" for name in files.KINDS), "/hsds/services", "/sitemap.xml"]
    for language in i18n.LANGUAGES:
        for address in IN_BOTH:
            addresses += [address.format(language, one) for one in own]
    addresses += [f"/place?id={one}" for one in own] + [f"/list?ids={','.join(own)}"]
    found = {one: ask(server, one) for one in dict.fromkeys(addresses)}
    bodies = {one: answer.text.encode() if _is_text(answer.headers) else answer.body
              for one, answer in found.items()}  # fmt: skip
    bodies |= {
        f"{one} as files": unpacked(body) for one, body in bodies.items() if body[:2] == b"PK"
    }
    return bodies | of_find(edition)


def of_find(edition: Edition) -> Mapping[str, bytes]:
    """Return the files with which a page answers by itself."""
    parts = ("places", "words", "tables", "openings", "page-en", "cards-es", "details-en-0")
    found = {}
    for part in parts:
        try:
            found[f"find {part}"] = find_files.body(edition, clock.today(), part)
        except (KeyError, ValueError):
            continue
    return found


def unpacked(body: bytes) -> bytes:
    """Return all that lies in a zip, such as a sheet of Excel."""
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        return b"\n".join(packed.read(name) for name in packed.namelist())


def _is_text(headers: Mapping[str, str]) -> bool:
    return headers.get("content-type", "").partition(";")[0] in (
        "text/html",
        "text/plain",
        "application/json",
    )
