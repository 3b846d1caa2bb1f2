"""The labelled own questions: balanced, told apart by role and half, and never shown where they are held back."""

from collections import Counter

import pytest

from evals.baseline import Baseline
from evals.readings import Readings
from evals.render import as_json, as_text
from evals.suite import Options
from evals.suites.own_questions import OwnQuestions, load_asked
from prepbot.domain.own_questions import Standing
from prepbot.reading.library import library_roles

ASKED = load_asked()


@pytest.fixture(autouse=True)
def _by_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read by words: these tests are about the suite, not about the reader."""
    monkeypatch.setenv("PREPBOT_EMBEDDINGS", "false")


def test_every_role_has_as_many_questions_in_each_half() -> None:
    """Fifteen a role and half, no id and no question twice."""
    counts = Counter((one.role, one.split) for one in ASKED)
    assert counts == {(role.id, split): 15 for role in library_roles() for split in ("dev", "held")}
    assert len({one.id for one in ASKED}) == len({one.text.casefold() for one in ASKED}) == 120


def test_both_halves_hold_every_standing_alike() -> None:
    """The halves differ in their questions, not in what has to be told."""
    halves = {split: Counter(one.standing for one in ASKED if one.split == split) for split in ("dev", "held")}
    assert halves["dev"] == halves["held"]
    assert set(halves["dev"]) == set(Standing)


def test_no_held_question_is_shown() -> None:
    """Of the held half only figures come out, whatever the form."""
    result = OwnQuestions().run(Options((), Readings(), Baseline({})))
    said = f"{as_text('own-questions', result)}{as_json({'own-questions': result})}"
    assert [one.text for one in ASKED if one.split == "held" and one.text in said] == []
    assert any(one.text in said for one in ASKED if one.split == "dev")


def test_a_role_may_be_measured_alone() -> None:
    """With a role its questions count alone; a role without any gives a note and no figure."""
    options = Options((), Readings(), Baseline({}), role="warehouse-supervisor")
    assert [one.figure.n for one in OwnQuestions().run(options).figures] == [15, 15]
    nobody = OwnQuestions().run(Options((), Readings(), Baseline({}), role="falconer"))
    assert (nobody.figures, len(nobody.notes)) == ((), 1)
