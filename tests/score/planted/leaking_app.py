"""Leaking app: the app, but each question that it is asked leaves 4 MB behind, for `--break`."""

import os
from typing import Any

import streamlit as st
from starlette.middleware import Middleware

from geo.web.endpoints import ROUTES
from geo.web.shell import Shell
from pages.parts import contents
from tests.browser import servers

LEFT_BEHIND: list[bytes] = []
LEAK_BYTES = 4_000_000


class Leak:
    """Keeps something of each question, and hands it on."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        LEFT_BEHIND.append(os.urandom(LEAK_BYTES))
        await self.inner(scope, receive, send)


shell = Middleware(Shell, pages=contents.addresses())
app = st.App(servers.PROJECT / "pages/menu.py", routes=ROUTES, middleware=[Middleware(Leak), shell])
