"""Records: the columns of a service, the words allowed in them, and what each means.

One row is one service at one place, or one line to call. Every cell is text; blank means unknown,
never "no". `docs/data-format.md` says the same for people who edit the file.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from geo import areas
from geo.i18n import mark

COLUMNS: Mapping[str, str] = {
    "id": "six letters or digits, never used again; it tells nothing about the service",
    "name": "what the place or line is called",
    "organization": "who runs it",
    "service_types": "one or more of the types, first the main one, split by ;",
    "description_en": "one plain sentence or two of our own, in English",
    "description_es": "the same in Spanish",
    "street": "house number and street; blank if not public or not known",
    "city": "the city or place name",
    "zip": "five digits",
    "county": "where it is: imperial, san_joaquin, outside; lines: both, statewide, national",
    "counties_served": "imperial and/or san_joaquin, split by ;",
    "latitude": "degrees, WGS 84, only from a source that gives a point for this address",
    "longitude": "degrees, WGS 84",
    "location_precision": "exact, street, zip, city or none: how sure the place is",
    "location_source": "where the point is from",
    "location_policy": "public, area_only or none: what may be shown of the place",
    "release_ref": "agreement or list that lets the place be shown: reference, date, role",
    "phone": "NNN-NNN-NNNN, or a short number such as 988",
    "phone_note": "what the number is, when it is not the desk of the place",
    "phone_note_es": "the same in Spanish",
    "text_line": "the number to send a text to",
    "text_word": "the word to send; ZIP means the reader's own ZIP code",
    "text_word_es": "the word to send for Spanish",
    "website": "http or https address",
    "hours": "opening hours as in OpenStreetMap; blank is unknown",
    "hours_note": "what the hours alone cannot say, in English",
    "hours_note_es": "the same in Spanish",
    "languages": "ISO 639-1 codes split by ;, or interpreter",
    "eligibility": "who may come, in English",
    "eligibility_es": "the same in Spanish",
    "for_survivors": "yes or no: whether it is for people who fled violence or trafficking",
    "required_documents": "what is asked for, or none for nothing, split by ;",
    "fees": "free, sliding_scale or paid",
    "fees_note": "more about the cost, in English",
    "fees_note_es": "the same in Spanish",
    "walk_in": "yes or no",
    "wheelchair": "yes, limited or no",
    "status": "open, paused or closed; closed ones are kept but not shown",
    "status_note": "what is changing there, and since when, in English",
    "status_note_es": "the same in Spanish",
    "source_name": "who says so, split by ;",
    "source_ref": "where it says so, split by ;",
    "source_date": "YYYY, YYYY-MM or YYYY-MM-DD: the date of the source",
    "verified_on": "YYYY-MM-DD: the day a person of ours confirmed it; blank if nobody has",
    "verified_by_role": "the role of who confirmed it, never a name",
    "confidence": "high, medium or low: how good the source is",
}


@dataclass(frozen=True)
class Group:
    """Types that share a mark: one shape and one colour, so that either tells them apart."""

    key: str
    label: str
    shape: str  # the character that looks like the mark
    colour: str  # of the mark, contrast 3:1 or better on the map's ground
    theme: str  # the name by which the page's theme knows this colour
    types: tuple[str, ...]


GROUPS: tuple[Group, ...] = (
    Group(
        "health",
        mark("Health care"),
        "✚",
        "#0b57a4",
        "blue",
        ("clinic", "hospital", "sexual_health"),
    ),
    Group(
        "recovery",
        mark("Mental health and addiction"),
        "◆",
        "#6b3fa0",
        "violet",
        ("mental_health", "substance_use", "harm_reduction"),
    ),
    Group(
        "safety",
        mark("Shelter and safety"),
        "▲",
        "#b3261e",
        "red",
        ("shelter", "domestic_violence", "trafficking"),
    ),
    Group("basics", mark("Food and basics"), "●", "#1b6e3c", "green", ("food", "basic_needs")),
    Group("law", mark("Legal help"), "■", "#8a4b08", "orange", ("legal_aid", "immigration")),
    Group(
        "family",
        mark("Family, youth, LGBTQ+"),
        "★",
        "#75610a",
        "yellow",
        ("family_resource", "youth", "lgbtq"),
    ),
    Group("work", mark("Jobs and GED"), "⬟", "#4a5560", "gray", ("job_training",)),
)

TYPES: Mapping[str, str] = {
    "clinic": mark("Clinic"),
    "hospital": mark("Hospital"),
    "sexual_health": mark("Sexual health"),
    "mental_health": mark("Mental health"),
    "substance_use": mark("Drug and alcohol treatment"),
    "harm_reduction": mark("Narcan or clean needles"),
    "shelter": mark("Shelter and housing"),
    "domestic_violence": mark("Violence at home"),
    "trafficking": mark("Human trafficking"),
    "food": mark("Food"),
    "basic_needs": mark("Clothes, showers, rent"),
    "legal_aid": mark("Legal aid"),
    "immigration": mark("Immigration"),
    "family_resource": mark("Family help"),
    "youth": mark("Children and youth"),
    "lgbtq": mark("LGBTQ+"),
    "job_training": mark("Jobs and training"),
    "hotline": mark("Phone and text lines"),
}
PLACE_TYPES = tuple(kind for kind in TYPES if kind != "hotline")  # with somewhere to go


COUNTIES: Mapping[str, str] = areas.COUNTIES
PLACES: Mapping[str, str] = {
    **COUNTIES,
    "outside": mark("Outside both counties"),
    "both": mark("Both counties"),
    "statewide": mark("All of California"),
    "national": mark("Anywhere in the United States"),
}

PRECISIONS: Mapping[str, str] = {
    "exact": mark("Exact place"),
    "street": mark("On this street, near the number"),
    "zip": mark("Somewhere in this ZIP code"),
    "city": mark("Somewhere in this city"),
    "none": mark("No place on the map"),
}

POLICIES: Mapping[str, str] = {
    "public": mark("The address is public"),
    "area_only": mark("The address is kept private for safety. Call to find out how to get there."),
    "none": mark("A phone or online service: there is no place to go."),
}

FEES: Mapping[str, str] = {
    "free": mark("Free"),
    "sliding_scale": mark("Cost depends on your income"),
    "paid": mark("There is a fee"),
}

DOCUMENTS: Mapping[str, str] = {
    "none": mark("No papers or ID needed"),
    "photo_id": mark("Photo ID"),
    "proof_of_address": mark("Proof of address"),
    "proof_of_income": mark("Proof of income"),
    "referral": mark("A referral"),
    "insurance_card": mark("Insurance card"),
}

WALK_IN: Mapping[str, str] = {
    "yes": mark("You can walk in"),
    "no": mark("Call or book first"),
}

WHEELCHAIR: Mapping[str, str] = {
    "yes": mark("Wheelchair access"),
    "limited": mark("Some wheelchair access"),
    "no": mark("No wheelchair access"),
}

FOR_SURVIVORS: Mapping[str, str] = {
    "yes": mark("For people who fled violence or trafficking"),
    "no": mark("Not a special place for people who fled violence"),
}

STATUSES: Mapping[str, str] = {
    "open": mark("In service"),
    "paused": mark("Paused for now"),
    "closed": mark("Closed for good"),
}

CONFIDENCES: Mapping[str, str] = {
    "high": mark("Official list or the service's own site"),
    "medium": mark("Newspaper or other list"),
    "low": mark("Unsure"),
}

INTERPRETER = "interpreter"

VOCABULARIES: Mapping[str, Mapping[str, str]] = {
    "service_types": TYPES,
    "county": PLACES,
    "counties_served": COUNTIES,
    "location_precision": PRECISIONS,
    "location_policy": POLICIES,
    "required_documents": DOCUMENTS,
    "fees": FEES,
    "walk_in": WALK_IN,
    "wheelchair": WHEELCHAIR,
    "for_survivors": FOR_SURVIVORS,
    "status": STATUSES,
    "confidence": CONFIDENCES,
}

LISTS = ("service_types", "counties_served", "required_documents", "languages")

REQUIRED = (
    "id",
    "name",
    "service_types",
    "description_en",
    "description_es",
    "county",
    "counties_served",
    "location_precision",
    "location_policy",
    "status",
    "source_name",
    "source_ref",
    "confidence",
)


def split(cell: str) -> list[str]:
    """Return the entries of a cell that holds several.

    >>> split("food; basic_needs"), split("")
    (['food', 'basic_needs'], [])
    """
    return [entry.strip() for entry in cell.split(";") if entry.strip()]


def group_of(service_types: list[str]) -> int:
    """Return the number of the group whose mark a service carries: that of its main type.

    A line without any other type has none: -1.

    >>> GROUPS[group_of(["hotline", "food"])].key, group_of(["hotline"])
    ('basics', -1)
    """
    for kind in service_types:
        for number, group in enumerate(GROUPS):
            if kind in group.types:
                return number
    return -1
