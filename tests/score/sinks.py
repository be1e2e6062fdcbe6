"""Sinks: hostile texts of a record, in every place that shows, writes or hands out one."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, suppress
from unittest.mock import patch
from xml.etree import ElementTree

import gpxpy
import openpyxl
from icalendar import Calendar
from pypdf import PdfReader

from geo import clock, i18n
from geo.catalogue import keeper
from geo.catalogue.keeper import Edition
from geo.catalogue.places import locate
from geo.rounds.papers import bundle
from geo.web import about, embed, offline, render, text_page
from tests.browser import hostile
from tests.score import served
from tests.score.row import Reached, Trial, faultless
from tests.support import briefings
from tests.support.markup import Page

FIGURE = "hostile texts x places where a text is shown that could run, be computed or break"
TARGET = "0 of at least 500"
NOT_COVERED = (
    "what a browser draws from our scripts (row browser); programs with holes of their own"
)

FETCHED = "http://127.0.0.1:9/"
FORMULA = re.compile(r"^[=+@\t\r-]")
HARMLESS = re.compile(r"(https?:|tel:|sms:|mailto:|geo:|data:,|blob:|[#/?]|[\w.-]+$|$)")
MORE = (
    '=HYPERLINK("http://x")',
    '" onmouseover=window.__p=1 x="',
    "' onfocus=window.__p=1 autofocus '",
    "</textarea><svg onload=window.__p=1>",
    "{% for x in 1 %}",
    "]]></name><script>window.__p=1</script>",
    "\u202egnp.exe",
    "END:VEVENT BEGIN:VALARM",
)
Judge = Callable[[bytes], Iterator[str]]


def measure(trial: Trial) -> Reached:
    """Put each text into each column, draw everything, and read it as its reader would."""
    attacks = [*hostile.ATTACKS, *MORE][: trial.count(99, 5)]
    faults: list[str] = []
    sinks = 0
    with ExitStack() as stack:
        stack.enter_context(patch.object(hostile, "ATTACKS", tuple(attacks)))
        if trial.is_broken:
            stack.enter_context(patch.object(render.PAGES, "autoescape", False))
            stack.enter_context(patch.object(render.PAGES, "cache", None))  # made when it was sound
        places = locate(hostile.rows(FETCHED))
        stack.enter_context(patch.object(keeper, "read_catalogue", lambda *_: (places, [])))
        path = stack.enter_context(served.catalogue())
        edition = Edition(1, places)
        bodies = {**served.everything(path, len(attacks) + 1), **drawn(edition)}
        bodies |= papers(attacks)
        for name, body in bodies.items():
            sinks += 1
            faults += [f"{name}: {wrong}" for wrong in judge(name, body)]
    return faultless(sinks * len(attacks), faults, "faults")


def drawn(edition: Edition) -> Mapping[str, bytes]:
    """Return the pages that are made without being asked at an address."""
    found = {}
    for language in i18n.LANGUAGES:
        found[f"about {language}"] = about.page(edition, language)
        found[f"text {language}"] = text_page.page(edition, language, clock.now())
        asked = embed.read({"language": language})
        if not isinstance(asked, str):
            found[f"embed {language}"] = embed.page(edition, asked, clock.now(), "")
    found["offline"] = offline.page(edition, clock.today())
    return {name: page.encode() for name, page in found.items()}


def papers(attacks: list[str]) -> Mapping[str, bytes]:
    """Return the files of a round whose records are hostile, one for each text."""
    say, found = i18n.words("en"), {}
    makers = {
        "pdf": bundle.pdf,
        "gpx": bundle.route,
        "ics": bundle.calendar,
        "day.html": bundle.day_page,
    }
    makers |= {"rows.csv": bundle.rows}
    for number, attack in enumerate(attacks):
        told = dict.fromkeys(("name", "phone_note", "eligibility", "street"), attack)
        briefing = briefings.make(2, **told)
        for ending, make in makers.items():
            found[f"paper {number}.{ending}"] = make(briefing, say)
    return found


def judge(name: str, body: bytes) -> Iterator[str]:
    """Yield what is wrong with a thing that was handed out, by what it is."""
    try:
        yield from _judge_of(name, body)(body)
    except Exception as error:  # noqa: BLE001 - a file that cannot be read is broken
        yield f"cannot be read: {type(error).__name__}: {error}"


def _judge_of(name: str, body: bytes) -> Judge:
    start = body.lstrip()[:100].lower()
    if name.endswith(" as files"):
        return of_nothing
    if start.startswith(b"<!doctype html"):
        return of_page
    if start.startswith(b"%pdf"):
        return of_pdf
    if name.endswith(".gpx"):
        return of_gpx
    if name.endswith(".ics"):
        return of_calendar
    if name.endswith(".csv"):
        return of_table
    if name.endswith(".xlsx"):
        return of_sheet
    if start.startswith((b"<?xml", b"<urlset", b"<kml")):
        return of_xml
    return of_json if start.startswith((b"{", b"[")) else of_nothing


def of_page(body: bytes) -> Iterator[str]:
    """Yield what would run or be fetched in a page, and what was computed by a template."""
    text = body.decode()
    page = Page(text)
    for tag, attributes in page.tags:
        yield from (f"<{tag} {name}>" for name in attributes if name.startswith("on"))
        for name in ("href", "src", "action", "srcset"):
            address = (attributes.get(name) or "").strip().lower()
            if not HARMLESS.match(address) or (FETCHED in address and tag != "a"):
                yield f"<{tag} {name}={address[:40]}>"
        if tag in ("svg", "iframe", "object", "embed") and "onload" in attributes:
            yield f"<{tag}>"
    for script in re.findall(r"<script\b[^>]*>(.*?)</script", text, re.DOTALL | re.IGNORECASE):
        if script.strip() == "window.__p=1":
            yield "a script of a record"
    if re.search(rf"(?<![\w-]){hostile.COMPUTED}(?![\w-])", page.said):
        yield "a template was computed"


def of_pdf(body: bytes) -> Iterator[str]:
    """Yield what a PDF would run or open by itself."""
    reader = PdfReader(io.BytesIO(body), strict=True)
    root = reader.trailer["/Root"]
    yield from (name for name in ("/AA", "/JavaScript") if name in root)
    if isinstance(root.get("/OpenAction"), dict):  # a list only says which page is shown first
        yield "/OpenAction"
    yield from (mark for mark in ("/JS", "/Launch") if mark.encode() in body)
    for page in reader.pages:
        for link in page.get("/Annots") or ():
            target = str(link.get_object().get("/A", {}).get("/URI", ""))
            if not HARMLESS.match(target.lower()):
                yield target


def of_gpx(body: bytes) -> Iterator[str]:
    """Yield what another reader of GPX does not take."""
    if not gpxpy.parse(body.decode()).routes:
        yield "no route"


def of_calendar(body: bytes) -> Iterator[str]:
    """Yield what a calendar holds beside plain visits."""
    parts = [one.name for one in Calendar.from_ical(body).walk()]
    yield from (
        name
        for name in parts
        if name not in ("VCALENDAR", "VEVENT", "VTIMEZONE", "STANDARD", "DAYLIGHT")
    )


def of_table(body: bytes) -> Iterator[str]:
    """Yield cells that a spreadsheet would compute, and rows of another width."""
    rows = [*csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), strict=True)]
    for row in rows:
        if len(row) != len(rows[0]):
            yield f"a row of {len(row)} cells"
        yield from (cell for cell in row if FORMULA.match(cell) and not _is_number(cell))


def of_sheet(body: bytes) -> Iterator[str]:
    """Yield cells of a sheet that are formulas."""
    for sheet in openpyxl.load_workbook(io.BytesIO(body)):
        for row in sheet.iter_rows():
            yield from (str(cell.value) for cell in row if cell.data_type == "f" or cell.hyperlink)


def of_xml(body: bytes) -> Iterator[str]:
    """Yield elements of markup where only places are."""
    for one in ElementTree.fromstring(body).iter():
        if one.tag.rpartition("}")[2] in ("script", "img", "svg"):
            yield one.tag


def of_json(body: bytes) -> Iterator[str]:
    """Yield nothing of what can be read: JSON has only texts."""
    json.loads(body)
    return iter(())


def of_nothing(body: bytes) -> Iterator[str]:
    """Yield nothing: plain words, or the inside of a sheet that is judged as a whole."""
    return iter(())


def _is_number(cell: str) -> bool:
    with suppress(ValueError):
        float(cell)
        return True
    return False
