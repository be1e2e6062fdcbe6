"""One script: modules of ours as one, so that a browser asks once, or need not ask at all.

Each module becomes a function that is run once, in the order in which they need each other.
"""

import re
from collections.abc import Collection
from pathlib import Path
from posixpath import dirname, join, normpath, relpath

from geo.web import bare_script

_IMPORT = re.compile(r'^import (?:\{([^}]*)\}|\* as (\w+)) from "([^"]+)";\n', re.MULTILINE)
_DEFAULT = re.compile(r"^export default function (?=\()", re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?function |class |const )(\w+|\[[^\]]*\])", re.MULTILINE)
_LEFT = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


def classic(folder: Path, name: str) -> str:
    """Return the module `name` (a path in `folder`) and all that it imports as a classic script.

    It is for a page that is a single file: a browser loads no module from a file's own folder.

    Raises
    ------
    ValueError : a module imports or exports in a way that is not among those we write, or two
        import each other
    """
    return "(() => {\n'use strict';\n" + _joined(folder, name, ()) + "})();"


def module(folder: Path, name: str, apart: Collection[str] = ()) -> str:
    """Return a module that exports what `name` does by default, with all that it imports in it.

    Those `apart` are imported still: what they keep is shared with others who import them.

    Raises
    ------
    ValueError : as `classic`
    """
    imports = "".join(
        f'import * as {_called(one)} from "./{relpath(one, dirname(name))}";\n' for one in apart
    )
    return f"{imports}{_joined(folder, name, apart)}export default {_called(name)}.default;\n"


def _joined(folder: Path, name: str, apart: Collection[str]) -> str:
    parts = dict.fromkeys(apart, "")
    _add(folder, name, parts, ())
    return "".join(parts.values())


def _add(folder: Path, name: str, parts: dict[str, str], within: tuple[str, ...]) -> None:
    if name in within:
        raise ValueError(f"{name}: it imports itself, by way of {' and '.join(within)}")
    if name in parts:
        return
    text = (folder / name).read_text(encoding="utf-8")
    needs = {place: normpath(join(dirname(name), place)) for *_, place in _IMPORT.findall(text)}
    for other in needs.values():
        _add(folder, other, parts, (*within, name))
    text = _IMPORT.sub(lambda one: f"const {_taken(one)} = {_called(needs[one[3]])};\n", text)
    given = [each for _, names in _EXPORT.findall(text) for each in re.findall(r"\w+", names)]
    given += ["default: $default"] * len(_DEFAULT.findall(text))
    text = _EXPORT.sub(r"\1\2", _DEFAULT.sub("function $default", text))
    if left := _LEFT.search(text):
        raise ValueError(f"{name}: found {left.group()!r}, wanted names in braces")
    returned = f"return {{ {', '.join(given)} }};"
    parts[name] = f"const {_called(name)} = (() => {{\n{bare_script.bare(text)}{returned}\n}})();\n"


def _taken(one: re.Match[str]) -> str:
    """Return what an import takes, as a name or names that are given a value."""
    return one[2] or f"{{{one[1].replace(' as ', ': ')}}}"


def _called(name: str) -> str:
    """Return what a module is called within the script.

    >>> _called("find/page.js")
    '$find_page'
    """
    return "$" + re.sub(r"\W", "_", name.removesuffix(".js"))
