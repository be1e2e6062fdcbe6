"""What a client asks is bounded, and a minute later nothing tells that it was ever here."""

import gc

import pytest

from geo.web.clients import Clients, client_of

ADDRESS = "203.0.113.77"


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def test_requests_are_bounded_within_a_minute_and_each_client_has_its_own(clock):
    clients = Clients(3, 2, clock)
    assert [clients.may_ask(ADDRESS) for _ in range(4)] == [True, True, True, False]
    assert clients.may_ask("203.0.113.78")
    clock.now = 59.9
    assert not clients.may_ask(ADDRESS)
    clock.now = 60.0
    assert clients.may_ask(ADDRESS)


def test_sessions_are_bounded_at_once(clock):
    clients = Clients(99, 2, clock)
    clients.come(ADDRESS)
    clients.come(ADDRESS)
    assert clients.is_full(ADDRESS)
    assert not clients.is_full("203.0.113.78")
    clock.now = 600.0
    assert clients.is_full(ADDRESS)
    clients.go(ADDRESS)
    assert not clients.is_full(ADDRESS)


def test_nor_may_sessions_be_begun_and_dropped_without_end(clock):
    clients = Clients(99, 3, clock)
    for _ in range(3):
        clients.come(ADDRESS)
        clients.go(ADDRESS)
    assert clients.is_full(ADDRESS)
    clock.now = 60.0
    assert not clients.is_full(ADDRESS)


def held(clients):
    """Return all bytes and texts that are reached from the counts."""
    waiting, seen = [vars(clients)], []
    while waiting:
        one = waiting.pop()
        if isinstance(one, (str, bytes)):
            seen.append(one)
        elif isinstance(one, dict):
            waiting += [*one.keys(), *one.values()]
        else:
            waiting += [part for part in gc.get_referents(one) if not isinstance(part, type)]
    return {*seen}


def test_no_address_is_kept_and_after_a_minute_nothing_of_a_client_that_left(clock):
    clients = Clients(99, 9, clock)
    fresh = held(clients)
    clients.may_ask(ADDRESS)
    clients.come(ADDRESS)
    assert not any(ADDRESS in str(one) for one in held(clients))
    during = held(clients) - fresh
    clients.go(ADDRESS)
    clock.now = 60.0
    clients.may_ask("203.0.113.78")
    assert during
    assert held(clients).isdisjoint(during)


def test_the_same_client_has_another_mark_in_the_next_minute(clock):
    clients = Clients(99, 9, clock)
    clients.may_ask(ADDRESS)
    first = held(clients)
    clock.now = 60.0
    clients.may_ask(ADDRESS)
    marks = [{one for one in found if isinstance(one, bytes)} for found in (first, held(clients))]
    assert len(marks[0] & marks[1]) == 1  # the key under which what is open is counted


def scope(peer, *forwarded, state=None):
    headers = [(b"x-forwarded-for", one.encode()) for one in forwarded]
    return {"client": (peer, 50000), "headers": headers, "state": state or {}}


@pytest.mark.parametrize(
    ("proxies", "forwarded", "client"),
    [
        (0, (), "10.0.0.1"),
        (0, ("203.0.113.77",), "10.0.0.1"),  # anyone can write that
        (1, ("203.0.113.77",), "203.0.113.77"),
        (1, ("198.51.100.1, 203.0.113.77",), "203.0.113.77"),
        (1, ("198.51.100.1", "203.0.113.77"), "203.0.113.77"),
        (2, ("198.51.100.1, 203.0.113.77, 10.0.0.2",), "203.0.113.77"),
        (2, ("203.0.113.77",), "10.0.0.1"),  # came past one of them
        (1, (), "10.0.0.1"),
        (1, ("203.0.113.77,",), "10.0.0.1"),
    ],
)
def test_a_client_is_who_the_last_proxies_of_ours_name(proxies, forwarded, client):
    assert client_of(scope("10.0.0.1", *forwarded), proxies) == client


def test_what_uvicorn_believes_of_a_proxy_on_this_machine_is_not_believed_here():
    told = scope("198.51.100.1", "198.51.100.1", state={"peer": ("127.0.0.1", 50000)})
    assert client_of(told, 0) == "127.0.0.1"


@pytest.mark.parametrize(
    ("peer", "client"),
    [
        ("::ffff:203.0.113.77", "203.0.113.77"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("/run/our.socket", "/run/our.socket"),
    ],
)
def test_a_home_with_many_addresses_is_one_client(peer, client):
    assert client_of(scope(peer), 0) == client


def test_without_any_address_all_are_one_client():
    assert client_of({"client": None, "headers": []}, 0) == ""
