"""An answer put in order: the candidate's own words, each once, and fixed brackets where one is missing."""

import re
import tomllib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepbot.coaching import ordered
from prepbot.domain.evidence import Evidence, KpiLevel, KpiReference, Ownership, Span
from prepbot.domain.marking import MarkKind
from prepbot.domain.role import QuestionKind
from prepbot.resources import resource
from tests.examples import told_units

PHRASES = {
    phrase
    for texts in tomllib.loads(resource("knowledge/in_order.toml").read_text(encoding="utf-8")).values()
    for phrase in texts.values()
}
FIRST = "So we lost carts at the till. I cut the form, and people stayed."
SECOND = "My task was to keep them. Conversion Rate rose to 3 %."


def _at(answer: str, words: str, turn: int = 0) -> Span:
    start = answer.index(words)
    return Span(start, start + len(words), turn)


EVIDENCE = Evidence(
    words=20,
    relevance=2,
    situation=_at(FIRST, "So we lost carts at the till."),
    task=_at(SECOND, "My task was to keep them.", 1),
    action=_at(FIRST, "I cut the form"),
    result=_at(SECOND, "Conversion Rate rose to 3 %.", 1),
    ownership=Ownership.I,
)


def _lines(evidence: Evidence, kind: QuestionKind = QuestionKind.PAST_BEHAVIOUR) -> list[str]:
    return [line.text for line in ordered(evidence, [FIRST, SECOND], kind)]


def test_the_spans_of_all_turns_stand_in_the_order_of_a_strong_answer() -> None:
    """Situation, task, action, result and looking back, whichever answer of the unit they come from."""
    assert _lines(EVIDENCE)[:3] == ["We lost carts at the till.", "My task was to keep them.", "I cut the form."]
    assert _lines(EVIDENCE)[4] == "[what it cost, or what you would do differently]"


def test_a_kpi_in_the_result_leaves_no_bracket() -> None:
    """A result that carries a KPI's number is complete; without one it asks for what is missing."""
    number = KpiReference("Conversion Rate", KpiLevel.QUANTIFIED, _at(SECOND, "Conversion Rate rose to 3 %.", 1))
    assert _lines(replace(EVIDENCE, kpis=(number,)))[3] == "Conversion Rate rose to 3 %."
    assert _lines(EVIDENCE)[3] == "Conversion Rate rose to 3 %. [which KPI moved]"
    stayed = replace(EVIDENCE, result=_at(FIRST, "and people stayed."))
    assert _lines(stayed)[3] == "People stayed. [which KPI moved] [your figure]"


def test_we_alone_asks_for_ones_own_part() -> None:
    """An action of "we" is followed by a bracket for the candidate's own part."""
    assert _lines(replace(EVIDENCE, ownership=Ownership.WE))[2] == ("I cut the form. [your own part in it]")


def test_spans_that_overlap_appear_once() -> None:
    """An act and its result in one sentence stand on one line, under both names."""
    both = Evidence(
        words=9,
        relevance=2,
        action=_at(FIRST, "I cut the form, and people stayed."),
        result=_at(FIRST, "people stayed"),
        ownership=Ownership.I,
    )
    lines = ordered(both, [FIRST], QuestionKind.PAST_BEHAVIOUR)
    assert [line.label for line in lines] == ["Situation", "Task", "Action, result", "Looking back"]
    assert lines[2].text.startswith("I cut the form, and people stayed.")


def test_a_plan_is_prompted_as_a_plan() -> None:
    """A question about what one would do asks for the goal and for how one would know."""
    plan = "I would cut the form."
    evidence = Evidence(words=5, relevance=2, action=_at(plan, plan), ownership=Ownership.I)
    lines = [line.text for line in ordered(evidence, [plan], QuestionKind.HYPOTHETICAL)]
    assert "[what you want to reach]" in lines
    assert "[how you would know that it worked]" in lines
    story = Evidence(words=5, relevance=2, action=_at(FIRST, "I cut the form"), situation=None, ownership=Ownership.I)
    assert "[what you want to reach]" in [line.text for line in ordered(story, [FIRST], QuestionKind.KNOWLEDGE)]


def test_a_story_told_to_a_hypothetical_question_is_prompted_as_a_story() -> None:
    """A past example is asked what changed, though the question was what one would do."""
    story = "I moved the price up."
    evidence = Evidence(words=5, relevance=2, action=_at(story, story), ownership=Ownership.I)
    assert "[what changed afterwards]" in [line.text for line in ordered(evidence, [story], QuestionKind.HYPOTHETICAL)]


@pytest.mark.parametrize("evidence", [Evidence(words=9, relevance=2), Evidence(words=9, relevance=0)])
def test_nothing_to_put_in_order_is_nothing(evidence: Evidence) -> None:
    """Without a span of the candidate's own there is no skeleton: it would be ours."""
    assert ordered(evidence, ["Marketing is important."], QuestionKind.KNOWLEDGE) == ()


@given(told_units(), st.sampled_from(QuestionKind))
def test_every_word_is_the_candidates_or_a_fixed_bracket(unit: tuple[Evidence, list[str]], kind: QuestionKind) -> None:
    """Outside the brackets of the data file there is no word that the answers do not hold, and no set-aside span."""
    evidence, answers = unit
    said = {word for answer in answers for word in _words(answer)}
    for line in ordered(evidence, answers, kind):
        brackets = re.findall(r"\[[^\]]*\]", line.text)
        assert set(brackets) <= PHRASES
        assert set(_words(re.sub(r"\[[^\]]*\]", " ", line.text))) <= said


@given(told_units(), st.sampled_from(QuestionKind))
def test_every_part_stands_once(unit: tuple[Evidence, list[str]], kind: QuestionKind) -> None:
    """Each of the five parts is said or asked for, and none is both; no word of the answers is used twice."""
    evidence, answers = unit
    lines = ordered(evidence, answers, kind)
    if not lines:
        return
    said = {part for line in lines if not line.missing for part in line.kinds}
    asked = [part for line in lines if line.missing for part in line.kinds]
    assert said | set(asked) == set(MarkKind) - {MarkKind.KPI, MarkKind.SET_ASIDE}
    assert not said & set(asked)
    assert len(asked) == len(set(asked))
    own = re.sub(r"\[[^\]]*\]", " ", " ".join(line.text for line in lines))
    assert len(_words(own)) <= sum(len(_words(answer)) for answer in answers)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())
