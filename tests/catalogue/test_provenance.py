"""Each fact has a source and an age of its own; a reader is told both, and when to call first."""

from datetime import date, timedelta

import pytest

from geo.catalogue import provenance, records
from geo.catalogue.places import locate
from geo.catalogue.sources import FACTS, Source
from geo.i18n import words
from tests.support import examples

TODAY = date(2026, 11, 22)
EN, ES = words("en"), words("es")
OWN_SITE = Source("Own site", "https://oak.example.org/hours", "2026-03", "high")


def place(said=None, **cells):
    """Return one made-up place, with the sources of single facts that `said` gives."""
    found = locate(examples.frame(cells), {"aaaaaa": said or {}})
    return found.drop(columns="geometry").to_dict("records")[0]


def hours(day, confidence="high"):
    return {"hours": Source("Own site", "https://oak.example.org", day, confidence)}


@pytest.mark.parametrize(
    ("cells", "first"),
    [
        ({"source_date": str(TODAY - timedelta(days=365))}, False),
        ({"source_date": str(TODAY - timedelta(days=366))}, True),
        ({"source_date": "2026"}, False),  # counted from its first day
        ({"source_date": "2025-12"}, False),
        ({"source_date": "2025-11"}, True),
        ({"source_date": ""}, True),
        ({"source_date": "2026-06", "confidence": "medium"}, True),
        ({"source_date": "2019", "verified_on": "2026-11-01", "confidence": "low"}, False),
        ({"source_date": "2026-06", "verified_on": "2025-06-01"}, True),
    ],
    ids=str,
)
def test_call_first_is_said_where_the_record_is_old_or_secondary(cells, first):
    assert provenance.call_first(place(**cells), TODAY) is first


@pytest.mark.parametrize(
    ("said", "cells", "first"),
    [
        (hours("2026-09"), {"source_date": "2026-06"}, False),
        (hours("2013"), {"source_date": "2026-06"}, True),
        (hours(""), {"source_date": "2026-06"}, True),
        (hours("2026-09", "low"), {"source_date": "2026-06"}, True),
        (hours("2013"), {"source_date": "2026-06", "hours": ""}, False),  # no hours are shown
        (hours("2026-09"), {"source_date": "2013"}, False),  # who tells its hours knows it is there
        (hours("2026-09"), {"source_date": "2013", "phone": "209-836-5424"}, True),
        ({"street": OWN_SITE}, {"source_date": "2013", "hours": ""}, False),
        ({"wheelchair": hours("2001")["hours"]}, {"source_date": "2026-06"}, False),
    ],
    ids=str,
)
def test_each_fact_ages_by_itself(said, cells, first):
    given = {"hours": "Mo 08:00-12:00", **cells}
    assert provenance.call_first(place(said, **given), TODAY) is first


def test_the_dates_of_the_hours_and_of_the_rest_are_both_told():
    known = place({"hours": OWN_SITE}, hours="24/7")
    assert provenance.age(known, EN) == (
        "Dates of the sources: hours March 2026, the rest June 2026. Not yet checked by a person."
    )
    undated = place(hours(""), hours="24/7", source_date="2020")
    assert "hours date not known, the rest 2020" in provenance.age(undated, EN)
    same = place(hours("2026-06"), hours="24/7")
    assert provenance.age(same, EN) == "Source of June 2026. Not yet checked by a person."


def test_each_source_is_told_and_how_sure_the_place_is():
    found = provenance.listed(place(**examples.IN_TRACY, location_source="State list, 2026"), EN)
    assert [(one["label"], one["text"]) for one in found] == [
        ("Source", "State list"),
        ("Where it says so", "https://data.example.gov/food"),
        ("Kind of source", records.CONFIDENCES["high"]),
        ("Last confirmed", "Source of June 2026. Not yet checked by a person."),
        ("On the map", "Exact place"),
        ("Point from", "State list, 2026"),
    ]


def test_of_a_private_place_it_is_not_told_where_its_point_is_from():
    private = place(location_policy="area_only", location_source="State list, 2026")
    labels = {one["label"] for one in provenance.listed(private, EN)}
    assert labels.isdisjoint({"On the map", "Point from"})
    assert "Source" in labels


def test_facts_of_one_source_are_told_together_under_the_names_readers_know():
    said = {"zip": OWN_SITE, "hours": OWN_SITE, "street": OWN_SITE, "phone": hours("")["hours"]}
    known = place(said, **examples.IN_TRACY, hours="24/7", phone="988")
    assert provenance.told(known, EN) == (
        "Address, Hours: Own site, March 2026. Phone: Own site, date not known. "
        "The rest: State list, June 2026"
    )
    assert provenance.told(known, ES).endswith("Lo demás: State list, junio de 2026")
    listed = {one["label"]: one["text"] for one in provenance.listed(known, EN)}
    assert listed["Address, Hours"] == (
        "Own site, March 2026. Official list or the service's own site. "
        "https://oak.example.org/hours"
    )
    assert provenance.told(place(), EN) == "Source: State list, June 2026"


def test_each_fact_that_may_have_a_source_is_a_column():
    assert {*FACTS} < {*records.COLUMNS}


def test_a_copy_in_a_list_of_others_is_called_that_in_the_language_of_the_reader():
    said = "public list on GitHub, file 37001408547 (links example.org)"
    told = [row["text"] for row in provenance.listed(place(source_ref=said), words("es"))]
    assert "una copia en una lista pública, número 37001408547 (links example.org)" in told


def test_a_fact_that_was_confirmed_has_that_day_and_no_other_fact_has():
    from geo.catalogue.history import Check
    from tests.support import made_up

    entry = made_up.edition(
        hours="24/7", source_date="2019", confidence="medium", verified_on="", verified_by_role=""
    ).entries[0]
    today, say = date(2026, 11, 26), words("en")
    assert provenance.call_first(entry, today)
    checks = {name: Check("2026-11-14", "volunteer") for name in ("hours", "phone")}
    told = {**entry, "checks": checks}
    assert not provenance.call_first(told, today)
    assert provenance.age(told, say, today).startswith(
        "Confirmed 12 days ago by volunteer: Hours, Phone. The rest is of 2019."
    )
    ages = {one["label"]: one["text"] for one in provenance.ages(told, say, today)}
    assert ages["Hours: how old"] == "confirmed 12 days ago (new)"
    assert ages["Address: how old"].endswith("2019 (old: call first)")
    assert provenance.call_first({**entry, "checks": {"hours": checks["hours"]}}, today)
    assert provenance.call_first(told, date(2027, 11, 26))


def test_a_role_is_told_in_the_language_of_the_reader():
    checked = place(verified_on="2026-11-01", verified_by_role="outreach worker")
    assert provenance.age(checked, EN) == "Checked on November 1, 2026 by: outreach worker"
    assert provenance.age(checked, ES).endswith(" por: trabajo de calle")
    other = place(verified_on="2026-11-01", verified_by_role="{role}")
    assert provenance.age(other, ES).endswith(" por: {role}")
