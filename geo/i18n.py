"""I18n: the words of each language, plurals, dates and numbers, never a global language.

English sentences in the code are the keys; `data/i18n/es.po` holds the Spanish ones, and so on for
each language but English. Mark a text with `say("...")`, `say.many("{n} place", "{n} places", n)`
or, where it is only named and translated later, `mark("...")`.
"""

import datetime as dt
import gettext
import io
import re
from collections.abc import Mapping
from functools import cache

from babel import Locale, dates, localedata
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from geo.settings import DATA

LANGUAGES: Mapping[str, str] = {"en": "English", "es": "Español"}


def mark(message: str) -> str:
    """Return `message` itself: it is to be translated where it is shown."""
    return message


class Words:
    """The words of one language: call it with an English sentence."""

    def __init__(self, language: str, catalogue: gettext.NullTranslations) -> None:
        self.language = language
        in_the_states = f"{language}_US"  # there is one of English and Spanish, of few others
        self.locale = Locale.parse(in_the_states if localedata.exists(in_the_states) else language)
        self._catalogue = catalogue

    def __call__(self, message: str, **values: object) -> str:
        """Return `message` in this language with `values` filled in.

        A value that has a method `told`, such as a sentence, is told in this language; a tuple of
        such is told as a list.
        """
        if not message:
            return ""
        return _ended(self._catalogue.gettext(message).format(**self._told(values)))

    def many(self, one: str, more: str, n: int, **values: object) -> str:
        """Return the form of the sentence that fits the number `n`."""
        sentence = self._catalogue.ngettext(one, more, n)
        return _ended(sentence.format(n=self.number(n), **self._told(values)))

    def raw(self, one: str, more: str = "", n: int = 1) -> str:
        """Return a sentence in this language with its {words} as they stand."""
        if not more:
            return self._catalogue.gettext(one)
        return self._catalogue.ngettext(one, more, n)

    def number(self, n: float, decimals: int = 0) -> str:
        """Return `n` as a reader of this language writes it."""
        return f"{n:,.{decimals}f}"

    def date(self, day: dt.date) -> str:
        """Return a day such as 'November 22, 2026'."""
        return dates.format_date(day, "long", self.locale)

    def month(self, day: dt.date) -> str:
        """Return a month such as 'November 2026'."""
        return dates.format_skeleton("yMMMM", day, locale=self.locale)

    def day(self, day: dt.date) -> str:
        """Return a day of every year such as 'November 22'."""
        return dates.format_skeleton("MMMMd", day, locale=self.locale)

    def time(self, moment: dt.datetime) -> str:
        """Return the wall time of `moment`, such as '4:00 PM'."""
        return dates.format_time(moment.replace(tzinfo=None), "short", locale=self.locale)

    def weekday(self, number: int) -> str:
        """Return the name of a weekday, 0 is Monday."""
        return str(self.locale.days["stand-alone"]["wide"][number])

    def _told(self, values: Mapping[str, object]) -> dict[str, object]:
        return {name: self._one(value) for name, value in values.items()}

    def _one(self, value: object) -> object:
        if hasattr(value, "told"):
            return value.told(self)
        if isinstance(value, tuple) and any(hasattr(part, "told") for part in value):
            return ", ".join(str(self._one(part)) for part in value)
        return value


@cache
def words(language: str) -> Words:
    """Return the words of `language`; one that is none of `LANGUAGES` gives English.

    >>> words("es").language, words("fr").language
    ('es', 'en')
    """
    if language == "en" or language not in LANGUAGES:
        return Words("en", gettext.NullTranslations())
    with (DATA / "i18n" / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    binary = io.BytesIO()
    write_mo(binary, catalogue)
    binary.seek(0)
    return Words(language, gettext.GNUTranslations(binary))


def _ended(sentence: str) -> str:
    """Return a sentence in which the point of 'p.m.' is also that at the end of the sentence.

    >>> _ended("Cierra a las 5 p.m..")
    'Cierra a las 5 p.m.'
    """
    return re.sub(r"(?<=[ap]\.m\.)\.(?!\.)", "", sentence)


def wanted(accept_language: str | None) -> str:
    """Return the language of ours that a browser asks for first; English if none.

    >>> wanted("es-MX,es;q=0.9,en;q=0.8"), wanted("fr,en;q=0.5"), wanted(None)
    ('es', 'en', 'en')
    """
    asked = []
    for place, part in enumerate((accept_language or "").split(",")):
        tag, _, weight = part.strip().partition(";q=")
        try:
            asked.append((-float(weight or 1), place, tag.split("-")[0].lower()))
        except ValueError:
            continue
    return next((tag for _, _, tag in sorted(asked) if tag in LANGUAGES), "en")
