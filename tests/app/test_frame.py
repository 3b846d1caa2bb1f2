"""What surrounds every page: one calm sentence where something fails, never a traceback."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.app.pages import the_app

_FAILING = """
from prepbot.ui.frame import PageSpec, show

def page():
    raise RuntimeError("the secret path /etc/shadow")

show((PageSpec("Practise", page),))
"""


def test_an_unexpected_failure_is_one_calm_sentence() -> None:
    """A page that fails says that answers are stored and what to do, and keeps the details for the log."""
    app = AppTest.from_string(_FAILING).run()
    assert not app.exception
    (error,) = app.error
    assert "Every answer you sent is stored." in error.value
    assert "shadow" not in error.value


def test_a_database_that_cannot_be_opened_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the store cannot be reached the page says so in one sentence."""
    monkeypatch.setenv("PREPBOT_DATABASE_URL", "sqlite:////dev/null/prepbot.sqlite3")
    app = the_app()
    assert not app.exception
    assert len(app.error) == 1
    assert "Every answer you sent is stored." not in app.error[0].value


def test_the_pages_are_named_once_and_in_order() -> None:
    """The navigation leads to each page once, the interview first."""
    app = the_app()
    pages = app.session_state["pages"]
    assert list(pages) == ["practise", "drills", "review", "stories", "resume", "progress", "roles", "models"]
