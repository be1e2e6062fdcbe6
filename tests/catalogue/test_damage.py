"""Text that is damaged here as programs damage it comes back; whole text is left alone."""

import html
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.catalogue.damage import ENCODINGS, mended

LETTERS = st.text(st.sampled_from("abc xyzáéíóúüñÁÉÍÓÚÜÑçãõâêôàè"), min_size=1)
WORDS = st.tuples(
    st.sampled_from(["", "¿", "¡", "“", "€ "]),
    LETTERS,
    st.sampled_from(["", "”", "…", " – c", "’s"]),
).map("".join)
WORDS = WORDS.filter(lambda text: not text.isascii())


def misread(text, encoding):
    """Return what a program makes of UTF-8 that it takes for another encoding."""
    read = (bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in text.encode())
    return "".join(read)


@given(WORDS, st.sampled_from(ENCODINGS))
def test_utf_8_that_was_read_as_something_else_is_mended(text, encoding):
    assert mended(f"zz {misread(text, encoding)} zz") == f"zz {text} zz"


@given(st.text(st.sampled_from("abc áéíñü’–")).filter(lambda text: not text.isascii()))
def test_what_was_read_wrong_twice_is_mended(text):
    once = misread(text, "cp1252")
    assert mended(misread(once, "cp1252")) == text


@given(WORDS)
def test_entities_percents_and_escapes_are_mended(text):
    whole = f"a {text} a"
    assert mended(whole.encode("ascii", "xmlcharrefreplace").decode()) == whole
    assert mended(whole.encode("ascii", "backslashreplace").decode()) == whole
    assert mended(quote(whole, safe=" ")) == whole


@given(st.text(st.sampled_from("abc' xyz&<>\""), min_size=1))
def test_html_is_mended_and_text_of_plain_letters_is_whole(text):
    assert mended(text) is None
    escaped = html.escape(text)
    assert mended(escaped) == (None if escaped == text else text)


@given(WORDS)
def test_real_spanish_portuguese_and_quotes_are_whole(text):
    assert mended(" ".join(text)) is None


@pytest.mark.parametrize(
    "whole",
    [
        "São João; IRMÃ, MANHÃ E CAFÉ’S; “IRMÃ” – “AVÓ”",
        "Señor’s “Ñandú” — ¿cómo?, ¡sí!",
        "Is it free? Yes: 100% free, 50 %, R&D; AT&T, a\\b, N.º 5 & 6",
        "Tiếng Việt, Hmoob, ਪੰਜਾਬੀ, 中文, 한국어, العربية, 😀",
        "£5 ± 3, 2 m², 70 °F, §14197, Šibenik, œuvre, naïve",
        "",
    ],
)
def test_whole_text_is_left_alone(whole):
    assert mended(whole) is None


@pytest.mark.parametrize(
    ("damaged", "was"),
    [
        ("caf&eacute; &amp;amp; tea", "café & tea"),
        ("B&nbsp;C &amp D", "B C & D"),
        ("Women&rsquo;s", "Women’s"),
        ("don\x92t", "don’t"),
        ("â€œHiâ€\x9d", "“Hi”"),
        ("ï»¿Clinic", "Clinic"),
        ("Pe=C3=B1a", "Peña"),
        ("don\\'t\\nask", "don't ask"),
        ("\\ud83d\\ude00", "😀"),
        ("ðŸ˜€", "😀"),
        ("Cl\ufffdnica", ""),
        ("ï¿½", ""),
        ("Cl?nica", ""),
        ("Women¿s", ""),
        ("Pe¤a", ""),
        ("voilÃ ", ""),
        ("Ãngel", ""),
        ("pay Â $5", ""),
        ("donâ€t", ""),
        ("\\ud83d", ""),
    ],
)
def test_damage_is_told_with_what_it_was_if_that_can_be_known(damaged, was):
    assert mended(damaged) == was


def test_a_web_address_may_have_signs_that_damage_other_text():
    link = "https://example.org/a%20b/?q=c?d&amp=1&lt=2"
    assert mended(link, is_link=True) is None
    assert mended(link.replace("&lt", "&amp;lt"), is_link=True) == link
