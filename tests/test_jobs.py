"""A job runs in a process of its own, says how it goes, and ends when it is told to."""

import time

import numpy as np
import pytest

from geo import jobs
from geo.errors import QuestionError
from geo.gaps.sites.site_search import Question

TABLES = ([[1.0]], [np.inf], [10.0])
BEST = "geo.gaps.sites.site_search:best"


def test_what_the_function_raises_is_raised_where_it_is_asked_for():
    job = jobs.start(BEST, 60, Question(*TABLES, 5, "mclp", 10))
    with pytest.raises(QuestionError, match="fewer candidate sites"):
        job.wait(60)


def test_a_mistake_in_the_call_is_told_with_where_it_was():
    job = jobs.start("tests.support.odd_jobs:wait", 60, 1, "nonsense")
    with pytest.raises(jobs.JobError, match="broke off") as raised:
        job.wait(60)
    assert isinstance(raised.value.__cause__, TypeError)
    assert "In the process of the job" in raised.value.__cause__.__notes__[0]


def test_a_process_that_takes_too_long_ends_itself(capfd):
    job = jobs.start("tests.support.odd_jobs:wait", 0.1, 60)
    with pytest.raises(jobs.JobError, match="broke off before it had an answer"):
        job.wait(60)
    assert "Timeout" in capfd.readouterr().err  # for whoever runs the server


def test_what_it_tells_comes_before_what_it_finds():
    job = jobs.start(BEST, 60, Question(*TABLES, 1, "lscp", 10))
    assert job.told is None
    assert job.found() is None
    assert job.wait(60).chosen == (0,)
    assert 0 < job.seconds < 60


def test_starting_does_not_wait_for_the_process():
    large = np.zeros((2000, 1000))  # 16 MB: more than fits into a pipe
    began = time.monotonic()
    job = jobs.start(BEST, 60, Question(large, np.ones(2000), np.ones(2000), 1, "mclp", 10))
    assert time.monotonic() - began < 2
    job.cancel()


def test_a_job_that_nobody_holds_any_more_ends(monkeypatch):
    started = []
    popen = jobs.subprocess.Popen

    def remember(*arguments, **named):
        started.append(popen(*arguments, **named))
        return started[0]

    monkeypatch.setattr(jobs.subprocess, "Popen", remember)
    job = jobs.start(BEST, 60, Question(*TABLES, 1, "mclp", 10))
    del job
    assert started[0].wait(10) != 0


def test_a_job_that_dies_is_broken_keeps_what_it_told_and_is_logged_once(caplog):
    job = jobs.start("tests.support.odd_jobs:die", 60)
    for _ in range(2):
        with pytest.raises(jobs.JobError, match="broke off before it had an answer"):
            job.wait(60)
    assert (job.broken, job.told) == (True, "so far")
    (record,) = caplog.records
    assert record.levelname == "ERROR"
    assert "tests.support.odd_jobs:die broke off: its process ended with 3" in caplog.text


def test_what_cannot_be_read_breaks_a_job_off_and_is_logged_with_where_it_was(caplog):
    job = jobs.start("tests.support.odd_jobs:tell_what_cannot_be_read", 60)
    with pytest.raises(jobs.JobError, match="broke off") as raised:
        job.wait(60)
    assert isinstance(raised.value.__cause__, LookupError)
    assert job.broken
    assert caplog.text.count("LookupError: no such thing") == 1


def test_a_job_that_is_cancelled_or_answers_that_there_is_no_answer_is_not_broken(caplog):
    cancelled = jobs.start("tests.support.odd_jobs:wait", 60, 60)
    cancelled.cancel()
    refused = jobs.start(BEST, 60, Question(*TABLES, 5, "mclp", 10))
    with pytest.raises(jobs.JobError, match="stopped before it had an answer"):
        cancelled.found()
    with pytest.raises(QuestionError):
        refused.wait(60)
    assert (cancelled.broken, refused.broken, caplog.records) == (False, False, [])


def test_a_refusal_with_braces_in_what_was_typed_comes_whole():
    job = jobs.start("tests.support.odd_jobs:refuse", 60, "{park}")
    with pytest.raises(QuestionError, match=r"^\{park\}: not here\.$"):
        job.wait(60)


def test_there_is_room_for_so_many_jobs_and_again_when_one_has_ended():
    slots = jobs.Slots(most=2, busy="No room.")
    first, _second = [slots.start("tests.support.odd_jobs:wait", 60, 60) for _ in range(2)]
    with pytest.raises(QuestionError, match=r"No room\."):
        slots.start("tests.support.odd_jobs:wait", 60, 60)
    first.cancel()
    slots.start("tests.support.odd_jobs:wait", 60, 60)
