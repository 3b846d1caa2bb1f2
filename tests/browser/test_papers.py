"""One person's papers: a story written and printed from, a résumé given as a file, and files that are refused."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.visit import GOOD, WAIT, Visit, open_visit

pytestmark = pytest.mark.browser

RESUME = """Jane Muster
jane.muster@example.com

EXPERIENCE
Shop Manager, Nordlicht GmbH, 2019 - 2023
- Increased conversion rate from 1.8% to 2.6% by simplifying the checkout
- Responsible for the online shop of a furniture retailer and its two assistants
"""


@pytest.fixture(params=[(1280, False), (390, True)], ids=["desk", "phone in the dark"])
def visit(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """A tab, closed afterwards."""
    width, dark = request.param
    opened = open_visit(chromium, width=width, dark=dark)
    yield opened
    opened.page.context.close()


def test_a_story_is_written_read_printed_from_and_removed(visit: Visit, address: str, tmp_path: Path) -> None:
    """A kept story has marks, a place in the matrix, and a page to print."""
    page = visit.page
    page.goto(f"{address}/stories")
    expect(page.get_by_role("heading", name="No stories yet")).to_be_visible(timeout=WAIT)
    page.get_by_label("Write or paste a story").fill(GOOD)
    page.get_by_label("Title").fill("Wine shop <i>checkout</i>")
    page.get_by_role("button", name="Keep this story").click()
    expect(page.get_by_role("heading", name="1 story covers")).to_be_visible(timeout=WAIT)
    expect(page.locator(".answer .part").first).to_be_visible()
    page.get_by_role("tab", name="What they cover").click()
    expect(page.locator("table.mx .best").first).to_be_visible()
    assert visit.overflow() == 0
    page.get_by_role("tab", name="Before the day").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Page to print").click()
    download.value.save_as(tmp_path / "ready.html")
    assert "Wine shop &lt;i&gt;checkout" in (tmp_path / "ready.html").read_text(encoding="utf-8")

    page.get_by_role("tab", name="Your stories").click()
    page.get_by_role("button", name="Remove it").click()
    page.get_by_role("button", name="Remove this story").click()
    expect(page.get_by_role("heading", name="No stories yet")).to_be_visible(timeout=WAIT)
    assert visit.outside == []
    assert visit.problems == []


@pytest.mark.parametrize("place", ["roles", "resume"])
def test_a_large_file_gets_a_sentence(chromium: Browser, address: str, tmp_path: Path, place: str) -> None:
    """A video of 100 MB dropped by mistake is named and refused in words wherever a file may be given."""
    video = tmp_path / "holiday.pdf"
    with video.open("wb") as file:
        file.truncate(100_000_000)
    visit = open_visit(chromium)
    visit.page.goto(f"{address}/{place}")
    visit.page.locator("input[type=file]").first.set_input_files(video)
    said = visit.page.get_by_text("“holiday.pdf” is larger than 10 MB; give a document of a few pages.")
    expect(said).to_be_visible(timeout=WAIT)
    visit.page.context.close()
    assert visit.problems == []


def test_a_resume_is_refused_taken_and_forgotten(visit: Visit, address: str, tmp_path: Path) -> None:
    """A picture and a file of 11 MB are refused in a sentence each; a text is checked, and gone once forgotten."""
    picture, large, resume = tmp_path / "photo.png", tmp_path / "large.txt", tmp_path / "resume.txt"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    large.write_bytes(b"word " * 2_200_000)
    resume.write_text(RESUME, encoding="utf-8")
    page = visit.page
    page.goto(f"{address}/resume")
    chooser = page.locator("input[type=file]").first
    for path, said in ((picture, "is of a type that cannot be read"), (large, "is larger than 10 MB")):
        chooser.set_input_files(path)
        expect(page.get_by_text(said)).to_be_visible(timeout=WAIT)
    chooser.set_input_files(resume)
    expect(page.get_by_role("heading", name="Rewrite first")).to_be_visible(timeout=WAIT)
    expect(page.get_by_text("jane.muster")).to_have_count(0)
    assert visit.overflow() == 0
    page.get_by_role("button", name="Forget it").first.click()
    page.get_by_role("button", name="Forget the résumé").click()
    expect(page.get_by_role("button", name="Check it")).to_be_visible(timeout=WAIT)
    assert visit.outside == []
    assert visit.problems == []
