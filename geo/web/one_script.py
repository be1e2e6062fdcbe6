"""One script: modules of ours as one classic script, for a page that is a single file.

A browser loads no module from a file's own folder, and an older one knows no import map. So each
module becomes a function that is run once, in the order in which they need each other.
"""

import re
from posixpath import dirname, join, normpath

from geo.web import assets, bare_script

_IMPORT = re.compile(r'^import \{([^}]*)\} from "([^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?function |class |const )(\w+|\[[^\]]*\])", re.MULTILINE)
_LEFT = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


def joined(name: str) -> str:
    """Return the module `name` (a path in `static`) and all that it imports, as one script.

    Raises
    ------
    ValueError : a module imports or exports in a way that is not among those we write, or two
        import each other
    """
    parts: dict[str, str] = {}
    _add(name, parts, ())
    return "(() => {\n'use strict';\n" + "".join(parts.values()) + "})();"


def _add(name: str, parts: dict[str, str], within: tuple[str, ...]) -> None:
    if name in within:
        raise ValueError(f"{name}: it imports itself, by way of {' and '.join(within)}")
    if name in parts:
        return
    text = (assets.STATIC / name).read_text(encoding="utf-8")
    needs = {place: normpath(join(dirname(name), place)) for _, place in _IMPORT.findall(text)}
    for other in needs.values():
        _add(other, parts, (*within, name))
    text = _IMPORT.sub(
        lambda one: f"const {{{one[1].replace(' as ', ': ')}}} = {_called(needs[one[2]])};\n", text
    )
    given = [each for _, names in _EXPORT.findall(text) for each in re.findall(r"\w+", names)]
    text = _EXPORT.sub(r"\1\2", text)
    if left := _LEFT.search(text):
        raise ValueError(f"{name}: found {left.group()!r}, wanted names in braces")
    returned = f"return {{ {', '.join(given)} }};"
    parts[name] = f"const {_called(name)} = (() => {{\n{bare_script.bare(text)}{returned}\n}})();\n"


def _called(name: str) -> str:
    """Return what a module is called within the script.

    >>> _called("find/page.js")
    '$find_page'
    """
    return "$" + re.sub(r"\W", "_", name.removesuffix(".js"))
