"""The page with a language model behind a server on this machine, which fails in the middle."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import running
from tests.browser.visit import GOOD, WAIT, open_visit
from tests.faults.openai_server import DETAIL, Exchange, fill_in, format_of, serving

pytestmark = pytest.mark.browser

CALM = re.compile("this is the written form|The language model does not answer just now")


def _speak(exchange: Exchange) -> None:
    """Say the line that is asked for after words of the model's own; fill in whatever form is asked for."""
    told = str(exchange.body["messages"][-1]["content"])
    if format_of(exchange.body) != "text" or "The line to say:" not in told:
        fill_in(exchange)
        return
    line = told.split("The line to say:\n")[1].split("\n\nReply with", maxsplit=1)[0]
    exchange.say(f"All right. {line}")


def _break(exchange: Exchange) -> None:
    """Report an error with the vendor's words in it."""
    exchange.fail(500)


def test_a_model_speaks_fails_and_the_interview_goes_on(chromium: Browser, tmp_path: Path) -> None:
    """A model's words are shown; when its server breaks one calm line says so and the next question is there."""
    with serving() as server:
        line = server.line(fault=_speak)
        model = {"PREPBOT_MODEL": f"openai:{line.model}", "OPENAI_BASE_URL": server.address}
        with running(tmp_path, **model, PREPBOT_EMBEDDINGS="false") as address:
            visit = open_visit(chromium)
            page = visit.page
            page.goto(address)
            expect(page.get_by_text("tokens, free on this machine.")).to_be_visible(timeout=WAIT)
            page.get_by_role("button", name="Start with").click()
            expect(page.locator(".lead").first).to_contain_text("All right.", timeout=WAIT)
            visit.settle()
            visit.answer(GOOD)
            assert visit.question().startswith("All right.")
            visit.settle()
            line.breaks(_break)
            visit.answer(GOOD)
            expect(page.get_by_text(CALM).first).to_be_visible(timeout=WAIT)
            visit.settle()
            assert not visit.question().startswith("All right.")
            assert DETAIL not in page.locator("body").inner_text()
            page.context.close()
    assert server.fetched == []
    assert visit.outside == []
    assert visit.problems == []
