"""Probes: what somebody tries who means harm, and what the server says to it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any
from unittest.mock import patch

from geo.settings import Settings
from geo.web import door, origins
from tests.score.row import Reached, Trial
from tests.support.asking import Answer, ask, opened

FIGURE = "attempts refused: paths, methods, origins, frames, large messages, guessed files"
TARGET = "all of at least 30"
NOT_COVERED = "flaws in Streamlit, uvicorn or Python that nobody has told of yet"

STREAM = "/_stcore/stream"
EVIL = "https://evil.example"
FORM = "application/x-www-form-urlencoded"
SECRETS = ("service-map", "requires-python", "root:x:0", "import streamlit", "[browser]")
PATHS = (
    *("/assets/../pyproject.toml", "/assets/..%2f..%2fpyproject.toml", "/assets/%2e%2e/app.py"),
    *("/assets//etc/passwd", "/assets/....//....//app.py", "/assets/..%5c..%5capp.py"),
    *("/find/../../app.py", "/find/x/..%2f..%2fapp.py", "/streets/../../../etc/passwd"),
    *("/hsds/services/..%2f..%2fapp.py", "/text/../../app.py", "/component/../../../app.py"),
    *("/static/../../../../etc/passwd", "/app.py", "/.git/config", "/.streamlit/config.toml"),
    *("/data/services.csv", "/data/reports", "/assets/%00.js"),
)
GUESSED = ("/media/0123456789abcdef.pdf", "/media/", "/_stcore/upload_file/a/b")
FRAMED = ("/", "/text/en", "/report/en", "/place?id=hck7q3", "/quality/en")
ORIGINS = (
    EVIL,
    "null",
    "http://127.0.0.1:9999",
    "http://localhost",
    "http://127.0.0.1.evil.example",
)
METHODS = ("PUT", "DELETE", "PATCH", "TRACE", "CONNECT")

Probe = tuple[str, Callable[[], bool]]


def measure(trial: Trial) -> Reached:
    """Try all; one that gets through, or breaks the server, is a fault."""
    probes = [*paths(), *methods(), *foreign(), *frames(), *large(), *guessed()]
    with ExitStack() as stack:
        if trial.is_broken:
            stack.enter_context(patch.object(origins, "is_foreign", lambda *_: False))
        faults = tuple(name for name, is_refused in probes if not is_refused())
    told = f"{len(probes) - len(faults)} of {len(probes)}"
    return Reached(told, not faults and len(probes) >= 30, len(probes), faults)


def _server() -> Any:
    from app import app  # reads the catalogue, which the name of a row needs not

    return app


def paths() -> Iterator[Probe]:
    """Yield ways to a file that is not to be handed out."""
    for path in PATHS:
        yield f"GET {path}", lambda path=path: not _tells(ask(_server(), path))


def _tells(answer: Answer) -> bool:
    """Tell whether an answer holds anything of a file of ours, or is an error of the server."""
    held = answer.body if answer.headers.get("content-encoding") != "gzip" else answer.text.encode()
    return answer.status >= 500 or any(one.encode() in held for one in SECRETS)


def methods() -> Iterator[Probe]:
    """Yield requests that would change something."""
    for method in METHODS:
        yield (
            f"{method} /text/en",
            lambda method=method: (
                ask(_server(), "/text/en", method).status
                in (
                    403,
                    404,
                    405,
                    501,
                )
            ),
        )


def foreign() -> Iterator[Probe]:
    """Yield websockets and changes of pages of others."""
    for origin in ORIGINS:
        yield f"websocket of {origin}", lambda one=origin: not opened(_server(), STREAM, origin=one)
    for origin in ORIGINS[:2]:
        yield (
            f"report of {origin}",
            lambda one=origin: (
                ask(
                    _server(), "/report/en", "POST", b"kind=other", origin=one, content_type=FORM
                ).status
                == 403
            ),
        )


def frames() -> Iterator[Probe]:
    """Yield pages that another site would put into a frame."""
    for path in FRAMED:
        yield (
            f"frame {path}",
            lambda path=path: (
                "frame-ancestors 'none'"
                in ask(_server(), path).headers.get("content-security-policy", "")
                or "frame-ancestors 'self'"
                in ask(_server(), path).headers.get("content-security-policy", "")
            ),
        )


def large() -> Iterator[Probe]:
    """Yield what is far too large, or far too much."""
    headers = {"origin": "http://127.0.0.1", "content_type": FORM}
    yield (
        "report of 1 MB",
        lambda: (
            ask(_server(), "/report/en", "POST", b"text=" + b"x" * 1_000_000, **headers).status
            in (404, 413)
        ),
    )
    yield "address of 100 kB", lambda: ask(_server(), "/list?ids=" + "a," * 50_000).status < 500
    yield "header of 60 kB", lambda: ask(_server(), "/", accept_language="a," * 30_000).status < 500
    guard = door.Door(_server(), [""], Settings(requests_a_minute=5))
    yield (
        "6 requests where 5 are allowed",
        lambda: [ask(guard, "/health").status for _ in range(6)][-1] == 429,
    )


def guessed() -> Iterator[Probe]:
    """Yield addresses of files of others."""
    for path in GUESSED:
        yield f"GET {path}", lambda path=path: ask(_server(), path).status in (403, 404, 405)
