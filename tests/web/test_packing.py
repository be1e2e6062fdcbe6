"""What is handed out is packed as small as who asks can read, and comes out as it went in."""

import gzip
import json

import brotli
import pytest

from geo.web import packing
from geo.web.packing import Packed

MOST_S = 30
BODY = json.dumps([{"name": f"Place {n}", "open": n % 7 < 5} for n in range(3_000)]).encode()


def unpacked(body, coding):
    ways = {"br": brotli.decompress, "gzip": gzip.decompress, "": lambda plain: plain}
    return ways[coding](body)


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=1.0, gzip;q=0.5", "br"),
        ("GZIP, BR", "br"),
        ("gzip", "gzip"),
        ("gzip, broccoli", "gzip"),
        ("", ""),
        ("deflate", ""),
        ("\xff;;,", ""),
    ],
)
def test_the_smallest_goes_out_that_can_be_read(accepted, coding):
    packed = Packed(BODY)
    assert packed.wait(MOST_S)
    body, told = packed.best(accepted)
    assert told == coding
    assert unpacked(body, told) == BODY


def test_brotli_is_smaller_by_a_tenth_at_least():
    packed = Packed(BODY)
    assert packed.wait(MOST_S)
    assert len(packed.best("br")[0]) < 0.9 * len(packed.best("gzip")[0]) < 0.9 * len(BODY)


def test_until_that_is_done_gzip_goes_out(monkeypatch):
    monkeypatch.setattr(Packed, "pack", lambda _: None)
    packed = Packed(BODY)
    body, coding = packed.best("gzip, br")
    assert coding == "gzip"
    assert gzip.decompress(body) == BODY


def test_a_very_long_body_holds_up_nobody(monkeypatch):
    monkeypatch.setattr(packing, "MOST_BYTES", 1_000)
    packed = Packed(BODY)
    assert packed.wait(0)
    assert packed.best("gzip, br")[1] == "gzip"


def test_nothing_is_packed_too():
    packed = Packed(b"")
    assert packed.wait(MOST_S)
    body, coding = packed.best("br")
    assert unpacked(body, coding) == b""
