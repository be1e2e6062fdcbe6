"""A page of another site, or of another port of this machine, is told from one of ours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.web import origins


def asked(host, *named):
    headers = [(b"host", host.encode())] if host is not None else []
    return headers + [(b"origin", one.encode("latin-1")) for one in named]


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("127.0.0.1:8501", "http://127.0.0.1:8501"),
        ("LOCALHOST:8501", "http://localhost:8501"),
        ("[::1]:8501", "http://[::1]:8501"),
        ("help.example", "http://help.example"),
        ("help.example:80", "http://help.example"),
        ("help.example", "http://help.example:80"),
        ("help.example", "https://help.example"),  # a proxy took the TLS off
        ("help.example:443", "https://help.example"),
        ("help.example:8443", "https://help.example:8443"),
    ],
)
def test_a_page_of_the_host_and_port_that_is_asked_is_ours(host, origin):
    assert not origins.is_foreign(asked(host, origin), is_secure=False)


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("127.0.0.1:8501", "https://evil.example"),
        ("127.0.0.1:8501", "http://127.0.0.1:9999"),
        ("127.0.0.1:8501", "http://127.0.0.1"),
        ("127.0.0.1:8501", "http://localhost:8501"),
        ("localhost:8501", "http://localhost:8501.evil.example"),
        ("localhost:8501", "http://localhost:8501@evil.example"),
        ("localhost:8501", "http://evil.example:8501"),
        ("localhost:8501", "http://localhost:08501"),
        ("[::1]:8501", "http://[::2]:8501"),
        ("help.example", "http://help.example:8080"),
        ("help.example", "https://help.example:80"),
        ("help.example", "http://help.example.evil.example"),
        ("help.example", "http://evil.help.example"),
        ("help.example", "null"),
        ("help.example", ""),
        ("help.example", "help.example"),
        ("help.example", "//help.example"),
        ("help.example", "file://help.example"),
        ("help.example", "ws://help.example"),
        ("help.example", "http://"),
        ("help.example", "http://help.example/"),
        ("help.example", "http://help.example:http"),
        ("help.example", "http://[help.example"),
        ("help.example", "http://help.example https://evil.example"),
        (None, "http://help.example"),
        ("", "http://"),
        ("", "http://:80"),
    ],
)
def test_any_other_is_foreign(host, origin):
    assert origins.is_foreign(asked(host, origin), is_secure=False)


def test_two_origins_or_two_hosts_are_foreign():
    both = asked("help.example", "http://help.example", "http://help.example")
    assert origins.is_foreign(both, is_secure=False)
    twice = [*asked("help.example"), *asked("help.example", "http://help.example")]
    assert origins.is_foreign(twice, is_secure=False)


def test_who_names_no_origin_is_no_page():
    assert not origins.is_foreign(asked("help.example"), is_secure=False)
    assert not origins.is_foreign([], is_secure=True, ours=["https://help.example:443"])


def test_a_page_that_came_in_the_clear_does_not_reach_a_secure_connection():
    headers = asked("help.example:8443", "http://help.example:8443")
    assert origins.is_foreign(headers, is_secure=True)
    assert not origins.is_foreign(asked("help.example", "https://help.example"), is_secure=True)


@pytest.mark.parametrize(
    ("origin", "foreign"),
    [
        ("https://help.example", False),
        ("https://HELP.example:443", False),
        ("http://help.example", True),
        ("http://10.0.0.5:8501", True),  # what the proxy asks for
        ("https://evil.example", True),
        ("null", True),
    ],
)
def test_where_the_operator_says_what_is_ours_nothing_else_is(origin, foreign):
    ours = [origins.read("https://help.example")]
    headers = asked("10.0.0.5:8501", origin)
    assert origins.is_foreign(headers, is_secure=False, ours=ours) is foreign


@pytest.mark.parametrize(
    "name", ["x-forwarded-host", "x-forwarded-proto", "x-forwarded-port", "forwarded", "x-real-ip"]
)
def test_what_a_proxy_says_opens_nothing(name):
    headers = asked("help.example", "https://evil.example")
    told = [(name.encode(), b"evil.example"), (name.encode(), b"https")]
    assert origins.is_foreign([*headers, *told], is_secure=False)


@given(st.text(max_size=30))
def test_no_text_breaks_it_and_none_but_the_right_one_is_ours(text):
    headers = asked("help.example", text.encode("utf-8", "replace").decode("latin-1"))
    right = {"http://help.example", "https://help.example"}
    assert origins.is_foreign(headers, is_secure=False) or text.lower() in right
