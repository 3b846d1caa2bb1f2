"""What pages say about language models: an estimate, a tally, the models in use, a wording, and a calm line."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from prepbot.domain.plan import Length
from prepbot.settings import Settings
from prepbot.ui.suggestion import NO_REPLY, NOTHING_TO_SHOW, SPENT
from prepbot.wiring import Prepbot, open_prepbot
from tests.app.pages import GOOD, answer, press, shown, the_app, the_page

FAITHFUL = (
    "Last spring I ran the checkout of a small wine shop. [your figure] I moved the delivery cost to the product page."
)
INVENTED = "Last spring I ran the checkout of a small wine shop for Contoso with 40 people."


def _scripted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, purpose: str, *lines: str, **more: str) -> None:
    """A scripted model for one purpose, set as a person would."""
    script = tmp_path / "lines.txt"
    script.write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setenv(f"PREPBOT_{purpose}_MODEL", f"fake:{script}")
    for name, value in more.items():
        monkeypatch.setenv(name, value)


def _sat() -> tuple[Prepbot, str]:
    bot = open_prepbot(Settings(coach_model="", voice_model=""))
    role = bot.roles.get("ecommerce-specialist").role
    interview_id = bot.interviewer.start(bot.planner.interview(role, Length.SHORT, ["Phone screening"], seed=3))
    bot.interviewer.answer(interview_id, GOOD, "m0")
    bot.interviewer.end(interview_id)
    bot.grader.review(interview_id)
    return bot, interview_id


def _labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def test_without_a_model_no_page_speaks_of_one() -> None:
    """Nobody is offered a wording, an estimate or a tally; the Models page says that none is needed."""
    _, interview_id = _sat()
    assert "Suggest wording" not in _labels(the_page("Review", review=interview_id))
    assert "tokens" not in shown(the_app())
    assert "No language model is set, and none is needed" in shown(the_page("Models"))


def test_a_suggested_wording_is_marked_as_the_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The wording stands below the candidate's own words, with its blanks as blanks and its model's name."""
    bot, interview_id = _sat()
    before = bot.store.events(interview_id)
    _scripted(tmp_path, monkeypatch, "COACH", FAITHFUL)
    app = press(the_page("Review", review=interview_id), "Suggest wording")
    text = shown(app)
    assert '<span class="blank">your figure</span> I moved the delivery cost' in text
    assert "Worded by fake" in text
    assert app.code[0].value.startswith("Last spring I ran the checkout")
    assert bot.store.events(interview_id) == before
    assert '<span class="blank">your figure</span>' in shown(app.run())


@pytest.mark.parametrize("line", [INVENTED, ""])
def test_words_that_are_refused_leave_no_trace(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An invention or an empty reply is one calm line; the candidate's own words stay and nothing else is shown."""
    _, interview_id = _sat()
    _scripted(tmp_path, monkeypatch, "COACH", line)
    app = press(the_page("Review", review=interview_id), "Suggest wording")
    assert NOTHING_TO_SHOW in shown(app)
    assert "Contoso" not in shown(app)
    assert app.session_state[f"suggestion-{interview_id}-1"] is None
    assert app.code[0].value.startswith("Last spring I ran the checkout")


def test_a_coach_that_cannot_be_had_is_not_said_to_have_worded_badly(monkeypatch: pytest.MonkeyPatch) -> None:
    """No key, or a spent budget, is told apart from a wording that was refused."""
    _, interview_id = _sat()
    monkeypatch.setenv("PREPBOT_COACH_MODEL", "openai:gpt-5-mini")
    assert NO_REPLY in shown(press(the_page("Review", review=interview_id), "Suggest wording"))
    monkeypatch.setenv("PREPBOT_BUDGET_DAY", "0")
    app = press(the_page("Review", review=interview_id), "Suggest wording")
    assert SPENT in shown(app)
    assert NOTHING_TO_SHOW not in shown(app)


def test_the_estimate_stands_beside_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before an interview its tokens and its cost are named; a model on this machine is free."""
    _scripted(tmp_path, monkeypatch, "VOICE", "Hello.")
    assert "tokens, free on this machine." in shown(the_app())
    monkeypatch.setenv("PREPBOT_VOICE_MODEL", "openai:gpt-5-mini")
    assert "With openai\\:gpt-5-mini this interview takes about" in shown(the_app())
    assert "about \\$0.0" in shown(the_app()) or "less than \\$0.01" in shown(the_app())


def test_the_tally_stands_in_the_review_and_on_its_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Calls are counted for the interview and in all, beside the models in use and what they may cost."""
    _, interview_id = _sat()
    _scripted(tmp_path, monkeypatch, "COACH", FAITHFUL, PREPBOT_BUDGET_DAY="2")
    press(the_page("Review", review=interview_id), "Suggest wording")
    assert "Language models in this interview\\: 1 call, " in shown(the_page("Review", review=interview_id))
    page = shown(the_page("Models"))
    assert "<td>coach</td><td>free on this machine</td>" in page
    assert "<td>Today</td><td>1</td>" in page
    assert "$2.00, $2.00 left" in page


def test_a_spent_budget_is_said_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With nothing left to spend the written interview goes on, and the page says so."""
    _scripted(tmp_path, monkeypatch, "VOICE", "Hello.", PREPBOT_BUDGET_INTERVIEW="0")
    app = press(the_app(), "Start with Noor")
    assert "The budget for language models is spent. Written questions go on." in shown(app)


def test_a_resting_model_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model that cannot be had is named by one calm line while written questions go on."""
    monkeypatch.setenv("PREPBOT_VOICE_MODEL", "openai:gpt-5-mini")
    app = answer(press(the_app(), "Start with Noor"), GOOD)
    assert "The language model does not answer just now. Written questions go on." in shown(app)
    assert not app.exception
