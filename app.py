"""App: the whole server on one port. Start it with `make run`."""

import streamlit as st
from starlette.middleware import Middleware

from geo import clock, log, settings
from geo.store import keeping
from geo.web import connections, descriptors
from geo.web.door import Door
from geo.web.endpoints import ROUTES
from geo.web.plain import report_page
from geo.web.shell import Shell
from pages.parts import contents, log_in, server

log.set_up()
descriptors.raise_limit()
connections.mend()
log_in.warn()
reports_held = report_page.begin(keeping.box(), clock.today())
server.edition()  # here, so that the first reader does not wait for what its answers need
pages = contents.addresses()
shell = Middleware(Shell, pages=pages)
door = Middleware(Door, pages=pages, given=settings.read())
app = st.App("pages/menu.py", routes=ROUTES, middleware=[shell, door])
