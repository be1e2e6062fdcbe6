"""Hostile app: the app with hostile places put behind the checks, for one test."""

import os

import streamlit as st
from starlette.middleware import Middleware

from geo.catalogue import keeper
from geo.catalogue.places import locate
from geo.web.endpoints import ROUTES
from geo.web.shell import Shell
from pages.parts import contents
from tests.browser import hostile, servers

keeper.read_catalogue = lambda *_: (locate(hostile.rows(os.environ["FETCHED"])), [])
shell = Middleware(Shell, pages=contents.ADDRESSES)
app = st.App(servers.PROJECT / "pages/menu.py", routes=ROUTES, middleware=[shell])
