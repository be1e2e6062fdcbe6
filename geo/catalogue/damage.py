"""Damage: text whose bytes are right and whose words are not, and what it probably was.

On the way from one file to another programs leave HTML entities, escapes, UTF-8 that was read as
another encoding, or a sign in place of a letter they did not know.
"""

import html
import re
from collections.abc import Callable, Mapping
from urllib.parse import unquote

# UTF-8 as Windows and the web, old Macs and the command line of Windows read it by mistake.
ENCODINGS = ("cp1252", "mac_roman", "cp850", "cp437")
MOST_TIMES = 4  # damage that was done several times over is mended as often

# Nothing below finds anything in a text without one of these.
_SUSPECT = re.compile(r"[&%=\\?¿\x80-\x9f\ufffdÃÂ¡¤¢£§¦¬¥±]|[^\x00-\x7f]{2}")
_UTF8 = re.compile(r"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")
_CUT_ENTITY = re.compile(r"&(?:amp|nbsp|quot|apos|lt|gt|#\d{2,4})\b(?!;)")
_PERCENT = re.compile(
    r"(?:%(?:2[0-9A-Fa-f]|3[A-Fa-f]|[CEce][0-9A-Fa-f](?:%[89ABab][0-9A-Fa-f])+))+"
)
_QUOTED = re.compile(r"(?:=[CE][0-9A-F](?:=[89AB][0-9A-F])+)+")
_ESCAPE = re.compile(r"(?:\\u[0-9a-fA-F]{4})+|\\x[0-9a-fA-F]{2}|\\[nrt'\"]")
_CONTROL = re.compile(r"[\x80-\x9f]")
_LOST = re.compile(
    r"\ufffd|(?<=[^\W\d_])[?¿](?=[^\W\d_])"  # "Cl?nica"
    r"|(?<=[a-zà-ÿ])[¡¤¢£§¦¬¥±](?=[a-zà-ÿ])"  # "Pe¤a"
    r"|(?<=[a-zà-ÿ])[ÃÂ](?![A-ZÀ-Þ])|(?<!\w)Ã(?=[a-zà-ÿ])|(?<!\S)Â(?=\s|$)|â€"  # one of two bytes
)
_END_OF_CAPITALS = re.compile(r"(?<=[A-ZÀ-Þ])[ÃÂ][–—‘’“”…](?!\w)")  # a word such as IRMÃ, in quotes
_PLAIN = {"\xa0": " ", "\ufeff": ""}


def mended(text: str, is_link: bool = False) -> str | None:
    """Return what a damaged text probably was, '' if nobody can tell, None if it is whole.

    In a web address only what no address has counts as damage.

    >>> mended("Women&#039;s Center"), mended("Centro PeÃ±a"), mended("Cl?nica")
    ("Women's Center", 'Centro Peña', '')
    >>> mended("São João, IRMÃ"), mended("R&D; is it free? Sí")
    (None, None)
    """
    if not _SUSPECT.search(text):
        return None
    told = text
    for _ in range(MOST_TIMES):
        before = told
        for mend in _LINK_MENDS if is_link else _MENDS:
            told = mend(told)
        if told == before:
            break
    if "\ufffd" in told or (not is_link and _LOST.search(told)):
        return ""
    return told if told != text else None


def _entities(text: str) -> str:
    return _ENTITY.sub(lambda found: _plain(html.unescape(found[0])), text)


def _cut_entities(text: str) -> str:
    return _CUT_ENTITY.sub(lambda found: _plain(html.unescape(f"{found[0]};")), text)


def _percents(text: str) -> str:
    return _PERCENT.sub(lambda found: unquote(found[0]), text)


def _quoted_printable(text: str) -> str:
    return _QUOTED.sub(lambda found: unquote(found[0].replace("=", "%")), text)


def _escapes(text: str) -> str:
    return _ESCAPE.sub(lambda found: _escaped(found[0]), text)


def _escaped(found: str) -> str:
    if found[1] == "u":
        return bytes.fromhex(found.replace("\\u", "")).decode("utf-16-be", "replace")
    if found[1] == "x":
        return chr(int(found[2:], 16))
    return found[1] if found[1] in "'\"" else " "


def _controls(text: str) -> str:
    """Return what Windows means by the signs that have no picture elsewhere."""
    return _CONTROL.sub(lambda found: found[0].encode("latin-1").decode("cp1252", "replace"), text)


def _bytes_of(encoding: str) -> Mapping[str, str]:
    """Return for each sign beyond ASCII its byte, as the letter of that number."""
    table = {chr(byte): chr(byte) for byte in range(0x80, 0xA0)}  # as browsers read Windows
    for byte in range(0x80, 0x100):
        table[bytes([byte]).decode(encoding, "ignore") or chr(byte)] = chr(byte)
    return table


_TABLES = tuple(_bytes_of(encoding) for encoding in ENCODINGS)


def _misread(text: str) -> str:
    """Return a text with each letter as it was before its UTF-8 was read as something else."""
    for table in _TABLES:
        coded = "".join(sign if sign < "\x80" else table.get(sign, "\0") for sign in text)
        for found in reversed(list(_UTF8.finditer(coded))):
            letter = found[0].encode("latin-1").decode("utf-8", "ignore")
            if letter and _is_likely(letter) and not _END_OF_CAPITALS.match(text, found.start()):
                text = text[: found.start()] + _plain(letter) + text[found.end() :]
    return text


def _is_likely(letter: str) -> bool:
    """Say whether our texts may have this letter: of western Europe, a sign, a picture."""
    number = ord(letter)
    western = bool(letter.encode("cp1252", "ignore")) or 0x80 <= number < 0xA0
    return (
        western
        or letter in "\ufeff\ufffd"
        or 0x2000 <= number < 0x2070
        or 0x1F300 <= number < 0x1FB00
    )


def _plain(text: str) -> str:
    return _PLAIN.get(text, text)


Mend = Callable[[str], str]
_LINK_MENDS: tuple[Mend, ...] = (_entities, _misread, _controls)
_MENDS: tuple[Mend, ...] = (*_LINK_MENDS, _cut_entities, _percents, _quoted_printable, _escapes)
