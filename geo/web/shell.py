"""Shell: what the server adds around every page: headers, a neutral title, the exit."""

import gzip
import html
from collections.abc import Awaitable, Callable, Collection, MutableMapping
from typing import Any

from starlette.routing import Match

from geo import i18n, settings
from geo.catalogue import wording
from geo.web import assets, streamlit_mends
from geo.web.endpoints import ROUTES

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

TILES = "https://tile.openstreetmap.org"

# The map component evaluates its script, so 'unsafe-eval' has to stay: the policy cannot stop a
# script from running, it stops it from sending anything anywhere.
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        f"img-src 'self' data: blob: {TILES}",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)

HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"referrer-policy", b"no-referrer"),
    (b"permissions-policy", b"geolocation=(), camera=(), microphone=(), browsing-topics=()"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-robots-tag", b"noindex"),
    (b"cross-origin-opener-policy", b"same-origin"),
)

CLOSED = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check")
TITLE = "Home"
SORRY = (
    "Something is wrong on our side. You can call 211, or 911 in danger.\n"
    "Algo falla de nuestro lado. Puede llamar al 211, o al 911 si está en peligro."
).encode()


class Shell:
    """Middleware around the whole server; `pages` are the paths of its pages, "" the first one's.

    Streamlit answers its page shell at any address; at one that is no page, it goes out with 404.
    """

    def __init__(self, app: App, pages: Collection[str]) -> None:
        self.app = app
        self.pages = pages
        self._packed: dict[str, bytes] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or hand it on and mend the answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if scope["path"].startswith(CLOSED):
            await _answer(send, 404, b"Not found")
            return
        await _Answer(self, scope, send).run(receive)

    def pack(self, path: str, body: bytes) -> bytes:
        """Return `body` in gzip, packed once for each of Streamlit's own files."""
        if path not in self._packed:
            self._packed[path] = gzip.compress(body, 9, mtime=0)
        return self._packed[path]


class _Answer:
    """One answer on its way out.

    Our own routes pack what they answer; Streamlit is asked not to, so that its pages can be
    mended, and we pack for it.
    """

    def __init__(self, shell: Shell, scope: Scope, send: Send) -> None:
        self.asked = dict(scope["headers"])
        self.own = any(route.matches(scope)[0] is Match.FULL for route in ROUTES)
        plain = [(n, v) for n, v in scope["headers"] if self.own or n != b"accept-encoding"]
        self.shell, self.scope, self._send = shell, {**scope, "headers": plain}, send
        self.gzip = b"gzip" in self.asked.get(b"accept-encoding", b"")
        self.is_page = False
        self.path: str = scope["path"]
        self.raw = self.path.encode()
        self.start: Message = {}
        self.kept: bytearray | None = None
        self.begun = False

    async def run(self, receive: Receive) -> None:
        """Answer; when what is inside breaks before it has answered, say so in one line."""
        try:
            await self.shell.app(self.scope, receive, self.send)
        except Exception:
            if not self.begun:
                await _answer(self._send, 500, SORRY)
            raise

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._begin(message)
            if self.kept is None:
                await self._set_out()
            return
        if message["type"] != "http.response.body" or self.kept is None:
            await self._send(message)
            return
        self.kept += message.get("body", b"")
        if not message.get("more_body"):
            await self._finish(bytes(self.kept))

    def _begin(self, message: Message) -> None:
        ours = {name for name, _ in HEADERS}
        headers = [(n, v) for n, v in message["headers"] if n not in ours]
        self.start = {**message, "headers": [*headers, *HEADERS]}
        kind = dict(headers).get(b"content-type", b"")
        wanted = message["status"] == 200 and self.scope["method"] == "GET"
        inside = self.path.startswith(streamlit_mends.FOLDERS)
        self.is_page = kind.startswith(b"text/html") and not (self.own or inside)
        is_file = inside and bool(streamlit_mends.PACKED.search(self.raw))
        if self.is_page and message["status"] == 200 and self._is_nowhere():
            self.start["status"] = 404
        if wanted and (self.is_page or is_file):
            self.kept = bytearray()
        elif streamlit_mends.HASHED.search(self.raw) and message["status"] == 200:
            self._set(b"cache-control", assets.FOREVER.encode())

    def _is_nowhere(self) -> bool:
        return self.path.removeprefix("/").removesuffix("/") not in self.shell.pages

    async def _finish(self, body: bytes) -> None:
        if self.is_page:
            language = i18n.wanted(self.asked.get(b"accept-language", b"").decode("latin-1"))
            body = page(body.decode(), language, self.start["status"] == 404).encode()
            body = gzip.compress(body, 6) if self.gzip else body
            self._set(b"cache-control", b"no-store")
        else:
            plain = streamlit_mends.file(body)
            body = self.shell.pack(self.path, plain) if self.gzip else plain
            if streamlit_mends.HASHED.search(self.raw):
                self._set(b"cache-control", assets.FOREVER.encode())
        if self.gzip:
            self._set(b"content-encoding", b"gzip")
        self._set(b"vary", b"accept-encoding, accept-language")
        self._set(b"content-length", str(len(body)).encode())
        await self._set_out()
        await self._send({"type": "http.response.body", "body": body})

    async def _set_out(self) -> None:
        self.begun = True
        await self._send(self.start)

    def _set(self, name: bytes, value: bytes) -> None:
        headers = [(n, v) for n, v in self.start["headers"] if n != name]
        self.start = {**self.start, "headers": [*headers, (name, value)]}


async def _answer(send: Send, status: int, body: bytes) -> None:
    size = (b"content-length", str(len(body)).encode())
    headers = [(b"content-type", b"text/plain; charset=utf-8"), size, *HEADERS]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def page(shell: str, language: str, is_nowhere: bool = False) -> str:
    """Return Streamlit's page shell in `language`, with a neutral title and the exit in it.

    `is_nowhere`: the address is that of no page; the first page comes, and a sentence says so.
    """
    head, body = _head(), _body(language)
    if is_nowhere:
        head += f'<script src="{assets.fixed()["shell/nowhere.js"].address}"></script>'
        body += _nowhere(language)
    return streamlit_mends.page(shell, language, TITLE, head, body)


def _nowhere(language: str) -> str:
    say = i18n.words(language)
    told = say("There is no page at this address. This is the first page.")
    return f'<p id="nowhere" role="alert">{html.escape(told)}</p>'


def _head() -> str:
    script, style = assets.fixed()["shell/exit.js"], assets.fixed()["shell/shell.css"]
    target = html.escape(settings.read().exit_to, quote=True)
    return (
        f'<script src="{script.address}" data-to="{target}"></script>'
        f'<link rel="stylesheet" href="{style.address}">'
        '<meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">'
    )


def exit_words(say: i18n.Words) -> dict[str, str]:
    """Return the words of the exit, for the shell and for a change of language."""
    return {
        "leave": say("Leave now"),
        "how": say("Leave this site at once. Or press Shift three times."),
        "two": say("Shift: press two more times to leave"),
        "one": say("Shift: press one more time to leave"),
        "left": say("Loading"),
    }


def _body(language: str) -> str:
    say = i18n.words(language)
    words = {name: html.escape(text, quote=True) for name, text in exit_words(say).items()}
    calls = " · ".join(
        f'{html.escape(say(what))}: <a href="{href}">{number}</a>'
        for what, number, href in wording.DANGER
    )
    data = " ".join(f'data-{name}="{text}"' for name, text in words.items())
    return (
        # A dialog of Streamlit makes all else inert but what has this attribute.
        f'<nav id="leave-bar" data-react-aria-top-layer="true" aria-label="{words["leave"]}">'
        f'<a id="leave" href="/leave" rel="nofollow noreferrer" title="{words["how"]}" {data}>'
        f'<span id="leave-text">{words["leave"]}</span>'
        '<span id="leave-lights" aria-hidden="true"><i></i><i></i><i></i></span></a>'
        '<span id="leave-said" role="status"></span></nav>'
        f'<noscript><p>{calls}</p><p><a href="/text/{language}">'
        f"{html.escape(say('Open the list as a plain page'))}</a></p></noscript>"
    )
