"""A text of a record is one line of signs that show, whatever it held."""

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from geo.files import clean_text

texts = st.text(st.characters(), max_size=60)


@given(texts)
@example("0\r\x1b")
def test_a_plain_text_is_one_line_without_signs_that_control(text):
    plain = clean_text.plain(text)
    assert plain.splitlines() in ([plain], [])
    assert plain == plain.strip()
    assert all(unicodedata.category(sign)[0] != "C" for sign in plain)
    assert clean_text.plain(plain) == plain


@given(texts, st.integers(1, 80))
def test_a_plain_text_is_cut_where_it_is_too_long_and_says_so(text, most):
    plain, cut = clean_text.plain(text), clean_text.plain(text, most)
    assert len(cut) <= most
    assert cut == plain or (cut[-1] == "…" and plain.startswith(cut[:-1]))


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=60))
def test_what_any_keyboard_has_stays_as_it_is(text):
    assert clean_text.plain(text) == " ".join(text.split())
    assert clean_text.latin(text) == text


@given(texts)
def test_a_text_for_a_pdf_is_latin_1(text):
    found = clean_text.latin(text)
    assert found.encode("latin-1").decode("latin-1") == found
