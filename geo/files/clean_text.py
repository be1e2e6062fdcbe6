"""Clean text: the text of a record made fit for a file that is taken away.

A name may hold anything. Here it loses the signs that control and show nothing, which break
calendars, XML and tables, and, where a PDF needs it, the letters its fonts do not have.
"""

import unicodedata

WRITTEN = str.maketrans(
    {
        **dict.fromkeys("“”„″", '"'),
        **dict.fromkeys("‘’‚′", "'"),
        **dict.fromkeys("–—−‐‑", "-"),
        **dict.fromkeys("\u202f\u2009\u2007\u2003\n\t", " "),
        "…": "...",
        "•": "·",
        "≤": "<=",
        "≥": ">=",
        "→": "->",
        "€": "EUR",
    }
)
CONTROLS = ("Cc", "Cf", "Cs", "Co", "Cn")  # control, format, surrogate, private, unassigned


def plain(text: str, most: int = 0) -> str:
    """Return `text` as one line of signs that show; longer than `most` (not 0) it is cut.

    >>> plain(" Casa\\r\\nBEGIN:VEVENT\\x00\\u200b "), plain("Oak Pantry", 6)
    ('Casa BEGIN:VEVENT', 'Oak P…')
    """
    shown = " ".join(text.split())
    if not shown.isprintable():  # few are not, and to look at each sign takes long
        shown = "".join(sign for sign in shown if unicodedata.category(sign) not in CONTROLS)
        shown = " ".join(shown.split())
    return f"{shown[: most - 1]}…" if 0 < most < len(shown) else shown


def latin(text: str) -> str:
    """Return `text` in the letters that the fonts of every PDF have.

    >>> latin("“¿Dónde?” – Peña’s, 10 ≤ 15… Łódź")
    '"¿Dónde?" - Peña\\'s, 10 <= 15... ?ódz'
    """
    found = []
    for sign in text.translate(WRITTEN):
        if unicodedata.category(sign) in ("Cc", "Cf"):  # marks that control, and show nothing
            continue
        if sign > "\u00ff":
            parts = unicodedata.normalize("NFKD", sign)
            sign = "".join(part for part in parts if not unicodedata.combining(part))
        found.append(sign.encode("latin-1", "replace").decode("latin-1"))
    return "".join(found)
