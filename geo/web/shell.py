"""Shell: what the server adds around every page: headers, a neutral title, the exit."""

import gzip
import html
from collections.abc import Awaitable, Callable, Collection, MutableMapping
from functools import cache
from typing import Any

from starlette.routing import Match

from geo import i18n
from geo.catalogue import wording
from geo.web import ahead, assets, embed, packing, plain_page, render, streamlit_mends, way_out
from geo.web.endpoints import ROUTES
from geo.web.packing import Packed

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

FRAMED = b"content-security-policy"  # the one page that others may frame has rules of its own
LISTED = b"x-robots-tag"  # an answer of our own may say otherwise; nothing else is to be listed
REFERRER = b"referrer-policy"  # and so may one with a form, whose sender has to be known as ours
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (REFERRER, b"no-referrer"),
    (b"permissions-policy", b"geolocation=(), camera=(), microphone=(), browsing-topics=()"),
    (b"x-content-type-options", b"nosniff"),
    (LISTED, b"noindex"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
# A script and data that never change are shown by themselves to nobody: the rules of the page that
# loads them hold. Of 150 of them, what a page needs besides would be a tenth of a first visit.
SAFE_FOR_FILES = {b"x-content-type-options", LISTED}
FILES = (b"text/javascript", b"application/javascript", b"application/json")
NEEDLESS = {b"etag", b"last-modified", b"accept-ranges"}  # of what is never asked for again

# Streamlit hands out files under /media to anyone who has their address, for longer than they are
# asked for, and the browser keeps them on disk: nothing here does (pages/parts/handed_out.py).
CLOSED = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check", "/media")

# Where keepers log in, if the operator set that up: only then is there such a page, and only from
# these addresses does anybody come back from the provider, whom Streamlit leads to the first page.
REVIEW = "review"
LOG_IN = ("/auth/", "/oauth2callback")


def _sorry(language: str) -> bytes:
    say = i18n.words(language)
    told = say("Something is wrong on our side. You can call 211, or 911 in danger.")
    return plain_page.told(say, told).encode()


SORRY = {language: _sorry(language) for language in i18n.LANGUAGES}  # made while all is well


class Shell:
    """Middleware around the whole server; `pages` are the paths of its pages, "" the first one's.

    Streamlit answers its page shell at any address; at one that is no page, it goes out with 404.
    """

    def __init__(self, app: App, pages: Collection[str]) -> None:
        self.app = app
        self.pages = pages
        self._packed: dict[str, Packed] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or hand it on and mend the answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        is_closed = REVIEW not in self.pages and scope["path"].startswith(LOG_IN)
        if is_closed or scope["path"].startswith(CLOSED):
            await _answer(send, 404, b"Not found")
            return
        await _Answer(self, scope, send).run(receive)

    def pack(self, path: str, body: bytes) -> Packed:
        """Return `body` packed, once for each of Streamlit's own files."""
        if path not in self._packed:
            self._packed[path] = Packed(body)
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
        self.language = i18n.wanted(self.asked.get(b"accept-language", b"").decode("latin-1"))
        self.accepted = self.asked.get(b"accept-encoding", b"").decode("latin-1")
        self.is_page = self.is_map = False
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
                await _answer(self._send, 500, SORRY[self.language], b"text/html")
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
        given = dict(message["headers"])
        kind = given.get(b"content-type", b"")
        is_fixed = self._is_hashed() or given.get(b"cache-control") == assets.FOREVER.encode()
        is_of_a_page = is_fixed and message["status"] == 200 and kind.startswith(FILES)
        ours = [(n, v) for n, v in HEADERS if n not in self._kept() & given.keys()]
        if is_of_a_page:
            ours = [(n, v) for n, v in ours if n in SAFE_FOR_FILES]
        gone = dict(ours).keys() | (NEEDLESS if is_of_a_page else set())
        headers = [(n, v) for n, v in message["headers"] if n not in gone]
        self.start = {**message, "headers": [*headers, *ours]}
        wanted = message["status"] == 200 and self.scope["method"] == "GET"
        inside = self.path.startswith(streamlit_mends.FOLDERS)
        self.is_page = kind.startswith(b"text/html") and not (self.own or inside)
        self.is_map = self.path == streamlit_mends.MAP_FRAME
        is_file = inside and bool(streamlit_mends.PACKED.search(self.raw))
        if self.path.startswith(LOG_IN) and dict(headers).get(b"location") == b"/":
            self._set(b"location", f"/{REVIEW}".encode())
        if self.is_page and message["status"] == 200 and self._is_nowhere():
            self.start["status"] = 404
        if wanted and (self.is_page or self.is_map or is_file):
            self.kept = bytearray()
        elif self._is_hashed() and message["status"] == 200:
            self._set(b"cache-control", assets.FOREVER.encode())

    def _kept(self) -> set[bytes]:
        """Return the headers in which an answer of our own may say otherwise."""
        kept = {LISTED, REFERRER} if self.own else set()
        return kept | ({FRAMED} if self.path == embed.PATH else set())

    def _is_hashed(self) -> bool:
        return bool(streamlit_mends.HASHED.search(self.raw))

    def _is_nowhere(self) -> bool:
        return self.path.removeprefix("/").removesuffix("/") not in self.shell.pages

    async def _finish(self, body: bytes) -> None:
        if self.is_page or self.is_map:
            body = self._mended(body.decode()).encode()
            coding = packing.GZIP if packing.GZIP in self.accepted else ""
            body = gzip.compress(body, 6) if coding else body
            if self.is_page:
                self._set(b"cache-control", b"no-store")
        else:
            packed = self.shell.pack(self.path, streamlit_mends.file(body))
            body, coding = packed.best(self.accepted)
            if self._is_hashed():
                self._set(b"cache-control", assets.FOREVER.encode())
        if coding:
            self._set(b"content-encoding", coding.encode())
        self._set(b"vary", b"accept-encoding, accept-language")
        self._set(b"content-length", str(len(body)).encode())
        await self._set_out()
        await self._send({"type": "http.response.body", "body": body})

    def _mended(self, body: str) -> str:
        if self.is_map:
            return streamlit_mends.map_frame(body, ahead.map_head())
        return page(body, self.language, self.start["status"] == 404, self.path == "/")

    async def _set_out(self) -> None:
        self.begun = True
        await self._send(self.start)

    def _set(self, name: bytes, value: bytes) -> None:
        headers = [(n, v) for n, v in self.start["headers"] if n != name]
        self.start = {**self.start, "headers": [*headers, (name, value)]}


async def _answer(send: Send, status: int, body: bytes, kind: bytes = b"text/plain") -> None:
    size = (b"content-length", str(len(body)).encode())
    headers = [(b"content-type", kind + b"; charset=utf-8"), size, *HEADERS]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def page(shell: str, language: str, is_nowhere: bool = False, is_first: bool = False) -> str:
    """Return Streamlit's page shell in `language`, with a neutral title and the exit in it.

    `is_nowhere`: the address is that of no page; the first page comes, and a sentence says so.
    `is_first`: it is that of the first page.
    """
    head, last, body = _head(), "", _body(language)
    if is_first and (begins := ahead.head(language)):
        head += begins
        last = ahead.named()
    if is_nowhere:
        head += f'<script defer src="{assets.fixed()["shell/nowhere.js"].address}"></script>'
        body += _nowhere(language)
    return streamlit_mends.page(shell, language, way_out.TITLE, head, last, body)


def _nowhere(language: str) -> str:
    say = i18n.words(language)
    told = say("There is no page at this address. This is the first page.")
    return f'<p id="nowhere" role="alert">{html.escape(told)}</p>'


def _head() -> str:
    ours = assets.fixed()
    return (
        f'{way_out.head()}<script defer src="{ours["shell/reach.js"].address}"></script>'
        f'<script type="module" src="{ours["shell/connection.js"].address}"></script>'
        f"<style>{_style()}</style>"
        '<meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">'
    )


@cache
def _style() -> str:
    """Return the style sheet, to be in the page: what is first seen waits for no other file."""
    return (assets.STATIC / "shell" / "shell.css").read_text(encoding="utf-8")


def _body(language: str) -> str:
    """Return the exit, and what is there to call and to read until the page is drawn."""
    say = i18n.words(language)
    opening = render.PAGES.get_template("opening.html").render(say=say, danger=wording.DANGER)
    return f'{way_out.bar(say)}{_past(say)}<p id="gone" role="status"></p>{opening}'


def _past(say: i18n.Words) -> str:
    """Return the way past the head of the page, in a landmark of its own; Streamlit's is in none.

    It is shown once there is something to go to (static/frame/frame.js).
    """
    told = html.escape(say("Go to what is on this page"))
    link = f'<a id="past" href="#stMain">{told}</a>'
    return f'<nav id="past-bar" aria-label="{told}" hidden>{link}</nav>'
