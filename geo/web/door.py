"""Door: who may come in, before Streamlit is asked; who cannot has the list as a plain page."""

from collections.abc import Awaitable, Callable, Collection, MutableMapping
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from geo.settings import Settings
from geo.web import descriptors, origins
from geo.web.clients import Clients, client_of
from geo.web.plain.answers import instead

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

READING = ("GET", "HEAD", "OPTIONS")
ALWAYS = ("/leave",)  # the exit costs nothing and has to work
LATER = {"Cache-Control": "no-store", "Retry-After": "60"}
TOO_MUCH = (
    "Too much was asked from your network within a minute. Please wait a minute.\n"
    "You can call 211, or 911 in danger.\n\n"
    "Desde su red se pidió demasiado en un minuto. Por favor, espere un minuto.\n"
    "Puede llamar al 211, o al 911 si está en peligro.\n"
)


class Door:
    """Middleware before Streamlit; `pages` are the paths of the pages, "" the first one's."""

    def __init__(self, app: App, pages: Collection[str], given: Settings) -> None:
        self.app = app
        self.pages = pages
        self.proxies = given.proxies
        self.ours = [origins.read(origin) for origin in given.origins]
        self.clients = Clients(given.requests_a_minute, given.sessions_at_once)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand one request on, or answer in place of what is behind."""
        if scope["type"] == "http":
            await self._asked(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._opened(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _asked(self, scope: Scope, receive: Receive, send: Send) -> None:
        client = client_of(scope, self.proxies)
        refused: Response | None = None
        if not self.clients.may_ask(client) and scope["path"] not in ALWAYS:
            refused = PlainTextResponse(TOO_MUCH, 429, LATER)
        elif self._is_foreign(scope):
            if scope["method"] not in READING:
                refused = PlainTextResponse("Not from a page of this site.\n", 403)
            scope = {**scope, "headers": [h for h in scope["headers"] if h[0] != b"origin"]}
        elif self._is_page(scope) and (descriptors.is_full() or self.clients.is_full(client)):
            refused = await instead(Request(scope), LATER)
        await (refused or self.app)(scope, receive, send)

    async def _opened(self, scope: Scope, receive: Receive, send: Send) -> None:
        client = client_of(scope, self.proxies)
        if self._is_foreign(scope) or descriptors.is_full() or self.clients.is_full(client):
            await _refuse(receive, send)
        else:
            self.clients.come(client)
            try:
                await self.app(scope, receive, send)
            finally:
                self.clients.go(client)

    def _is_foreign(self, scope: Scope) -> bool:
        is_secure = scope["scheme"] in ("https", "wss")
        return origins.is_foreign(scope["headers"], is_secure, self.ours)

    def _is_page(self, scope: Scope) -> bool:
        return scope["path"].removeprefix("/").removesuffix("/") in self.pages


async def _refuse(receive: Receive, send: Send) -> None:
    """Refuse a websocket before it is one; the other side gets 403."""
    await receive()
    await send({"type": "websocket.close", "code": 1008})
