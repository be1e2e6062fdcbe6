"""On a phone boxes to type in do not make it zoom, and large letters put nothing out of reach."""

import pytest

LEAST_PX = 16  # an iPhone zooms into a box whose letters are smaller
SIZES = "(all) => all.map((box) => parseFloat(getComputedStyle(box).fontSize))"
AT_200 = "html { font-size: 200% !important; }"
OUT = """() => [...document.querySelectorAll("#leave, .danger a, [role=radiogroup] button")]
  .filter((part) => part.checkVisibility())
  .filter((part) => {
    const box = part.getBoundingClientRect();
    return box.left < 0 || box.right > innerWidth;
  }).map((part) => part.textContent)"""
COVERED = """() => [...document.querySelectorAll(".st-key-language button, .danger a, #leave")]
  .filter((part) => part.checkVisibility())
  .filter((part) => {
    const box = part.getBoundingClientRect();
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return !part.contains(top);
  }).map((part) => part.textContent)"""


@pytest.mark.parametrize("path", ["/", "/gaps", "/outreach"])
def test_on_a_phone_every_box_has_letters_of_16_px_or_more(visit, path):
    page = visit(path, phone=True)
    boxes = page.locator("input:not([type=checkbox], [type=radio]), textarea, select")
    boxes.nth(2).wait_for(state="attached")
    sizes = boxes.evaluate_all(SIZES)
    assert len(sizes) >= 3
    assert min(sizes) >= LEAST_PX


@pytest.mark.parametrize("path", ["/", "/gaps", "/outreach", "/about", "/place?id=nowhere"])
def test_with_letters_twice_as_large_the_language_the_numbers_and_the_exit_are_in_reach(
    visit, path
):
    page = visit(path, phone=True)
    page.add_style_tag(content=AT_200)
    page.wait_for_function("() => parseFloat(getComputedStyle(document.body).fontSize) > 30")
    assert page.evaluate(OUT) == []
    assert page.evaluate(COVERED) == []
    page.get_by_role("radio", name="Español").click()
    page.get_by_role("link", name="Salir ya").wait_for()
