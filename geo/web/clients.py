"""Clients: how much each one asks and holds open, without a list of who that is.

A client is an address, or the network of a home where addresses are many. It is kept as a hash
under a key that only this process knows and that is thrown away each minute together with all that
was counted under it. What is open is counted for as long as it is open: whoever looks into the
memory then finds the address with the connection itself.
"""

import ipaddress
import secrets
import time
from collections import Counter
from collections.abc import Callable, MutableMapping
from hashlib import blake2b
from typing import Any

WINDOW_S = 60.0
NETWORK_BITS = 64  # of IPv6: one home or office has so many addresses for itself


class Clients:
    """Counts what clients ask within a minute, and what they hold open."""

    def __init__(
        self, requests: int, sessions: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most_requests, self._most_sessions, self._clock = requests, sessions, clock
        self._open_key = secrets.token_bytes(16)
        self._open: Counter[bytes] = Counter()
        self._forget()

    def may_ask(self, client: str) -> bool:
        """Count a request; return whether the client is still within its bound."""
        return self._count("request", client) <= self._most_requests

    def is_full(self, client: str) -> bool:
        """Return whether the client has as many sessions as it may have, or began as many."""
        began = self._counted[self._mark("session", client)]
        return max(began, self._open[_hash(self._open_key, client)]) >= self._most_sessions

    def come(self, client: str) -> None:
        """Count a session that begins; `go` has to follow."""
        self._count("session", client)
        self._open[_hash(self._open_key, client)] += 1

    def go(self, client: str) -> None:
        """Count a session that ends; with the last one of a client the client is forgotten."""
        mark = _hash(self._open_key, client)
        self._open[mark] -= 1
        if not self._open[mark]:
            del self._open[mark]

    def _count(self, what: str, client: str) -> int:
        mark = self._mark(what, client)
        self._counted[mark] += 1
        return self._counted[mark]

    def _mark(self, what: str, client: str) -> bytes:
        if self._clock() >= self._ends:
            self._forget()
        return _hash(self._key, f"{what} {client}")

    def _forget(self) -> None:
        self._key = secrets.token_bytes(16)
        self._counted: Counter[bytes] = Counter()
        self._ends = self._clock() + WINDOW_S


def client_of(scope: MutableMapping[str, Any], proxies: int) -> str:
    """Return who asks: the other side of the connection, or whom the last proxies name.

    `proxies` says how many of our own stand in a row before this server. Each writes at the end
    of `X-Forwarded-For` whom it was asked by; whatever stands further left anyone can write.
    """
    named = ",".join(
        value.decode("latin-1") for name, value in scope["headers"] if name == b"x-forwarded-for"
    ).split(",")
    if proxies and len(named) >= proxies and named[-proxies].strip():
        return _network(named[-proxies].strip())
    # uvicorn puts into `client` what a proxy on this machine says; `connections` keeps the truth.
    peer = scope.get("state", {}).get("peer") or scope.get("client") or ("",)
    return _network(peer[0])


def _network(address: str) -> str:
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if found.version == 4:
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((int(found), NETWORK_BITS), strict=False))


def _hash(key: bytes, text: str) -> bytes:
    return blake2b(text.encode(), key=key, digest_size=12).digest()
