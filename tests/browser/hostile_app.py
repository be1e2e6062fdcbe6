"""Hostile app: the app with hostile places put behind the checks, for one test."""

import os
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from geo.catalogue import keeper
from geo.catalogue.places import locate
from geo.web import assets
from geo.web.endpoints import ROUTES
from geo.web.shell import Shell
from pages.parts import contents
from tests.browser import hostile, servers

assets.STATIC = Path(os.environ.get("SCRIPTS", assets.STATIC))  # others, with a fault in them
keeper.read_catalogue = lambda *_: (locate(hostile.rows(os.environ["FETCHED"])), [])
shell = Middleware(Shell, pages=contents.addresses())
app = st.App(servers.PROJECT / "pages/menu.py", routes=ROUTES, middleware=[shell])
