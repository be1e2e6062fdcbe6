"""The figures of a nation are those of every pair, however it is cut and whoever does it."""

import json
import math
import shutil

import numpy as np
import pyarrow.parquet as pq
import pytest

from geo import clock
from geo.catalogue.keeper import load_catalogue
from geo.errors import QuestionError
from geo.gaps import demand
from geo.gaps.answer import work_out as answer_to
from geo.gaps.nation import steps
from geo.gaps.nation.schedulers import one_process
from geo.gaps.nation.work import work
from geo.gaps.question import Question
from geo.settings import DATA
from geo.sphere import apart_m
from geo.travel import crow
from tests.support import nation
from tests.support.nation import Case

CASE = nation.made_up(1, 100, 30)
WHOLE, SMALL = (1_000, 1_000), (40, 12)


@pytest.fixture(scope="module")
def truth():
    return nation.naive(CASE)


def run(case, folder, most=SMALL, scheduler=one_process, **asked):
    """Return what is told of all areas, and the columns of the answer."""
    out = folder / "out.parquet"
    found = work(*nation.write(case, folder), out, scheduler, most=most, **asked)
    return found, nation.read(out)


def ranked(columns, name):
    return np.column_stack([columns[f"{name}_{rank}"] for rank in (1, 2, 3)]).astype(float)


def agrees(columns, truth):
    for name in ("minutes", "miles"):
        wanted = np.array(truth[name])
        assert ranked(columns, name) == pytest.approx(wanted, rel=1e-9, abs=1e-9, nan_ok=True)
    assert columns["access"] == pytest.approx(np.array(truth["access"]), rel=1e-9, abs=1e-15)
    assert columns["nearest_id"].tolist() == truth["nearest"]


@pytest.mark.parametrize("most", [WHOLE, SMALL, (10, 5)], ids=str)
def test_however_it_is_cut_each_area_has_the_figures_of_every_pair(tmp_path, truth, most):
    found, columns = run(CASE, tmp_path, most)
    agrees(columns, truth)
    nearest = np.array(truth["minutes"])
    within = [[CASE.people[nearest[:, k] <= n].sum() for k in range(3)] for n in (10, 20, 30, 60)]
    assert found.steps.tolist() == within
    assert columns["within"].tolist() == (nearest[:, 0] <= 30).tolist()
    assert (found.people, found.areas, found.services) == (CASE.people.sum(), 100, 30)
    assert (found.parts == 1) == (most == WHOLE)


def test_by_miles_the_nearest_is_that_by_miles(tmp_path, truth):
    found, columns = run(CASE, tmp_path, measure="miles", threshold=7.5)
    miles = np.array(truth["miles"])
    assert columns["within"].tolist() == (miles[:, 0] <= 7.5).tolist()
    assert found.limits == [7.5, 10, 20, 30, 60]
    assert found.steps[0].tolist() == [CASE.people[miles[:, k] <= 7.5].sum() for k in range(3)]
    for area, name in enumerate(columns["nearest_id"]):
        assert name == str(np.argmin(apart_m(CASE.areas[[area]], CASE.services)))


def test_the_nearest_three_are_found_over_parts_without_any_service(tmp_path):
    far = np.array([[20.0, -156.0], [20.1, -156.0], [61.2, -149.9]])
    case = CASE._replace(services=np.vstack([CASE.services[:2], far]), supply=np.ones(5))
    case = case._replace(areas=np.vstack([CASE.areas[:60], [[13.4, 144.8]]]))
    case = case._replace(people=CASE.people[:61])
    agrees(run(case, tmp_path, (20, 1))[1], nation.naive(case))


def test_where_there_are_fewer_than_three_services_the_rest_is_null(tmp_path):
    case = CASE._replace(services=CASE.services[:2], supply=CASE.supply[:2])
    _, columns = run(case, tmp_path)
    assert np.isnan(ranked(columns, "minutes")).sum(axis=0).tolist() == [0, 0, 100]
    agrees(columns, nation.naive(case))


def test_of_services_as_near_the_first_in_the_table_is_the_nearest(tmp_path):
    place = [37.0, -120.0]
    alike = [[37.0, -120.1], [37.0, -119.9]]  # as far to the west as to the east
    doubles = [place] * 9
    for services in (alike, alike[::-1], [*doubles, *alike], [*alike, *doubles]):
        case = Case(np.array([place]), np.array([10.0]), np.array(services), np.ones(len(services)))
        _, columns = run(case, tmp_path, (1, 1))
        first = services.index(place) if place in services else 0
        assert columns["nearest_id"].tolist() == [str(first)]
        assert np.isfinite(ranked(columns, "minutes")).sum() == min(len(services), 3)


def test_an_area_exactly_at_a_limit_is_within_and_weighs(tmp_path):
    local_m, local_minutes = 6_000, 6_000 * 60 / (45 * nation.MILE_M)  # where few people live
    way_m = local_m + (10 - local_minutes) * nation.MILE_M  # at a mile a minute
    degrees = math.degrees(way_m / 1.3 / nation.EARTH_M) + np.arange(-50, 50) * 2e-17
    exact = next(lat for lat in degrees if minutes_by_the_library(lat) == 10)
    beyond = next(lat for lat in degrees + 1e-15 if minutes_by_the_library(lat) > 10)
    for lat, weight in ((exact, 1.0), (beyond, 0.68)):
        case = Case(np.array([[lat, 0.0]]), np.array([5.0]), np.zeros((1, 2)), np.ones(1))
        _, columns = run(case, tmp_path, threshold=10.0)
        assert columns["within"].tolist() == [weight == 1.0]
        assert columns["access"].tolist() == [pytest.approx(1 / 5)]  # all it has is for these five
    areas = np.array([[exact, 0.0], [-beyond, 0.0]])
    both = Case(areas, np.ones(2), np.zeros((1, 2)), np.ones(1))
    assert run(both, tmp_path)[1]["access"] == pytest.approx([1 / 1.68, 0.68 / 1.68])


def minutes_by_the_library(lat):
    metres = crow.DETOUR * apart_m([[lat, 0.0]], [[0.0, 0.0]])
    return crow.driving(metres, 2 * crow.LOCAL_PACE[-1])[0, 0]


def test_a_part_where_nobody_lives_counts_for_nobody(tmp_path):
    case = CASE._replace(people=np.where(np.arange(100) < 50, CASE.people, 0.0))
    agrees(run(case, tmp_path, (10, 5))[1], nation.naive(case))


def test_of_a_real_county_the_figures_are_those_of_the_planners_page(tmp_path):
    places = load_catalogue(DATA / "services.csv", clock.today())
    answer = answer_to(places, demand.load(), Question(type="food", county="imperial"))
    here, there = answer.areas, places.loc[answer.services.index]
    areas, services = (each[["lat", "lon"]].to_numpy(float) for each in (here, there))
    case = Case(areas, here["people"].to_numpy(float), services, np.ones(len(there)))
    _, columns = run(case, tmp_path)
    for name in ("minutes", "miles"):
        wanted = here[[f"{name}_{rank}" for rank in (1, 2, 3)]].to_numpy()
        assert ranked(columns, name) == pytest.approx(wanted, rel=1e-9, nan_ok=True)
    assert columns["access"] == pytest.approx(answer.access, rel=1e-9, abs=1e-15)
    assert columns["within"].tolist() == here["within"].tolist()


class Stopped(Exception):
    """What stops a run half way."""


def stopping(after):
    """Return a scheduler that stops after so many parts of all steps, and what it has done."""
    done = []

    def scheduler(run, step, parts):
        for part in one_process(run, step, parts):
            done.append((step, part))
            yield part
            if len(done) == after:
                raise Stopped

    return scheduler, done


def stopped(folder, after):
    scheduler, done = stopping(after)
    with pytest.raises(Stopped):
        run(CASE, folder, scheduler=scheduler)
    assert not (folder / "out.parquet").exists()
    return done


@pytest.mark.parametrize("after", [1, 9, 14])
def test_a_run_that_stopped_is_taken_up_where_it_was(tmp_path, truth, after):
    before = stopped(tmp_path, after)
    scheduler, done = stopping(None)
    found, columns = run(CASE, tmp_path, scheduler=scheduler)
    assert {*before}.isdisjoint(done) and len(before) + len(done) == 3 * found.parts
    agrees(columns, truth)
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".parts")] == []


@pytest.mark.parametrize("harm", ["cut off", "another byte", "gone"])
def test_a_finished_part_that_is_no_longer_whole_is_done_again(tmp_path, truth, harm):
    before = stopped(tmp_path, 9)
    step, part = before[3]
    table = tmp_path / ".out.parquet.parts" / step / f"{part:06}-areas.parquet"
    whole = table.read_bytes()
    table.unlink()
    if harm != "gone":
        table.write_bytes(whole[:-9] if harm == "cut off" else whole[:99] + b"?" + whole[100:])
    scheduler, done = stopping(None)
    _, columns = run(CASE, tmp_path, scheduler=scheduler)
    assert (step, part) in done and len({*before} & {*done}) == 1
    agrees(columns, truth)


def test_what_was_finished_of_other_tables_is_not_taken(tmp_path):
    stopped(tmp_path, 9)
    other = CASE._replace(people=CASE.people + 1)
    agrees(run(other, tmp_path)[1], nation.naive(other))


def test_what_was_finished_of_another_question_is_not_taken(tmp_path):
    stopped(tmp_path, 9)
    scheduler, done = stopping(None)
    found, _ = run(CASE, tmp_path, scheduler=scheduler, threshold=20.0)
    assert len(done) == 3 * found.parts


def test_a_table_laid_out_that_lost_rows_is_told_with_what_to_do(tmp_path):
    stopped(tmp_path, 1)
    folder = tmp_path / ".out.parquet.parts"
    shutil.rmtree(next((folder / "loose").glob("*-areas")))
    with pytest.raises(QuestionError, match=r"not all that was laid there\. Delete .*parts, and"):
        run(CASE, tmp_path)


def test_two_runs_at_one_table_are_not_mixed(tmp_path):
    def scheduler(asked, step, parts):
        with pytest.raises(QuestionError, match=r"another run is at .*out\.parquet\. Wait"):
            run(CASE, tmp_path)
        yield from one_process(asked, step, parts)

    run(CASE, tmp_path, scheduler=scheduler)


def test_the_table_of_before_stays_until_the_new_one_is_whole(tmp_path):
    run(CASE, tmp_path)
    before = (tmp_path / "out.parquet").read_bytes()
    scheduler, _ = stopping(5)
    with pytest.raises(Stopped):
        run(CASE, tmp_path, scheduler=scheduler, threshold=5.0)
    assert (tmp_path / "out.parquet").read_bytes() == before


def test_the_same_is_the_same_to_the_byte(tmp_path):
    run(CASE, tmp_path)
    before = (tmp_path / "out.parquet").read_bytes()
    run(CASE, tmp_path)
    assert (tmp_path / "out.parquet").read_bytes() == before


def test_each_part_that_is_done_is_told(tmp_path):
    told = []
    found, _ = run(CASE, tmp_path, tell=lambda *news: told.append(news))
    wanted = [(step, n, found.parts) for step in steps.ALL for n in range(found.parts + 1)]
    assert told == wanted


def test_no_part_holds_more_than_is_asked_unless_all_is_at_one_place(tmp_path):
    case = CASE._replace(areas=np.vstack([CASE.areas[:50], np.tile([[37.0, -119.0]], (50, 1))]))
    sizes = []

    def scheduler(asked, step, parts):
        for part in one_process(asked, step, parts):
            if step == "answer":
                file = asked.folder / "answer" / f"{part:06}-areas.parquet"
                sizes.append(pq.read_metadata(file).num_rows)
            yield part

    run(case, tmp_path, (20, 10), scheduler)
    assert sum(sizes) == 100 and sorted(sizes)[-1] >= 50 and sorted(sizes)[-2] <= 20


@pytest.mark.parametrize("threshold", [0.0, -1.0, math.inf, math.nan])
def test_a_threshold_that_is_none_is_refused(tmp_path, threshold):
    with pytest.raises(QuestionError, match="wanted minutes or miles above 0"):
        run(CASE, tmp_path, threshold=threshold)


def test_a_slip_is_plain_text_that_names_no_place(tmp_path):
    stopped(tmp_path, 14)
    slips = [*(tmp_path / ".out.parquet.parts").glob("*/*.json")]
    assert slips and all(isinstance(json.loads(slip.read_text()), dict) for slip in slips)
