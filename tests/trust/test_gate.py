"""What may tell a place that must not be found is not kept; an ordinary report is."""

import pytest

from geo.trust import gate
from tests.support import made_up

FOOD = made_up.edition(for_survivors="no").entries[0]
SAFE = {**FOOD, "types": ["domestic_violence", "shelter"], "name": "Casa", "organization": ""}
PRIVATE = {**SAFE, "is_public": False, "is_private": True}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "They moved to 12 Oak Street in Tracy.",
        "Nobody answers. Cerrado los viernes.",
        "<script>alert(1)</script>",
        "'; DROP TABLE reports; --",
        "=1+1",
    ],
)
def test_of_a_public_place_a_reader_may_say_anything(text):
    assert gate.refusal(text, FOOD) == ""


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("They moved to 12 Oak Street in Tracy.", SAFE),
        ("The shelter is at 12 Oak Street now.", FOOD),
        ("Women who fled live at 12 Oak Street.", FOOD),
        ("A food pantry, 12 Oak Street", None),
        ("See https://maps.google.com/?q=1", None),
        ("37.71828, -121.44159", None),
    ],
)
def test_an_address_of_what_may_be_hidden_is_refused(text, entry):
    assert gate.refusal(text, entry) == gate.TELLS_A_PLACE


def test_of_a_private_place_only_everyday_words_are_kept():
    assert gate.refusal("Nobody answers the phone.", PRIVATE) == ""
    assert gate.refusal("Casa has closed.", PRIVATE) == ""
    assert gate.refusal("", PRIVATE) == ""
    for text in ("It is behind the Zanzibar motel.", "12 Oak", "blue house, 2 doors from Zinn"):
        assert gate.refusal(text, PRIVATE) == gate.ONLY_PLAIN


def test_a_place_that_was_fingerprinted_is_refused_in_any_report(tmp_path, monkeypatch):
    from geo.catalogue import never

    prints, key = tmp_path / "never", tmp_path / "key"
    never.add(prints, key, "4711 Zanzibar Road")
    monkeypatch.setenv("NEVER", str(prints))
    monkeypatch.setenv("NEVER_KEY", str(key))
    assert gate.refusal("They are at 4711 Zanzibar Road", FOOD) == gate.TELLS_A_PLACE
    assert gate.refusal("They are at 12 Oak Street", FOOD) == ""


def test_a_long_text_is_refused_whole_and_one_of_the_length_allowed_is_not():
    assert gate.refusal("a" * 501, FOOD) == gate.TOO_LONG
    assert gate.refusal("a" * 500, FOOD) == ""
