"""Search: the engine in the browser against the one in Python."""

import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import patch

from playwright.sync_api import sync_playwright

from geo.web import assets
from tests.score.row import Reached, Trial, faultless
from tests.support import engine_answers, engine_page

FIGURE = "answers of the browser's engine that differ from Python's"
TARGET = "0 of 20,000"
NOT_COVERED = "whether both are wrong in the same way; browsers other than Chromium"


def measure(trial: Trial) -> Reached:
    """Ask both the same questions of the catalogue and of a made-up one."""
    counts = {"real": trial.count(12_000, 400), "made_up": trial.count(8_000, 0)}
    with ExitStack() as stack:
        if trial.is_broken:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            stack.enter_context(patch.object(assets, "STATIC", weighed_otherwise(folder)))
        playwright = stack.enter_context(sync_playwright())
        browser = engine_page.launch(playwright.chromium)
        found = engine_answers.compare(engine_page.visit(browser), counts, trial.dice())
        browser.close()
    return faultless(found.answers, found.wrong, "differences")


def weighed_otherwise(folder: Path) -> Path:
    """Return the scripts with an engine for which the kind that is asked for weighs no more."""
    scripts = folder / "static"
    shutil.copytree(assets.STATIC, scripts)
    texts = scripts / "engine/texts.js"
    script = texts.read_text(encoding="utf-8")
    texts.write_text(script.replace("const MEANT = 2;", "const MEANT = 1;"), encoding="utf-8")
    return scripts
