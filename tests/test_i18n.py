"""Every sentence a reader sees is there in both languages, whole, and reads right."""

from datetime import date, datetime
from html.parser import HTMLParser

import pytest

from geo import areas, clock, i18n
from geo.catalogue import provenance, records, wording
from geo.catalogue.keeper import Edition, load_catalogue
from geo.clock import TIMEZONE
from geo.hours import timetable
from geo.hours.state import state_at
from geo.settings import DATA
from geo.web import about, shell, text_page
from tests import messages

MESSAGES = {
    language: [one for one in messages.read(messages.text_of(language), language) if one.id]
    for language in messages.FILES
}
SPANISH = MESSAGES["es"]
EN, ES = i18n.words("en"), i18n.words("es")
NOW = datetime(2026, 11, 24, 12, tzinfo=TIMEZONE)  # a Tuesday
# What a record or a link says, and what tells the page how to draw a row.
RECORD_TEXT = frozenset({"id", "name", "organization", "state", "website", "directions", "href"})


class Shown(HTMLParser):
    """Gathers what a reader of a page sees or hears: texts, and the words in attributes."""

    HEARD = ("title", "aria-label", "placeholder", "alt")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._in_style = False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self._in_style = tag in ("style", "script")
        heard = (text for name, text in attrs if name in self.HEARD or name.startswith("data-"))
        self.texts += filter(None, heard)

    def handle_endtag(self, _):
        self._in_style = False

    def handle_data(self, data):
        if data.strip() and not self._in_style:
            self.texts.append(data)


@pytest.fixture(scope="module")
def edition():
    return Edition(1, load_catalogue(DATA / "services.csv", clock.today()))


def forms(text):
    return (text,) if isinstance(text, str) else text


def plainly(text):
    """Return `text` with plain spaces; before AM and p.m. there is a narrow one."""
    return text.replace("\u202f", " ").replace("\xa0", " ")


@pytest.mark.parametrize("language", MESSAGES)
def test_a_file_holds_the_sentences_of_the_code_and_no_others(language):
    # Where this fails, run `python -m tests.messages` and fill in what is empty.
    text, held = messages.text_of(language), {message.id for message in MESSAGES[language]}
    assert held == {sentence for _, sentence in messages.said()}
    assert messages.rewrite(text, language) == text


def test_a_new_language_has_its_file_begun_and_speaks_english_until_it_is_filled(
    tmp_path, monkeypatch
):
    begun = messages.rewrite("", "pt").replace('"Clinic"\nmsgstr ""', '"Clinic"\nmsgstr "Clínica"')
    assert begun.startswith("# Portuguese,") and '"Language: pt\\n"' in begun
    (tmp_path / "i18n").mkdir()
    (tmp_path / "i18n/pt.po").write_text(begun, encoding="utf-8")
    monkeypatch.setattr(i18n, "DATA", tmp_path)
    monkeypatch.setattr(i18n, "LANGUAGES", {**i18n.LANGUAGES, "pt": "Português"})
    say = i18n.words.__wrapped__("pt")
    assert [say.language, say("Clinic"), say("Hospital")] == ["pt", "Clínica", "Hospital"]
    assert say.date(date(2026, 11, 4)) == "4 de novembro de 2026"
    place = {"description_en": "Food.", "description_es": "Comida.", "eligibility": ""}
    told = [wording.in_language(place, name, say) for name in ("description", "eligibility")]
    assert told == ["Food.", ""]


def test_rewriting_keeps_the_known_adds_the_new_and_drops_the_dead():
    before = 'msgid "Clinic"\nmsgstr "Clínica"\n\nmsgid "Nobody says this"\nmsgstr "No"\n'
    after = {message.id: message.string for message in messages.read(messages.rewrite(before))}
    assert after["Clinic"] == "Clínica"
    assert after["Hospital"] == ""
    assert "Nobody says this" not in after


@pytest.mark.parametrize("said", ['say(f"{n} places")', "say.many(one, more, n)"])
def test_a_sentence_that_is_put_together_is_refused(tmp_path, monkeypatch, said):
    (tmp_path / "geo").mkdir()
    (tmp_path / "app.py").write_text(f"{said}\n", encoding="utf-8")
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    with pytest.raises(ValueError, match=r"app\.py:1: found a sentence that is put together"):
        list(messages.said())


@pytest.mark.parametrize(
    "message",
    [message for known in MESSAGES.values() for message in known],
    ids=lambda message: str(message.id)[:40],
)
def test_a_sentence_is_translated_whole(message):
    english, spanish = forms(message.id), forms(message.string)
    assert all(spanish), "empty: fill it in"
    assert not message.fuzzy, "fuzzy: check it and take the mark away"
    assert len(english) == len(spanish), "one form for one, one for more"
    for one, other in zip(english, spanish, strict=True):
        assert messages.placeholders(one) == messages.placeholders(other)
        assert one.endswith((".", "?")) == other.endswith((".", "?"))


@pytest.mark.parametrize(
    ("vocabulary", "word"),
    [(name, word) for name, known in records.VOCABULARIES.items() for word in known],
)
def test_every_word_of_a_record_has_its_spanish(vocabulary, word):
    label = records.VOCABULARIES[vocabulary][word]
    assert label in {message.id for message in SPANISH}


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("es-MX,es;q=0.9,en;q=0.8", "es"),
        ("en-US,en;q=0.9,es;q=0.8", "en"),
        ("en;q=0.3,es;q=0.7", "es"),
        ("pa,es;q=0.5", "es"),
        ("ES-us", "es"),
        ("fr", "en"),
        ("es;q=much,en", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_the_language_is_the_one_the_browser_wants_most(asked, given):
    assert i18n.wanted(asked) == given


@pytest.mark.parametrize(
    ("say", "told"),
    [
        (EN, ["November 4, 2026", "November 2026", "4:05 PM", "Wednesday", "1,234.5"]),
        (ES, ["4 de noviembre de 2026", "noviembre de 2026", "4:05 p.m.", "miércoles", "1,234.5"]),
    ],
    ids=["en", "es"],
)
def test_dates_and_numbers_are_told_as_readers_write_them(say, told):
    day, moment = date(2026, 11, 4), datetime(2026, 11, 4, 16, 5)
    found = [say.date(day), say.month(day), say.time(moment), say.weekday(2), say.number(1234.5, 1)]
    assert list(map(plainly, found)) == told


@pytest.mark.parametrize(
    ("n", "english", "spanish"),
    [
        (0, "0 places", "0 lugares"),
        (1, "1 place", "1 lugar"),
        (2300, "2,300 places", "2,300 lugares"),
    ],
)
def test_one_and_more_are_told_apart(n, english, spanish):
    assert EN.many("{n} place", "{n} places", n) == english
    assert ES.many("{n} place", "{n} places", n) == spanish


@pytest.mark.parametrize(
    ("text", "day", "clock", "english", "spanish"),
    [
        ("Mo-Fr 08:00-17:00", 24, "12:00", "Open until 5:00 PM", "Abierto hasta las 5:00 p.m."),
        ("Mo-Fr 08:00-13:00", 24, "10:00", "Open until 1:00 PM", "Abierto hasta la 1:00 p.m."),
        (
            "Mo-Fr 08:00-13:00",
            24,
            "12:30",
            "Open, closes in 30 minutes, at 1:00 PM",
            "Abierto, cierra en 30 minutos, a la 1:00 p.m.",
        ),
        (
            "Mo-Fr 08:00-17:00",
            24,
            "16:59",
            "Open, closes in 1 minute, at 5:00 PM",
            "Abierto, cierra en 1 minuto, a las 5:00 p.m.",
        ),
        ("Mo-Su 18:00-24:00", 24, "20:00", "Open until midnight", "Abierto hasta medianoche"),
        (
            "Mo-Su 18:00-02:00",
            24,
            "20:00",
            "Open until 2:00 AM at night",
            "Abierto hasta las 2:00 a.m. del día siguiente",
        ),
        (
            "Mo-We 00:00-24:00; Th 00:00-17:00",
            23,
            "12:00",
            "Open until Thursday at 5:00 PM",
            "Abierto hasta el jueves a las 5:00 p.m.",
        ),
        (
            "Mo-Fr 13:00-17:00",
            24,
            "9:00",
            "Closed, opens at 1:00 PM",
            "Cerrado, abre a la 1:00 p.m.",
        ),
        (
            "Mo-Fr 08:00-17:00",
            23,
            "18:00",
            "Closed, opens the next day at 8:00 AM",
            "Cerrado, abre el día siguiente a las 8:00 a.m.",
        ),
        (
            "Mo-Fr 08:00-17:00",
            21,
            "12:00",
            "Closed, opens Monday at 8:00 AM",
            "Cerrado, abre el lunes a las 8:00 a.m.",
        ),
        (
            "Dec 14 08:00-12:00",
            24,
            "12:00",
            "Closed, opens December 14, 2026 at 8:00 AM",
            "Cerrado, abre el 14 de diciembre de 2026 a las 8:00 a.m.",
        ),
        (
            "Mo-Fr 08:00-17:00",
            26,  # Thanksgiving
            "12:00",
            "Open until 5:00 PM · Today is a holiday: hours may differ.",
            "Abierto hasta las 5:00 p.m. · Hoy es festivo: el horario puede cambiar.",
        ),
        ("", 24, "12:00", "Hours not known.", "No se sabe el horario."),
    ],
)
def test_opening_reads_right_in_both_languages(text, day, clock, english, spanish):
    hour, minute = map(int, clock.split(":"))
    at = NOW.replace(day=day, hour=hour, minute=minute)
    state, moment = state_at(text, at), wording.Moment(at)
    assert plainly(wording.opening(state, EN, moment)) == english
    assert plainly(wording.opening(state, ES, moment)) == spanish


@pytest.mark.parametrize(
    ("text", "english", "spanish"),
    [
        (
            "Mo-Fr 08:00-17:00; PH off",
            ["Monday to Friday: 8:00 AM to 5:00 PM", "Holidays: closed"],
            ["Lunes a viernes: de 8:00 a.m. a 5:00 p.m.", "Días festivos: cerrado"],
        ),
        (
            "Tu[1,3] 20:00-24:00",
            ["First and third Tuesday of the month: 8:00 PM to midnight"],
            ["Primer y tercer martes del mes: de 8:00 p.m. a medianoche"],
        ),
        (
            "Sa 20:00-02:00",
            ["Saturday: 8:00 PM to 2:00 AM the next day"],
            ["Sábado: de 8:00 p.m. a 2:00 a.m. del día siguiente"],
        ),
    ],
)
def test_hours_read_right_in_both_languages(text, english, spanish):
    assert list(map(plainly, timetable.describe(text, "en"))) == english
    assert list(map(plainly, timetable.describe(text, "es"))) == spanish


@pytest.mark.parametrize(
    ("metres", "bearing", "about", "english", "spanish"),
    [
        (4828, 45, True, "about 3.0 miles north-east", "a unas 3.0 millas al noreste"),
        (804.7, 270, False, "0.5 miles west", "a 0.5 millas al oeste"),
        (30578, 180, False, "19 miles south", "a 19 millas al sur"),
        (20, 0, False, "close to the middle", "cerca del centro"),
    ],
)
def test_distance_reads_right_in_both_languages(metres, bearing, about, english, spanish):
    ways = [wording.way(metres, bearing, about, say) for say in (EN, ES)]
    told = [
        say("{way} of {place}", way=way, place="Tracy")
        for say, way in zip((EN, ES), ways, strict=True)
    ]
    assert told == [f"{english} of Tracy", f"{spanish} de Tracy"]


@pytest.mark.parametrize(
    ("source_date", "english", "spanish"),
    [
        (
            "2026-09-09",
            "Source of September 9, 2026.",
            "Fecha de la fuente: 9 de septiembre de 2026.",
        ),
        ("2026-09", "Source of September 2026.", "Fecha de la fuente: septiembre de 2026."),
        ("2020", "Source of 2020.", "Fecha de la fuente: 2020."),
        ("", "Source without a date.", "Fuente sin fecha."),
    ],
)
def test_age_reads_right_in_both_languages(source_date, english, spanish):
    place = {"verified_on": "", "source_date": source_date, "sources": {}, "checks": {}, "feed": ""}
    assert provenance.age(place, EN) == f"{english} Not yet checked by a person."
    assert provenance.age(place, ES) == f"{spanish} Ninguna persona lo ha comprobado todavía."


def test_a_check_by_a_person_reads_right_in_both_languages():
    place = {"checks": {}, "verified_on": "2026-10-01", "verified_by_role": "211"}
    assert provenance.age(place, EN) == "Checked on October 1, 2026 by: 211"
    assert provenance.age(place, ES) == "Comprobado el 1 de octubre de 2026 por: 211"


def test_english_left_in_a_text_is_found():
    texts = ["Costo: Free", "Somewhere in Tracy. No street is listed.", "Hours", "Comida"]
    assert messages.left_in_english(texts) == texts[:3]


def test_the_plain_page_leaves_nothing_in_english(edition):
    shown = Shown(text_page.page(edition, "es", NOW)).texts
    assert len(shown) > len(edition.entries)
    assert messages.left_in_english(shown) == []


def test_the_about_page_leaves_nothing_in_english(edition):
    shown = Shown(about.page(edition, "es")).texts
    assert "Su privacidad" in shown
    assert messages.left_in_english(shown) == []


def test_the_page_shell_leaves_nothing_in_english():
    page = shell.page('<html lang="en"><head><title>x</title></head><body></body></html>', "es")
    shown = Shown(page).texts
    assert "Salir ya" in shown
    assert messages.left_in_english(shown) == []


def test_rows_leave_nothing_in_english(edition):
    numbers = range(len(edition.entries))
    rows = wording.rows(
        edition.entries,
        numbers,
        ES,
        wording.Moment(NOW),
        [9000.0] * len(numbers),
        [45.0] * len(numbers),
        areas.load()["city:Calexico"],
    )
    shown = list(messages.texts_of(rows, RECORD_TEXT))
    assert "Condado de Imperial" in " ".join(shown)
    assert messages.left_in_english(shown) == []


@pytest.mark.parametrize("language", MESSAGES)
def test_a_file_has_no_dates_and_no_line_numbers(language):
    lines = messages.text_of(language).splitlines()
    assert [line for line in lines if "-Date" in line or "Generated" in line] == []
    assert [line for line in lines if line.startswith("#:") and ".py:" in line] == []
