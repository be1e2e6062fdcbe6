"""Messages: the sentences that readers see, and a file of them for each language but English.

`python -m tests.messages` rewrites `data/i18n/es.po` and its like: translations stay, new sentences
come in empty, those that nobody says any more go out; a new language has its file begun. No dates
or line numbers, so differences are small.
"""

import ast
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes

from geo.i18n import LANGUAGES
from geo.settings import DATA, ROOT
from geo.web import script_words

FILES = {code: DATA / "i18n" / f"{code}.po" for code in LANGUAGES if code != "en"}
HEADER = """\
# {name}, plain, warm and polite. English sentences are the keys; {{words}} stay as they are.
# `python -m tests.messages` brings this file up to date. Fill in what is empty afterwards.
msgid ""
msgstr ""
"Project-Id-Version: service-map\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms}\\n"

"""
SAID_ELSEWHERE = (ast.Name, ast.Attribute, ast.Subscript, ast.Call)  # `say(label)`: see `mark`
STARTS, ENDS = r"(?:^|(?<=[.:,·] ))", r"(?=$|[.:,](?: |$)| ·|(?<=[.?]) )"
PLACEHOLDER = re.compile(r"\{(\w+)\}")

Sentence = str | tuple[str, str]  # two: the form for one and the form for more


def said() -> Iterator[tuple[Path, Sentence]]:
    """Yield every sentence given to `say`, `say.many` or `mark`, with the file it stands in.

    Read from syntax trees: babel's own extraction takes `say(TYPES["food"])` for the sentence
    "food", and overlooks `say.many` in a template.
    """
    code = [ROOT / "app.py", *(ROOT / "geo").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]
    for path in sorted(code):
        for sentence in _in_code(path):
            yield path.relative_to(ROOT), sentence
    for path in sorted((ROOT / "geo").rglob("*.html")):
        for sentence in _in_template(path):
            yield path.relative_to(ROOT), sentence
    for path in sorted((ROOT / "geo").rglob("*.js")):
        for sentence in script_words.said(path):
            yield path.relative_to(ROOT), sentence


def read(text: str, language: str = "es") -> Catalog:
    """Return what the text of a PO file holds."""
    return read_po(io.BytesIO(text.encode()), locale=language)


def text_of(language: str) -> str:
    """Return the text of the PO file of a language; "" if there is none yet."""
    file = FILES[language]
    return file.read_text(encoding="utf-8") if file.exists() else ""


def rewrite(text: str, language: str = "es") -> str:
    """Return the text of a PO file brought up to date, in the order of the code."""
    known, fresh = read(text, language), Catalog(locale=language)
    for path, sentence in said():
        old = known.get(sentence if isinstance(sentence, str) else sentence[0])
        # A sentence that now has a form for one and one for more has to be translated anew.
        kept = old if old and old.id == sentence else None
        fresh.add(
            sentence,
            kept.string if kept else "",
            locations=[(path.as_posix(), None)],
            flags=kept.flags if kept else (),
            user_comments=old.user_comments if old else (),
        )
    written = io.BytesIO()
    write_po(written, fresh, width=0, omit_header=True)
    name = Locale.parse(language).english_name
    header = HEADER.format(name=name, language=language, plural_forms=fresh.plural_forms)
    return header + written.getvalue().decode()


def left_in_english(texts: Iterable[str]) -> list[str]:
    """Return those of `texts`, shown to a Spanish reader, that are English sentences of ours.

    A part between colons, commas, dots or full stops counts too.

    >>> left_in_english(["Costo: Gratis", "Costo: Free", "Free Clinic of Tracy"])
    ['Costo: Free']
    """
    patterns = []
    for message in read(text_of("es")):
        forms = zip(_forms(message.id), _forms(message.string), strict=True) if message.id else ()
        patterns += [_pattern(english) for english, spanish in forms if english != spanish]
    english = re.compile(f"{STARTS}(?:{'|'.join(filter(None, patterns))}){ENDS}")
    found = dict.fromkeys(" ".join(text.split()) for text in texts)
    return [text for text in found if english.search(text)]


def texts_of(row: object, record_text: frozenset[str]) -> Iterator[str]:
    """Yield the texts in a row of lists and dicts, but those under the keys `record_text`."""
    if isinstance(row, str):
        yield row
    elif isinstance(row, Mapping):
        for key, value in row.items():
            if key not in record_text:
                yield from texts_of(value, record_text)
    elif isinstance(row, Iterable):
        for value in row:
            yield from texts_of(value, record_text)


def placeholders(text: str) -> list[str]:
    """Return the names in braces, sorted.

    >>> placeholders("{way} of {place}")
    ['place', 'way']
    """
    return sorted(PLACEHOLDER.findall(text))


def _in_code(path: Path) -> Iterator[Sentence]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        match call.func:
            case ast.Name(id="say" | "mark"):
                wanted = [arg for arg in call.args[:1] if not isinstance(arg, SAID_ELSEWHERE)]
            case ast.Attribute(value=ast.Name(id="say"), attr="many"):
                wanted = call.args[:2]  # `mark` knows no two forms: they have to stand here
            case _:
                continue
        if wanted:
            yield _sentence(path, call.lineno, [getattr(arg, "value", None) for arg in wanted])


def _in_template(path: Path) -> Iterator[Sentence]:
    tree = Environment().parse(path.read_text(encoding="utf-8"))
    for call in sorted(tree.find_all(nodes.Call), key=lambda call: call.lineno):
        match call.node:
            case nodes.Name(name="say"):
                wanted = call.args[:1]
            case nodes.Getattr(node=nodes.Name(name="say"), attr="many"):
                wanted = call.args[:2]
            case _:
                continue
        if wanted and not isinstance(wanted[0], nodes.Name | nodes.Getattr | nodes.Getitem):
            yield _sentence(path, call.lineno, [getattr(arg, "value", None) for arg in wanted])


def _sentence(path: Path, line: int, parts: list[Any]) -> Sentence:
    if not all(isinstance(part, str) for part in parts):
        raise ValueError(
            f"{path.relative_to(ROOT)}:{line}: found a sentence that is put together, wanted one "
            "plain string. Write it out, with {words} for what changes."
        )
    return parts[0] if len(parts) == 1 else (parts[0], parts[1])


def _forms(text: Sentence) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else text


def _pattern(english: str) -> str:
    """Return what the sentence looks like when filled in; "" where anything might look so."""
    own = PLACEHOLDER.sub("", english)
    if own != english and sum(map(str.isalpha, own)) < 6:
        return ""
    return ".+?".join(map(re.escape, PLACEHOLDER.split(english)[::2]))


if __name__ == "__main__":
    for code, path in FILES.items():
        path.write_text(rewrite(text_of(code), code), encoding="utf-8")
