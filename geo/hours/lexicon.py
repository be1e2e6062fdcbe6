"""Lexicon: hours as people write them, in English and Spanish -> marks with their meaning.

A word that is not here is marked as unknown, never passed over. Two words that look alike in the
two languages ("M", "mar") are settled by what stands beside them, or left open.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from geo.hours.clocks import Clock
from geo.hours.periods import LONGEST_MONTHS, MONTHS

PH = 7  # stands for holidays among the weekdays, of which 0 is Monday


class Pick(NamedTuple):
    """A weekday, and which of the month: 0 is every, -1 the last."""

    day: int
    nth: int = 0


@dataclass(frozen=True)
class Mark:
    """A word or phrase and what it means."""

    kind: str  # "day" "days" "nth" "clock" "to" "and" "closed" ... as in `_WORDS`; "unknown"
    value: object
    start: int
    end: int


_DAY_NAMES = (
    r"mon(?:days?|s)?|lun(?:es)?|mo|lu",
    r"tue(?:s(?:days?)?)?|martes|tu",
    r"wed(?:s|nesdays?)?|mi[eé](?:r(?:coles)?)?|we",
    r"thu(?:r(?:s(?:days?)?)?)?|jue(?:ves)?|th|ju",
    r"fri(?:days?|s)?|vie(?:rnes)?|fr|vi",
    r"sat(?:urdays?|s)?|s[aá]b(?:ados?)?|sa|s[aá]",
    r"sun(?:days?|s)?|dom(?:ingos?)?|su",
)
_MONTH_NAMES = (
    r"jan(?:uary)?|ene(?:ro)?",
    r"feb(?:ruary)?|febrero",
    r"march|marzo",
    r"apr(?:il)?|abr(?:il)?",
    r"may|mayo",
    r"june?|junio",
    r"july?|julio",
    r"aug(?:ust)?|ago(?:sto)?",
    r"sept?(?:ember)?|sept?(?:iembre)?|setiembre",
    r"oct(?:ober)?|octubre",
    r"nov(?:ember)?|noviembre",
    r"dec(?:ember)?|dic(?:iembre)?",
)
_MONTH = "(?:" + "|".join([*_MONTH_NAMES, "mar"]) + r")\b\.?"
_ORDINALS = (
    (1, r"1(?:st|er|ro|ra|º|°)\.?|first|primer[oa]?s?"),
    (2, r"2(?:nd|do|da|º|°)\.?|second|segund[oa]s?"),
    (3, r"3(?:rd|er|ro|ra|º|°)\.?|third|tercer[oa]?s?"),
    (4, r"4(?:th|to|ta|º|°)\.?|fourth|cuart[oa]s?"),
    (5, r"5(?:th|to|ta|º|°)\.?|fifth|quint[oa]s?"),
    (-2, r"next[- ]to[- ]last|second[- ]to[- ]last|pen[uú]ltim[oa]s?"),
    (-3, r"third from last|antepen[uú]ltim[oa]s?"),
    (-4, r"fourth from last|cuarto desde el final"),
    (-5, r"fifth from last|quinto desde el final"),
    (-1, r"last|[uú]ltim[oa]s?"),
)
_FEASTS = (
    (r"christmas eve|nochebuena", "Dec 24"),
    (r"christmas(?: day)?|(?:d[ií]a de )?navidad", "Dec 25"),
    (r"new year['’]?s['’]? eve|nochevieja|fin de año", "Dec 31"),
    (r"new year['’]?s?['’]?(?: day)?|(?:d[ií]a de )?año nuevo", "Jan 01"),
    (r"(?:4th|fourth) of july|independence day|d[ií]a de la independencia", "Jul 04"),
    (r"thanksgiving(?: day)?|(?:d[ií]a de )?acci[oó]n de gracias", "Nov Th[4]"),
    (r"labor day", "Sep Mo[1]"),
    (r"memorial day", "May Mo[-1]"),
    (r"(?:mlk|martin luther king)(?:,? jr\.?)?(?: day)?", "Jan Mo[3]"),
    (r"president['’]?s['’]? day", "Feb Mo[3]"),
    (r"veteran['’]?s['’]? day", "Nov 11"),
    (r"juneteenth", "Jun 19"),
    (r"columbus day|indigenous people['’]?s['’]? day", "Oct Mo[2]"),
    (r"c[eé]sar ch[aá]vez day", "Mar 31"),
    (r"good friday|viernes santo", "easter -2 days"),
    (r"easter monday|lunes de pascua", "easter +1 day"),
    (r"easter(?: sunday)?|domingo de pascua|pascua", "easter"),
)
_MORNING = r"a\.? ?m\b\.?|de la mañana|por la mañana|in the morning"
_EVENING = (
    r"p\.? ?m\b\.?|de la (?:tarde|noche)|por la (?:tarde|noche)"
    r"|in the (?:afternoon|evening)|at night"
)
_HALF = rf"(?: ?(?P<am>{_MORNING}|(?<=\d)a\b)| ?(?P<pm>{_EVENING}|(?<=\d)p\b))?"
_OCLOCK = r"(?: ?(?:o['’]?clock|en punto|hrs?\b\.?|h\b|horas\b))?"
_APPOINTMENT = (
    r"(?:by |with |an )?(?:appointments?|appts?)\b\.? ?(?P<only>only|required|necessary|needed|"
    r"is required)?|(?P<solo>(?:s[oó]lo|solamente|[uú]nicamente) )?"
    r"(?:con|por|previa|mediante) (?:previa )?cita(?: previa)?(?P<nada>,? solamente| nada m[aá]s)?"
    r"|se (?P<need>requiere|necesita) cita(?: previa)?|call for (?:an )?appointments?"
    r"|llame para (?:hacer |pedir )?(?:una )?cita"
)

# kind, what is written, what it means (None: see `_value`); the first that fits is taken.
_WORDS: tuple[tuple[str, str, object], ...] = (
    ("always", r"24[/x]7(?:/365)?\b", "always"),
    ("noise", r"we(?: are|['’]re)(?! closed)\b", None),
    (
        "odd",
        r"(?:every|each) other\b|every (?:2|two|second|2nd) weeks?\b|alternat(?:e|ing)\b"
        r"|bi-?weekly|(?:every|each) (?:2nd|second|3rd|third|4th|fourth|5th|fifth) (?!.*month)"
        r"|cada (?:dos|2) semanas|cada quince d[ií]as|quincenal(?:mente)?",
        None,
    ),
    (
        "days",
        r"(?:24 hours a day,? )?(?:every ?day|daily|each day|any day|all days)(?: of the week)?\b"
        r"|(?:open )?(?:7|seven) days(?: ?(?:a|per|/|each) ?(?:week|wk)\b)?|all week(?: long)?\b"
        r"|todos los d[ií]as(?: de la semana)?|(?:los )?(?:7|siete) d[ií]as (?:de|a|por) (?:la )?"
        r"semana|diari[oa]s?\b|diariamente|a diario|cada d[ií]a|toda la semana",
        "all",
    ),
    ("days", r"(?:all |on )?week ?days?\b|entre semana|d[ií]as de (?:la )?semana", "week"),
    ("days", r"week-? ?ends?\b|fin(?:es)? de semana", "weekend"),
    (
        "allday",
        r"(?:open )?(?:las )?24[- ]?(?:hours?|hrs?|h|horas)\b\.?(?: ?(?:a|per|/|al|del|por) ?"
        r"(?:day|d[ií]a)\b| daily)?|(?:a)?round the clock|(?:open )?all day(?: long)?\b"
        r"|todo el d[ií]a",
        None,
    ),
    (
        "dates",
        rf"(?P<m1>{_MONTH}) ?(?P<d1>\d\d?)(?:st|nd|rd|th)? ?(?:-|to|through|thru|al?) ?"
        rf"(?P<d2>\d\d?)(?:st|nd|rd|th)?\b(?!:\d|\.\d| ?[ap]\.?m)(?:,? (?P<y1>20\d\d))?",
        None,
    ),
    ("dates", rf"(?:del )?(?P<d1>\d\d?) (?:al?|-) (?P<d2>\d\d?) de (?P<m1>{_MONTH})", None),
    (
        "dates",
        rf"(?P<m1>{_MONTH}) ?(?P<d1>\d\d?)(?:st|nd|rd|th)?\b(?!:\d|\.\d| ?[ap]\.?m)"
        rf"(?:,? (?P<y1>20\d\d))?",
        None,
    ),
    (
        "dates",
        rf"(?P<d1>\d\d?)(?:st|nd|rd|th|º|°)?(?: (?:of|de))? (?P<m1>{_MONTH})"
        rf"(?:(?:,| de)? (?P<y1>20\d\d))?",
        None,
    ),
    ("numbers", r"(?P<a>\d\d?)/(?P<b>\d\d?)(?:/(?P<y1>20\d\d))?\b", None),
    *(("feast", rf"(?:{pattern})\b", when) for pattern, when in _FEASTS),
    ("month", rf"{_MONTH}(?: (?P<y1>20\d\d)\b)?", None),
    (
        "holidays",
        r"(?:(?:all|public|state and federal|federal and state|state (?:&|/) federal|"
        r"state/federal) )?holidays?\b|PH\b|(?:(?:todos )?los )?(?:d[ií]as? )?"
        r"(?:feriados?|festivos?)\b(?! (?:federal|nacional|mayor|principal))",
        None,
    ),
    (
        "some_holidays",
        r"(?:(?:all|most|some|certain|major|federal|national|state|bank|county|city|"
        r"school|court|legal|observed|government|u\.?s\.?|recognized|official) ?"
        r"(?:,|and|&)? ?)+(?:\w+ )?holidays?\b|holidays observed.*|(?:(?:todos )?los )?"
        r"(?:d[ií]as? )?(?:feriados?|festivos?) (?:federales|nacionales|mayores|"
        r"principales|oficiales)",
        None,
    ),
    (
        "noon",
        r"12(?:[:.]00)? ?(?:noon|n\b|del mediod[ií]a|md\b)|noon(?:time)?\b|(?:el )?"
        r"medio ?d[ií]a",
        Clock(12, exact=True),
    ),
    (
        "noon",
        r"12(?:[:.]00)? ?(?:midnight|mid\b|de la noche)|midnight|(?:la )?media ?noche",
        Clock(0, exact=True),
    ),
    (
        "later",
        r"(?:and|y) (?:on|later|after)\b|onwards?\b|en adelante|or later|o m[aá]s tarde"
        r"|(?:-|to|till?|until|hasta) ?(?:clos(?:e|ing)(?: time)?|(?:el )?cierre|cerrar)\b"
        r"|,? ?closing time not known|;? ?no se sabe a qu[eé] hora cierra|\+",
        None,
    ),
    (
        "open_note",
        r"first[- ]come,?(?: |-)first[- ]served?(?: basis)?|por orden de llegada",
        "first come, first served",
    ),
    *(("nth", rf"(?:{pattern})(?!\w)", n) for n, pattern in _ORDINALS),
    ("clock", rf"(?P<h4>[012]\d)(?P<m4>[0-5]\d){_OCLOCK}{_HALF}(?!\w|:\d)", None),
    ("clock", rf"(?P<h>[1-9])(?P<m>00|15|30|45){_OCLOCK}{_HALF}(?!\w|:\d)", None),
    (
        "clock",
        rf"(?P<h>\d\d?)(?:(?:[:.]|(?<=\d)h ?)(?P<m>[0-5]\d))?{_OCLOCK}{_HALF}(?!\w|:\d)",
        None,
    ),
    (
        "monthly",
        r"(?:of|in)? ?(?:the|each|every) months?\b|of months?\b|monthly|a month\b|del mes"
        r"|de cada mes|cada mes|(?:al|por) mes|mensual(?:mente)?|de mes",
        None,
    ),
    *(("day", rf"(?:{names})\b\.?", number) for number, names in enumerate(_DAY_NAMES)),
    ("run", r"(?:m|t(?:u|h)?|w|f|sa|su|s){2,}\b|[lmxjvsd]{2,}\b", None),
    ("letter", r"[mtwfslxjvdr]\b\.?(?!['’])", None),
    ("until", r"closes? at|cierra a las?|until|till?\b|hasta(?: las?)?|thru|through", None),
    (
        "otherwise",
        r"(?:or|and|,|also|o|y|tambi[eé]n)? ?(?:at |on )?(?:all )?other (?:times|days|hours)"
        r"|(?:or|and|also|otherwise|o|y|tambi[eé]n) (?=(?:by |con |previa )?(?:appo|appt|"
        r"cita|previa))|a otras horas|otherwise",
        None,
    ),
    ("note", _APPOINTMENT, None),
    (
        "note",
        r"(?:please )?call (?:first|ahead|before (?:you come|coming|visiting))|(?:por favor )?"
        r"llame (?:antes|primero)(?: de (?:ir|venir))?",
        "call first",
    ),
    (
        "open_note",
        r"(?:for )?walk-? ?ins?(?: (?:only|welcome|accepted|ok))?|no (?:appointment|appt)\.?"
        r" (?:needed|necessary|required)|without an appointment|sin cita(?: previa)?"
        r"|no se (?:necesita|requiere) cita",
        "walk-in",
    ),
    (
        "open_note",
        r"(?:while|until) (?:supplies|food|supply|stock)(?: lasts?| runs? out)?(?: is gone)?"
        r"|hasta agotar existencias|mientras haya(?: comida| existencias)?",
        "while supplies last",
    ),
    (
        "lunch",
        r"(?:(?:for|during|at|a|our) )?lunch(?: ?(?:break|hour|time))?\b|(?:para|por|a) (?:comer|"
        r"almorzar)|(?:(?:para|por|hora de|durante) )?(?:el )?(?:almuerzo|la comida)\b"
        r"|hora de comer",
        None,
    ),
    ("not_known", r"hours not known|hours unknown|no se sabe el horario|horario desconocido", None),
    (
        "closed",
        r"(?:we are |is |are |be |estamos )?(?:closed?|off|excluded|cerrad[oa]s?|no abr(?:e|imos)"
        r"|not open|no services?|sin servicio)\b(?: (?:on|for|all|los|el|de|from)\b)?"
        r"|se cierra|cierra\b|cerramos",
        None,
    ),
    (
        "except",
        r"(?:but not|with the exception of|except(?:ing)?|excluding|other than|excepto|salvo|"
        r"menos)\b(?: (?:for|on|los|el))?",
        None,
    ),
    ("also", r"also\b|tambi[eé]n|as well as|plus\b", None),
    ("between", r"between|entre(?: las?)?", None),
    (
        "from",
        r"(?:opens?|starts?|starting|begins?|beginning|open) (?:at|from)\b|starting|beginning"
        r"|a partir de(?: las?)?|abre a las?|desde(?: las?)?|from\b",
        None,
    ),
    ("to", r"-|to\b|a\b(?: las?\b)?|al\b", None),
    ("and", r"[,&/]|and\b|y\b|e\b", None),
    ("end", r"[;|•·]|\.(?= |$)|\n", None),
    ("next_day", r"(?:the )?next (?:day|morning)|del? (?:otro )?d[ií]a siguiente", None),
    (
        "noise",
        r"(?:hours of operation|office hours|business hours|(?:regular |normal )?hours|hrs|open|"
        r"the|on|at|are|is|we|of|each|every|our|horarios?(?: de atenci[oó]n)?|atenci[oó]n|"
        r"abiert[oa]s?|abre|abrimos|el|las?|los|del?|en|during|durante|only|s[oó]lo|solamente|"
        r"year[- ]round|todo el año)\b\.?|:",
        None,
    ),
    ("paren", r"[()]", None),
)
_PATTERNS = [(kind, re.compile(pattern, re.IGNORECASE), value) for kind, pattern, value in _WORDS]
_UNKNOWN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d[\w.:/]*|.", re.DOTALL)
_LIKE = str.maketrans({"–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "\u00a0": " ",
                       "\u202f": " ", "\t": " ", "\r": " "})  # fmt: skip
_SPANISH_LETTERS = {"l": (0,), "m": (1, 2), "x": (2,), "j": (3,), "v": (4,), "s": (5,), "d": (6,)}
_ENGLISH_LETTERS = {"m": (0,), "t": (1, 3), "w": (2,), "r": (3,), "f": (4,), "s": (5, 6)}


def marks(text: str) -> list[Mark]:
    """Return what is written, in order; positions count characters of `text` from 0.

    >>> [mark.kind for mark in marks("Mon-Fri 8am to noon, closed holidays")]
    ['day', 'to', 'day', 'clock', 'to', 'noon', 'and', 'closed', 'holidays']
    """
    found = [mark for mark in _scan(text.translate(_LIKE)) if mark.kind != "noise"]
    return list(_letters(_march(found)))


def _scan(text: str) -> Iterator[Mark]:
    at = 0
    while at < len(text):
        if text[at] == " ":
            at += 1
            continue
        mark = _mark_at(text, at)
        yield mark
        at = mark.end


def _mark_at(text: str, at: int) -> Mark:
    """Return the mark that begins at a character."""
    inside_a_word = at > 0 and text[at - 1].isalpha() and text[at].isalpha()
    for kind, pattern, value in [] if inside_a_word else _PATTERNS:
        match = pattern.match(text, at)
        if match and match.end() > at:
            meant = _value(kind, match) if value is None else value
            return Mark(kind if meant is not False else "unknown", meant, at, match.end())
    match = _UNKNOWN.match(text, at)
    return Mark("unknown", None, at, match.end() if match else at + 1)


def _value(kind: str, match: re.Match[str]) -> object:
    """Return what a word means; False if it means nothing, such as 25:00."""
    if kind in ("dates", "month"):
        return _dates(match)
    if kind == "numbers":
        return _numbers(match)
    if kind == "clock":
        return _clock(match)
    if kind == "run":
        return _run(match[0])
    if kind == "letter":
        return match[0].lower().rstrip(".")
    if kind == "note":
        only = match["only"] or match["solo"] or match["nada"] or match["need"]
        return "by appointment only" if only else "by appointment"
    return None


def _clock(match: re.Match[str]) -> Clock | bool:
    """Return a time of the clock; False if there is none such."""
    groups = match.groupdict()
    military = groups.get("h4") is not None
    hour = int(groups["h4"] if military else groups["h"])
    minute = int((groups["m4"] if military else groups["m"]) or 0)
    half = "am" if groups["am"] else "pm" if groups["pm"] else ""
    if hour > 24 or (hour == 24 and minute) or (half and not 1 <= hour <= 12):
        return False
    written = match[0]
    return Clock(hour, minute, half, exact=military and not half, padded=written[0] == "0")


def _month(name: str) -> int:
    """Return 1 for 'enero'."""
    plain = name.lower().rstrip(".")
    return next((n for n, names in enumerate(_MONTH_NAMES, 1) if re.fullmatch(names, plain)), 3)


def _dates(match: re.Match[str]) -> str | bool:
    """Return dates or a month as the field has them; False if there is no such date."""
    groups = match.groupdict()
    year = f"{groups['y1']} " if groups.get("y1") else ""
    month = _month(groups["m1"] if "m1" in groups else re.split(r"[ .]", match[0])[0])
    name = MONTHS[month - 1].capitalize()
    days = [int(groups[key]) for key in ("d1", "d2") if groups.get(key)]
    if any(not 1 <= day <= LONGEST_MONTHS[month - 1] for day in days) or sorted(days) != days:
        return False
    if not days:
        return f"{year}{name}"
    return f"{year}{name} " + "-".join(f"{day:02}" for day in dict.fromkeys(days))


def _numbers(match: re.Match[str]) -> tuple[str, ...] | bool:
    """Return the dates that '12/25' can mean, month first or day first; False for none."""
    first, second = int(match["a"]), int(match["b"])
    pairs = dict.fromkeys([(first, second), (second, first)])
    year = f"{match['y1']} " if match["y1"] else ""
    found = tuple(
        f"{year}{MONTHS[month - 1].capitalize()} {day:02}"
        for month, day in pairs
        if 1 <= month <= 12 and 1 <= day <= LONGEST_MONTHS[month - 1]
    )
    return found or False


def _run(letters: str) -> tuple[tuple[Pick, ...], ...] | bool:
    """Return the days of letters run together such as 'MWF'; False if they are none or unclear."""
    plain = letters.lower()
    spanish = {"lmmjv": (0, 1, 2, 3, 4), "lmmjvs": (0, 1, 2, 3, 4, 5), "lmxjv": (0, 1, 2, 3, 4)}
    spanish |= {"lmmjvsd": tuple(range(7)), "lxv": (0, 2, 4), "lv": (0, 4), "jv": (3, 4)}
    if plain in spanish:
        return (tuple(Pick(day) for day in spanish[plain]),)
    if set(plain) & set("lxjvd"):
        return False
    days: list[int] = []
    for token in re.findall(r"th|tu|sa|su|ss|[mtwfs]", plain):
        meant = {
            "m": [0],
            "tu": [1],
            "w": [2],
            "th": [3],
            "f": [4],
            "sa": [5],
            "su": [6],
            "ss": [5, 6],
        }
        if token == "t":
            days.append(1 if not days or days[-1] < 1 else 3)
        elif token == "s":
            return False
        else:
            days += meant[token]
    return (tuple(Pick(day) for day in days),) if sorted({*days}) == days else False


def _march(found: list[Mark]) -> Iterator[Mark]:
    """Settle 'mar': a day beside days, March beside months and numbers."""
    for number, mark in enumerate(found):
        beside = [
            found[n]
            for n in (number - 2, number - 1, number + 1, number + 2)
            if 0 <= n < len(found)
        ]
        if mark.kind == "month" and mark.value == "Mar" and mark.end - mark.start <= 4:
            days = any(one.kind in ("day", "days", "letter") for one in beside)
            months = any(one.kind in ("month", "dates") for one in beside)
            if days and not months:
                yield replace(mark, kind="day", value=1)
                continue
        yield mark


def _letters(found: Iterator[Mark]) -> Iterator[Mark]:
    """Settle single letters by the language that the others show; M, S and T may stay open."""
    all_marks = list(found)
    said = {str(mark.value) for mark in all_marks if mark.kind == "letter"}
    spanish = bool(said & set("lxjvd"))
    english = bool(said & set("twfr"))
    for number, mark in enumerate(all_marks):
        if mark.kind != "letter":
            yield mark
            continue
        letter = str(mark.value)
        beside = [_day_of(one) for one in all_marks[max(0, number - 2) : number + 3]]
        if spanish and english:
            meant: tuple[int, ...] = ()
        elif letter == "t":
            meant = _tuesday_or_thursday(beside[: number and 2], beside[3:], all_marks)
        elif letter == "m" and not (spanish or english):
            meant = (0,) if any(isinstance(day, int) for day in beside) else (0, 1, 2)
        else:
            meant = (_SPANISH_LETTERS if spanish else _ENGLISH_LETTERS)[letter]
        if len(meant) == 1:
            yield replace(mark, kind="day", value=meant[0])
        else:
            yield replace(mark, kind="letter" if meant else "unknown", value=meant)


def _day_of(mark: Mark) -> int | str:
    """Return the weekday that a mark names, the letter if it is one, else ''."""
    if mark.kind == "day" and isinstance(mark.value, int):
        return mark.value
    return str(mark.value) if mark.kind == "letter" else ""


def _tuesday_or_thursday(
    before: list[int | str], after: list[int | str], all_marks: list[Mark]
) -> tuple[int, ...]:
    """Return what T means: Tuesday before Wednesday and Thursday, Thursday after Wednesday."""
    if {"w", 2} & set(before):
        return (3,)
    thursday = any(mark.kind == "day" and mark.value == 3 for mark in all_marks)
    return (1,) if thursday or {"w", 2} & set(after) else (1, 3)
