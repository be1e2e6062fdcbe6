"""Asking: one request to the server without a socket, and its answer just as it goes out."""

import asyncio
import gzip
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote


@dataclass(frozen=True)
class Answer:
    """What a server answers."""

    status: int
    headers: dict[str, str]
    body: bytes  # as sent, packed or not

    @property
    def text(self) -> str:
        """Return what a reader gets, unpacked."""
        packed = self.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(self.body) if packed else self.body).decode()


def ask(
    app: Callable[..., Awaitable[None]],
    address: str,
    method: str = "GET",
    body: bytes = b"",
    **headers: str,
):
    """Return the answer of an ASGI app; `accept_language="es"` is a header.

    The address goes out as it stands: no client tidies "..", doubled slashes or "%2e" away.
    """
    return asyncio.run(_ask(app, address, method, headers, body))


def opened(app: Callable[..., Awaitable[None]], address: str, **headers: str) -> bool:
    """Return whether an ASGI app takes a websocket; it is closed again at once."""
    return asyncio.run(_open(app, address, headers))


async def _open(app: Any, address: str, headers: dict[str, str]) -> bool:
    scope = _scope(address, headers) | {"type": "websocket", "scheme": "ws", "subprotocols": []}
    coming = [{"type": "websocket.disconnect", "code": 1000}, {"type": "websocket.connect"}]
    heard: list[str] = []

    async def receive() -> dict[str, Any]:
        return coming.pop()

    async def send(message: dict[str, Any]) -> None:
        heard.append(message["type"])

    await app(scope, receive, send)
    return heard[0] == "websocket.accept"


def _scope(address: str, headers: dict[str, str]) -> dict[str, Any]:
    path, _, query = address.partition("?")
    named = {"host": "127.0.0.1", **headers}
    return {
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "path": unquote(path),
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(k.replace("_", "-").encode(), v.encode("latin-1")) for k, v in named.items()],
        "server": ("127.0.0.1", 80),
        "client": ("127.0.0.1", 50000),
    }


async def _ask(
    app: Any, address: str, method: str, headers: dict[str, str], body: bytes = b""
) -> Answer:
    scope = _scope(address, headers) | {"type": "http", "method": method, "scheme": "http"}
    heard: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        heard.append(message)

    try:
        await app(scope, receive, send)
    except Exception:
        if not heard or heard[0]["status"] != 500:  # an error that was answered is also raised
            raise
    start, *parts = heard
    names = {name.decode().lower(): value.decode() for name, value in start["headers"]}
    return Answer(start["status"], names, b"".join(part["body"] for part in parts))
