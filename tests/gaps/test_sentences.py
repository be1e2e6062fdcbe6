"""What a finding says in words agrees with a case worked by hand, in both languages."""

from datetime import date, time

import pytest

from geo import i18n
from geo.catalogue import records
from geo.catalogue.keeper import Edition
from geo.errors import QuestionError
from geo.gaps import classes, demand, export, on_map, sentences, what_if
from geo.gaps.answer import work_out
from geo.gaps.memo import content, layout
from geo.gaps.question import Question, next_usual
from geo.gaps.sites import candidates
from tests.gaps.test_answer import FOUR, PLACES, STEP, TUESDAY, WEST, located, miles, place

EN, ES = i18n.words("en"), i18n.words("es")
EAST_AT_NIGHT = place("eastaa", 33.0, -115.3, hours="Mo-Fr 18:00-20:00", name="Night clinic")
SILENT = place("silent", 33.0, -115.2, name="Silent clinic")


def answered(*rows, threshold=5, **more):
    return work_out(located(*rows), FOUR, miles(threshold, **more))


def test_the_headline_has_the_number_the_share_and_the_limit():
    found = answered(WEST, EAST_AT_NIGHT)
    assert sentences.headline(found, EN) == (
        "204 people, 16.5% of Imperial County, live more than 5 miles from a clinic."
    )
    assert sentences.headline(found, ES) == (
        "Condado de Imperial: 204 personas (16.5%) viven a más de 5 millas de una clínica."
    )


def test_one_person_and_nobody_are_said_so():
    alone = FOUR.assign(people=[1000, 200, 30, 1])
    one = work_out(located(WEST, EAST_AT_NIGHT), alone, miles(STEP - 0.01))
    assert sentences.headline(one, EN).startswith("201 people, ")
    nobody = answered(WEST, threshold=100)
    assert sentences.headline(nobody, EN) == (
        "Everybody in Imperial County lives within 100 miles of a clinic."
    )
    single = work_out(located(WEST), alone.assign(people=[9, 0, 0, 1]), miles(5))
    assert sentences.headline(single, EN) == (
        "1 person, 10.0% of Imperial County, lives more than 5 miles from a clinic."
    )


def test_unknown_hours_make_a_range_with_its_two_ends():
    found = answered(WEST | {"hours": "Mo-Fr 08:00-17:00"}, EAST_AT_NIGHT, SILENT, hour=TUESDAY)
    assert sentences.headline(found, EN) == (
        "Between 230 and 234 people, 18.6% to 19.0% of Imperial County, live more than 5 miles "
        "from a clinic open on Tuesday at 10:00\u202fAM."
    )
    notes = [*sentences.notes(found, EN)]
    assert notes[:2] == [
        "Hours not known: 1 of 3 places.",
        "At the low end all of them are open; at the high end all are closed.",
    ]
    assert sentences.headline(found, ES).endswith(
        "de una clínica que atienda el martes a las 10:00\u202fa.m."
    )


def test_where_nothing_is_known_nobody_is_said_to_be_far():
    found = answered(SILENT, WEST, hour=TUESDAY, threshold=100)
    assert sentences.headline(found, EN) == (
        "It is not known how many people in Imperial County live more than 100 miles from a clinic "
        "open on Tuesday at 10:00\u202fAM: it may be nobody, it may be everybody."
    )
    assert [*sentences.doubts(found, EN)] == [
        "No place is known to be open, so there is no nearest one to tell of."
    ]
    (line,) = sentences.hangs(found, [], EN)
    assert line == "Nobody is known to be within the limit, so nothing hangs on one entry."


def test_a_range_down_to_nobody_says_so():
    found = answered(WEST | {"hours": "24/7"}, SILENT, hour=TUESDAY, threshold=16)
    assert sentences.headline(found, EN) == (
        "Up to 4 people, 0.3% of Imperial County, may live more than 16 miles from a clinic open "
        "on Tuesday at 10:00\u202fAM; it may be nobody."
    )


@pytest.mark.parametrize(
    ("part", "told"),
    [
        (0, "0%"),
        (0.0004, "less than 0.1%"),
        (0.25, "25.0%"),
        (0.9996, "more than 99.9%"),
        (1, "100%"),
    ],
)
def test_what_is_not_nothing_is_never_said_to_be_nothing(part, told):
    assert sentences.share(part, EN) == told


CELLS = {
    "a text": ("Tracy", "text", "Tracy"),
    "people": (1234.5678, "count", (1234.5678, "1,235")),
    "fewer people": (-0.2, "count", (-0.2, "0")),
    "minutes": (7, "one", (7, "7.0")),
    "a tiny share": (0.0004, "share", (0.0004, "less than 0.1%")),
    "no share": (0.0, "share", (0.0, "0%")),
    "none": (None, "one", (None, "none")),
    "no place": (None, "text", (None, "none")),
}


@pytest.mark.parametrize(("value", "kind", "told"), CELLS.values(), ids=CELLS)
def test_a_cell_is_a_text_or_a_number_with_how_it_is_written(value, kind, told):
    assert sentences.cell(value, kind, EN) == told


def test_a_law_says_whose_it_is_of_when_and_what_it_does_not_say():
    usual = [*sentences.laws(answered(WEST), EN)]
    assert usual == [
        "Medi-Cal asks for primary care within 10 miles or 30 minutes. By all places on this list, "
        "at any hour, by car as usual, that is so for 100% of people in Imperial County. Not every "
        "clinic on this list gives primary care. Text of October 6, 2025; it lapses on January 1, "
        "2029."
    ]
    assert [*sentences.laws(answered(WEST, hour=TUESDAY), EN)] == usual
    own = work_out(
        located(place("food01", 33.0, -115.5, service_types="food")),
        FOUR,
        Question("food", "imperial", "miles", 5),
    )
    assert [*sentences.laws(own, EN)] == [
        "We know of no limit that a law sets for this. The limit of 5 miles is your own."
    ]
    both = [*sentences.laws(work_out(PLACES, demand.load(), Question("mental_health")), EN)]
    assert "of people in San Joaquin County." in both[0]
    assert both[1:] == ["We know of no limit for Imperial County."]


def test_what_hangs_on_one_entry_names_it_and_how_old_it_is():
    rows = [WEST | {"name": "West clinic", "source_date": "2019"}, EAST_AT_NIGHT]
    places = located(*rows)
    found = work_out(places, FOUR, miles(5))
    lines = [*sentences.hangs(found, Edition(1, places).entries, EN)]
    assert lines[0].startswith("For 1,000 people there is only one within 5 miles: West clinic. ")
    assert "2019" in lines[0]
    assert len(lines) == 2


@pytest.mark.parametrize("figure", classes.FIGURES)
@pytest.mark.parametrize("kind", ["clinic", "food", "harm_reduction"])
def test_every_person_is_in_one_class(figure, kind):
    found = work_out(PLACES, demand.load(), Question(kind, threshold=17))
    shades = classes.shade(found, figure, EN)
    told = sum(shades.people) + shades.people_undecided + shades.people_nowhere
    assert told == found.people
    assert len(shades.colours) == len(shades.labels) == len(shades.people)
    assert len(shades.labels) <= layout.MOST_CLASSES


def test_classes_of_distance_are_those_counted_by_hand():
    shades = classes.shade(answered(WEST), "1", EN)  # at 0, 1, 2 and 3 steps of 7.55 miles
    assert shades.labels == [
        "up to 5 miles",
        "more than 5, up to 10",
        "more than 10, up to 20",
        "more than 20 miles",
    ]
    assert shades.kinds.tolist() == [0, 1, 2, 3]
    assert shades.people == [1000, 200, 30, 4]
    assert (shades.people_undecided, shades.people_nowhere) == (0, 0)


def test_the_limit_asked_for_parts_the_dark_from_the_light():
    found = answered(WEST, threshold=9)
    shades = classes.shade(found, "1", EN)
    beyond = [label.startswith("more than 9") or "20" in label for label in shades.labels]
    out = sum(people for people, out in zip(shades.people, beyond, strict=False) if out)
    assert out == found.worst.people_beyond == 34


def test_who_reaches_nothing_is_in_no_class():
    shades = classes.shade(answered(WEST), "2", EN)
    assert (shades.people_undecided, shades.people_nowhere) == (0, 1234)
    assert str(shades.kinds[0]) == "nan"


@pytest.mark.parametrize("figure", classes.FIGURES)
def test_what_unknown_hours_decide_has_no_shade(figure):
    found = answered(WEST | {"hours": "24/7"}, SILENT, hour=TUESDAY, threshold=9)
    shades = classes.shade(found, figure, EN)
    undecided = {"1": 34, "2": 1230, "3": 0, "access": 1234}[figure]
    if figure == "2":  # within 9 miles of two: nobody surely, and nobody perhaps
        undecided = 0
    assert shades.people_undecided == undecided
    assert all(str(kind) == "nan" for kind in shades.kinds[shades.undecided])


def test_less_access_is_darker():
    found = work_out(PLACES, demand.load(), Question("clinic"))
    shades = classes.shade(found, "access", EN)
    means = [found.access[shades.kinds == number].mean() for number in range(len(shades.labels))]
    assert means == sorted(means, reverse=True)
    average = found.access @ found.areas["people"] / found.people
    assert f"average: {100_000 * average:.1f} places" in shades.title
    for number, (least, most) in enumerate([(2, 99), (1.1, 2), (0.9, 1.1), (0.5, 0.9), (0, 0.5)]):
        part = found.access[shades.kinds == number] / average
        assert ((part >= least) & (part < most)).all()


def test_the_usual_hour_is_never_a_holiday():
    thanksgiving = date(2026, 11, 26)
    assert next_usual(3, time(10), date(2026, 11, 22)).date() == date(2026, 12, 3)
    assert next_usual(3, time(10), thanksgiving).date() == date(2026, 12, 3)
    assert next_usual(6, time(3), date(2026, 11, 22)).date() == date(2026, 11, 29)


def test_candidates_are_of_the_county_and_never_private():
    towns = candidates.towns("imperial")
    assert {"Brawley", "Calexico", "92231"} <= {town.name for town in towns}
    assert "Tracy" not in {town.name for town in towns}
    rows = [
        WEST,
        place("food01", 33.0, -115.3, service_types="food", name="Pantry"),
        place("food02", 33.0, -115.3, service_types="food", name="Same door"),
        place("disc01", 33.1, -115.3, service_types="food", location_precision="zip", zip="92227"),
        place("secret", 33.2, -115.3, service_types="shelter", location_policy="area_only"),
    ]
    found = candidates.others(located(*rows), "clinic", "imperial")
    assert [one.name for one in found] == ["Pantry"]
    assert candidates.others(located(*rows), "clinic", "san_joaquin") == []


def test_a_search_without_candidates_says_so():
    with pytest.raises(QuestionError, match="no candidate site"):
        candidates.search(answered(WEST), [], 1, "mclp")


def test_a_trial_counts_who_gains_and_who_loses():
    places = located(WEST, EAST_AT_NIGHT)
    found = work_out(places, FOUR, miles(5))
    people = ["gained", "lost"]
    assert what_if.added(found, (33.0, -115.2)).loc["people", people].tolist() == [4, 0]
    assert what_if.closed(found, 0).loc["people", people].tolist() == [0, 1000]
    assert what_if.closed(found, 0).loc["poverty", people].tolist() == [0, 100]
    assert what_if.moved(found, 1, (33.0, -115.4)).loc["people", people].tolist() == [200, 30]


def test_other_hours_count_at_the_hour_asked():
    found = answered(WEST | {"hours": "24/7"}, EAST_AT_NIGHT, hour=TUESDAY)
    people = ["gained", "lost"]
    longer = what_if.reopened(found, 1, "Mo-Fr 08:00-20:00")
    assert longer.loc["people", people].tolist() == [30, 0]
    assert what_if.reopened(found, 0, "Mo 08:00-09:00").loc["people", people].tolist() == [0, 1000]
    with pytest.raises(QuestionError, match="cannot be read"):
        what_if.reopened(found, 1, "when it suits us")
    with pytest.raises(QuestionError, match="day and time first"):
        what_if.reopened(answered(WEST), 0, "24/7")


def test_the_map_is_told_of_all_areas_what_the_table_says():
    found = work_out(PLACES, demand.load(), Question("food", "imperial"))
    shades = classes.shade(found, "1", EN)
    told = on_map.classes_and_shares(found, shades)
    rows = {row[0]: row for row in export.as_rows(found, "edge")}
    assert len(told["kinds"]) == len(told["far"]) == len(told["to"]) == 615
    for spot, geoid in enumerate(demand.load()["geoid"]):
        if geoid in rows:
            _, _, _, minutes, _, name, edge = rows[geoid]
            assert told["far"][spot] == round(minutes, 1)
            assert name == PLACES["name"][told["to"][spot]]
            assert (edge == "edge") == (told["edge"][spot] == "1")
        else:
            assert (told["kinds"][spot], told["far"][spot]) == ("-", None)
    counted = {kind: told["kinds"].count(kind) for kind in set(told["kinds"])}
    assert counted["-"] == 501


def test_the_memo_says_the_same_numbers_in_both_languages():
    edition = Edition(1, PLACES)
    for say in (EN, ES):
        found = work_out(PLACES, demand.load(), Question("shelter", threshold=10))
        made = content.memo(found, classes.shade(found, "1", say), edition, date(2026, 11, 22), say)
        assert made.finding == sentences.headline(found, say)
        low, high = (f"{end.people_beyond:,.0f}" for end in (found.best, found.worst))
        told = {"en": f"{low} to {high}", "es": f"de {low} a {high}"}[say.language]
        assert made.rows[0][1:3] == ["958,935", told]
        assert len(made.rows) == 1 + 2 + len(demand.GROUPS)
        assert layout.write(made, say).startswith(b"%PDF")


def test_every_type_with_a_place_is_said_in_a_sentence():
    assert {*sentences.SOUGHT} == {*records.PLACE_TYPES}
