"""Each rule refuses what it is for, passes the rest, and never repeats a confidential cell."""

import re
from datetime import date

import pandas as pd
import pytest

from geo import areas, clock, settings
from geo.catalogue import approvals, checks, csv_file, never, nobodys_number, records
from geo.catalogue.bounds import BOXES
from geo.catalogue.rules import privacy
from geo.settings import ROOT
from tests.catalogue.test_allowed_text import texts

TODAY = date(2026, 11, 22)
ZIPS = areas.zip_counties()
FIXTURES = ROOT / "tests/fixtures"
CELLS = len(records.COLUMNS)
CANARY = "4821 Zanzibar Street"
AGREED = "agreement R-2026-04, 2026-04-30, director"
LISTED = "listed by State list of clinics, 2026-06, catalogue editor"
SHORT_CODES = "a US number as NNN-NNN-NNNN or a short one such as 988"
LOOK_UP = "Look it up at the source; one number a cell, words go into the notes."
NOT_SHOWN = "found text that is not shown here"
NOT_PUBLIC = "for this place is not public"
LINK = (
    "wanted an http or https address with a host, without name, password or blank. "
    "Copy it from the browser's address bar."
)
TAKE_OUT = "Take it out, here and in every copy; if it is none, write it another way."
EMPTY = "Empty it, here and in every copy of the file; it must not be kept."
RELEASE = (
    f"location_policy: {NOT_SHOWN}, wanted area_only or none for a shelter of survivors without a "
    "written release. Write area_only and empty the place; or put the release into release_ref, "
    "such as agreement R-12, 2026-04-30, director; or listed by …; or, if it is not for survivors, "
    "write no into for_survivors."
)
UNSTATED = (
    "release_ref: found nothing, wanted why this place may be shown. Write who lists it as open to "
    "all: listed by …, a day, a role; or write area_only and empty the place."
)
SHARED = (
    "wanted a written release, for a place of this name or organization is kept private. Empty "
    "street and point; or write its release into release_ref: agreement …"
)
TWO = "Say it in other words; or have it approved by two: docs/refused-texts.md."

BLANK = "wanted a value, or a blank cell: blank means unknown"
DAMAGED = "wanted text that was not damaged on its way here"
UTF_8 = "Save files as 'CSV UTF-8'."
LOST = "Look it up at the source; save files as 'CSV UTF-8'."

FAULTS = {
    "at_odds": [
        "2 latitude: found 32.99, -115.07, wanted a point near Brawley. This one is 27 miles from "
        "its middle. Correct it, or empty both and write zip or city.",
        "3 zip: found '92227', wanted a ZIP code of Calexico. "
        "92227 is that of Brawley: which is right?",
        "4 city: found 'Brawly', wanted a town, place or post office of the two counties, as "
        "data/areas names it. Did you mean Brawley?",
        "5 city: found 'Tracy', wanted a town of Imperial County. "
        "Tracy is in San Joaquin County: which is right?",
        "6 location_precision: found 'city', wanted a place that can be drawn on the map: its size "
        "is not known here. Fill in its ZIP code, or write none.",
    ],
    "clean_text": [
        "2 name: found '{{7*191}}', wanted text without template signs "
        "({{ }} {% %} {# ${ #{ or `). Say it in plain words.",
        "2 organization: found '=HYPERLINK(\"https://example.org\")', wanted text that does not "
        "begin with = @ + - or a tab. Begin with a word: a spreadsheet would take this for a "
        "formula.",
        "2 description_en: found 'Doctors <b>for all</b>. ![x](https://example.org/x.png)', "
        "wanted text without HTML. Say it in plain words.",
        "2 description_en: found 'Doctors <b>for all</b>. ![x](https://example.org/x.png)', "
        "wanted text without Markdown links or images. Say it in plain words.",
    ],
    "confidential": [
        f"2 description_en: {NOT_SHOWN}, wanted text without a street address, {NOT_PUBLIC}. "
        + TAKE_OUT,
        f"2 street: {NOT_SHOWN}, wanted an empty cell, {NOT_PUBLIC}. {EMPTY}",
        f"2 city: {NOT_SHOWN}, wanted an empty cell, {NOT_PUBLIC}. {EMPTY}",
        f"2 source_ref: {NOT_SHOWN}, wanted text without a link to a map, {NOT_PUBLIC}. {TAKE_OUT}",
        f"3 location_policy: {NOT_SHOWN}, wanted one of public, area_only, none. "
        "Choose one of them.",
        f"3 phone_note: {NOT_SHOWN}, wanted text without coordinates, {NOT_PUBLIC}. {TAKE_OUT}",
        f"3 source_ref: {NOT_SHOWN}, wanted text without more than hosts that are approved, "
        f"{NOT_PUBLIC}. {TWO}",
    ],
    "damaged_text": [
        f"2 name: found 'Women&#039;s Center &amp; Clinic', {DAMAGED}. "
        f"Was it \"Women's\", '&'? {UTF_8}",
        f"2 organization: found 'Cl\ufffdnica del Valle', {DAMAGED}. {LOST}",
        f"3 name: found 'Centro de Salud PeÃ±a', {DAMAGED}. Was it 'Peña'? {UTF_8}",
        f"3 description_en: found 'We donâ€™t ask for papers.', {DAMAGED}. Was it 'don’t'? {UTF_8}",
        f"3 fees_note_es: found 'S\\\\u00ed, gratis', {DAMAGED}. Was it 'Sí,'? {UTF_8}",
        f"4 name: found 'Cl?nica', {DAMAGED}. {LOST}",
        f"4 source_ref: found 'https://example.org/list?a=1&amp;b=2', {DAMAGED}. "
        f"Was it 'https://example.org/list?a=1&b=2'? {UTF_8}",
    ],
    "dates": [
        "2 source_date: found '06/2026', wanted a real date as YYYY, YYYY-MM or YYYY-MM-DD. "
        "Empty it, or correct it.",
        "3 source_date: found '2025-02-29', wanted a real date as YYYY, YYYY-MM or YYYY-MM-DD. "
        "Empty it, or correct it.",
        "4 source_date: found '2199', wanted a date from 1990 to today. Empty it, or correct it.",
    ],
    "documents": [
        "2 required_documents: found 'none; photo_id', wanted none alone, or the papers. "
        "Keep what the source says.",
    ],
    "header": [
        "1 location_policy: found 2 columns of this name, wanted one. Find out which one is right "
        "and delete the others: nothing here may guess it.",
    ],
    "ids": [
        "2 id: found 'Clinic-1', wanted six characters, a to z and 0 to 9. "
        "Give the row a new one that no other row ever had.",
        "4 id: found 'h8c1tz', wanted an id that no other row has. "
        "invalid_ids.csv:3 has it too; give the newer of the two another.",
    ],
    "languages": [
        "2 languages: found 'English', wanted two-letter codes such as en, es, or interpreter, "
        "split by ;. Look the code up in ISO 639-1; if it has none, leave the language out.",
    ],
    "links": [
        f"2 website: found 'palmhealth.example.org', {LINK}",
        f"3 source_ref: found 'https://data.example.gov@evil.example.com/', {LINK}",
        f"3 source_ref: found 'ftp://example.org/list', {LINK}",
    ],
    "lists": [
        "2 service_types: found 'clinic; clinic', wanted each entry once. "
        "Take the repeated entry out.",
        "2 languages: found 'en;;es', wanted entries with one ; between two. Take the spare ; out.",
    ],
    "no_value": [
        f"2 organization: found '#N/A', {BLANK}. Empty the cell.",
        f"2 city: found '#REF!', {BLANK}. Empty the cell.",
        f"2 eligibility: found '#NAME?', {BLANK}. Empty the cell.",
        f"2 eligibility_es: found '#¿NOMBRE?', {BLANK}. Empty the cell.",
        f"3 organization: found 'N/A', {BLANK}. Empty the cell.",
        f"3 phone: found 'tbd', {BLANK}. Empty the cell.",
        f"3 phone_note: found 'null', {BLANK}. Empty the cell.",
        f"3 phone_note_es: found '--', {BLANK}. Empty the cell.",
        f"3 fees_note: found 'TBD', {BLANK}. Empty the cell.",
        f"3 fees_note_es: found 'Por determinar', {BLANK}. Empty the cell.",
        f"4 name: found 'Unknown', {BLANK}. Look it up: a row cannot do without it.",
        f"4 hours: found 'n/a', {BLANK}. Empty the cell.",
        f"4 wheelchair: found 'unknown', {BLANK}. Empty the cell.",
    ],
    "opening_hours": [
        "2 hours: found 'Monday to Friday 8-5', wanted opening hours such as Mo-Fr 08:00-17:00. "
        "Look at character 1: weekdays are Mo Tu We Th Fr Sa Su, with a ; before the next days. "
        "Did you mean Mo-Fr 08:00-17:00?",
    ],
    "phones": [
        f"2 phone: found '(760) 555-0142', wanted {SHORT_CODES}. {LOOK_UP}",
        f"3 phone: {NOT_SHOWN}, wanted {SHORT_CODES}. {LOOK_UP}",
        f"3 text_line: {NOT_SHOWN}, wanted {SHORT_CODES}. {LOOK_UP}",
    ],
    "points": [
        "2 latitude: found -115.5631, 32.7921, wanted a point in Imperial County, latitude 32.6186 "
        "to 33.4338 and longitude -116.1062 to -114.4629. Are the two swapped?",
        "3 latitude: found 32.7921, -115.5631, wanted a point in San Joaquin County, latitude "
        "37.4817 to 38.3003 and longitude -121.5851 to -120.9171. "
        "It lies in Imperial County: is the county right?",
        "4 longitude: found nothing, wanted latitude and longitude, or neither. Fill it in.",
    ],
    "precision": [
        "2 location_precision: found 'city', wanted exact or street, for there is a point. "
        "Write exact or street if the source gives this very address, else empty both.",
        "3 location_precision: found 'exact', wanted zip, city or none, for there is no point. "
        "Fill in latitude and longitude, or write zip, city or none.",
    ],
    "release": [f"2 {RELEASE}", f"3 {RELEASE}"],
    "shared_names": [
        f"3 street: {NOT_SHOWN}, {SHARED}",
        *(
            f"{line} description_en: {NOT_SHOWN}, wanted texts without a street address, read as "
            "one: a place of this name is kept private. Take it out."
            for line in (4, 5)
        ),
    ],
    "stated": [
        f"2 {UNSTATED}",
        "3 for_survivors: found nothing, wanted yes or no for a shelter that is shown. Write no if "
        "it is for anyone without a home, with the source that says so; or write area_only and "
        "empty the place.",
    ],
    "required": [
        "2 description_es: found nothing, wanted a filled cell (the same in Spanish). Fill it in.",
        "2 source_ref: found nothing, wanted a filled cell (where it says so, split by ;). "
        "Fill it in.",
    ],
    "rows": [
        f"3: found {CELLS + 1} cells, wanted {CELLS} cells. "
        "Look for a comma outside quotation marks.",
        f"4: found an empty line, wanted {CELLS} cells. Delete it.",
        "5 description_en: found 4,500 characters, wanted at most 4,000. Shorten it.",
    ],
    "text_words": [
        "2 text_line: found nothing, wanted the number to send the word to. "
        "Fill it in, or empty the words.",
    ],
    "twins": [
        "2 fees_note_es: found nothing, wanted a translation of fees_note. "
        "Translate it, or empty both.",
        "3 eligibility: found nothing, wanted a translation of eligibility_es. "
        "Translate it, or empty both.",
    ],
    "verification": [
        "2 verified_by_role: found nothing, wanted the role of who confirmed it, never a name. "
        "Fill it in, or empty verified_on.",
        "3 verified_on: found nothing, wanted YYYY-MM-DD: the day a person of ours confirmed it; "
        "blank if nobody has. Fill it in, or empty verified_by_role.",
    ],
    "words": [
        f"2 service_types: found 'shelters', wanted one of {', '.join(records.TYPES)}. "
        "Did you mean shelter?",
        "2 fees: found 'sliding scale', wanted one of free, sliding_scale, paid. "
        "Did you mean sliding_scale?",
        "2 status: found 'shut', wanted one of open, paused, closed. Choose one of them.",
    ],
    "zips": [
        "2 zip: found '95202', wanted a ZIP code of Imperial County. "
        "It is in San Joaquin County: which is right?",
        "3 zip: found '9520', wanted five digits. Correct it, or empty it.",
    ],
}


def faults(path):
    table = csv_file.read(path)
    found = checks.check(table.frame, table.lines, TODAY, ZIPS, path.name)
    return [*table.issues, *found]


@pytest.mark.parametrize("story", FAULTS)
def test_an_invalid_file_gets_exactly_these_messages(story):
    path = FIXTURES / f"invalid_{story}.csv"
    assert [str(fault) for fault in faults(path)] == [f"{path.name}:{it}" for it in FAULTS[story]]


@pytest.mark.parametrize("story", FAULTS)
def test_its_valid_twin_gets_none(story):
    assert faults(FIXTURES / f"valid_{story}.csv") == []


@pytest.mark.parametrize("rule", checks.RULES, ids=lambda rule: rule.__name__)
def test_each_rule_has_its_pair_of_files(rule):
    no_pair = {"nobodys_number", "never"}  # what they refuse stands in no file
    assert rule.__name__ in {*FAULTS, *no_pair}
    assert {path.stem.partition("_")[2] for path in FIXTURES.glob("*valid_*.csv")} == {*FAULTS}


@pytest.mark.parametrize("story", [story for story in FAULTS if story not in ("header", "rows")])
def test_an_issue_carries_the_name_of_its_rule(story):
    assert {fault.rule for fault in faults(FIXTURES / f"invalid_{story}.csv")} == {story} | (
        {"words"} if story == "confidential" else set()
    )


CLINIC, LINE = (
    csv_file.read(FIXTURES / "valid_phones.csv").frame.iloc[number].to_dict() for number in (0, 1)
)
HOME = csv_file.read(FIXTURES / "valid_confidential.csv").frame.iloc[0].to_dict()
PLACELESS = dict.fromkeys(privacy.PLACE, "") | {"location_precision": "none"}


def check(*rows):
    frame = pd.DataFrame(rows, columns=list(records.COLUMNS), dtype=str)
    lines = range(2, len(rows) + 2)
    return checks.check(frame, lines, TODAY, ZIPS, "services.csv")


def test_the_rows_to_start_from_have_no_faults():
    assert check(CLINIC, LINE, HOME) == []


SPACED = " ".join(nobodys_number.NUMBER)
ARABIC = nobodys_number.NUMBER.translate({ord("0") + n: ord("٠") + n for n in range(10)})
WIDE = nobodys_number.NUMBER.translate({ord("0") + n: ord("０") + n for n in range(10)})
A, B, C = nobodys_number.NUMBER[:3], nobodys_number.NUMBER[3:6], nobodys_number.NUMBER[6:]


@pytest.mark.parametrize(
    ("rule", "change", "part"),
    [
        ("ids", {"id": "ABC123"}, "six characters"),
        ("ids", {"id": "abc12"}, "six characters"),
        ("ids", {"id": "äbc123"}, "six characters"),
        ("words", {"county": "Imperial"}, "Did you mean imperial?"),
        ("words", {"walk_in": "maybe"}, "one of yes, no"),
        ("words", {"service_types": "clinic, food"}, "wanted one of clinic"),
        ("words", {"location_policy": "Public"}, "Did you mean public?"),
        ("lists", {"counties_served": "imperial; imperial"}, "each entry once"),
        ("lists", {"languages": "en;"}, "one ; between two"),
        ("languages", {"languages": "en; xx"}, "found 'xx'"),
        ("points", {"longitude": "115.5631"}, "Is the minus sign"),
        ("ids", {"id": "001234"}, "a spreadsheet leaves as it is"),
        ("ids", {"id": "12e003"}, "a spreadsheet leaves as it is"),
        ("ids", {"id": "12may6"}, "a spreadsheet leaves as it is"),
        ("ids", {"id": "dec123"}, "a spreadsheet leaves as it is"),
        ("clean_text", {"name": "a\nb"}, "It is a line break: take it out."),
        ("points", {"latitude": "inf"}, "degrees such as"),
        ("points", {"latitude": "3.2e1"}, "degrees such as"),
        ("points", {"latitude": "32,79"}, "degrees such as"),
        ("points", {"latitude": "٣٢"}, "degrees such as"),
        ("points", {"latitude": ""}, "latitude and longitude, or neither"),
        ("points", {"county": "both"}, "for there is a point"),
        ("points", {"county": "outside", "latitude": "-115.6", "longitude": "32.8"}, "swapped?"),
        ("points", {"county": "outside", "latitude": "90.01"}, "on earth"),
        ("points", {"location_source": ""}, "location_source: found nothing"),
        ("points", {"latitude": "34.05", "longitude": "-118.24"}, "Correct it, or empty both"),
        ("precision", {"latitude": "", "longitude": ""}, "there is no point"),
        (
            "precision",
            {"latitude": "", "longitude": "", "location_precision": "zip", "zip": ""},
            "a row whose zip is filled",
        ),
        ("zips", {"zip": "92243-1234"}, "five digits"),
        ("zips", {"zip": "99999"}, "a ZIP code of Imperial County. Correct it"),
        ("phones", {"phone": "209-068-1000"}, "found '209-068-1000'"),
        ("phones", {"phone": "416-555-1234"}, "a US number"),  # Toronto
        ("phones", {"phone": "760-555-0142 x2"}, "a US number"),
        ("phones", {"phone": "741741"}, "a US number"),  # takes texts, not calls
        ("phones", {"phone": "999"}, "a US number"),
        ("phones", {"phone": "٩١١"}, "a US number"),
        ("phones", {"text_line": "1234"}, "a US number"),
        ("nobodys_number", {"phone": f"{A}-{B}-{C}"}, NOT_SHOWN),
        ("nobodys_number", {"description_en": f"Call ({A}) {B}.{C} now"}, NOT_SHOWN),
        ("nobodys_number", {"phone_note": f"+1{A}{B}{C}", "phone_note_es": "x"}, NOT_SHOWN),
        ("nobodys_number", {"eligibility": SPACED, "eligibility_es": "x"}, NOT_SHOWN),
        ("nobodys_number", {"organization": WIDE}, NOT_SHOWN),
        ("nobodys_number", {"organization": ARABIC}, NOT_SHOWN),
        ("nobodys_number", {"name": f"Call {B}-{C} {{{{"}, NOT_SHOWN),
        ("text_words", {"text_word_es": "HOLA"}, "the number to send the word to"),
        ("opening_hours", {"hours": "25:00"}, "Look at character 1"),
        ("opening_hours", {"hours": "call first"}, "empty the cell"),
        ("opening_hours", {"hours": "Mo-Fr 8:00-17:00"}, "Look at character 7: write 08:00."),
        ("opening_hours", {"hours": "M-F 8-5"}, "Did you mean Mo-Fr 08:00-17:00?"),
        ("opening_hours", {"hours": "L-V 8-5, cerrado de 12 a 1"}, "08:00-12:00,13:00-17:00?"),
        ("opening_hours", {"hours": "Tu 6-8"}, "empty the cell"),
        ("dates", {"source_date": "2026-13"}, "a real date"),
        ("dates", {"source_date": "20260101"}, "a real date"),
        ("dates", {"source_date": "2026-W01"}, "a real date"),
        ("dates", {"source_date": "2026-11-23"}, "1990 to today"),
        ("dates", {"source_date": "2026-12"}, "1990 to today"),
        ("dates", {"source_date": "0202"}, "1990 to today"),
        ("dates", {"verified_on": "2026-11", "verified_by_role": "x"}, "as YYYY-MM-DD"),
        ("dates", {"verified_on": "2026-11-31", "verified_by_role": "x"}, "a real date"),
        ("links", {"website": "javascript:alert(1)"}, "an http or https address"),
        ("links", {"website": "https://user:word@example.org/"}, "without name, password"),
        ("links", {"website": "https://example.org/a b"}, "blank"),
        ("links", {"website": "https:///path"}, "with a host"),
        ("links", {"website": "https://localhost/"}, "with a host"),
        ("links", {"website": "https://127.0.0.1/"}, "with a host"),
        ("links", {"website": "https://[::1/"}, "with a host"),
        ("links", {"website": "https://example.org:99999/"}, "with a host"),
        ("links", {"website": "https://good.example\\@evil.example/"}, "an http or https"),
        ("links", {"website": 'https://example.org/"onclick='}, "an http or https"),
        ("links", {"website": "https://gооd.example/"}, "an http or https"),  # Cyrillic o
        ("links", {"website": "//example.org"}, "an http or https"),
        ("links", {"source_ref": "Record; www.example.org"}, "found 'www.example.org'"),
        ("links", {"source_ref": "mailto:a@example.org"}, "an http or https"),
        ("clean_text", {"name": "{% for a in b %}"}, "template signs"),
        ("clean_text", {"name": "${7*191}"}, "template signs"),
        ("clean_text", {"name": "#{7*191}"}, "template signs"),
        ("clean_text", {"name": "a`b"}, "template signs"),
        ("clean_text", {"name": "<img src=x onerror=alert(1)>"}, "without HTML"),
        ("clean_text", {"name": "a</script>"}, "without HTML"),
        ("clean_text", {"name": "a<!--"}, "without HTML"),
        ("clean_text", {"name": "[call](https://example.org)"}, "without Markdown"),
        ("clean_text", {"name": "JavaScript : x"}, "without javascript: or data:"),
        ("clean_text", {"name": "data:text/html,x"}, "without javascript: or data:"),
        ("clean_text", {"name": "@SUM(A1)"}, "begin with ="),
        ("clean_text", {"name": "+1"}, "begin with ="),
        ("clean_text", {"name": "-1"}, "begin with ="),
        ("clean_text", {"name": "\tClinic"}, "no blank at the start or end"),
        ("clean_text", {"name": "Clinic "}, "no blank at the start or end"),
        ("clean_text", {"name": "\u00a0Clinic"}, "no blank at the start or end"),
        ("clean_text", {"name": "a\x00b"}, "invisible character U+0000"),
        ("clean_text", {"name": "a\nb"}, "invisible character U+000A"),
        ("clean_text", {"name": "a\u202eb"}, "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("clean_text", {"name": "a\u200bb"}, "U+200B ZERO WIDTH SPACE"),
        ("clean_text", {"name": "a\u2028b"}, "U+2028 LINE SEPARATOR"),
        ("clean_text", {"name": "a\ue000b"}, "U+E000"),
        ("clean_text", {"name": "a\u0378b"}, "U+0378"),
        ("clean_text", {"hours": "24/7\u200b"}, "U+200B"),
        ("twins", {"phone_note": "Front desk"}, "a translation of phone_note"),
        ("release", {"service_types": "shelter; trafficking"}, "a written release"),
        ("release", {"service_types": "trafficking", "name": "Safe House"}, "a written release"),
        ("release", {"service_types": "shelter", "name": "Casa de refugio"}, "a written release"),
        (
            "release",
            {"service_types": "shelter; trafficking", "release_ref": "none"},
            "such as agreement",
        ),
        ("release", {"service_types": "trafficking; shelters"}, "a written release"),
        (
            "release",
            {"service_types": "shelter", "description_es": "Para víctimas de violencia."},
            "a written release",
        ),
        ("confidential", {"location_policy": "area_only"}, "street: " + NOT_SHOWN),
        ("confidential", {"location_policy": ""}, "street: " + NOT_SHOWN),
        ("confidential", {"location_policy": " public"}, "street: " + NOT_SHOWN),
        ("confidential", {"location_policy": "PUBLIC"}, "location_source: " + NOT_SHOWN),
    ],
    ids=str,
)
def test_a_rule_refuses(rule, change, part):
    found = [str(fault) for fault in check(CLINIC | change) if fault.rule == rule]
    assert any(part in message for message in found), found


@pytest.mark.parametrize(
    "change", [{"location_policy": "area_only"}, {"service_types": "shelter; trafficking"}]
)
def test_hours_of_a_place_that_is_not_shown_are_not_repeated_either(change):
    faults = check(CLINIC | change | {"hours": "Mo-Fr 8:15-5pm"})
    [fault] = [str(fault) for fault in faults if fault.rule == "opening_hours"]
    assert "Look at character 7." in fault
    assert "8:15" not in fault
    assert "Did you mean" not in fault


@pytest.mark.parametrize(
    "change",
    [
        {"status": "closed"},
        {"service_types": "clinic;hospital"},
        {"required_documents": "none"},
        {"languages": "es; interpreter"},
        {"county": "outside", "zip": "95354", "latitude": "37.64", "longitude": "-120.99"},
        # The border runs here, and outlines are coarse.
        {"city": "Calexico", "zip": "92231", "latitude": "32.61", "longitude": "-115.5"},
        {**PLACELESS},
        {**PLACELESS, "city": "Niland", "location_precision": "city"},
        {"phone": "911"},
        {"phone": "211"},
        {"phone": "800-799-7233"},
        {"phone": "", "text_line": "88788", "text_word": "START"},
        {"text_line": "988"},
        {"hours": ""},
        {"source_date": ""},
        {"source_date": "2026-11-22"},
        {"verified_on": "2026-11-22", "verified_by_role": "county nurse"},
        {"website": "http://example.org"},
        {"website": "https://www.example.org:8443/a%20b/?q=ñ".replace("ñ", "%C3%B1")},
        {"source_ref": "github:example/open-data:data/a.csv; Radio KXYZ: the news"},
        {"name": "<3 Clinic, 5 < 6 & $5 {a} #1 * _b_ (c) [d]"},
        {"description_en": "Open data, and 100% free - call +1 first."},
        {"name": "Niños y jóvenes «Ñandú» 中文 😀"},
        {"service_types": "domestic_violence", "name": "Justice Center", "release_ref": LISTED},
        {"service_types": "shelter", "name": "Hope Family Shelter", "for_survivors": "no"},
        {"service_types": "shelter", "name": "DV Shelter", "for_survivors": "no"},
        {"service_types": "shelter; domestic_violence", "release_ref": AGREED},
    ],
    ids=str,
)
def test_the_rules_pass(change):
    assert [str(fault) for fault in check(CLINIC | change)] == []


def leaks(row, column):
    texts = (CANARY, f"{CANARY};{CANARY}", f"={CANARY}\u202e{{{{", f"{CANARY}:25:00")
    found = check(*(row | {column: text, "id": f"abcde{n}"} for n, text in enumerate(texts)))
    assert len({fault.where for fault in found}) == len(texts)
    return [str(fault) for fault in found if re.search("4821|Zanzibar", str(fault))]


@pytest.mark.parametrize("column", [column for column in records.COLUMNS if column != "id"])
@pytest.mark.parametrize("row", [HOME, LINE], ids=["home", "line"])
def test_what_a_confidential_row_holds_is_in_no_message(row, column):
    assert leaks(row, column) == []


@pytest.mark.parametrize("column", [c for c in records.COLUMNS if c not in ("id", "release_ref")])
def test_what_a_shelter_without_a_release_holds_is_in_no_message(column):
    row = HOME | {"location_policy": "public", "phone": "1"}
    assert leaks(row, column) == []


@pytest.mark.parametrize("column", privacy.FREE_TEXT)
def test_an_address_in_any_free_text_of_a_confidential_row_is_refused(column):
    assert "confidential" in {fault.rule for fault in check(HOME | {column: f"At {CANARY}."})}
    assert "confidential" in {fault.rule for fault in check(HOME | {column: "37.9577, -121.2908"})}


def test_an_address_in_a_note_on_hours_of_a_confidential_row_is_refused():
    hours = f'Mo-Fr 08:00-17:00 "at {CANARY}"'
    assert [fault.column for fault in check(HOME | {"hours": hours})] == ["hours"]
    assert check(CLINIC | {"hours": hours}) == []


DESK = CLINIC | {"organization": HOME["name"], "release_ref": AGREED, "id": "n4w8rb"}


def test_an_address_spread_over_two_rows_of_one_organization_is_refused():
    two = (
        DESK | {"fees_note": "Ask for room 4417", "fees_note_es": "sin costo"},
        DESK | {"id": "p5x9sc", "name": "Zanzibar road desk"},
    )
    assert [check(HOME, row) for row in two] == [[], []]
    assert [fault.rule for fault in check(HOME, *two)] == ["shared_names"]


def test_that_others_list_a_row_that_shares_a_name_is_no_release():
    found = check(HOME, DESK | {"release_ref": LISTED})
    assert [(fault.rule, fault.column) for fault in found] == [("shared_names", "street")]


def test_the_message_on_a_row_that_shares_a_name_repeats_none_of_its_cells():
    bad = DESK | {
        "release_ref": "",
        "street": "4821 Zanzibar Street",
        "fees_note": "off Zanzibar Road",
    }
    found = [str(fault) for fault in check(HOME, bad) if fault.rule == "shared_names"]
    assert len(found) == 2
    assert "Zanzibar" not in "".join(found)


@pytest.mark.parametrize("text", texts("tells_where"))
def test_each_way_to_tell_a_place_is_refused_in_a_row_and_not_repeated(text):
    found = [
        fault for fault in check(HOME | {"description_en": text}) if fault.rule == "confidential"
    ]
    assert [fault.column for fault in found] == ["description_en"]
    assert text not in str(found[0])


def test_a_website_of_a_confidential_row_is_a_bare_host_that_is_approved():
    for address in ("https://rainn.org", "https://rainn.org/"):
        assert check(HOME | {"website": address}) == []
    for address in (
        "https://rainn.org/4417",
        "https://rainn.org/?q=oak",
        "https://oak-street.org/",
    ):
        assert [fault.column for fault in check(HOME | {"website": address})] == ["website"]


def test_what_two_roles_approved_passes_and_what_one_did_does_not(monkeypatch, tmp_path):
    monkeypatch.setenv("APPROVED", str(tmp_path))
    row = HOME | {"description_en": "Ask at the desk of Mary."}
    for role, rest in zip(approvals.ROLES, (1, 0), strict=False):
        approvals.add(tmp_path, row["description_en"], ("m2x7rd", "description_en"), role, TODAY)
        assert len(check(row)) == rest


def test_what_is_never_to_be_shown_is_refused_anywhere_and_over_rows(monkeypatch, tmp_path):
    monkeypatch.setenv("NEVER", str(tmp_path / "never.csv"))
    monkeypatch.setenv("NEVER_KEY", str(tmp_path / "key"))
    assert never.add(tmp_path / "never.csv", tmp_path / "key", CANARY) > 0
    part = CLINIC | {"id": "n4w8rb", "fees_note": "Room 4821", "fees_note_es": "Cuarto"}
    rest = CLINIC | {"id": "p5x9sc", "description_en": "Ask for Zanzibar."}
    for rows in ([CLINIC | {"street": CANARY}], [part | {"description_es": "En Zanzibar."}]):
        assert [fault.rule for fault in check(*rows)] == ["never"]
    assert [check(row) for row in (part, rest)] == [[], []]
    found = check(part, rest)
    assert [(fault.rule, fault.where) for fault in found] == [("never", "services.csv:3")]
    assert not re.search("4821|Zanzibar", str(found[0]))


def test_every_cell_of_a_confidential_row_is_held_to_a_form_or_searched():
    assert {*privacy.FREE_TEXT, *privacy.FORMED, *privacy.PLACE} == {*records.COLUMNS}


def test_messages_come_in_the_order_of_rows_then_columns():
    bad = {"name": "a`", "phone": "1", "id": "?", "zip": "1"}
    found = check(CLINIC | bad, LINE, CLINIC | bad | {"hours": "x"})
    assert [(fault.where, fault.column) for fault in found] == [
        ("services.csv:2", "id"),
        ("services.csv:2", "name"),
        ("services.csv:2", "zip"),
        ("services.csv:2", "phone"),
        ("services.csv:4", "id"),
        ("services.csv:4", "name"),
        ("services.csv:4", "zip"),
        ("services.csv:4", "phone"),
        ("services.csv:4", "hours"),
    ]


def test_a_message_is_one_line_and_shows_what_cannot_be_seen():
    (found,) = [f for f in check(CLINIC | {"name": f"a\n\u202e{'b' * 500}"}) if f.column == "name"]
    assert str(found).isprintable()
    assert "found 'a\\n\\u202e" in str(found)
    assert len(str(found)) < 250


def test_the_boxes_are_the_bounds_of_the_counties_on_the_map():
    for feature in areas.features("counties"):
        rings = feature["geometry"]["coordinates"]
        if feature["geometry"]["type"] == "Polygon":
            rings = [rings]
        lons, lats = zip(*(point for part in rings for point in part[0]), strict=True)
        bounds = (min(lats), max(lats), min(lons), max(lons))
        assert BOXES[feature["properties"]["key"]] == pytest.approx(bounds, abs=0.001)


def test_the_shipped_catalogue_has_no_faults():
    path = settings.Settings().catalogue
    table, today = csv_file.read(path), clock.today()
    found = checks.check(table.frame, table.lines, today, areas.zip_counties(), path.name)
    assert [str(fault) for fault in (*table.issues, *found)] == []
