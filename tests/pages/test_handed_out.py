"""A file is made when it is asked for, goes to who asked, and what goes wrong is said in words."""

import json
import logging

import pytest

from geo.errors import QuestionError
from geo.i18n import words
from pages.parts import components, handed_out
from pages.parts.handed_out import File

CANARY = "kanarienvogel"


class Pressed(dict):
    """What the buttons answer."""

    asked = None


@pytest.fixture
def handed(monkeypatch):
    """Return a function that draws the buttons with one pressed; it returns what is handed out."""

    def show(files, asked=None, language="en"):
        mounted = []

        def component(data, key, on_asked_change=None):
            mounted.append(data)
            did = Pressed()
            did.asked = asked
            return did

        monkeypatch.setattr(components, "_component", lambda name: component)
        handed_out.show(files, words(language))
        buttons, *out = mounted
        assert [one["key"] for one in buttons["files"]] == [file.name for file in files]
        return [(json.loads(head), body) for head, _, body in (one.partition(b"\n") for one in out)]

    return show


def never():
    raise AssertionError("nobody asked for it")


def test_nothing_is_made_that_nobody_asks_for(handed):
    assert handed([File("Table", "a.csv", "text/csv", never)]) == []
    asked = {"key": "gone.csv", "turn": 1}
    assert handed([File("Table", "a.csv", "text/csv", never)], asked) == []


def test_the_file_that_was_asked_for_comes_byte_by_byte_with_its_turn(handed):
    body = bytes(range(256)) + b"\n\n\x00"
    files = [File("Table", "a.csv", "text/csv", never), File("Sheet", "ñ.pdf", "a/b", lambda: body)]
    ((head, told),) = handed(files, {"key": "ñ.pdf", "turn": 7})
    assert head == {"turn": 7, "name": "ñ.pdf", "kind": "a/b", "trouble": ""}
    assert told == body


def test_what_goes_wrong_is_said_and_the_log_does_not_repeat_a_readers_words(handed, caplog):
    def ask():
        raise QuestionError("There is no team. Say who goes, from where and when.")

    def break_off():
        raise ValueError(CANARY)

    def write_much():
        return b"." * (handed_out.MOST_BYTES + 1)

    said = {}
    for make in (ask, break_off, write_much):
        for language in ("en", "es"):
            file = File("Sheet", "a.pdf", "application/pdf", make)
            ((head, body),) = handed([file], {"key": "a.pdf", "turn": 1}, language)
            assert body == b""
            said[make, language] = head["trouble"]
    assert said[ask, "en"].startswith("There is no team.")
    assert "too large" in said[write_much, "en"]
    assert len(set(said.values())) == 6
    assert "ValueError" in caplog.text
    assert "break_off" in caplog.text
    assert CANARY not in caplog.text
    assert {record.levelno for record in caplog.records} == {logging.ERROR}
