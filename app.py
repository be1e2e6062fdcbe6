"""App: the whole server on one port. Start it with `make run`."""

import streamlit as st
from starlette.middleware import Middleware

from geo import log
from geo.web.endpoints import ROUTES
from geo.web.shell import Shell
from pages.parts import contents, server

log.set_up()
server.edition()  # here, so that the first reader does not wait for what its answers need
shell = Middleware(Shell, pages=contents.ADDRESSES)
app = st.App("pages/menu.py", routes=ROUTES, middleware=[shell])
