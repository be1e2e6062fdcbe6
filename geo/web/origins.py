"""Origins: whether what a browser sends comes from a page of this site.

A browser names in `Origin` the page that sends. Streamlit, where that is not its own, looks up
under which address its machine is known, at another host and while all others wait; and it lets
in pages of any other port of the same machine. So the question is settled before.
"""

from collections.abc import Collection, Iterable
from urllib.parse import urlsplit

PORTS = {"http": 80, "https": 443}
Headers = Iterable[tuple[bytes, bytes]]


def is_foreign(headers: Headers, is_secure: bool, ours: Collection[str] = ()) -> bool:
    """Return whether a request comes from a page of another site; one without `Origin` does not.

    `ours` are the origins of this site, as `read` returns them. Without any, the page must have
    been asked for under the name that is asked now: `Host` and `Origin` name one host and one
    port, and where the connection `is_secure` so was the page. What a proxy says of the request
    in `X-Forwarded-...` counts for nothing: anyone can write it.
    """
    named = [value.decode("latin-1") for name, value in headers if name == b"origin"]
    hosts = [value.decode("latin-1").lower() for name, value in headers if name == b"host"]
    if not named:
        return False
    origin = read(named[0]) if len(named) == 1 else ""
    if not origin or ours:
        return origin not in ours
    scheme, _, place = origin.partition("://")
    return len(hosts) != 1 or place != _with_port(hosts[0], scheme) or scheme < _least(is_secure)


def read(text: str) -> str:
    """Return an origin in the one form in which two can be compared; "" if it is none.

    >>> read("HTTPS://Help.example")
    'https://help.example:443'
    >>> read("null")
    ''
    """
    scheme, _, place = text.lower().partition("://")
    return f"{scheme}://{_with_port(place, scheme)}" if _is_place(scheme, place) else ""


def _is_place(scheme: str, place: str) -> bool:
    try:
        found = urlsplit(f"//{place}")
        bare = f"[{found.hostname}]" if ":" in (found.hostname or "") else found.hostname
        port = "" if found.port is None else f":{found.port}"
    except ValueError:
        return False
    return scheme in PORTS and bool(found.hostname) and place == f"{bare}{port}"


def _with_port(place: str, scheme: str) -> str:
    has_port = ":" in place.rpartition("]")[2]
    return place if has_port else f"{place}:{PORTS[scheme]}"


def _least(is_secure: bool) -> str:
    return "https" if is_secure else "http"
