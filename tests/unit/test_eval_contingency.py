"""Contingency: a follow-up is set against another answer's, and its hole against the human labels."""

from dataclasses import replace

import pytest

from evals.answers import Scored
from evals.interviews.contingency import asked_of, judged, pairs
from evals.interviews.label_holes import missing
from evals.labelled import LabelledAnswer, LabelledKpi
from prepbot.domain.evidence import Evidence, Ownership, Span
from prepbot.domain.gap import Gap, GapKind
from prepbot.domain.role import QuestionKind
from prepbot.domain.rubric import grade
from prepbot.language.voice import ModelVoice
from prepbot.retrieval.embedding import HashingEmbedder
from prepbot.written_voice import WrittenVoice
from tests.examples import LABELLED
from tests.models import scripted_client

CHECKOUT = "I rebuilt the checkout with two fields fewer. "
SHELVES = "We moved the shelves nearer to the dock in May. "


def _row(answer: str, **labels: object) -> LabelledAnswer:
    row = replace(
        LABELLED,
        id=answer[:10],
        question="What have you changed?",
        kind=QuestionKind.PAST_BEHAVIOUR,
        answer=answer,
        kpis=(),
        parts={"action": answer.strip()},
    )
    return replace(row, **labels)  # type: ignore[arg-type]


def _scored(row: LabelledAnswer, **found: object) -> Scored:
    evidence = Evidence(words=9, relevance=2, action=Span(0, len(row.answer) - 1), situation=Span(0, 5))
    evidence = replace(evidence, **found)  # type: ignore[arg-type]
    return Scored(row, evidence, grade(evidence))


BOTH = (_scored(_row(CHECKOUT)), _scored(_row(SHELVES, ownership="we"), ownership=Ownership.WE))


def test_each_answer_is_paired_with_another_ones_follow_up() -> None:
    """Two answers to one question are swapped against each other."""
    asked = asked_of(BOTH)
    assert [(pair.asked.row.answer, pair.swapped.row.answer) for pair in pairs(asked)] == [
        (CHECKOUT, SHELVES),
        (SHELVES, CHECKOUT),
    ]


def test_an_answers_own_follow_up_is_nearer_to_it() -> None:
    """Quoting wins every pair; with the quotation out, what is left is the wording alone."""
    found = judged(BOTH, HashingEmbedder())
    assert found.won(found.points(masked=False)).value == 1.0
    assert all(pair.asked.gap.quote not in pair.asked.masked for pair in found.pairs)


def test_holes_are_counted_by_the_labels() -> None:
    """A result that the labels have and the analyst missed makes the follow-up one for what was said."""
    seen = _scored(_row(CHECKOUT, parts={"action": CHECKOUT, "result": "two fields fewer"}))
    found = judged([seen, BOTH[1]], HashingEmbedder())
    assert found.true_holes()["no_result"].value == 0.0
    assert found.true_holes()["we_without_i"].value == 1.0
    assert [one.row.answer for one in found.worst()] == [CHECKOUT]


def test_a_models_voice_is_measured_in_its_own_words() -> None:
    """Follow-ups of a voice that is given are judged as it says them; refused ones as the candidate hears them."""
    own = "Two fields fewer in the checkout. What changed after that?"
    client, chat = scripted_client(own, "Great! Which part was yours?")
    found = judged(BOTH, HashingEmbedder(), ModelVoice(WrittenVoice(), client))
    assert [one.wording for one in found.asked] == ["fake:test voice.v2", "written"]
    assert found.asked[0].text == own
    assert found.in_own_words().value == 0.5
    assert CHECKOUT.strip() in str(chat.history[0][-1].content)
    assert found.won(found.points(masked=True)).value >= 0.5


def test_one_follow_up_for_all_answers_wins_nothing() -> None:
    """A voice that says the same to everybody has no pair to win: such follow-ups are not contingent."""
    client, _ = scripted_client(*["What came of your part in it?"] * 2)
    found = judged(BOTH, HashingEmbedder(), ModelVoice(WrittenVoice(), client))
    assert {one.text for one in found.asked} == {"What came of your part in it?"}
    assert found.pairs == ()


@pytest.mark.parametrize(
    ("gap", "labels", "lacks"),
    [
        (GapKind.NO_ACTION, {"parts": {}}, True),
        (GapKind.NO_ACTION, {}, False),
        (GapKind.NO_ACTION, {"tags": frozenset({"thin_action"})}, True),
        (GapKind.NO_RESULT, {}, True),
        (GapKind.WE_WITHOUT_I, {}, False),
        (GapKind.LAST_TIME, {"parts": {"action": "I'd call them first"}}, True),
        (GapKind.LAST_TIME, {"parts": {"action": "I called them first"}}, False),
        (GapKind.KPI_WITHOUT_NUMBER, {"kpis": (LabelledKpi("Bounce Rate", "", "used", "name"),)}, True),
        (GapKind.KPI_WITHOUT_NUMBER, {"kpis": (LabelledKpi("Bounce Rate", "", "quantified", "name"),)}, False),
        (GapKind.KPI_WITHOUT_NUMBER, {}, False),
        (GapKind.UNCLEAR_KPI, {}, True),
        (GapKind.UNCLEAR_KPI, {"kpis": (LabelledKpi("Conversion Rate", "", "used", "name"),)}, False),
    ],
)
def test_a_hole_is_what_the_labels_lack(gap: GapKind, labels: dict[str, object], lacks: bool) -> None:
    """Each gap has its own look at the labels."""
    assert missing(Gap(gap, "", "Bounce Rate"), _row(CHECKOUT, **labels)) is lacks
