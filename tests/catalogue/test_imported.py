"""Rows of feeds are shown with the catalogue's own, held to its rules, and say whose they are."""

from datetime import datetime

from geo.catalogue import do_not_list, imported, keeper, wording
from geo.catalogue.keeper import Keeper, read_catalogue
from geo.catalogue.places import locate
from geo.clock import TIMEZONE
from geo.i18n import words
from geo.search.index import build_index
from geo.search.query import Query, search
from geo.web import text_page
from tests.support import examples, feeds

ROW = examples.USUAL | {"id": "bbbbbb", "name": "Elm Pantry", "description_es": ""}
ROW |= {"source_name": "Valley 211", "confidence": "low", "external_id": "service/1"}
ROW |= {"eligibility": "Anyone", "source_date": ""}


def write(beside, *rows, name="Valley 211"):
    path = imported.file_of(beside, name)
    path.parent.mkdir(exist_ok=True)
    path.write_text(feeds.text([{column: row[column] for column in imported.COLUMNS}
                                for row in rows]), newline="")  # fmt: skip
    return path


def faults(beside):
    return [(one.rule, one.column) for one in read_catalogue(beside, feeds.TODAY)[1]]


def test_an_edition_has_the_rows_of_feeds_after_its_own(tmp_path):
    beside = feeds.catalogue(tmp_path, {"name": "Oak Pantry"})
    write(beside, ROW)
    places, found = read_catalogue(beside, feeds.TODAY)
    assert found == []
    assert places[["id", "feed"]].to_numpy().tolist() == [["aaaaaa", ""], ["bbbbbb", "Valley 211"]]


def test_a_row_says_whose_it_is_and_that_its_words_are_english(tmp_path):
    beside = feeds.catalogue(tmp_path)
    write(beside, ROW)
    entry = keeper.Edition(1, read_catalogue(beside, feeds.TODAY)[0]).entries[1]
    moment = wording.Moment(datetime(2026, 11, 26, 10, tzinfo=TIMEZONE))
    spanish, english = (wording.describe(entry, words(code), moment) for code in ("es", "en"))
    assert (spanish["about_lang"], spanish["about_note"]) == ("en", "En inglés:")
    assert (english["about_lang"], english["about_note"]) == ("", "")
    assert "De la lista de Valley 211" in spanish["age"]
    assert "From the list of Valley 211, date not known" in english["age"]
    told = {fact["label"]: fact["text"] for fact in spanish["facts"]}
    assert told[words("es")("Who may come")] == "Anyone (en inglés)"
    assert spanish["call_first"]


def test_the_search_knows_them(tmp_path):
    beside = feeds.catalogue(tmp_path)
    write(beside, ROW)
    index = build_index(read_catalogue(beside, feeds.TODAY)[0])
    found = search(index, Query(words="elm"), datetime(2026, 11, 26, 10, tzinfo=TIMEZONE))
    assert found.places.tolist() == [1]


def test_the_rules_of_the_catalogue_hold_but_for_spanish(tmp_path):
    beside = feeds.catalogue(tmp_path)
    for changed, rule in (
        ({"phone": "1"}, ("phones", "phone")),
        ({"verified_on": "2026-01-01", "verified_by_role": "x"}, ("imported", "verified_on")),
        ({"release_ref": "7"}, ("imported", "release_ref")),
        ({"external_id": ""}, ("imported", "external_id")),
        ({"id": "aaaaaa"}, ("ids", "id")),
        ({"location_policy": "none", "street": "1 Elm Way"}, ("confidential", "street")),
        (
            {"location_policy": "none", "external_id": "service/1 Elm Way"},
            ("imported", "external_id"),
        ),
        ({"description_en": ""}, ("required", "description_en")),
    ):
        write(beside, ROW | changed)
        assert rule in faults(beside), changed
    write(beside, ROW)
    assert faults(beside) == []


def test_ids_are_told_apart_over_all_feeds_and_slices(tmp_path, monkeypatch):
    monkeypatch.setattr(imported, "SLICE", 1)
    beside = feeds.catalogue(tmp_path)
    write(beside, ROW, ROW | {"id": "cccccc"})
    write(beside, ROW, name="Other")
    assert faults(beside) == [("ids", "id")]


def test_a_broken_file_of_a_feed_is_refused_and_the_last_good_edition_stays(tmp_path):
    beside = feeds.catalogue(tmp_path)
    path = write(beside, ROW)
    kept = Keeper(beside)
    assert len(kept.current().places) == 2
    path.write_text("id,name\n1,2\n")
    assert len(kept.current().places) == 2
    assert kept.faults
    write(beside, ROW, ROW | {"id": "cccccc", "external_id": "service/2"})
    assert len(kept.current().places) == 3
    path.unlink()
    assert len(kept.current().places) == 1


def test_the_do_not_list_hides_a_row_at_once(tmp_path):
    beside = feeds.catalogue(tmp_path)
    write(beside, ROW)
    kept = Keeper(beside)
    listed = do_not_list.beside(beside)
    listed.write_text("name,phone,external_id,reason\nELM pantry,,,asked\n")
    assert [*kept.current().places["id"]] == ["aaaaaa"]
    listed.write_text("name,phone,external_id,reason\n")
    assert len(kept.current().places) == 2
    listed.write_text("name;phone\n")
    assert len(kept.current().places) == 2  # red, and the last good one stays up
    assert kept.faults


def test_a_row_where_one_on_the_do_not_list_was_is_hidden(tmp_path):
    here = examples.IN_TRACY | {"location_source": "Valley 211"}
    gone = here | {"name": "Birch", "status": "closed"}
    beside = feeds.catalogue(tmp_path, {"id": "cccccc", "name": "Oak Pantry"}, gone)
    write(beside, ROW | here | {"street": "10 example st"})
    kept = Keeper(beside)
    assert [*kept.current().places["id"]] == ["cccccc", "bbbbbb"]
    do_not_list.beside(beside).write_text("name,phone,external_id,reason\nBirch,,,asked\n")
    assert [*kept.current().places["id"]] == ["cccccc"]
    assert kept.faults == []


def test_the_plain_page_marks_what_is_in_english():
    rows = examples.frame({}, ROW | {"description_en": "Bags <b>of food</b>."})
    places = keeper.Edition(1, locate(rows.assign(feed=["", "Valley 211"])))
    page = text_page.page(places, "es", datetime(2026, 11, 26, 10, tzinfo=TIMEZONE))
    marked = '<p>En inglés: <span lang="en">Bags &lt;b&gt;of food&lt;/b&gt;.</span></p>'
    assert marked in page
    assert page.count('<span lang="en">') == 1
    english = text_page.page(places, "en", datetime(2026, 11, 26, 10, tzinfo=TIMEZONE))
    assert '<span lang="en">' not in english
