"""Gaps: say who is out of reach of a kind of service, as lines, JSON, CSV or a folder of files."""

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from geo import clock, i18n, settings
from geo.catalogue import records
from geo.catalogue.keeper import load_catalogue
from geo.commands import nation
from geo.errors import QuestionError
from geo.files import regular, table, whole
from geo.gaps import demand, export, own_data, own_rows, question_file, report
from geo.gaps.answer import Answer, work_out
from geo.gaps.memo import content
from geo.gaps.own_data import Own
from geo.gaps.question import TRUSTS, Question
from geo.store import served
from geo.travel import engines

MINUTES = 30.0
OVERVIEW = "overview.csv"
OWN = {
    "sites": "your own places, CSV or GeoJSON, with their capacity",
    "people": "your own people in place of the census, CSV or GeoJSON",
    "districts": "your own districts, GeoJSON, to tell the figures by",
}


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    asking = commands.add_parser("gaps", help="say who is out of reach of a kind of service")
    kinds = ", ".join(records.PLACE_TYPES)
    counties = ", ".join(records.COUNTIES)
    what = asking.add_mutually_exclusive_group(required=True)
    what.add_argument("--type", help=f"one of {kinds}")
    what.add_argument("--questions", metavar="FILE", help="a file of questions: docs/gaps.md")
    what.add_argument("--every", action="store_true", help="a report over all services")
    what.add_argument("--areas", metavar="PARQUET", help="a table of areas: docs/nation.md")
    nation.add(asking)
    asking.add_argument(
        "--out",
        metavar="FOLDER",
        help="of --questions and --every: where the answers go; of --areas: the table to write",
    )
    asking.add_argument("--county", help=f"{counties} or both (default)")
    near = asking.add_mutually_exclusive_group()
    near.add_argument("--minutes", type=float, help=f"how near is near; default {MINUTES:g}")
    near.add_argument("--miles", type=float, help="the same in miles")
    asking.add_argument("--at", metavar="2026-11-24T10:00", help="whether it is open then counts")
    asking.add_argument(
        "--only",
        action="append",
        metavar="WHICH",
        help=f"only entries that are {', '.join(TRUSTS)}; can be given again",
    )
    asking.add_argument("--speed", type=float, help="of minutes: 0.8 is a fifth slower")
    asking.add_argument("--mode", help="of minutes: driving (default) or walking")
    for name, told in OWN.items():
        asking.add_argument(f"--{name}", metavar="FILE", help=f"{told}: docs/gaps.md")
    asking.add_argument("--sites-only", action="store_true", help="count no place but --sites")
    names = ", ".join(engines.ENGINES)
    asking.add_argument("--engine", help=f"of travel time: {names}; default: the best set up")
    output = asking.add_mutually_exclusive_group()
    output.add_argument("--json", action="store_true", help="everything, with each block group")
    output.add_argument("--csv", action="store_true", help="a row a block group")
    asking.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print who is out of reach, or write the answers to a file of questions.

    Return 0; 1 if one of the questions of a file has no answer.
    """
    _check(options)
    if options.areas:
        measure = "minutes" if options.miles is None else "miles"
        return nation.run(options, measure, _threshold(options))
    own = _own(options)
    if options.questions:
        return _answer_all(Path(options.questions), Path(options.out), own)
    question = _question(options, own)
    if options.every:
        return _report(question, Path(options.out))
    answer = work_out(_places(), demand.load(), question, own=own)
    if options.engine and answer.engine != options.engine:
        raise QuestionError(
            "--engine: found {found!r}, which does not answer here. Set it up, or leave it out.",
            found=options.engine,
        )
    if options.json:
        print(json.dumps(export.as_json(answer), allow_nan=False))
    elif options.csv:
        sys.stdout.buffer.write(export.as_csv(answer))
        sys.stdout.flush()
    else:
        for line in export.as_lines(answer):
            print(line)
    return 0


def _check(options: argparse.Namespace) -> None:
    """Refuse options that would do nothing."""
    if options.areas:
        asked = ("county", "at", "only", "speed", "mode", "engine", "json", "csv")
        _refuse(options, (*asked, *OWN, "sites_only"), "of --areas only tables are known")
        return
    _refuse(options, nation.OPTIONS, "it belongs to --areas PARQUET")
    if options.questions:
        asked = ("county", "minutes", "miles", "at", "only", "speed", "mode", "engine")
        _refuse(options, (*asked, "json", "csv"), "the file of --questions says it all")
        if not options.out:
            raise QuestionError("--questions: wanted --out FOLDER too, for the answers.")
    elif options.every:
        _refuse(options, ("county", "json", "csv"), "--every is about both counties, as files")
        _refuse(options, OWN, "--every is about the list alone")
        if not options.out:
            raise QuestionError("--every: wanted --out FOLDER too, for the report.")
    else:
        _refuse(options, ("out",), "it belongs to --questions, --every and --areas")
    if options.sites is None:
        _refuse(options, ("sites_only",), "it belongs to --sites FILE")
    if options.miles is not None:
        _refuse(options, ("speed", "mode"), "miles are by car and have no speed; ask for --minutes")


def _refuse(options: argparse.Namespace, names: Iterable[str], why: str) -> None:
    for name in names:
        value = getattr(options, name)
        if value is not None and value is not False:
            raise QuestionError(f"--{name.replace('_', '-')} would do nothing here: {why}.")


def _own(options: argparse.Namespace) -> Own:
    """Return what the files of a planner's own hold."""
    fields: dict[str, Any] = {}
    for name in OWN:
        if (path := getattr(options, name)) is not None:
            told = _read(Path(path), f"--{name}", own_rows.MOST_BYTES)
            try:
                fields |= own_data.READ[name](told)
            except QuestionError as error:
                raise QuestionError("--{name}: {why}", name=name, why=error) from None
    return Own(**fields, only=options.sites_only)


def _question(options: argparse.Namespace, own: Own) -> Question:
    miles: float | None = options.miles
    moment = question_file.hour(options.at) if options.at is not None else None
    if options.at is not None and moment is None:
        wanted = "--at: found {found!r}, wanted a day and time, such as 2026-11-24T10:00."
        raise QuestionError(wanted, found=options.at)
    mode = options.mode or "driving"
    return Question(
        type=options.type or records.PLACE_TYPES[0],  # --every asks about each
        county="" if options.county in (None, "both") else options.county,
        measure="minutes" if miles is None else "miles",
        threshold=_threshold(options),
        hour=moment,
        trust=frozenset(options.only or ()),
        engine=options.engine or engines.best(mode, public=not own.has_points),
        speed=1.0 if options.speed is None else options.speed,
        mode=mode,
    )


def _threshold(options: argparse.Namespace) -> float:
    miles: float | None = options.miles
    if miles is not None:
        return miles
    return MINUTES if options.minutes is None else options.minutes


def _places() -> pd.DataFrame:
    return load_catalogue(settings.read().catalogue, clock.today())


def _answer_all(file: Path, folder: Path, own: Own) -> int:
    """Write for each question CSV, JSON and GeoJSON, and one table over all of them."""
    best = {mode: engines.best(mode, public=not own.has_points) for mode in engines.MODES}
    told = _read(file, "--questions", question_file.MOST_BYTES)
    questions = question_file.read(told, best["driving"], best["walking"])
    folder.mkdir(parents=True, exist_ok=True)
    places, areas = _places(), demand.load()
    rows, failed = [], False
    for number, question in enumerate(questions, 1):
        name = f"{number:03}-{question.file_name}"
        try:
            answer = work_out(places, areas, question, own=own)
        except QuestionError as error:
            failed = True
            rows.append([name, *export.as_overview(question, None), str(error)])
            print(f"{name}: {error}", file=sys.stderr)
            continue
        _write(folder, name, answer)
        rows.append([name, *export.as_overview(question, answer), ""])
        print(name)
    _put(folder / OVERVIEW, table.write(["file", *export.OVERVIEW, "problem"], rows))
    return int(failed)


def _report(question: Question, folder: Path) -> int:
    """Write one report over all services as PDF and XLSX."""
    edition = served.keeper().current()
    say, today = i18n.words("en"), clock.today()
    lines = report.work(edition.places, demand.load(), question)
    name = question.file_name.replace(question.type, "all", 1)
    folder.mkdir(parents=True, exist_ok=True)
    _put(folder / f"{name}.xlsx", report.as_xlsx(lines, say))
    _put(folder / f"{name}.pdf", report.as_pdf(lines, say, content.data_day(edition), today))
    print(name)
    return 0


def _read(file: Path, option: str, most: int) -> bytes:
    """Return the bytes of a file, not many more than `most`."""
    try:
        with regular.open_file(file) as opened:
            return opened.read(most + 1)
    except OSError as error:
        wanted = "{option}: {file} cannot be read: {why}."
        raise QuestionError(wanted, option=option, file=str(file), why=error.strerror) from None


def _write(folder: Path, name: str, answer: Answer) -> None:
    _put(folder / f"{name}.csv", export.as_csv(answer))
    _put(folder / f"{name}.json", json.dumps(export.as_json(answer), allow_nan=False).encode())
    _put(folder / f"{name}.geojson", export.as_geojson(answer).encode())


def _put(path: Path, content: bytes) -> None:
    with whole.swap(path) as beside:
        beside.write_bytes(content)
