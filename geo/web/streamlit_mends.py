"""Streamlit mends: what of Streamlit's own page and files goes out otherwise than it makes them.

All of this hangs on how Streamlit is built inside. With another version, look at each once more.
"""

import re

TRIED = "1.67.0"
FOLDERS = ("/static/", "/component/")
PACKED = re.compile(rb"\.(js|css|json|svg)$")
HASHED = re.compile(rb"[.-][\w-]{8}\.(js|css|woff2)$|/component/.*\.[0-9a-f]{8}\.js$")
# Streamlit loads these two at once, 546 kB, though no word here is drawn with them.
UNUSED_FONT = re.compile(rb"@font-face\{[^}]*(MaterialSymbols|SourceSansVF)[^}]*\}")


def page(shell: str, language: str, title: str, head: str, body: str) -> str:
    """Return the page shell in a language, with a title, and with HTML first in head and body."""
    shell = re.sub(r"<html lang=\"\w+\"", f'<html lang="{language}"', shell, count=1)
    shell = re.sub(r"<title>.*?</title>", f"<title>{title}</title>", shell, count=1)
    shell = re.sub(r"<link\s+rel=\"preload\"[^>]*as=\"font\"[^>]*>", "", shell, count=1)
    shell = re.sub(r"<link rel=\"service-desc\"[^>]*>", "", shell, count=1)
    shell = re.sub(r"<noscript>.*?</noscript>", "", shell, count=1, flags=re.DOTALL)
    shell = shell.replace("<head>", f"<head>{head}", 1)
    return re.sub(r"<body[^>]*>", lambda tag: tag.group() + body, shell, count=1)


def file(content: bytes) -> bytes:
    """Return a file of Streamlit's without what no page here needs."""
    return UNUSED_FONT.sub(b"", content)
