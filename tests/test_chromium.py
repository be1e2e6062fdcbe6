"""A browser for the tests is installed without asking for more rights than we have."""

import pytest

from tests.browser import chromium


@pytest.mark.parametrize("is_root", [True, False])
@pytest.mark.parametrize("has_apt", [True, False])
def test_sudo_is_never_run_and_only_root_changes_the_system(is_root, has_apt):
    programs = [command[0] for way in chromium.ways(is_root, has_apt) for command in way]
    assert "sudo" not in programs
    assert ("apt-get" in programs) == (is_root and has_apt)


def test_root_asks_the_system_first_and_playwright_next():
    assert chromium.ways(is_root=True, has_apt=True) == [chromium.DEBIAN, chromium.PLAYWRIGHT]


@pytest.mark.parametrize(
    ("is_root", "has_apt", "command"),
    [
        (False, True, "sudo apt-get update -qq && sudo apt-get install -y -qq chromium"),
        (True, True, "apt-get update -qq && apt-get install -y -qq chromium"),
        (False, False, "python -m playwright install chromium"),
    ],
)
def test_whoever_has_to_install_one_is_told_what_to_type(is_root, has_apt, command):
    assert chromium.advice(is_root, has_apt) == (
        f"No Chromium could be installed. Type `{command}`, or name one: CHROMIUM=/path make test"
    )


def test_what_is_tried_is_told_only_if_nothing_came_of_it(monkeypatch, capfd):
    monkeypatch.setattr(chromium, "DEBIAN", [["sh", "-c", "echo noise; exit 1"]])
    monkeypatch.setattr(chromium, "PLAYWRIGHT", [["sh", "-c", "echo offline >&2; exit 1"]])
    monkeypatch.setattr(chromium, "find", lambda: None)
    said = chromium.install(is_root=True, has_apt=True)
    assert "noise" in said and "offline" in said
    monkeypatch.setattr(chromium, "find", lambda: "/usr/bin/chromium")
    assert chromium.install(is_root=True, has_apt=True) == ""
    assert capfd.readouterr() == ("", "")
