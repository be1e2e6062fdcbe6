"""Dask's workers find what one process finds, to the byte, also when one of them is killed."""

import os
import signal
import sys
import warnings
from contextlib import contextmanager

import numpy as np
import psutil
import pytest
from scipy.spatial import cKDTree

from geo.errors import QuestionError
from geo.gaps import measures
from geo.gaps.nation import schedulers
from geo.gaps.nation.work import work
from geo.sphere import EARTH_RADIUS_M, METRES_A_MILE, apart_m, on_unit_sphere
from geo.travel import crow
from geo.travel.pace import AROUND_M, SQUARE_MILES
from tests.support import nation

distributed = pytest.importorskip("distributed")
# Two clusters at once want the same port; Dask then takes another, says so, and leaves a socket.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Port 8787 is already in use"),
    pytest.mark.filterwarnings("ignore:.*socket:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
CASE, MOST = nation.made_up(2, 120, 24), (60, 12)


@contextmanager
def cluster(workers, processes=False):
    """Yield a cluster of Dask on this machine: threads, or processes of their own."""
    with (
        warnings.catch_warnings(),
        distributed.LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=processes,
            protocol="tcp",
            host="127.0.0.1",
            dashboard_address=None,
        ) as found,
    ):
        yield found


def by(scheduler, folder, case=CASE, most=MOST, tell=lambda *_: None):
    """Return the bytes of the answer, whose parts are done by a scheduler."""
    out = folder / "out.parquet"
    work(*nation.write(case, folder), out, scheduler, most=most, tell=tell)
    return out.read_bytes()


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_any_number_of_workers_finds_what_one_process_finds(tmp_path, workers):
    alone = by(schedulers.one_process, tmp_path)
    with cluster(workers) as found, schedulers.named(found.scheduler_address) as scheduler:
        assert by(scheduler, tmp_path) == alone


def test_without_dask_one_process_does_it_and_dask_says_how_it_is_had(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with schedulers.named("none") as scheduler:
        assert by(scheduler, tmp_path)
    with (
        pytest.raises(QuestionError, match=r"--scheduler local: needs Dask.*`make scale`"),
        schedulers.named("local"),
    ):
        pass


@pytest.mark.parametrize("name", ["tcp://127.0.0.1:9", "lokal", "ftp://127.0.0.1:9"])
def test_a_scheduler_that_cannot_be_reached_is_told_in_a_sentence(name, monkeypatch):
    monkeypatch.setattr(schedulers, "WAIT_S", 0.2)
    with (
        pytest.raises(QuestionError, match=r"--scheduler: .* was not reached .*`local`, `none`"),
        schedulers.named(name),
    ):
        pass


def test_a_scheduler_without_workers_is_told_in_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(schedulers, "WAIT_S", 0.2)
    with (
        cluster(0) as found,
        schedulers.named(found.scheduler_address) as scheduler,
        pytest.raises(QuestionError, match="it has no workers"),
    ):
        by(scheduler, tmp_path)


def test_what_goes_wrong_at_a_worker_is_told_as_it_would_be_here(tmp_path):
    def harm(step, done, _):
        if (step, done) == ("shares", 0):
            next(tmp_path.glob(".out.parquet.parts/ground/*-services.parquet")).write_bytes(b"")

    with (
        cluster(1) as found,
        schedulers.named(found.scheduler_address) as scheduler,
        pytest.raises(QuestionError, match="Run the same again: the rest is kept"),
    ):
        by(scheduler, tmp_path, tell=harm)
    assert by(schedulers.one_process, tmp_path)


@pytest.mark.slow
def test_a_worker_killed_half_way_takes_nothing_with_it(tmp_path):
    alone = by(schedulers.one_process, tmp_path)
    with (
        cluster(2, processes=True) as found,
        schedulers.named(found.scheduler_address) as scheduler,
    ):
        killed = []

        def kill(step, done, parts):
            if step == "shares" and done >= parts // 2 and not killed:
                killed.append(next(iter(found.workers.values())).pid)
                os.kill(killed[0], signal.SIGKILL)

        assert by(scheduler, tmp_path, tell=kill) == alone
        assert killed


@pytest.mark.slow
def test_our_own_workers_listen_on_this_machine_only():
    with schedulers.named("local"):
        ports = [one for one in psutil.net_connections("tcp") if one.status == psutil.CONN_LISTEN]
        family = {os.getpid(), *(one.pid for one in psutil.Process().children(recursive=True))}
        hosts = {one.laddr.ip for one in ports if one.pid in family}
    assert hosts == {"127.0.0.1"}


@pytest.mark.slow
def test_a_state_has_the_figures_of_the_tables_of_the_planners_page(tmp_path):
    case = nation.made_up(3, 24_000, 500, towns=40)
    alone = by(schedulers.one_process, tmp_path, case, (10**6, 10**6))
    columns = [nation.read(tmp_path / "out.parquet")]
    parted = by(schedulers.one_process, tmp_path, case, (4_000, 200))
    columns.append(nation.read(tmp_path / "out.parquet"))
    assert alone != parted
    for workers in (1, 2, 4):
        with cluster(workers) as found, schedulers.named(found.scheduler_address) as scheduler:
            assert by(scheduler, tmp_path, case, (4_000, 200)) == parted
    pace = [
        crow.LOCAL_PACE[crow.surroundings(around(points, case) / SQUARE_MILES)]
        for points in (case.areas, case.services)
    ]
    metres = crow.DETOUR * apart_m(case.areas, case.services)
    minutes = crow.driving(metres, pace[0][:, None] + pace[1])
    wanted = {
        "minutes": measures.nearest(minutes),
        "miles": measures.nearest(metres / METRES_A_MILE),
    }
    access = measures.e2sfca(minutes, case.people, case.supply)
    for found in columns:
        for name, table in wanted.items():
            ranks = np.column_stack([found[f"{name}_{rank}"] for rank in (1, 2, 3)])
            assert np.allclose(ranks, table, rtol=1e-9, atol=0)
        assert np.allclose(found["access"], access, rtol=1e-9, atol=1e-18)


def around(points, case):
    """Return how many people live within 2 km of each point, by another search."""
    tree = cKDTree(on_unit_sphere(case.areas))
    near = tree.query_ball_point(on_unit_sphere(points), 2 * np.sin(AROUND_M / EARTH_RADIUS_M / 2))
    return np.array([case.people[homes].sum() for homes in near])
