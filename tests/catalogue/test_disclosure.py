"""Words that give a place away are found; words that any service uses are not."""

import pytest

from geo.catalogue import disclosure


@pytest.mark.parametrize(
    "text",
    [
        "Come to 622 N Example Street.",
        "622 n example st",
        "1166 K St.",
        "10 E 5th",
        "1420 Broadway",
        "1420-1424 Oak Avenue",
        "4821 Canary Wharf",
        "house 4821B Canary",
        "５２０ Oak Street",
        "behind the Oak Street church",
        "Fourth Street and Ross Avenue",
        "at the corner of the park",
        "cross streets: Oak, Main",
        "4th and Ross",
        "off Highway 86",
        "P.O. Box 12",
        "po box 44",
        "in 95202",
        "Calle Olivo 120",
        "calle olivo 120",
        "Avenida de la Rosa",
        "esquina con el parque",
        "Apartado postal 9",
        "37.9577, -121.2908",
        "at 37,95771",
        "37°57'N 121°17'W",
        "849VXQ2M+9R",
        "XQ2M+9R Stockton",
        "///filled.count.soap",
        "geo:37.9,-121.2",
        "https://maps.app.goo.gl/xyz",
        "https://www.google.com/maps/place/x",
        "https://maps.google.com/?q=x",
        "https://www.openstreetmap.org/node/1",
        "https://example.org/%33%37.9577,-121.2908",
        "https://example.org/1420-oak-street-stockton",
        "https://example.org/contact?address=1420+Oak+Ave",
    ],
)
def test_a_clue_to_a_place_is_found_and_not_repeated(text):
    ours = {*disclosure.ANYWHERE, *disclosure.IN_LINKS, *disclosure.IN_PROSE, "a house number"}
    assert disclosure.clue(text) in ours


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Call 24 hours a day, 7 days a week.",
        "24/7 Safe Place",
        "30-day emergency shelter for ages 22-25",
        "12 beds for women who lived on the street",
        "40 personas que viven en la calle",
        "Ayuda en la calle las 24 horas",
        "12 mujeres en la calle con 3 hijos",
        "Call 800-799-7233 Monday to Friday, 10 AM to 5 PM",
        "Text HOME to 741741",
        "988 Suicide & Crisis Lifeline",
        "211 California",
        "United Way of San Joaquin",
        "2 rooms of St. Mary's Dining Room",
        "Imperial Superior Court",
        "In 2022 Catholic Charities opened it. Grant, 2020",
        "The Record, 12 May 2022",
        "Ages 12-17 Monday",
        "free; 10.000 personas",
        "https://example.org/2025/05/14/shelter-support-for-the-long-road/",
        "https://example.org/article_9f7d55ac-d4cc-11ed-b0b3-77a2e9966ac9.html",
        "github:example/lists:data/2024/clinics.csv (central.json)",
    ],
)
def test_what_any_service_says_is_no_clue(text):
    assert disclosure.clue(text) is None
