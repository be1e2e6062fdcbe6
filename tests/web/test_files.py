"""The list as files: each as the command writes it, made once, handed out whole."""

import gzip
from urllib.parse import urlsplit

import pytest
from starlette.applications import Starlette

from geo import i18n, settings
from geo.__main__ import main
from geo.catalogue.keeper import keeper_of
from geo.web import data_page, files
from geo.web.endpoints import ROUTES
from tests.support.asking import ask

SERVER = Starlette(routes=ROUTES)


@pytest.mark.parametrize("name", files.KINDS)
def test_a_file_is_that_which_the_command_writes(name, tmp_path):
    out = tmp_path / name
    kind = "hsds" if "hsds" in name else out.suffix[1:]
    assert main(["export", kind, str(out)]) == 0
    answer = ask(SERVER, f"/{name}")
    assert (answer.status, answer.body) == (200, out.read_bytes())
    assert answer.headers["content-type"] == files.KINDS[name].media
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["access-control-allow-origin"] == "*"
    packed = ask(SERVER, f"/{name}", accept_encoding="gzip")
    assert gzip.decompress(packed.body) == answer.body
    again = ask(SERVER, f"/{name}", if_none_match=answer.headers["etag"])
    assert (again.status, again.body) == (304, b"")


def test_without_a_good_list_a_file_says_so(tmp_path, monkeypatch):
    monkeypatch.setenv("CATALOGUE", str(tmp_path / "services.csv"))
    assert ask(SERVER, "/places.csv").status == 503


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_the_page_names_each_file_and_every_address_on_it_answers(language):
    edition = keeper_of(settings.read().catalogue).current()
    told = data_page.page(edition, language)
    addresses = [part.partition('"')[0] for part in told.split('href="')[1:]]
    assert {f"/{name}" for name in files.KINDS} < {*addresses}
    for address in addresses:
        assert urlsplit(address).netloc == ""
        assert ask(SERVER, address).status == 200
    assert str(len(edition.entries)) in told
