"""Question file: what planners ask, to be saved, sent, opened again, or answered many at a time.

JSON or TOML: `schema` and `questions`, each with the fields of `Question.as_json`; what is not said
is as in `Question`. A file of an answer holds its `question`, so it can be opened too. A file is
somebody's own: it is checked, and refused with the place and what was wanted.
"""

import json
import tomllib
from datetime import datetime
from typing import Any

from geo.clock import TIMEZONE
from geo.errors import QuestionError
from geo.gaps.question import Question
from geo.i18n import mark

SCHEMA = 1
MOST_BYTES, MOST_QUESTIONS = 1_000_000, 200
KEYS = ("type", "county", "measure", "threshold", "at", "only", "speed", "mode")
UNREADABLE = mark("This file cannot be read as a file of questions. Save one here and change it.")
FIELD = mark("Question {n}, {field}: found {found}, wanted {wanted}.")


def write(questions: list[Question]) -> bytes:
    """Return the file of some questions, as JSON."""
    told = {"schema": SCHEMA, "questions": [question.as_json() for question in questions]}
    return (json.dumps(told, indent=2) + "\n").encode()


def read(content: bytes, engine: str = "crow", walking: str = "crow") -> list[Question]:
    """Return the questions of a file; `engine` and `walking` are asked by car and on foot.

    Raises
    ------
    QuestionError : it is no such file, too large, or a question cannot be asked; says which

    >>> [question.told for question in read(b'questions = [{type = "food", threshold = 15}]')]
    ['food, both counties, 15 minutes, driving']
    """
    if len(content) > MOST_BYTES:
        raise QuestionError(
            mark("Found a file of {found} bytes, wanted at most {most}."),
            found=len(content),
            most=MOST_BYTES,
        )
    told = _parsed(content)
    if "questions" not in told and isinstance(told.get("question"), dict):
        rows: Any = [told["question"]]
    else:
        rows = told.get("questions")
        if told.get("schema", SCHEMA) != SCHEMA:
            raise QuestionError(
                mark("Found a file of schema {found}, wanted {wanted}."),
                found=repr(told["schema"])[:20],
                wanted=SCHEMA,
            )
    if not isinstance(rows, list) or not 0 < len(rows) <= MOST_QUESTIONS:
        raise QuestionError(
            mark("Wanted a list named questions, with 1 to {most} of them."), most=MOST_QUESTIONS
        )
    return [_question(n, row, engine, walking) for n, row in enumerate(rows, 1)]


def _parsed(content: bytes) -> dict[str, Any]:
    try:
        text = content.decode("utf-8-sig")
        told = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except (ValueError, RecursionError):
        raise QuestionError(UNREADABLE) from None
    if not isinstance(told, dict):
        raise QuestionError(UNREADABLE)
    return told


def _question(n: int, row: Any, engine: str, walking: str) -> Question:
    if not isinstance(row, dict):
        raise QuestionError(FIELD, n=n, field="-", found=_shown(row), wanted=", ".join(KEYS))
    for key in row:
        if key not in KEYS:
            wanted = ", ".join(KEYS)
            raise QuestionError(FIELD, n=n, field=_shown(key), found=_shown(key), wanted=wanted)
    given = {key: value for key, value in row.items() if value is not None}
    for key, kind, wanted in (
        ("type", str, "food"),
        ("county", str, "imperial"),
        ("measure", str, "minutes"),
        ("mode", str, "driving"),
        ("threshold", (int, float), "30"),
        ("speed", (int, float), "1.0"),
        ("only", list, '["placed"]'),
    ):
        value = given.get(key)
        if (key == "type" and value is None) or (
            value is not None and (not isinstance(value, kind) or isinstance(value, bool))
        ):
            raise QuestionError(FIELD, n=n, field=key, found=_shown(value), wanted=wanted)
    if not all(isinstance(one, str) for one in given.get("only", [])):
        raise QuestionError(FIELD, n=n, field="only", found=_shown(given["only"]), wanted="words")
    mode = given.get("mode", "driving")
    fields: dict[str, Any] = {
        key: given[key] for key in ("county", "measure", "mode") if key in given
    }
    fields |= {key: _number(n, key, given[key]) for key in ("threshold", "speed") if key in given}
    try:
        return Question(
            type=given["type"],
            hour=_hour(n, given["at"]) if "at" in given else None,
            trust=frozenset(given.get("only", [])),
            engine=walking if mode == "walking" else engine,
            **fields,
        )
    except QuestionError as error:
        raise QuestionError(mark("Question {n}: {why}"), n=n, why=error) from None


def _number(n: int, key: str, value: int | float) -> float:
    try:
        return float(value)
    except OverflowError:
        raise QuestionError(FIELD, n=n, field=key, found="...", wanted="30") from None


def hour(text: str) -> datetime | None:
    """Return the moment that `text` names on the clocks of California; None if it names none.

    >>> hour("2026-11-24T10:00").isoformat(), hour("noon"), hour("2026-11-24")
    ('2026-11-24T10:00:00-08:00', None, None)
    """
    try:
        moment = datetime.fromisoformat(text if ":" in text else "")
        return moment.astimezone(TIMEZONE) if moment.tzinfo else moment.replace(tzinfo=TIMEZONE)
    except (ValueError, OverflowError):
        return None


def _hour(n: int, value: Any) -> datetime:
    text = value.isoformat() if isinstance(value, datetime) else value
    if not isinstance(text, str) or not (moment := hour(text)):
        wanted = "2026-11-24T10:00"
        raise QuestionError(FIELD, n=n, field="at", found=_shown(value), wanted=wanted)
    return moment


def _shown(value: Any) -> str:
    """Return a value of a file, short enough for a sentence."""
    return repr(value)[:40]
