"""Chromium: the browser of the tests: found on the machine, else installed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """Return the path of a Chromium: `CHROMIUM`, one on the path, or Playwright's own."""
    named = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if named:
        return named
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def install() -> None:
    """Install one: Playwright's own, or where that cannot be had the one of Debian or Ubuntu."""
    playwright = [sys.executable, "-m", "playwright", "install", "chromium"]
    if subprocess.run(playwright, check=False, timeout=600).returncode == 0 and find():
        return
    as_root = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    if shutil.which("apt-get"):
        subprocess.run([*as_root, "apt-get", "update", "-qq"], check=False)
        subprocess.run([*as_root, "apt-get", "install", "-y", "-qq", "chromium"], check=False)


if __name__ == "__main__":
    if not find():
        print("No Chromium found: installing one for the browser tests.")
        install()
    if not find():
        sys.exit(
            "No Chromium could be installed. Install one, or name it: CHROMIUM=/path make test"
        )
