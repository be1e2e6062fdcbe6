"""Log in: whether keepers can log in to this server at all, and what is amiss if they cannot."""

import logging
from importlib.util import find_spec

import streamlit as st

from geo import settings

log = logging.getLogger(__name__)
NEEDED = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
ASKS = ("authlib", "httpx2")
LEAST_SECRET = 32  # letters of `cookie_secret`: who guesses it signs in as anybody


def is_set_up() -> bool:
    """Say whether there is a list of keepers, a provider that knows them, and what asks it."""
    return settings.read().reviewers is not None and not _missing()


def warn() -> None:
    """Tell the operator at the start why there is no page for the keepers that are listed."""
    if settings.read().reviewers is not None and (missing := _missing()):
        log.error("REVIEWERS is set, but there is no /review: %s. See docs/trust.md.", missing)


def _missing() -> str:
    if not all(map(find_spec, ASKS)):
        return "what asks a provider is not installed (make log-in)"
    given = st.secrets.get("auth", {}) if st.secrets.load_if_toml_exists() else {}
    if missing := [name for name in NEEDED if not given.get(name)]:
        return f"[auth] of the secrets lacks {', '.join(missing)}"
    if len(given["cookie_secret"]) < LEAST_SECRET:
        return f"cookie_secret has less than {LEAST_SECRET} letters"
    return ""
