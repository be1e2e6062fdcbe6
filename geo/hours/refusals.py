"""Refusals: why a text of hours cannot be read, by what stands where the reading stops."""

import re

_DAY_NAMES = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*|(?:lun|mart|mi[eé]|jue|vie|s[aá]b|dom)[a-zé]*"
_MONTH_NAMES = (
    r"(?:january|february|march|april|june|july|august|sept|october|november|december|enero|"
    r"febrero|marzo|abril|mayo|junio|julio|agosto|octubre|noviembre|diciembre)"
)

# What stands before (at its end), what comes, and what to do about it; the first that fits is said.
_WHY = tuple(
    (re.compile(f"(?:{before})$", re.IGNORECASE), re.compile(here, re.IGNORECASE), why)
    for before, here, why in (
        ("", "$", "something is missing"),
        ("", r",[a-z]", "put a ; and a blank before the next days"),
        (
            "",
            r"\d\d?(?::\d\d)? ?[ap]\.?(?:\s?m\b|(?![a-z]))",
            "use the clock of 24 hours: 8 AM is 08:00, 5 PM is 17:00",
        ),
        ("", r"(?P<h>0):(?P<m>\d\d)(?!\d)", "write 0{h}:{m}"),
        (r"\d-\s*", r"(?P<h>\d):(?P<m>\d\d)(?!\d)", "write 0{h}:{m}, or {later}:{m} after noon"),
        ("", r"(?P<h>[1-6]):(?P<m>\d\d)(?!\d)", "write 0{h}:{m}, or {later}:{m} after noon"),
        ("", r"(?P<h>\d):(?P<m>\d\d)(?!\d)", "write 0{h}:{m}"),
        ("", r"\d+(?:st|nd|rd|th)\b",
         "a date has no ending, as in Dec 25; the second Saturday is Sa[2]"),
        ("", r"\d{4}", "a time has a colon, as in 08:00"),
        ("", r"\d\d?:\d", "there is no such time of the clock"),
        ("", r"24 ?h", "the whole day is 00:00-24:00; every day, 24/7"),
        ("", r"\d", "times are written as 08:00-17:00, dates as Dec 25"),
        ("", r"SH\b|school", "school holidays are not known here; write their dates"),
        ("", r"(?:sunrise|sunset|dawn|dusk)\b|\((?:sunrise|sunset|dawn|dusk)",
         "only times of the clock can be used, no sunrise or sunset"),
        ("", r"\(", 'leave the brackets out; a note stands in quotes, as "by appointment"'),
        ("", r"PH\b|[+-]\d", "nothing but times may follow a date or PH"),
        (r"\d", r"/ ?\d", "repeated times cannot be used; write from when to when"),
        ("", r'"', "this note does not end, or something follows it"),
        ("", r"noon\b|mediod[ií]a|midnight|medianoche", "noon is 12:00, midnight is 24:00"),
        ("", r"(?:federal |major |public )?holidays?\b|d[ií]as? fe|festivos?\b|feriados?\b",
         "holidays are PH, as in PH off"),
        ("", r"by\b|appointment|appt|call\b|con cita|cita\b|llame\b",
         'a note stands in quotes, as "by appointment"'),
        ("", r"daily|every ?day|diario|todos los d[ií]as", "every day is Mo-Su"),
        ("", r"week-?ends?|fines? de semana", "the weekend is Sa,Su"),
        ("", r"week ?days?|entre semana", "weekdays are Mo-Fr"),
        ("", r"cerrado|closing|except|excepto", "what is closed has off behind it, as in PH off"),
        ("", _MONTH_NAMES, "months are Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"),
        ("", _DAY_NAMES, "weekdays are Mo Tu We Th Fr Sa Su, with a ; before the next days"),
        ("", r"(?:to|thru|through|until|a|al|hasta)\b",
         "from one to another stands a hyphen: Mo-Fr, 08:00-17:00"),
        ("", r"[–—−‐‑]", "write the hyphen -, not a dash"),
        ("[a-z]", r":", "leave the colon out"),
        ("", r"[/&+]|(?:and|y|e)\b",
         "join days by a comma, as in Mo,We, and times too, as in 08:00-12:00,13:00-17:00"),
        ("", r"[a-zñ]",
         "only Mo Tu We Th Fr Sa Su, PH, months such as Dec, off and a note in quotes are read"),
        ("", r"[-,.:]", "join days as Mo-Fr or Mo,We and times as 08:00-12:00,13:00-17:00"),
    )
)  # fmt: skip


def why(text: str, at: int) -> str:
    """Return why `text` cannot be read from the character `at` on, and what to do about it.

    >>> why("Mo-Fr 8:00-17:00", 6), why("Mo-Fr 08:00-5:00", 12)
    ('write 08:00', 'write 05:00, or 17:00 after noon')
    """
    for before, here, told in _WHY:
        match = here.match(text, at)
        if match and before.search(text[:at]):
            found = match.groupdict()
            return told.format(later=int(found.get("h") or 0) + 12, **found)
    return "this sign cannot be used"
