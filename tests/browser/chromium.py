"""Chromium: the browser of the tests: found on the machine, else installed."""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.support import packages

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DEBIAN = [["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"]]
PLAYWRIGHT = [[sys.executable, "-m", "playwright", "install", "chromium"]]


def find() -> str | None:
    """Return the path of a Chromium: `CHROMIUM`, one on the path, or Playwright's own."""
    named = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if named:
        return named
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def ways(is_root: bool, has_apt: bool) -> list[list[list[str]]]:
    """Return what to try, each a list of commands: the system's own only if we are root already."""
    return [DEBIAN, PLAYWRIGHT] if is_root and has_apt else [PLAYWRIGHT]


def advice(is_root: bool, has_apt: bool) -> str:
    """Return what someone is to type if nothing could be installed."""
    sudo = "" if is_root else "sudo "
    commands = [sudo + " ".join(command) for command in DEBIAN]
    type_this = " && ".join(commands) if has_apt else "python -m playwright install chromium"
    return (
        f"No Chromium could be installed. Type `{type_this}`, or name one: CHROMIUM=/path make test"
    )


def install(is_root: bool, has_apt: bool) -> str:
    """Install one by the first way that works; return what was said by those that did not."""
    said = ""
    for commands in ways(is_root, has_apt):
        said += packages.carry_out(commands)
        if find():
            return ""
    return said


if __name__ == "__main__" and not find():
    print("No Chromium found: installing one for the browser tests.")
    machine = os.geteuid() == 0, shutil.which("apt-get") is not None
    said = install(*machine)
    if said:
        sys.exit(f"{said}\n{advice(*machine)}")
