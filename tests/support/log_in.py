"""Log in: a log-in provider on this machine, by OpenID Connect Core 1.0, and its settings."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "service-map", "a secret of the client"


@dataclass
class Provider:
    """Who logs in next, and what was refused."""

    url: str = ""
    person: dict[str, object] = field(default_factory=dict)  # the claims of whoever logs in
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    signs_with: RSAKey | None = None  # another key than the one it shows
    age_s: int = 0  # of the log-in
    refused: list[str] = field(default_factory=list)
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def about(self) -> dict[str, object]:
        """Return what it says of itself (OpenID Connect Discovery 1.0)."""
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def code(self, asked: dict[str, str]) -> str:
        """Return a code that can be changed for a token once."""
        code = secrets.token_urlsafe(16)
        self._codes[code] = asked
        return code

    def token(self, told: dict[str, str]) -> dict[str, object] | None:
        """Return the tokens for a code; None if it is not the one who asked for it."""
        asked = self._codes.pop(told.get("code", ""), None)
        proof = hashlib.sha256(told.get("code_verifier", "").encode()).digest()
        shown = base64.urlsafe_b64encode(proof).rstrip(b"=").decode()
        if not asked or shown != asked.get("code_challenge"):
            self.refused.append("code")
            return None
        now = int(time.time()) - self.age_s
        claims = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + self.age_s + 600}
        claims |= {"nonce": asked["nonce"], **self.person}
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.signs_with or self.key)
        return {"access_token": "a", "token_type": "Bearer", "expires_in": 600, "id_token": signed}


@contextmanager
def provider() -> Iterator[Provider]:
    """Run a provider, which lets in whoever its `person` is, until the block is left."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            asked = {name: cells[0] for name, cells in parse_qs(parts.query).items()}
            if parts.path == "/authorize":
                back = urlencode({"code": run.code(asked), "state": asked["state"]})
                self.send_response(302)
                self.send_header("Location", f"{asked['redirect_uri']}?{back}")
                self.end_headers()
            elif parts.path == "/keys":
                self._say({"keys": [run.key.as_dict(private=False)]})
            else:
                self._say(run.about())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            told = {name: cells[0] for name, cells in parse_qs(body).items()}
            given = self.headers.get("Authorization", "").removeprefix("Basic ")
            is_client = base64.b64decode(given).decode() == f"{CLIENT}:{SECRET}"
            found = run.token(told) if is_client else None
            self._say(found or {"error": "invalid_grant"}, 200 if found else 400)

        def _say(self, told: object, status: int = 200) -> None:
            body = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    run = Provider()
    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        run.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield run
        finally:
            server.shutdown()
            thread.join()


def secrets_file(path: Path, provider: str, app: str, **otherwise: str) -> Path:
    """Write the secrets of an app at an address that asks a provider; blank cells are left out."""
    cells = {
        "redirect_uri": f"{app}/oauth2callback",
        "cookie_secret": "made up for a test, and long enough",
        "client_id": CLIENT,
        "client_secret": SECRET,
        "server_metadata_url": f"{provider}/.well-known/openid-configuration",
    } | otherwise
    lines = [f"{name} = {json.dumps(cell)}" for name, cell in cells.items() if cell]
    path.write_text("\n".join(["[auth]", *lines]), encoding="utf-8")
    return path
