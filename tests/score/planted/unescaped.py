"""Unescaped: a plugin of pytest that has the scripts take the text of a record for markup."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from geo.web import assets


def pytest_configure() -> None:
    """Plant the fault: whoever only imports this is not touched."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    shutil.copytree(assets.STATIC, folder / "static")
    script = folder / "static/dom.js"
    sound = script.read_text(encoding="utf-8")
    broken = sound.replace("node.textContent = text", "node.innerHTML = text")
    script.write_text(broken, encoding="utf-8")
    os.environ["SCRIPTS"] = str(folder / "static")
