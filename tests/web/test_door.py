"""Who may not come in is told so before Streamlit is asked, and has the list as a plain page."""

import pytest
from streamlit import net_util
from streamlit.web import bootstrap

from app import app as server
from geo import i18n
from geo.settings import Settings
from geo.web import descriptors, door
from tests.support import asking
from tests.support.asking import ask, opened

OUR_STREAM = "/_stcore/stream"
FOREIGN = ["https://evil.example", "http://127.0.0.1:9999", "http://localhost", "null", ""]


class Inside:
    """Stands for all that is behind the door, and notes who got there."""

    def __init__(self):
        self.came, self.during = [], None

    async def __call__(self, scope, receive, send):
        self.came.append(scope)
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.accept"})
            if self.during:
                await self.during()
            return
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"inside"})


@pytest.fixture
def inside():
    return Inside()


@pytest.fixture
def guarded(inside):
    """Return a function: the door before what is inside, with settings."""
    return lambda **given: door.Door(inside, ["", "about"], Settings(**given))


@pytest.fixture
def full(monkeypatch):
    monkeypatch.setattr(descriptors, "is_full", lambda: True)


# Pages of others.


@pytest.mark.parametrize("origin", FOREIGN)
def test_a_websocket_of_another_page_is_refused_and_nobody_is_asked_for_our_address(
    origin, monkeypatch
):
    """Streamlit would ask another host, twice, while every reader waits."""
    asked = []
    monkeypatch.setattr(net_util, "_external_ip", None)
    monkeypatch.setattr(net_util, "_make_blocking_http_get", lambda *_, **__: asked.append(1))
    assert not opened(server, OUR_STREAM, origin=origin)
    assert asked == []


def test_nor_is_anybody_asked_when_the_server_starts(monkeypatch, capsys):
    asked = []
    monkeypatch.setattr(net_util, "_make_blocking_http_get", lambda *_, **__: asked.append(1))
    bootstrap._print_url(is_running_hello=False)
    assert asked == []
    assert "http://localhost:" in capsys.readouterr().out


@pytest.mark.parametrize("headers", [{}, {"origin": "http://127.0.0.1"}])
def test_our_own_page_and_who_names_none_are_let_in(headers):
    assert opened(server, OUR_STREAM, **headers)


@pytest.mark.parametrize("address", [OUR_STREAM, "/", "/another"])
def test_nothing_of_a_foreign_websocket_gets_inside(guarded, inside, address):
    assert not opened(guarded(), address, origin="https://evil.example")
    assert inside.came == []


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "ANYTHING"])
def test_what_another_page_would_change_is_refused(guarded, inside, method):
    answer = ask(guarded(), "/_stcore/upload_file/a/b", method, origin="https://evil.example")
    assert (answer.status, inside.came) == (403, [])
    assert ask(guarded(), "/_stcore/upload_file/a/b", method, origin="http://127.0.0.1").status
    assert len(inside.came) == 1


def test_what_another_page_reads_is_answered_as_if_it_had_not_said_where_it_is(guarded, inside):
    assert ask(guarded(), "/_stcore/health", origin="https://evil.example").status == 200
    assert b"origin" not in dict(inside.came[0]["headers"])
    ask(guarded(), "/_stcore/health", origin="http://127.0.0.1")
    assert dict(inside.came[1]["headers"])[b"origin"] == b"http://127.0.0.1"


def test_where_origins_are_set_only_those_are_ours(guarded):
    ours = guarded(origins=("https://help.example",))
    assert opened(ours, OUR_STREAM, host="10.0.0.5:8501", origin="https://help.example")
    assert not opened(ours, OUR_STREAM, host="10.0.0.5:8501", origin="http://10.0.0.5:8501")
    assert opened(ours, OUR_STREAM, host="10.0.0.5:8501")


# Too much.


def test_who_asks_too_much_waits_a_minute_and_the_exit_works_all_the_same(guarded, inside):
    guard = guarded(requests_a_minute=2)
    assert [ask(guard, "/about").status for _ in range(3)] == [200, 200, 429]
    told = ask(guard, "/_stcore/health")
    assert (told.status, told.headers["retry-after"]) == (429, "60")
    assert all(number in told.text for number in ("211", "911", "minuto"))
    assert ask(guard, "/leave").status == 200
    assert len(inside.came) == 3


def test_an_address_made_up_in_a_header_gains_nothing(guarded):
    guard = guarded(requests_a_minute=2)
    found = [ask(guard, "/about", x_forwarded_for=f"203.0.113.{n}").status for n in range(3)]
    assert found == [200, 200, 429]
    behind_a_proxy = guarded(requests_a_minute=2, proxies=1)
    found = [ask(behind_a_proxy, "/", x_forwarded_for=f"203.0.113.{n}").status for n in range(3)]
    assert found == [200, 200, 200]


def test_who_has_too_many_pages_open_gets_the_plain_page_and_another_client_the_page(
    guarded, inside
):
    guard = guarded(sessions_at_once=1, proxies=1)
    mine, yours = {"x_forwarded_for": "203.0.113.77"}, {"x_forwarded_for": "203.0.113.78"}
    seen = []

    async def meanwhile():
        for who in (mine, yours):
            answer = await asking._ask(guard, "/about", "GET", who)
            seen.append((answer.status, "<h2 id=" in answer.text))
        inside.during = None
        seen.append(await asking._open(guard, OUR_STREAM, mine))
        seen.append(await asking._open(guard, OUR_STREAM, yours))

    inside.during = meanwhile
    assert opened(guard, OUR_STREAM, **mine)
    assert seen == [(503, True), (200, False), False, True]


def test_a_page_that_breaks_off_no_longer_counts(guarded, inside):
    guard = guarded(sessions_at_once=2)

    async def break_off():
        raise RuntimeError("broken")

    inside.during = break_off
    with pytest.raises(RuntimeError):
        opened(guard, OUR_STREAM)
    inside.during = None
    assert opened(guard, OUR_STREAM)
    assert guard.clients._open == {}


# No room.


@pytest.mark.parametrize(("asked", "language"), [("es-MX", "es"), ("en", "en")])
@pytest.mark.parametrize("address", ["/", "/about", "/about/", "/about?id=1"])
def test_when_there_is_no_room_a_page_is_the_plain_page_with_a_word_on_top(
    guarded, inside, full, asked, language, address
):
    answer = ask(guarded(), address, accept_language=asked, accept_encoding="gzip")
    say = i18n.words(language)
    assert (answer.status, answer.headers["content-language"]) == (503, language)
    assert (answer.headers["retry-after"], answer.headers["cache-control"]) == ("60", "no-store")
    told = say("The map and search page is full right now. Here is the same list as a plain page.")
    assert answer.text.index("<main>") < answer.text.index(told) < answer.text.index("<h1>")
    assert answer.text.count("<h4>") > 100
    assert inside.came == []
    assert told not in ask(server, f"/text/{language}").text


def test_when_there_is_no_room_no_session_is_begun_and_all_else_is_answered(guarded, inside, full):
    guard = guarded()
    assert not opened(guard, OUR_STREAM)
    for address in ("/health", "/text/es", "/leave", "/assets/none.js", "/_stcore/health"):
        assert ask(guard, address).status == 200
    assert len(inside.came) == 5
