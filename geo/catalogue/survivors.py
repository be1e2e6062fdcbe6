"""Survivors: which services shelter people who fled violence or trafficking, and who may show one.

Texts are folded first: small letters, no accents, one blank for whatever stands between words. The
words are a net: they rather ask about a shelter for anyone than pass one that someone hides in.
"""

import re
from collections.abc import Sequence
from datetime import date

from geo.catalogue import records
from geo.catalogue.approvals import ROLES
from geo.catalogue.dates import PartialDate
from geo.ordinary_words import fold

TYPES = {"domestic_violence", "trafficking"}

# Regular expressions; _ is a blank.
ENGLISH = (
    r"dv ipv violen\w+ abus\w+ batter\w+ beat(?:en|ing|s)? assault\w* rape[ds]? molest\w* "
    r"stalk\w* strangl\w+ chok(?:ed|ing) threat\w* terror\w* tortur\w+ harass\w* cruel\w* "
    r"traffick\w* exploit\w* enslav\w+ slavery pimp\w* coerc\w+ captiv\w+ survivors? victims? "
    r"victimi[sz]\w+ partners? spouses? husbands? boyfriends? girlfriends? ex_(?:husband|wife) "
    r"flee\w* fled flight escap\w+ get(?:ting)?_away got_away in_hiding hid(?:e|ing)_from "
    r"run(?:ning)?_from ran_from leav(?:e|ing)_(?:a|an|your|their|his|her|someone|him) unsafe "
    r"not_safe danger\w* afraid fear\w* scared hurt(?:s|ing)? harm(?:s|ed|ing)? safe_?houses? "
    r"safe_?homes? safe_haven forced_(?:to|into) controlled_by controlling protective_orders? "
    r"restraining_orders? confidential_(?:place|location|address|shelter|site)\w* undisclosed "
    r"secret hidden wom[ae]n_s_(?:refuge|house|haven) refuge_for_wom[ae]n trauma\w*"
)
SPANISH = (
    r"violencia\w* maltrat\w+ golpe\w* agre(?:sion|sor|did)\w* violad[ao]s? violacion\w* "
    r"acos\w+ amenaz\w+ acech\w+ trata_de trata_y la_trata tratantes? explota\w+ esclav\w+ "
    r"proxeneta\w* sobreviv\w+ victimas? parejas? conyuges? espos[oa]s? maridos? novi[oa]s? "
    r"huy\w+ huir\w* huid\w+ salir_de_una salen_de_una escond\w+ peligro\w* miedo\w* temor\w* "
    r"lastim\w+ herid\w+ casas?_segura?s? casas?_de_la_mujer casas?_de_mujeres "
    r"casas?_de_seguridad casas?_de_refugio refugios?_(?:para|de)_(?:la_)?mujer\w* "
    r"obligad[ao]s?_a controlad[ao]s? orden(?:es)?_de_(?:proteccion|restriccion|alejamiento) "
    r"(?:lugar|direccion|ubicacion|albergue)_(?:confidencial|secret[ao]) secret[ao]s?"
)
WORDS = re.compile(
    rf"\b(?:{'|'.join(f'{ENGLISH} {SPANISH}'.split())})\b".replace(r"\w", "[a-z]")
    .replace("_?", " ?")
    .replace("_", " ")
)
SHELTER = re.compile(
    r"\b(?:shelters?|refuges?|safe ?(?:house|home|haven)s?|transitional (?:housing|home|living)|"
    r"emergency (?:housing|beds?)|wom[ae]n s (?:house|home)|refugios?|albergues?|casas? (?:segura|"
    r"de seguridad|hogar|de la mujer|de mujeres|de refugio)|viviendas? (?:de transicion|"
    r"transitoria))\b"
)
AGREED, LISTED = "agreement", "listed by"
RELEASE = re.compile(
    rf"(?P<kind>{AGREED}|{LISTED}) (?P<reference>[A-Za-z0-9][^,;]{{1,79}}), "
    rf"(?P<day>[0-9]{{4}}(?:-[0-9]{{2}}){{0,2}}), (?P<role>{'|'.join(ROLES)})"
)
NO_REFERENCE = {"none", "na", "n a", "no", "unknown", "yes", "tbd", "pending"}


def folded(text: str) -> str:
    """Return a text as these rules read it.

    >>> folded("Domestic-violence  Shélter (DV)")
    'domestic violence shelter dv'
    """
    return " ".join(re.findall("[a-z0-9]+", fold(text)))


def speaks_of_them(text: str) -> bool:
    """Say whether a text speaks of violence, flight, partners or trafficking.

    >>> speaks_of_them("Women fleeing  abuse"), speaks_of_them("Beds for people without a home")
    (True, False)
    """
    return bool(WORDS.search(folded(text)))


def shelters_them(service_types: Sequence[str], name: str, about: str, answer: str = "") -> bool:
    """Say whether a service is a shelter of people who fled violence or trafficking.

    Its types tell, the words of its name and texts (`about`), or the `answer` in `for_survivors`:
    "yes" makes any shelter one, "no" one that is none by its types none at all.

    >>> shelters_them(["domestic_violence"], "Casa Segura", "")
    True
    >>> shelters_them(["domestic_violence", "legal_aid"], "Justice Center", "Legal help.")
    False
    >>> shelters_them(["shelter"], "City shelter", "Bring your partner.", answer="no")
    False
    """
    mistyped = {*service_types} - {*records.TYPES}  # may have been meant for a shelter
    is_shelter = "shelter" in service_types or mistyped or SHELTER.search(folded(name))
    if not is_shelter:
        return False
    if TYPES & {*service_types} or answer == "yes":
        return True
    return answer != "no" and speaks_of_them(f"{name}. {about}")


def release_of(text: str, today: date) -> str:
    """Return the kind of a release, `AGREED` or `LISTED`; '' if it is none or not well formed.

    >>> release_of("agreement R-2026-04, 2026-04-01, director", date(2026, 11, 26))
    'agreement'
    >>> release_of("n/a", date(2026, 11, 26)), release_of("2", date(2026, 11, 26))
    ('', '')
    """
    found = RELEASE.fullmatch(text)
    if not found or folded(found["reference"]) in NO_REFERENCE:
        return ""
    try:
        PartialDate.parse(found["day"])
    except ValueError:
        return ""
    return found["kind"] if "1990" <= found["day"] <= today.isoformat() else ""
