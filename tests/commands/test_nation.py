"""`gaps --areas` writes the figures of each area, and says in sentences what it cannot do."""

import pytest

from geo.__main__ import main
from tests.support import nation

CASE = nation.made_up(4, 30, 10)
HERE = ("--areas", "{areas}", "--services", "{services}", "--out", "{out}")


def asked(folder, *arguments):
    """Return the exit code of `gaps` with the paths of made-up tables filled in."""
    areas, services = nation.write(CASE, folder)
    paths = {"areas": areas, "services": services, "out": folder / "out.parquet"}
    return main(["gaps", *(argument.format(**paths) for argument in arguments)])


def test_it_writes_each_area_and_prints_the_sums(tmp_path, capsys):
    assert asked(tmp_path, *HERE, "--minutes", "15") == 0
    printed, progress = capsys.readouterr()
    minutes = [row[0] for row in nation.naive(CASE)["minutes"]]
    assert nation.read(tmp_path / "out.parquet")["minutes_1"].tolist() == pytest.approx(minutes)
    within = sum(n for n, near in zip(CASE.people, minutes, strict=True) if near <= 15)
    assert f"15: {within:,.0f} ({within / CASE.people.sum():.1%})" in printed
    assert f"30 areas, {CASE.people.sum():,.0f} people, 10 services." in printed
    assert "answer: 1 of 1 parts" in progress


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--areas", "{areas}"), "--areas: wanted --services PARQUET and --out PARQUET too."),
        (HERE[:4], "--areas: wanted --services PARQUET and --out PARQUET too."),
        ((*HERE, "--county", "imperial"), "--county would do nothing here"),
        ((*HERE, "--at", "2026-12-01T10:00"), "--at would do nothing here"),
        (("--type", "food", "--scheduler", "local"), "--scheduler would do nothing here"),
        (("--type", "food", "--services", "{services}"), "--services would do nothing here"),
        ((*HERE, "--minutes", "0"), "wanted minutes or miles above 0"),
        ((*HERE[:2], "--services", "{areas}", *HERE[4:]), "areas.parquet id: found no such column"),
        ((*HERE[:4], "--out", "/proc/no/out.parquet"), "/proc/no/out.parquet cannot be written"),
    ],
    ids=str,
)
def test_what_cannot_be_done_is_told_in_a_sentence(tmp_path, capsys, arguments, told):
    assert asked(tmp_path, *arguments) == 1
    assert told in capsys.readouterr().err
    assert not (tmp_path / "out.parquet").exists()
