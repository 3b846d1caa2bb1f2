"""A visit to the page: what a person does there, and what the browser reported meanwhile."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect

GOOD = (
    "Last spring I ran the checkout of a small wine shop. My goal was to bring cart abandonment under 70 percent. "
    "I moved the delivery cost to the product page and tested it for two weeks. "
    "Cart abandonment fell from 77 to 66 percent."
)
PROBES = ("/_stcore/health", "/_stcore/host-config")
WAIT = 30_000


@dataclass
class Visit:
    """One tab with what it asked for beyond this machine and what went wrong in its console."""

    page: Page
    outside: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def hear(self, message: ConsoleMessage) -> None:
        """Keep errors, but for Streamlit's own question where it is mounted: it asks under each page's path first."""
        probing = urlsplit(message.location.get("url", "")).path.endswith(PROBES) and "404" in message.text
        if message.type == "error" and not probing:
            self.problems.append(message.text)

    def watch(self, request: Request) -> None:
        """Keep every request that leaves this machine."""
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob"} and parts.hostname != "127.0.0.1":
            self.outside.append(request.url)

    def question(self) -> str:
        """The lit question."""
        return self.page.locator("h1.question").inner_text()

    def answer(self, text: str) -> None:
        """Type an answer, send it, and wait for the interviewer."""
        turn = self.page.locator("h1.question").get_attribute("data-turn")
        box = self.page.get_by_test_id("stChatInputTextArea")
        expect(box).to_be_enabled(timeout=WAIT)
        box.fill(text)
        box.press("Enter")
        self.page.wait_for_function(
            "turn => { const question = document.querySelector('h1.question');"
            " if (!question) return document.querySelector('.st-key-ask h1');"
            " return question.dataset.turn && question.dataset.turn !== turn }",
            arg=turn,
            timeout=WAIT,
        )
        expect(self.page.get_by_text("Something failed on this page")).to_have_count(0)

    def settle(self) -> None:
        """Wait until the script has run and the pictures are there."""
        self.page.wait_for_function(
            "() => document.querySelector('.stApp')?.dataset.testScriptState === 'notRunning'"
            " && document.fonts.status === 'loaded' && [...document.images].every(image => image.complete)",
            timeout=WAIT,
        )

    def overflow(self) -> int:
        """How many pixels of the page lie beyond its right edge."""
        pixels: int = self.page.evaluate(
            "() => Math.max(...[document.documentElement, ...document.querySelectorAll('.stMain')]"
            ".map(box => box.scrollWidth - box.clientWidth))"
        )
        return pixels


def open_visit(browser: Browser, *, width: int = 1280, height: int = 900, dark: bool = False) -> Visit:
    """A new tab of a new person."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light", accept_downloads=True
    )
    visit = Visit(context.new_page())
    visit.page.on("console", visit.hear)
    visit.page.on("pageerror", lambda error: visit.problems.append(str(error)))
    visit.page.on("request", visit.watch)
    return visit
