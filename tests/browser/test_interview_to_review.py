"""One person, one evening: from the first visit through an interview with a reload to the graded review."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.visit import GOOD, WAIT, Visit, open_visit

pytestmark = pytest.mark.browser

VAGUE = "We did some marketing with the whole team and it went rather well."
SIZES = [(1280, 900, False), (1280, 900, True), (390, 844, False), (390, 844, True)]
STYLED = (
    ".stMainBlockContainer",
    ".st-key-corridor",
    ".st-key-ask",
    "[data-testid=stHtml]",
    "[data-testid=stChatInput]",
    "[data-testid=stBaseButton-tertiary]",
    "[data-testid=stPopoverButton]",
    "[data-testid=stCaptionContainer]",
    ".st-key-hints details",
    ".st-key-anchors details",
)


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Visit]:
    """A tab at a desk, closed afterwards."""
    opened = open_visit(chromium)
    yield opened
    opened.page.context.close()


def _start(visit: Visit, address: str, room: str | None = None) -> None:
    visit.page.goto(address)
    expect(visit.page.get_by_role("button", name="Start with Noor")).to_be_visible(timeout=WAIT)
    if room:
        visit.page.get_by_role("combobox", name="Which rooms?").fill(room)
        visit.page.get_by_role("option", name=room).click()
        visit.page.keyboard.press("Escape")
        visit.settle()
    visit.page.get_by_role("button", name="Start with").click()
    expect(visit.page.locator("h1.question")).to_be_visible(timeout=WAIT)
    visit.settle()


def test_from_start_to_the_graded_review(visit: Visit, address: str, tmp_path: Path) -> None:
    """A short interview of one room, with a reload in the middle, ends by itself and is graded word by word."""
    page = visit.page
    _start(visit, address, room="Phone screening")
    visit.answer(VAGUE)
    question, place = visit.question(), page.url
    page.reload()
    expect(page.locator("h1.question")).to_have_text(question, timeout=WAIT)
    assert page.url == place

    for _ in range(10):
        if page.get_by_role("button", name="Read your review").is_visible():
            break
        visit.answer(GOOD)
    expect(page.get_by_role("heading", name="That was the last room.")).to_be_visible(timeout=WAIT)
    page.get_by_role("button", name="Read your review").click()

    page.get_by_role("button", name="Show the grades").click()
    expect(page.get_by_text("First fix")).to_be_visible(timeout=WAIT)
    expect(page.get_by_role("heading", name="Band")).to_be_visible()
    expect(page.locator(".answer .part").first).to_be_visible()
    expect(page.locator(".answer .kpi").first).to_be_visible()
    expect(page.get_by_text("Asked because:").first).to_be_visible()
    assert parse_qs(urlsplit(page.url).query)["review"] == parse_qs(urlsplit(place).query)["interview"]

    kpi = page.locator(".answer .kpi").first
    kpi.focus()
    expect(kpi.locator(".note")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="JSON").click()
    download.value.save_as(tmp_path / "review.json")
    assert json.loads((tmp_path / "review.json").read_text(encoding="utf-8"))

    asked = page.locator("h1").inner_text()
    page.get_by_role("button", name="Try it again").click()
    expect(page.locator("h1.question")).to_contain_text(asked, timeout=WAIT)
    assert parse_qs(urlsplit(page.url).query)["interview"] != parse_qs(urlsplit(place).query)["interview"]
    assert visit.outside == []
    assert visit.problems == []


def test_a_second_tab_comes_to_the_same_turn(visit: Visit, chromium: Browser, address: str) -> None:
    """The address of an interview opened in another tab shows the same question."""
    _start(visit, address)
    visit.answer(GOOD)
    other = open_visit(chromium)
    other.page.goto(visit.page.url)
    expect(other.page.locator("h1.question")).to_have_text(visit.question(), timeout=WAIT)
    other.page.context.close()


def test_pages_reach_each_other_and_come_back_to_the_interview(visit: Visit, address: str) -> None:
    """Leaving for another page and coming back finds the interview where it was."""
    _start(visit, address)
    question = visit.question()
    for name, heading in (("Drills", "One thing at a time"), ("Review", "Review"), ("Roles", "Roles")):
        visit.page.get_by_role("link", name=name).click()
        expect(visit.page.get_by_role("heading", name=heading, exact=True)).to_be_visible(timeout=WAIT)
    visit.page.get_by_role("link", name="Practise").click()
    expect(visit.page.locator("h1.question")).to_have_text(question, timeout=WAIT)
    assert visit.outside == []
    assert visit.problems == []


def test_a_drill_of_one_kpi_is_sat_to_its_end(visit: Visit, address: str) -> None:
    """A KPI chosen on the Drills page becomes a short interview in one room that ends by itself."""
    page = visit.page
    page.goto(f"{address}/drills")
    page.get_by_role("radio", name="A KPI").click()
    expect(page.get_by_role("combobox", name="KPI")).to_be_visible(timeout=WAIT)
    visit.settle()
    page.get_by_role("button", name="Start with").click()
    expect(page.locator("h1.question")).to_be_visible(timeout=WAIT)
    for _ in range(12):
        if page.get_by_role("heading", name="That was the drill.").is_visible():
            break
        visit.answer(GOOD)
    expect(page.get_by_role("heading", name="That was the drill.")).to_be_visible(timeout=WAIT)
    assert visit.problems == []


def test_every_style_rule_still_finds_its_piece_of_streamlit(visit: Visit, address: str) -> None:
    """The class names and test ids that the style sheet relies on exist on the interview page."""
    _start(visit, address)
    missing = [selector for selector in STYLED if visit.page.locator(selector).count() == 0]
    assert missing == []


def test_every_door_stands_over_its_name(visit: Visit, address: str) -> None:
    """The seven doors of the corridor are centred over their labels, and the lit one is the first."""
    _start(visit, address)
    offsets = visit.page.evaluate(
        "() => [...document.querySelectorAll('.doors li')].map(door => {"
        " const middle = box => box.getBoundingClientRect().x + box.getBoundingClientRect().width / 2;"
        " return Math.abs(middle(door.querySelector('img')) - middle(door.querySelector('b'))) })"
    )
    assert len(offsets) == 7
    assert max(offsets) < 3
    assert visit.page.locator(".doors li").first.get_attribute("aria-current") == "step"


def test_a_role_is_chosen_and_an_interview_started_by_keyboard(visit: Visit, address: str) -> None:
    """Enter on a role card chooses it and keeps the focus there; Enter on the start begins."""
    page = visit.page
    page.goto(address)
    card = page.get_by_role("button", name="Choose Warehouse Supervisor")
    expect(card).to_be_visible(timeout=WAIT)
    card.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-role_warehouse-supervisor .chosen")).to_be_visible(timeout=WAIT)
    expect(card).to_be_focused()
    page.get_by_role("button", name="Start with").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1.question")).to_be_visible(timeout=WAIT)
    expect(page.get_by_text("Warehouse Supervisor").first).to_be_visible()


def _tab_to(page: Page, label: str) -> None:
    """Press Tab until the control with this label has the focus, and see that it shows."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate(
            "label => { const here = document.activeElement;"
            " return here.matches('a,button,textarea')"
            " && (here.getAttribute('aria-label') || here.innerText).includes(label) }",
            label,
        ):
            break
    else:
        pytest.fail(f"Tab does not reach “{label}”.")
    assert page.evaluate(
        "() => { for (let box = document.activeElement, up = 0; box && up < 4; box = box.parentElement, up++) {"
        " const style = getComputedStyle(box);"
        " if (style.boxShadow !== 'none' || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0))"
        " return true } return false }"
    ), f"The focus on “{label}” does not show."


def test_from_the_front_page_to_the_review_by_keyboard(visit: Visit, address: str) -> None:
    """Tab and Enter alone start an interview, answer, end it and open its review, and the focus always shows."""
    page = visit.page
    page.goto(address)
    expect(page.get_by_role("button", name="Start with Noor")).to_be_visible(timeout=WAIT)
    visit.settle()
    _tab_to(page, "Drills")
    _tab_to(page, "Start with Noor")
    page.keyboard.press("Enter")
    expect(page.locator("h1.question")).to_be_visible(timeout=WAIT)
    visit.settle()
    question = visit.question()
    _tab_to(page, "Your answer")
    page.keyboard.type(VAGUE)
    page.keyboard.press("Enter")
    expect(page.locator("h1.question")).not_to_have_text(question, timeout=WAIT)
    visit.settle()
    expect(page.get_by_test_id("stChatInputTextArea")).to_be_focused()
    _tab_to(page, "End here")
    page.keyboard.press("Enter")
    _tab_to(page, "End the interview")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Read your review")).to_be_visible(timeout=WAIT)
    visit.settle()
    _tab_to(page, "Read your review")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="The whole interview")).to_be_visible(timeout=WAIT)
    assert visit.problems == []


@pytest.mark.parametrize(("width", "height", "dark"), SIZES)
def test_no_page_is_wider_than_its_window(
    chromium: Browser, address: str, width: int, height: int, *, dark: bool
) -> None:
    """At a desk and on a phone, light and dark, nothing lies beyond the right edge."""
    visit = open_visit(chromium, width=width, height=height, dark=dark)
    _start(visit, address)
    visit.answer(GOOD)
    wide = {"interview": visit.overflow()}
    interview = parse_qs(urlsplit(visit.page.url).query)["interview"][0]
    for name in ("", "drills", f"review?review={interview}", "review", "progress", "roles"):
        visit.page.goto(f"{address}/{name}")
        expect(visit.page.locator("h1").first).to_be_visible(timeout=WAIT)
        visit.settle()
        wide[name] = visit.overflow()
    ground = visit.page.evaluate("() => getComputedStyle(document.querySelector('.stApp')).backgroundColor")
    visit.page.context.close()
    assert {name: pixels for name, pixels in wide.items() if pixels > 0} == {}
    assert ground == ("rgb(16, 25, 28)" if dark else "rgb(242, 244, 240)")
    assert visit.outside == []
