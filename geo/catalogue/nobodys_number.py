"""Nobodys number: one that a founding document names, and nobody is known to have."""

import re
import unicodedata

NUMBER = "7603575095"


def is_in(text: str) -> bool:
    """Say whether a text holds the number, however it is written."""
    digits = digits_of(text)
    if NUMBER[6:] not in digits:
        return False
    plain = "".join(str(unicodedata.decimal(sign, sign)) for sign in text)
    local = rf"(?<!\d){NUMBER[3:6]}\D{{0,3}}{NUMBER[6:]}(?!\d)"
    return NUMBER in digits or bool(re.search(local, plain))


def digits_of(text: str) -> str:
    """Return the digits of a text, whatever the script, as 0 to 9."""
    found = re.sub(r"\D+", "", text)
    if found.isascii():
        return found
    return "".join(str(unicodedata.decimal(sign)) for sign in found)
