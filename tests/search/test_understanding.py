"""What people type is read as they mean it: places, mistakes, little words, wishes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import areas
from geo.search import understanding, word_index
from geo.search.understanding import NEED, QUALITY
from geo.search.word_index import Cells

PLACES = word_index.index(
    [
        Cells(["Clínica Calexico"], ["Calexico", "92231"], ["Médicos y vacunas"], ["clinic"]),
        Cells(["Hope House"], ["Tracy", "95376"], ["Beds for women, free"], ["shelter"]),
        Cells(["St. Joseph's"], ["Stockton", "95202"], ["Takes Medi-Cal"], ["hospital"]),
        Cells(["Victor Services"], ["Lodi", "95240"], ["Open every week"], ["mental_health"]),
    ]
)


def read(typed, chosen=""):
    return understanding.read(PLACES, typed, areas.load().get(chosen))


def wishes(typed):
    return [wish.told for wish in read(typed).wishes]


@pytest.mark.parametrize(
    ("typed", "key", "rest"),
    [
        # a town, with and without its state
        ("food tracy", "city:Tracy", ["food"]),
        ("food tracy ca", "city:Tracy", ["food"]),
        ("tracy ca", "city:Tracy", []),
        ("clinic Stockton California", "city:Stockton", ["clinic"]),
        ("shelter in El Centro, CA", "city:El Centro", ["shelter"]),
        ("stockton calif. food", "city:Stockton", ["food"]),
        ("Mountain House doctor", "city:Mountain House", ["doctor"]),
        ("doctor mountainhouse", "city:Mountain House", ["doctor"]),
        ("salton sea beach food", "city:Salton Sea Beach", ["food"]),
        ("donde dormir en calexico", "city:Calexico", ["dormir"]),
        ("comida cerca de Brawley", "city:Brawley", ["comida"]),
        # a town that is only a post office
        ("food in Clements", "zip:95227", ["food"]),
        # a town with a mistake
        ("food in stocton", "city:Stockton", ["food"]),
        ("comida en calxico", "city:Calexico", ["comida"]),
        # a ZIP code, one of boxes, one with its town, one with four digits more
        ("free clinic near 95376", "zip:95376", ["free", "clinic"]),
        ("food 95378", "city:Tracy", ["food"]),
        ("food tracy ca 95377", "zip:95377", ["food"]),
        ("food 95376-1234", "zip:95376", ["food"]),
        # a county, by its names
        ("food san joaquin county", "san_joaquin", ["food"]),
        ("food San Joaquin", "san_joaquin", ["food"]),
        ("comida condado de San Joaquín", "san_joaquin", ["comida"]),
        ("Imperial County food", "imperial", ["food"]),
        ("comida en el condado de imperial", "imperial", ["comida"]),
        ("food imperial valley", "imperial", ["food"]),
        # the town of Imperial, if the sentence says that a place comes
        ("comida en imperial", "city:Imperial", ["comida"]),
        ("imperial", "city:Imperial", []),
        ("imperial, ca", "city:Imperial", []),
        # towns called like something else
        ("victor services", "", ["victor"]),
        ("food in Victor", "city:Victor", ["food"]),
        ("free clothes for august", "", ["free", "clothes", "august"]),
        ("el centro de salud", "", ["centro de salud"]),
        ("clinica el centro", "city:El Centro", ["clinica"]),
        ("el centro mas cercano", "", ["centro"]),
        ("dormir en el centro", "city:El Centro", ["dormir"]),
        # the state alone says nothing
        ("food in california", "", ["food"]),
        ("food ca", "", ["food"]),
        ("covered california", "", ["covered california"]),
        # two places: the first counts, the other is a word
        ("clinic tracy or stockton", "city:Tracy", ["clinic", "stockton"]),
        # a place we do not know is a word, to be left out and told
        ("food in fresno", "", ["food", "fresno"]),
        ("food 90210", "", ["food", "90210"]),
    ],
    ids=str,
)
def test_a_place_in_the_words_is_a_place(typed, key, rest):
    asked = read(typed)
    assert (asked.where.key if asked.where else "", [w.told for w in asked.wishes]) == (key, rest)
    assert asked.where_said == bool(key)


@pytest.mark.parametrize(
    ("typed", "chosen", "key", "rest"),
    [
        ("food tracy", "san_joaquin", "city:Tracy", ["food"]),  # narrower, inside
        ("food tracy", "city:Tracy", "city:Tracy", ["food"]),
        ("food san joaquin county", "city:Tracy", "city:Tracy", ["food"]),
        ("food lodi", "city:Tracy", "city:Tracy", ["food", "lodi"]),  # at odds: chosen stays
        ("food calexico", "san_joaquin", "san_joaquin", ["food", "calexico"]),
    ],
)
def test_a_chosen_place_stays_unless_the_words_name_one_inside_it(typed, chosen, key, rest):
    asked = read(typed, chosen)
    assert (asked.where.key, [wish.told for wish in asked.wishes]) == (key, rest)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("I got evicted and have nowhere to go with my 2 kids", ["evicted", "nowhere", "kids"]),
        ("donde puedo dormir esta noche", ["dormir"]),
        ("comida hoy por favor", ["comida"]),
        ("I'd like a doctor tonight", ["doctor"]),
        ("¿Dónde hay un lugar para dormir esta semana?", ["dormir"]),
        ("i need a place to sleep for 3 nights", ["sleep"]),
        ("estoy buscando ropa para mi esposo", ["ropa"]),
        ("my stepdad kicked me out last week", ["kicked"]),
        ("section 8", ["section 8"]),
        ("12 step meeting", ["12 step", "meeting"]),
        ("I need help", []),
        ("", []),
        ("7", []),
    ],
    ids=str,
)
def test_little_words_and_small_numbers_are_never_wished_for(typed, expected):
    assert wishes(typed) == expected


@pytest.mark.parametrize(
    ("typed", "roles"),
    [
        ("dentist for my kids", {"dentist": NEED, "kids": QUALITY}),
        ("free women's shelter in spanish", {"free": QUALITY, "spanish": QUALITY}),
        ("victor services", {"victor": NEED}),  # a name
        ("sunday", {"sunday": QUALITY}),
    ],
)
def test_who_and_how_are_qualities_and_names_are_needs(typed, roles):
    assert roles.items() <= {wish.told: wish.role for wish in read(typed).wishes}.items()


@pytest.mark.parametrize("typed", ["food open now", "comida abierta ahora", "open right now food"])
def test_open_now_is_a_wish_of_its_own(typed):
    asked = read(typed)
    assert asked.open_now
    assert len(asked.wishes) == 1
    assert not read("a clinic that is open").open_now


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("shleter", "shelter"),
        ("Abogdo en Stocton", "abogado en stockton"),
        ("emergancy room", "emergency room"),
        ("niños comda", "niños comida"),
        ("calxico", "calexico"),
        ("medcio", "médico"),
        ("sicologo", "psicólogo"),
        ("inmigrasion", "inmigración"),
        ("suiside", "suicide"),
        ("food in brawly", "food in brawley"),
    ],
)
def test_a_mistyped_word_is_taken_for_the_nearest_known_one(typed, understood):
    assert read(typed).understood == understood


RIGHT = """
cold dogs wifi late medicare step correr hotel hotels meeting tattoo spouse guitar winter bicycle
library doors cards wages lunch lawn bathe coach frog perros gatos hotel lluvia bicicleta guitarra
playa iglesia mesa puerta cuerda abuela mexicali modesto yuma
"""


@pytest.mark.parametrize("typed", RIGHT.split())
def test_a_right_word_of_either_language_is_never_corrected(typed):
    assert read(typed).understood == ""


@pytest.mark.parametrize(
    "typed", ["Stockton", "calex", "95203", "xqzt", "bad", "zzzzzzzz", "VIH", "12 step", "shoudl"]
)
def test_what_is_right_or_like_nothing_that_counts_is_left_as_it_is(typed):
    assert read(typed).understood == ""


def test_a_phrase_means_more_than_its_words():
    assert understanding.types_of(read("safe house").wishes) == {"domestic_violence"}
    assert understanding.types_of(read("drug abuse").wishes) == {"substance_use"}


@given(st.text(max_size=300))
def test_anything_can_be_typed(typed):
    asked = read(typed)
    assert len(asked.wishes) <= understanding.MOST_WORDS


def test_a_very_long_text_is_read_only_so_far():
    assert len(read("a1 b2 c3 d4 e5 " * 100_000).wishes) == 5


def test_every_town_is_read_with_a_letter_left_out_or_two_swapped_and_never_as_another():
    for town in areas.towns():
        own = read(f"in {town}").where.key
        for place in range(1, len(town) - 1):
            lacking = town[:place] + town[place + 1 :]
            swapped = town[:place] + town[place + 1] + town[place] + town[place + 2 :]
            for typed in (lacking, swapped) if " " not in town[place - 1 : place + 2] else ():
                asked = read(f"food in {typed}")
                assert (asked.where.key if asked.where else own) == own, typed
