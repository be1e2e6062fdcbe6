"""The figures are those that a naive count gives, and name nothing that is confidential."""

import json
from datetime import date, timedelta

import pytest

from app import app as server
from geo import i18n
from geo.catalogue import history
from geo.catalogue.keeper import keeper_of
from geo.trust import quality
from tests.support import made_up
from tests.support.asking import ask
from tests.support.markup import Page

DAY = date(2026, 11, 26)


def naive(entries, county, kind):
    """Return the counts of a group, by the cells of the file alone."""
    own = [e for e in entries if county in ("all", e["county"])]
    own = [e for e in own if kind == "all" or kind in e["service_types"].split(";")]
    return {
        "entries": len(own),
        "phone": sum(e["phone"] != "" for e in own),
        "hours": sum(e["hours"] != "" for e in own),
        "spanish": sum(e["description_es"] != "" for e in own),
        "point": sum(
            e["location_precision"] in ("exact", "street")
            and e["location_policy"] == "public"
            and "hotline" not in e["service_types"]
            for e in own
        ),
    }


def test_the_counts_are_those_of_the_file(served):
    entries = keeper_of(served).current().entries
    told = json.loads(ask(server, "/quality.json").text)
    groups = [one for one in told["groups"] if one["county"] != "elsewhere"]
    assert len(groups) > 40
    for one in groups:
        assert {**one, **naive(entries, one["county"], one["type"])} == one
    assert [one["confirmed"] for one in groups] == [0] * len(groups)


def test_what_was_confirmed_counts_for_half_a_year():
    for days, counted in ((183, 1), (184, 0)):
        on = (DAY - timedelta(days=days)).isoformat()
        edition = made_up.edition(verified_on=on, verified_by_role="volunteer")
        found = quality.measure(edition.entries, history.History(), DAY)
        assert found.groups[0].known["confirmed"] == counted


def test_the_trend_and_the_days_to_close_are_from_the_log():
    acts = (
        history.Act(1, "2026-09-30", "confirm", "aaaaaa", "volunteer", fields=("phone",)),
        history.Act(2, "2026-10-01", "confirm", "aaaaaa", "volunteer", fields=("hours",)),
        history.Act(3, "2026-10-09", "correct", "aaaaaa", "volunteer", fields=("hours",)),
        history.Act(4, "2026-10-09", "reports", "aaaaaa", "volunteer", waited=(1, 2, 30)),
        history.Act(5, "2026-10-10", "undo", "aaaaaa", "volunteer", of=1),
    )
    found = quality.measure(made_up.edition().entries, history.History(acts), DAY)
    assert [vars(one) for one in found.months] == [
        {"month": "2026-09", "acts": 1, "confirmed": 0},
        {"month": "2026-10", "acts": 4, "confirmed": 1},
    ]
    assert found.days_to_close == 2


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_the_page_is_whole_and_names_no_place(served, language):
    answer = ask(server, f"/quality/{language}")
    page = Page(answer.text)
    assert (answer.status, page.open, page.badly_closed) == (200, [], [])
    assert page.all("html", "lang") == [language]
    assert "<title>Home</title>" in answer.text
    for entry in keeper_of(served).current().entries:
        if not entry["is_public"]:
            assert entry["name"] not in page.said
    spots = [text for tag, text in page.tags if tag == "li"]
    assert len(spots) == quality.SPOTS


def test_the_weakest_spots_are_the_lowest_shares_of_groups_large_enough(served):
    entries = keeper_of(served).current().entries
    found = quality.measure(entries, history.History(), DAY)
    single = [one for one in found.groups if "all" not in (one.county, one.kind)]
    for name, spot in found.weakest[:4]:
        large = [one for one in single if one.of(name) >= quality.LEAST]
        assert spot.share(name) == min(one.share(name) for one in large)


def test_an_address_without_a_language_leads_to_that_of_the_reader(served):
    assert ask(server, "/quality", accept_language="es").headers["location"] == "/quality/es"
