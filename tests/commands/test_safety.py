"""`approve` shows a text, asks and writes; `never` keeps what is typed unseen, and compares."""

import pytest

from geo.__main__ import main
from geo.catalogue import approvals, csv_file
from geo.settings import ROOT
from tests.support import catalogues

HOME = csv_file.read(ROOT / "tests/fixtures/valid_confidential.csv").frame
TEXT = "Ask at the desk of Mary."
CANARY = "4821 Zanzibar Street"


@pytest.fixture
def served(monkeypatch, tmp_path):
    path = tmp_path / "services.csv"
    for name, value in {
        "CATALOGUE": path,
        "APPROVED": tmp_path / "approved",
        "NEVER": tmp_path / "never.csv",
        "NEVER_KEY": tmp_path / "key",
    }.items():
        monkeypatch.setenv(name, str(value))
    return path


def write(path, **cells):
    catalogues.write(HOME.head(1).assign(**cells), path)


def answer(monkeypatch, text):
    monkeypatch.setattr("builtins.input", lambda _: text)


def test_a_text_is_shown_and_passes_after_two_roles_said_yes(served, monkeypatch, capsys):
    write(served, description_en=TEXT)
    answer(monkeypatch, "yes")
    codes = []
    for role in approvals.ROLES[:2]:
        codes.append(main(["check"]))
        assert main(["approve", "--role", role]) == 0
        assert TEXT in capsys.readouterr().out
    assert [*codes, main(["check"])] == [1, 1, 0]


@pytest.mark.parametrize("said", ["", "no", "y", "YES"])
def test_anything_but_yes_approves_nothing(served, monkeypatch, said):
    write(served, description_en=TEXT)
    answer(monkeypatch, said)
    assert main(["approve", "m2x7rd", "description_en", "--role", "director"]) == 0
    assert not (served.parent / "approved").exists()


def test_what_gives_an_address_away_is_never_put_up_for_approval(served, monkeypatch, capsys):
    write(served, description_en=f"Come to {CANARY}.")
    answer(monkeypatch, "yes")
    assert main(["approve", "--role", "director"]) == 0
    assert "Zanzibar" not in capsys.readouterr().out


def test_a_place_is_typed_unseen_and_then_refused_in_any_row(served, monkeypatch, capsys):
    write(served)
    monkeypatch.setattr("getpass.getpass", lambda _: CANARY)
    assert main(["never", "add"]) == 0
    assert main(["never", "check"]) == 0
    write(served, location_policy="public", service_types="food", street=CANARY)
    assert main(["never", "check"]) == 1
    assert main(["never", "list"]) == 0
    out = capsys.readouterr()
    assert "in force" in out.out
    assert "Zanzibar" not in out.out + out.err
    kept = [path.read_text() for path in (served.parent / "never.csv", served.parent / "key")]
    assert not any("anzibar" in text for text in kept)


def test_without_a_key_it_says_that_nothing_is_compared(served, monkeypatch, capsys):
    write(served)
    monkeypatch.setattr("getpass.getpass", lambda _: CANARY)
    main(["never", "add"])
    monkeypatch.delenv("NEVER_KEY")
    assert main(["never", "check"]) == 0
    assert "not compared: NEVER_KEY names no key" in capsys.readouterr().out
    assert main(["never", "add"]) == 1
    assert "NEVER_KEY names no file" in capsys.readouterr().err
