"""Containerfile: its steps, done by hand in a folder, where there is no container engine.

`python -m tests.deploy.containerfile FOLDER` does all of them, which loads what the app needs from
the package index, and then asks the app that its command starts if it is well.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from geo.settings import ROOT
from tests.deploy import fleet, nginx

FILE = ROOT / "docs" / "deploy" / "containers" / "Containerfile"
LEFT_OUT = (ROOT / ".containerignore").read_text(encoding="utf-8").split()


def steps(file: Path = FILE) -> Iterator[tuple[str, str]]:
    """Yield the instructions of a file and what each is given, in order."""
    text = re.sub(r"^#.*\n", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    for line in text.replace("\\\n", " ").splitlines():
        if line.strip():
            word, _, given = line.strip().partition(" ")
            yield word, " ".join(given.split())


def given(word: str, file: Path = FILE) -> list[str]:
    """Return what all instructions of a kind are given."""
    return [what for one, what in steps(file) if one == word]


def copy(folder: Path) -> None:
    """Do the steps that copy: `folder` has then what a container has."""
    for what in given("COPY"):
        source, _, target = what.partition(" ")
        (folder / target).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, folder / target, ignore=_left_out)
        else:
            shutil.copy(ROOT / source, folder / target)


def _left_out(parent: str, names: list[str]) -> set[str]:
    """Return which names of a folder are not to be in a container."""
    here = Path(parent).relative_to(ROOT)
    return {name for name in names if any(_fits(here / name, rule) for rule in LEFT_OUT)}


def _fits(path: Path, rule: str) -> bool:
    """Return whether a rule means a path: `**/` any folder before, else it begins at the top."""
    anywhere = rule.startswith("**/")
    return path.match(rule.removeprefix("**/")) and (
        anywhere or len(path.parts) == len(Path(rule).parts)
    )


def command(port: int) -> list[str]:
    """Return the command that a container runs, on another port."""
    told: list[str] = json.loads(given("CMD")[0])
    return [one.replace("8501", str(port)).replace("0.0.0.0", "127.0.0.1") for one in told]


def build(folder: Path) -> None:
    """Do all steps in `folder`, in their order but for the copies, which come first."""
    copy(folder)
    for what in given("RUN"):
        print(what, flush=True)
        subprocess.run(["sh", "-c", what], cwd=folder, check=True)


def main(folder: Path) -> None:
    """Build in a fresh folder, start what was built and ask it if it is well."""
    folder.mkdir()
    build(folder)
    port = nginx.free_port()
    own = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    variables = dict(pair.split("=") for what in given("ENV") for pair in what.split())
    process = subprocess.Popen(
        command(port), cwd=folder, env={**own, **variables, "REPORTS": "off"}
    )
    try:
        fleet.wait(port, process)
        print(f"{folder} was built as {FILE.name} says, and answers on port {port}.")
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
