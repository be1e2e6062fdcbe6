"""A date of a source is as exact as it is known."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.catalogue.dates import PartialDate


@given(st.dates(), st.sampled_from([4, 7, 10]))
def test_a_date_is_read_back_to_what_it_is_known(day, letters):
    known = PartialDate.parse(day.isoformat()[:letters])
    first = {4: day.replace(month=1, day=1), 7: day.replace(day=1), 10: day}[letters]
    assert known == PartialDate(first, {4: "year", 7: "month", 10: "day"}[letters])


@pytest.mark.parametrize("text", ["", "26", "2026-13", "2026-02-30", "2026-9", "2026-09-1", "٢٠٢٦"])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError):
        PartialDate.parse(text)


def test_a_date_to_come_is_0_days_ago():
    assert PartialDate.parse("2026-09").days_before(date(2026, 9, 11)) == 10
    assert PartialDate.parse("2027").days_before(date(2026, 9, 11)) == 0
