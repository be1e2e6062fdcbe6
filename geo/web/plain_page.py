"""Plain page: HTML that loads nothing and needs no script; where one runs, it is the exit's."""

import gzip
import hashlib
from dataclasses import dataclass
from typing import Any

from geo import i18n
from geo.catalogue import wording
from geo.web import render, way_out

_NOT_LISTED = b'<meta name="robots" content="noindex">'


@dataclass(frozen=True)
class Bytes:
    """A page as it goes out: `packed` is `plain` in gzip, `tag` changes when they do."""

    plain: bytes
    packed: bytes
    tag: str

    @property
    def is_listed(self) -> bool:
        """Return whether the page leaves it to a search engine to list it."""
        return _NOT_LISTED not in self.plain


def pack(page: str) -> Bytes:
    """Return a page as bytes to go out."""
    plain = page.encode()
    return Bytes(plain, gzip.compress(plain, 9, mtime=0), hashlib.sha256(plain).hexdigest()[:16])


def draw(template: str, say: i18n.Words, **values: Any) -> str:
    """Return the page that a template draws, in the language of `say`, with the exit in it.

    Its `title` is that of every page, and it is not to be listed (`is_listed`), unless told so.
    """
    values = {"title": way_out.TITLE, "is_listed": False, "referrer": "no-referrer", **values}
    values |= {"languages": i18n.LANGUAGES, "danger": wording.DANGER}
    page = render.PAGES.get_template(template).render(say=say, **values)
    rules = f'<meta http-equiv="Content-Security-Policy" content="{way_out.policy()}">'
    page = page.replace("<head>", f"<head>{rules}{way_out.head()}", 1)
    return page.replace("<body>", f"<body>{way_out.bar(say)}", 1)


def told(say: i18n.Words, heading: str, *lines: str) -> str:
    """Return a page that says something, with whom to call and the ways on."""
    return draw("told.html", say, heading=heading, lines=lines)
