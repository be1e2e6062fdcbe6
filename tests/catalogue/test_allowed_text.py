"""A text of a place that is not public passes if it says nothing of where, and only then."""

import csv
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.catalogue.allowed_text import refusal
from geo.ordinary_words import FOLDER, fold
from geo.settings import DATA, ROOT

LEAST_HOSTILE, LEAST_HONEST = 240, 120
MOST_MISSED = 3  # of the hostile ones that nothing was mended for
MOST_FALSE_ALARMS = 5  # of the honest ones that nothing was mended for


def texts(name):
    lines = (ROOT / f"tests/fixtures/texts/{name}.txt").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("# ")]


def words(text):
    return set(re.findall("[a-z]{3,}", fold(text)))


@pytest.mark.parametrize("text", texts("tells_where"))
def test_each_way_to_tell_a_place_is_refused_and_not_repeated(text):
    found = refusal(text)
    assert found is not None
    ours = words(
        "a letter sign that is not plain number in shape allowed text without words capital "
        "inside sentence word may point at place our lists two between blank look"
    )
    assert words(str(found)) <= ours


@pytest.mark.parametrize("text", texts("tells_nothing"))
def test_an_honest_sentence_passes(text):
    assert refusal(text) is None


def test_of_honest_sentences_nothing_was_mended_for_few_are_asked_about():
    asked = [text for text in texts("tells_nothing_unseen") if refusal(text)]
    assert len(asked) <= MOST_FALSE_ALARMS, asked


def test_of_ways_to_tell_a_place_that_nothing_was_mended_for_few_pass():
    passed = [text for text in texts("tells_where_unseen") if not refusal(text)]
    assert len(passed) <= MOST_MISSED, passed


def test_both_sides_are_measured_on_enough_of_both():
    hostile = texts("tells_where")
    honest = texts("tells_nothing") + texts("tells_nothing_unseen")
    assert len({*hostile}) == len(hostile) >= LEAST_HOSTILE
    assert len({*honest}) == len(honest) >= LEAST_HONEST


def streets():
    with (DATA / "services.csv").open(encoding="utf-8", newline="") as file:
        return sorted({row["street"] for row in csv.DictReader(file) if row["street"]})


@pytest.mark.parametrize(
    "frame", ["{}", "Come to {}.", "we are at {}", "{} is where we are", "Venga a {}.", "en {}"]
)
def test_no_street_of_the_catalogue_passes_however_it_is_written(frame):
    known = streets()
    assert len(known) > 100
    for street in known[::4]:
        for text in (street, street.lower(), re.sub(r"^\S*\d\S* ", "", street).lower()):
            assert refusal(frame.format(text)) is not None, text


@given(
    st.integers(1, 99_999), st.sampled_from(["", "No ", "# ", "house ", "casa ", "at ", "en el "])
)
def test_a_number_alone_never_passes(number, before):
    assert (
        refusal(f"Come. {before}{number}") is not None
        or number in {211, 311, 511, 711, 811, 911, 988}
        or (before == "at " and number <= 24)
    )


@given(st.text(max_size=60))
def test_whatever_is_given_is_answered_and_only_plain_signs_pass(text):
    if refusal(text) is None:
        assert re.fullmatch(r"[\sA-Za-zÁÉÍÓÚÜÑáéíóúüñÀ-ÿ0-9.,;:!?¿¡()'’\"“”–/&+%$̀-ͯ-]*", text)


def test_a_name_that_was_approved_passes_as_it_is_written_and_only_so():
    text = "Call WomanHaven day or night."
    assert refusal(text) is not None
    assert refusal(text, ["WomanHaven"]) is None
    assert refusal("Call WomanHavens day or night.", ["WomanHaven"]) is not None


def test_a_refusal_says_at_which_word_to_look():
    found = refusal("Call us and come to Zanzibar now.")
    assert found is not None
    assert (found.kind, found.number) == ("a capital letter inside a sentence", 6)


def test_every_phrase_passes_and_needs_to_be_one():
    lines = (FOLDER / "phrases.txt").read_text("utf-8").splitlines()
    phrases = [line for line in lines if line and not line.startswith("# ")]
    assert len({*phrases}) == len(phrases)
    assert [p for p in phrases if refusal(f"We say: {p.replace('#', '12 days')}.")] == []
