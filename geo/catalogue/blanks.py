"""Blanks: how people and spreadsheets write that there is no value, where a cell should be blank.

Only a cell that says nothing else counts: "No one is turned away" and "None Such Clinic" pass.
"""

import re
import unicodedata

MOST_SIGNS = 40  # of a cell that says nothing

# Excel, Google Sheets and LibreOffice, in English and Spanish.
_ERRORS = re.compile(
    r"#\s?[¡¿]?(?:REF|VALUE|VALOR|DIV/0|NUM|NULL|NULO|NAME|NOMBRE|ERROR|SPILL|DESBORDAMIENTO|CALC"
    r"|FIELD|CAMPO|BLOCKED|BLOQUEADO|CONNECT|CONECTAR|UNKNOWN|DESCONOCIDO|BUSY|OCUPADO|PYTHON)[!?]"
    r"|#N/[AD]\b|#(?:GETTING_DATA|OBTENIENDO_DATOS)\b|^Err:\d{3}$|^#{3,}$",
    re.IGNORECASE,
)
_SAID = """
na|nd|sd|null|nulo|none|nil|nan|undefined|indefinido|missing|empty|blank|vacio|en blanco|no value
unknown|unk|not known|not sure|unsure|desconocido|desconocida|no se sabe|se desconoce|no conocido
not available|unavailable|no disponible|not applicable|no aplica|no aplicable|sin valor
no data|no info|no information|no answer|sin dato|sin datos|sin informacion|sin respuesta
not provided|not given|not stated|not listed|not found|not specified|unspecified|no consta
no especificado|no especificada|sin especificar|no encontrado|no indicado|no figura
ninguno|ninguna|to do|todo|fixme|placeholder|lorem ipsum|x|xx|xxx|xxxx
tbd|tba|tbc|to be determined|to be decided|to be announced|to be confirmed|to be added|coming soon
por determinar|por definir|por confirmar|por anunciar|a confirmar|pendiente|pending|proximamente
same|same as above|see above|as above|ditto|idem|igual|lo mismo|ver arriba
"""
_WORDS = frozenset(word for line in _SAID.split("\n") for word in line.split("|") if word)


def means_nothing(text: str) -> bool:
    """Say whether a cell holds a spreadsheet's error, or only words or signs for "not known".

    >>> [means_nothing(text) for text in ("#N/A", "n/a", "T.B.D.", "Por confirmar", "--", "(null)")]
    [True, True, True, True, True, True]
    >>> [means_nothing(text) for text in ("", "None Such Clinic", "Pending cases", "988", "中文")]
    [False, False, False, False, False]
    """
    if ("#" in text or text[:4].lower() == "err:") and _ERRORS.search(text):
        return True
    return 0 < len(text) <= MOST_SIGNS and _folded(text) in _WORDS


def _folded(text: str) -> str:
    """Return the words of a cell without case, accents and signs; those of "n/a" and "T.B.D." join.

    Signs alone, such as "--" or "?", are as good as "x".
    """
    plain = text.lower()
    if not text.isascii():
        apart = unicodedata.normalize("NFKD", text.casefold())
        plain = "".join(sign for sign in apart if not unicodedata.combining(sign))
    words = re.findall(r"[^\W_]+", plain)
    if not words:
        return "x"
    return ("" if all(len(word) == 1 for word in words) else " ").join(words)
