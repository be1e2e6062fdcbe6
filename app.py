"""App: the whole server on one port. Start it with `make run`."""

import streamlit as st
from starlette.middleware import Middleware

from geo.web.routes import ROUTES
from geo.web.shell import Shell

app = st.App("pages/menu.py", routes=ROUTES, middleware=[Middleware(Shell)])
