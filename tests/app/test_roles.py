"""The Roles page: the library, what was found on a page, and uploads."""

from html import escape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from prepbot.domain.role import QuestionKind, StageKind
from prepbot.ui.roles import QUESTION_WORDS, STAGE_WORDS
from prepbot.wiring import open_prepbot
from tests.app.pages import shown, the_app, the_page

BROKEN = Path(__file__).parents[1] / "data" / "roles" / "broken" / "not_a_role.txt"

SHIPPED = (Path(__file__).parents[2] / "knowledge" / "visual_merchandiser.txt").read_text(encoding="utf-8")


def _upload(app: AppTest, name: str, text: str) -> AppTest:
    return app.file_uploader[0].set_value((name, text.encode(), "text/plain")).run()


def test_a_role_shows_everything_that_was_read() -> None:
    """The chosen role lists its stages with kinds, questions with topics, KPIs and activities."""
    text = shown(the_page("Roles"))
    assert "<td>Reference check</td><td>references</td>" in text
    assert "<td>Cart Abandonment Rate</td>" in text
    assert "Every line of this page was understood." in text


def test_lines_read_with_doubt_are_listed_with_their_numbers() -> None:
    """A line that was not understood is shown with its number and what the reader made of it."""
    app = _upload(the_page("Roles"), "merchandiser_two.txt", f"{SHIPPED}\n|\nno question at all here\n|\n|\n")
    (entry,) = [e for e in open_prepbot().roles.all() if e.uploaded]
    assert entry.report.warnings
    assert all(f"<td>{warning.line}</td>" in shown(app) for warning in entry.report.warnings)


def test_an_upload_that_is_no_role_page_is_refused_in_one_sentence() -> None:
    """The reason is shown, and the library stays as it was."""
    app = _upload(the_page("Roles"), "not_a_role.txt", BROKEN.read_text(encoding="utf-8"))
    assert len(app.error) == 1
    assert "is not a role page" in app.error[0].value
    assert len(open_prepbot().roles.all()) == 4


def test_a_page_that_is_too_large_is_refused_in_one_sentence() -> None:
    """A file of 11 MB is named and refused, and the next file is read as ever."""
    app = _upload(the_page("Roles"), "holiday.txt", "word " * 2_200_000)
    assert [error.value for error in app.error] == [
        "“holiday.txt” is larger than 10 MB; give a document of a few pages."
    ]
    assert len(open_prepbot().roles.all()) == 4
    app = _upload(app, "shop_florist.txt", SHIPPED.replace("Visual Merchandiser", "Shop Florist"))
    assert not app.error
    assert "is in your library" in app.success[0].value


def test_a_file_of_another_kind_is_refused_in_words() -> None:
    """A picture gets the sentence that says which files are read, not the widget's red symbol."""
    app = _upload(the_page("Roles"), "photo.png", "x")
    assert "is of a type that cannot be read" in app.error[0].value


def test_an_uploaded_page_becomes_the_chosen_role() -> None:
    """A role page that is read joins the library and is chosen at once."""
    app = _upload(the_app(), "shop_florist.txt", SHIPPED.replace("Visual Merchandiser", "Shop Florist"))
    assert "is in your library" in app.success[0].value
    assert "Choose Shop Florist" in [button.label for button in app.button]
    assert open_prepbot().roles.get("shop-florist").uploaded


@pytest.mark.parametrize("sign", ["<script>alert(1)</script>", ":red[x]", "$x$"])
def test_markup_on_a_role_page_stays_text(sign: str) -> None:
    """HTML and Markdown in an uploaded page are shown as text, on every page that names the role."""
    _upload(the_page("Roles"), "hostile.txt", SHIPPED.replace("Visual Merchandiser", f"Merchandiser {sign}"))
    (role,) = [entry.role for entry in open_prepbot().roles.all() if entry.uploaded]
    assert sign in role.title
    for name in ("Roles", "Practise", "Drills"):
        app = the_page(name)
        read_as_markdown = [
            *(b.label for b in app.button),
            *(m.value for m in app.markdown),
            *(c.value for c in app.caption),
        ]
        read_as_markdown += [*(e.value for e in app.success), *(t.value for t in app.title)]
        assert not any(sign in text for text in read_as_markdown)
        assert escape(sign) == sign or sign not in shown(app)
        assert not app.error


@pytest.mark.parametrize(("words", "kinds"), [(STAGE_WORDS, StageKind), (QUESTION_WORDS, QuestionKind)])
def test_every_kind_has_a_word(words: dict[str, str], kinds: type) -> None:
    """No stage or question kind is shown as a bare code."""
    assert set(words) == set(kinds)
