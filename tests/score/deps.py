"""Deps: every library has one version, a hash for each file, and a licence that was read."""

import re

from packaging.utils import canonicalize_name

from geo.settings import ROOT
from tests import licences
from tests.score.row import Reached, Trial, faultless

FIGURE = "libraries that are not pinned with hashes, or under a licence that nobody has read"
TARGET = "0 of all"
NOT_COVERED = (
    "how old the newest release of each is, and known holes in them: both ask a registry "
    "(`make audit`); LGPL and MPL are allowed on purpose, and nothing of them is changed"
)
FILES = ("tests/constraints.txt", "tests/bench/constraints.txt")


def measure(trial: Trial) -> Reached:
    """Look at each line of the constraints, and at each library that is installed."""
    texts = [(ROOT / name).read_text(encoding="utf-8") for name in FILES]
    if trial.is_broken:
        texts[0] = re.sub(r"( \\\n    --hash=sha256:[0-9a-f]{64})+", "", texts[0], count=1)
    pins, faults = set(), list[str]()
    for text in texts:
        for name, hashes in blocks(text):
            pins.add(canonicalize_name(name))
            faults += [] if hashes else [f"{name} has no hash"]
    libraries = [*licences.installed()]
    for name, version, licence in libraries:
        if canonicalize_name(name) in pins and not licences.is_allowed(licence):
            faults.append(f"{name} {version}: {licence}")
    return faultless(len(pins) + len(libraries), faults, "faults")


def blocks(text: str) -> list[tuple[str, int]]:
    """Return each library that is pinned, and how many of its lines are hashes; 0 if any is not."""
    found = []
    for block in re.split(r"\n(?=\S)", text):
        first, *rest = [line.strip(" \\") for line in block.splitlines() if line.strip()]
        if first.startswith("#"):
            continue
        pin = re.fullmatch(r"([\w.\[\]-]+)==\S+(?: ; .*)?", first)
        hashes = [re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", line) for line in rest]
        found.append((pin[1] if pin else first, len(hashes) if pin and all(hashes) else 0))
    return found
