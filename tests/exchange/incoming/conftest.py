"""What is said of a place that is not public passes only once it was approved: so it is here."""

import pytest

from geo.catalogue import approvals
from tests.support import feeds

TEXTS = ("Oak", "Oak Table", "Oak Church", "Women's Refuge", "Fled violence?", "Hot meals.")
TEXTS += ("Meals at a confidential site.", "Help", "Extension 4")
TEXTS += (feeds.NAME, f"Feed of {feeds.NAME}")


@pytest.fixture(autouse=True)
def approved(tmp_path_factory, monkeypatch):
    """Approve the texts of the made-up feeds, in a folder of their own."""
    folder = tmp_path_factory.mktemp("approved")
    lines = [
        f"{approvals.mark_of(text)},aaaaaa,name,2026-11-01,{role}"
        for text in TEXTS
        for role in approvals.ROLES[:2]
    ]
    header = ",".join(approvals.COLUMNS)
    (folder / "texts.csv").write_text("\n".join([header, *lines]) + "\n")
    (folder / "hosts.txt").write_text("")
    monkeypatch.setenv("APPROVED", str(folder))
