"""Streamlit mends: what of Streamlit's own page and files goes out otherwise than it makes them.

All of this hangs on how Streamlit is built inside. With another version, look at each once more.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib.metadata import files
from pathlib import Path

SCRIPTS = next(
    Path(str(one.locate())).parent
    for one in files("streamlit") or ()
    if one.match("streamlit/static/static/js/*.js")
)
TRIED = "1.67.0"
FOLDERS = ("/static/", "/component/")
MAP_FRAME = "/component/streamlit_folium.st_folium/index.html"
PACKED = re.compile(rb"\.(js|css|json|svg)$")
HASHED = re.compile(rb"[.-][\w-]{8}\.(js|css|woff2)$|/component/.*\.[0-9a-f]{8}\.js$")
# Streamlit loads these two at once, 546 kB, though no word here is drawn with them.
UNUSED_FONT = re.compile(rb"@font-face\{[^}]*(MaterialSymbols|SourceSansVF)[^}]*\}")
# Every page of ours is drawn with these scripts, which Streamlit only asks for when the page comes.
DRAWN_WITH = ("BidiComponent", "ButtonGroup", "ComponentInstance", "PageLink")
_IMPORT = re.compile(r"""(?:from|import)"\./([\w.-]+\.js)\"""")


def page(shell: str, language: str, title: str, head: str, last: str, body: str) -> str:
    """Return the page shell in a language, with a title, and with HTML of ours.

    `head` and `body` come first in the two, `last` at the end of the head.
    """
    shell = re.sub(r"<html lang=\"\w+\"", f'<html lang="{language}"', shell, count=1)
    shell = re.sub(r"<title>.*?</title>", f"<title>{title}</title>", shell, count=1)
    shell = re.sub(r"<link\s+rel=\"shortcut icon\"[^>]*>", "", shell, count=1)
    shell = re.sub(r"<link\s+rel=\"preload\"[^>]*as=\"font\"[^>]*>", "", shell, count=1)
    shell = re.sub(r"<link rel=\"service-desc\"[^>]*>", "", shell, count=1)
    shell = re.sub(r"<noscript>.*?</noscript>", "", shell, count=1, flags=re.DOTALL)
    sheets = re.findall(r"<link rel=\"stylesheet\"[^>]*>", shell)
    for sheet in sheets:  # in the head they would hold back all that is to be seen
        shell = shell.replace(sheet, "", 1)
    shell = shell.replace("</body>", f"{''.join(sheets)}</body>", 1)
    shell = shell.replace("<head>", f"<head>{head}", 1)
    ahead = "".join(
        f'<link rel="modulepreload" crossorigin href="./static/js/{name}">'
        for name in _drawn_with()
        if name not in shell
    )
    shell = shell.replace("</head>", f"{ahead}{last}</head>", 1)
    return re.sub(r"<body[^>]*>", lambda tag: tag.group() + body, shell, count=1)


def map_frame(page: str, head: str) -> str:
    """Return the page in the map's frame, with HTML of ours first in its head."""
    return page.replace("<head>", f"<head>{head}", 1)


def file(content: bytes) -> bytes:
    """Return a file of Streamlit's without what no page here needs."""
    return UNUSED_FONT.sub(b"", content)


@cache
def _drawn_with() -> tuple[str, ...]:
    """Return the names of the scripts that every page is drawn with, and of all they import."""
    first = [path.name for start in DRAWN_WITH for path in sorted(SCRIPTS.glob(f"{start}.*.js"))]
    found = dict.fromkeys(first)
    left = first
    while left:
        left = [name for one in left for name in _imports(one) if name not in found]
        found.update(dict.fromkeys(left))
    return tuple(found)


def _imports(name: str) -> Iterator[str]:
    yield from _IMPORT.findall((SCRIPTS / name).read_text(encoding="utf-8"))
