"""App: the whole server on one port. Start it with `make run`."""

import streamlit as st
from starlette.middleware import Middleware

from geo.web.routes import ROUTES
from geo.web.shell import Shell
from pages.parts import contents, session, study

study.warm(session.edition())  # here, so that the first reader does not wait for it
session.index(session.edition())  # last: it takes all there is out of the garbage collector's sight
shell = Middleware(Shell, pages=contents.ADDRESSES)
app = st.App("pages/menu.py", routes=ROUTES, middleware=[shell])
