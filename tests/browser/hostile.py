"""Hostile: places whose every text tries to run, to be computed, or to be fetched.

A catalogue file cannot hold them, its checks refuse them; so they are put behind the checks.
"""

import re

import pandas as pd
from playwright.sync_api import Page

from geo.catalogue import records

COMPUTED = "1337"  # what 7*191 is; it must never be seen
ATTACKS = (
    "{{7*191}}",
    "${7*191}",
    "`${7*191}`",
    "<img src=x onerror=window.__p=1>",
    "</script><script>window.__p=1</script>",
    "![x]({fetched}t.png)",
    "[x](javascript:window.__p=1)",
    "javascript:window.__p=1",
    "w" * 1500,  # an attack on the width of a page
)
# Everything there is to see or to run, in shadow roots too, without what the page is loaded from.
CONTENT = """() => {
  const found = [];
  (function look(root) {
    found.push(root.innerHTML || root.textContent);
    for (const part of root.querySelectorAll("*")) if (part.shadowRoot) look(part.shadowRoot);
  })(document.documentElement);
  return found.join("\\n");
}"""
RAN = "() => window.__p"
TEXTS = (
    "name",
    "organization",
    "description_en",
    "description_es",
    "street",
    "city",
    "zip",
    "location_source",
    "release_ref",
    "phone",
    "phone_note",
    "phone_note_es",
    "text_line",
    "text_word",
    "text_word_es",
    "website",
    "hours",
    "eligibility",
    "eligibility_es",
    "fees_note",
    "fees_note_es",
    "source_name",
    "source_ref",
    "verified_by_role",
)
SOUND = {
    "service_types": "food",
    "county": "san_joaquin",
    "counties_served": "san_joaquin",
    "location_precision": "exact",
    "location_policy": "public",
    "fees": "free",
    "walk_in": "yes",
    "status": "open",
    "verified_on": "2026-01-02",
    "source_date": "2026-01-01",
    "confidence": "high",
}


def look(page: Page) -> None:
    """Look whether any text did something on a page: ran, was computed, became part of the page."""
    for frame in page.frames:
        assert frame.evaluate(RAN) is None
        content = frame.evaluate(CONTENT)
        assert not re.search(rf"(?<![\w-]){COMPUTED}(?![\w-])", content)
    assert page.locator("img[src='x'], img[src$='t.png']").count() == 0
    links = page.locator("a").evaluate_all("(all) => all.map((one) => one.protocol)")
    assert set(links) <= {"http:", "https:", "tel:", "sms:"}


def rows(fetched: str) -> pd.DataFrame:
    """Return places, one an attack and one of all, and a line; `fetched` is who would be asked."""
    attacks = [attack.replace("{fetched}", fetched) for attack in ATTACKS]
    texts = [" ".join(attacks), *attacks, attacks[0]]
    places = [_place(number, text) for number, text in enumerate(texts)]
    places[-1] |= {"service_types": "hotline", "county": "both", "location_policy": "none"}
    places[-1] |= {"location_precision": "none", "latitude": "", "longitude": ""}
    return pd.DataFrame([dict.fromkeys(records.COLUMNS, "") | place for place in places])


def _place(number: int, text: str) -> dict[str, str]:
    spot = {"latitude": f"{37.7 + number / 50:.3f}", "longitude": f"{-121.4 + number / 50:.3f}"}
    return {"id": f"hhhh{number:02}", **dict.fromkeys(TEXTS, text), **SOUND, **spot}
