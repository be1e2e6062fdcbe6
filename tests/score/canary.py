"""Canary: an address that must be refused, looked for wherever the program puts anything."""

from contextlib import ExitStack
from unittest.mock import patch

from geo.catalogue import checks, csv_file
from geo.catalogue.keeper import keeper_of
from tests.score import served
from tests.score.row import Reached, Trial, faultless
from tests.score.tested import run
from tests.support import catalogues

FIGURE = "places where a planted confidential address, or a word typed by a reader, is found"
TARGET = "0"
NOT_COVERED = (
    "memory of the server for pages of planners and teams; what a browser's own history and list "
    "of downloads keep; the log of a proxy"
)
ADDRESS = "4821 Zanzibar Street"
TYPED = (
    "tests/browser/test_privacy.py::test_what_a_reader_types_and_chooses_leaves_the_device_in_no_way",
    "tests/browser/test_privacy.py::test_what_was_asked_is_gone_when_the_page_is",
    "tests/browser/test_handed_out.py",
)


def measure(trial: Trial) -> Reached:
    """Plant the address in a source and look at all that is built and told; then type a word."""
    with ExitStack() as stack:
        path = stack.enter_context(served.catalogue())
        told = stack.enter_context(served.log())
        if trial.is_broken:
            stack.enter_context(patch.object(checks, "check", lambda *_, **__: []))
        keeper_of(path)
        plant(path)
        bodies = dict(served.everything(path, trial.count(8, 2)))
        bodies["log"] = told.getvalue().encode()
        bodies["faults"] = "\n".join(map(str, keeper_of(path).faults)).encode()
        bodies["edition"] = keeper_of(path).last.places.to_csv().encode()
        for file in path.parent.rglob("*"):
            if file.is_file() and file != path:
                bodies[file.name] = file.read_bytes()
    faults = [f"{name}: the address" for name, body in bodies.items() if b"anzibar" in body]
    if not trial.is_broken and not keeper_of(path).faults:
        faults.append("the row was not refused")
    tries = len(bodies)
    if not trial.is_small:
        typed = run(*TYPED)
        tries, faults = tries + typed.tries, [*faults, *typed.faults]
    return faultless(tries, faults)


def plant(path: object) -> None:
    """Write the address into a row whose place is kept private: in a cell and in a sentence."""
    rows = csv_file.read(path).frame  # type: ignore[arg-type]
    private = rows.index[rows["location_policy"] == "area_only"][0]
    rows.loc[private, "street"] = ADDRESS
    rows.loc[private, "description_en"] = f"Come to {ADDRESS}."
    catalogues.write(rows, path)  # type: ignore[arg-type]
