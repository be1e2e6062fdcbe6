"""What is said to be saved is there after kills, full disks and locks: by the command, in small."""

import subprocess
import sys

from geo.settings import ROOT
from geo.trust import proof

SMALL = ("--saves", "15", "--rewrites", "4", "--each", "10")


def test_nothing_is_lost():
    """In a process of its own: it forks, which a process with threads must not."""
    command = [sys.executable, "-m", "geo", "prove", "writes", *SMALL]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.stdout.splitlines()[-1] == "Nothing was lost.", done.stdout + done.stderr
    assert done.returncode == 0
    assert "four writers: 40 of 40 kept" in done.stdout


def test_a_loss_would_be_seen(tmp_path):
    """The eyes of the trial of rewrites: a log whose acts are not all there, or of another time."""
    from geo.catalogue import csv_file, history
    from geo.settings import DATA
    from geo.trust import decisions
    from geo.trust.decisions import Decision

    rows = csv_file.read(DATA / "services.csv").frame[:2]
    path = tmp_path / "services.csv"
    rows.to_csv(path, index=False)
    own, before = rows["id"].iloc[0], path.read_bytes()
    new = {"fees": "paid" if rows["fees"].iloc[0] == "free" else "free"}
    decisions.decide(path, Decision("correct", own, proof.ROLE, new=new), proof.DAY)
    assert proof._at_odds(path, own, {"1"}) == ""
    assert "lost" in proof._at_odds(path, own, {"1", "2"})
    after = path.read_bytes()
    path.write_bytes(before)
    assert "two times" in proof._at_odds(path, own, {"1"})
    path.write_bytes(after[: len(after) // 2])
    assert proof._at_odds(path, own, {"1"})
    path.write_bytes(after)
    log = history.beside(path)
    log.write_bytes(log.read_bytes()[:-3])
    assert "ends within a line" in proof._at_odds(path, own, {"1"})
