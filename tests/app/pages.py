"""Opens the pages of the product in AppTest and reads what they show."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

APP = Path(__file__).parents[2] / "app.py"

# AppTest opens the default page of a navigation; each page is put first in turn.
_FIRST = """
from prepbot.ui import drills, models, practise, progress, resume, review, roles, stories
from prepbot.ui.frame import PageSpec, show

pages = (
    PageSpec("Practise", practise.page),
    PageSpec("Drills", drills.page),
    PageSpec("Review", review.page),
    PageSpec("Stories", stories.page),
    PageSpec("Résumé", resume.page, "resume"),
    PageSpec("Progress", progress.page),
    PageSpec("Roles", roles.page),
    PageSpec("Models", models.page),
)
show(sorted(pages, key=lambda page: page.name != {name!r}))
"""

GOOD = (
    "Last spring I ran the checkout of a small wine shop. My goal was to bring cart abandonment under 70 percent. "
    "I moved the delivery cost to the product page and tested it for two weeks. "
    "Cart abandonment fell from 77 to 66 percent. Next time I would test the page on phones first."
)


def the_app(**address: str) -> AppTest:
    """The product as shipped, at this address."""
    return _at(AppTest.from_file(str(APP), default_timeout=60), address)


def the_page(name: str, **address: str) -> AppTest:
    """One page of the product, at this address."""
    return _at(AppTest.from_string(_FIRST.format(name=name), default_timeout=60), address)


def _at(app: AppTest, address: dict[str, str]) -> AppTest:
    for name, value in address.items():
        app.query_params[name] = value
    return app.run()


def shown(app: AppTest) -> str:
    """All HTML and text that the page shows, but the style sheet."""
    html = [element.proto.body for element in app.get("html") if not element.proto.body.startswith("<style")]
    words = [element.value for kind in (app.title, app.header, app.caption, app.markdown) for element in kind]
    notes = [element.value for kind in (app.info, app.warning, app.success, app.error) for element in kind]
    return "\n".join([*html, *words, *notes])


def press(app: AppTest, label: str) -> AppTest:
    """Press the button with this label."""
    (button,) = [button for button in app.button if button.label == label]
    return button.click().run()


def answer(app: AppTest, text: str) -> AppTest:
    """Send an answer."""
    return app.chat_input[0].set_value(text).run()


def question(app: AppTest) -> str:
    """The HTML of the lit question."""
    (found,) = [e.proto.body for e in app.get("html") if 'class="question"' in e.proto.body]
    start = found.index(">", found.index('class="question"')) + 1
    return found[start : found.index("</h1>", start)]


def interview_id(app: AppTest) -> str:
    """The interview that the address names."""
    value = app.query_params["interview"]
    return value[0] if isinstance(value, list) else value
