"""Fixes: few, in the order in which they pay, beside the candidate's own words, and never a fact of ours."""

import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepbot.analysis.analyst import RulesAnalyst
from prepbot.coaching import MOST_FIXES, fixes
from prepbot.domain.checks import QUESTIONS, checks
from prepbot.domain.evidence import Evidence, Flag, KpiLevel, KpiReference, Ownership, Span
from prepbot.domain.ladder import BAND_NEEDS
from prepbot.domain.report import Fix
from prepbot.domain.role import QuestionKind
from prepbot.domain.rubric import Grade, grade
from prepbot.reading.catalogue import load_metrics
from prepbot.reading.kpi_match import track
from prepbot.reading.library import library_roles
from tests.examples import told_units

ANSWER = "Our shop lost carts. I had to keep them. I cut the form, and far fewer people left before they paid."
TRAINING = Path(__file__).parents[2] / "knowledge" / "training_answers.jsonl"
TOLD = QuestionKind.PAST_BEHAVIOUR


def _at(words: str) -> Span:
    start = ANSWER.index(words)
    return Span(start, start + len(words))


COMPLETE = Evidence(
    words=22,
    relevance=2,
    situation=_at("Our shop lost carts."),
    task=_at("I had to keep them."),
    action=_at("I cut the form"),
    result=_at("far fewer people left before they paid."),
    steps=(_at("I cut the form"),),
    ownership=Ownership.I,
)


def _checks(evidence: Evidence, kind: QuestionKind = TOLD) -> list[str]:
    return [fix.check for fix in fixes(evidence, [ANSWER], kind, ["Cart Abandonment Rate"])]


@pytest.mark.parametrize(
    ("missing", "expected"),
    [
        ({}, ["kpi_used", "reflection"]),
        ({"result": None}, ["result", "kpi_used", "reflection"]),
        ({"task": None, "situation": None, "result": None}, ["result", "kpi_used", "task"]),
        ({"ownership": Ownership.WE}, ["kpi_used", "own_part", "reflection"]),
        ({"relevance": 1}, ["on_question", "kpi_used", "reflection"]),
        ({"flags": frozenset({Flag.WRONG_FACT})}, ["right_facts", "kpi_used", "reflection"]),
        ({"action": None, "steps": ()}, ["action", "kpi_used", "reflection"]),
        ({"relevance": 0}, ["in_field"]),
    ],
)
def test_what_lifts_the_band_comes_first(missing: dict[str, object], expected: list[str]) -> None:
    """The checks that the next band needs come before those of later bands, the result before the frame."""
    assert _checks(replace(COMPLETE, **missing)) == expected  # type: ignore[arg-type]


def test_a_kpi_that_was_only_meant_is_asked_for_by_name() -> None:
    """Words near to a KPI bring its name, as a question, beside those words."""
    meant = KpiReference("Cart Abandonment Rate", KpiLevel.USED, _at("far fewer people left before they paid."))
    (fix, *_) = fixes(replace(COMPLETE, unclear_kpis=(meant,)), [ANSWER], TOLD, ["Website Traffic"])
    assert fix.quote == "I cut the form, and far fewer people left before they paid"
    assert fix.directive.startswith("If you mean Cart Abandonment Rate")


def test_a_kpi_without_a_number_asks_for_the_candidates_figure() -> None:
    """The line to rehearse leaves the figure open in brackets."""
    used = KpiReference("Cart Abandonment Rate", KpiLevel.USED, _at("far fewer people left before they paid."))
    (fix, *_) = fixes(replace(COMPLETE, kpis=(used,)), [ANSWER], TOLD, [])
    assert fix.rehearsal == "Cart Abandonment Rate went from [your figure] to [your figure]."


def test_a_doubt_about_relevance_asks_for_the_link() -> None:
    """Where it is only a doubt, nobody is told that the question was not answered."""
    doubtful = replace(COMPLETE, relevance=1, flags=frozenset({Flag.OFF_TOPIC_DOUBT}))
    assert fixes(doubtful, [ANSWER], TOLD, [])[0].missing == "a clear link to the question"


def test_a_plan_is_told_what_a_plan_lacks() -> None:
    """A question about what one would do asks for the goal and for how one would know."""
    plan = "I would cut the form."
    evidence = Evidence(words=5, relevance=2, action=Span(0, len(plan)), ownership=Ownership.I)
    missing = [fix.missing for fix in fixes(evidence, [plan], QuestionKind.HYPOTHETICAL, [])]
    assert missing[:2] == ["steps somebody could repeat", "how you would know that it worked"]


@pytest.mark.parametrize("flag", [Flag.EMPTY, Flag.OTHER_LANGUAGE])
def test_what_is_not_graded_gets_no_fix(flag: Flag) -> None:
    """Without a grade there is nothing to lift."""
    assert fixes(Evidence(words=0, relevance=0, flags=frozenset({flag})), [""], TOLD, []) == ()


@given(told_units(), st.sampled_from(QuestionKind))
def test_the_first_fix_closes_a_check_that_the_next_band_needs(
    unit: tuple[Evidence, list[str]], kind: QuestionKind
) -> None:
    """There are at most three fixes, each for another open check, and below band 5 the first one lifts the band."""
    evidence, answers = unit
    found = fixes(evidence, answers, kind, ["Bounce Rate"])
    given_grade = grade(evidence)
    if not isinstance(given_grade, Grade):
        return
    assert len(found) <= MOST_FIXES
    assert len({fix.check for fix in found}) == len(found)
    assert all(fix.check in QUESTIONS and not checks(evidence)[fix.check].holds for fix in found)
    if given_grade.band < max(BAND_NEEDS):
        assert found[0].check in {*BAND_NEEDS[given_grade.band + 1], "on_question", "right_facts"}


@cache
def _real_fixes() -> tuple[tuple[str, str, Fix], ...]:
    """The fixes for answers of the training set to the shipped roles, with the answer and the role page's words."""
    roles = {role.id: role for role in library_roles()}
    made = []
    for line in TRAINING.read_text(encoding="utf-8").splitlines()[:60]:
        row = json.loads(line)
        if row["role"] not in roles:
            continue
        role = roles[row["role"]]
        kind = next((q.kind for q in role.questions if q.text == row["question"]), TOLD)
        analyst = RulesAnalyst.for_role(role, track(role.kpis, load_metrics()), None)
        evidence = analyst.analyse(row["question"], kind, row["answer"])
        related = [kpi.name for kpi in role.kpis[:2]]
        page = " ".join(kpi.name for kpi in role.kpis)
        made += [(row["answer"], page, fix) for fix in fixes(evidence, [row["answer"]], kind, related)]
    return tuple(made)


def test_no_fix_holds_a_number_or_a_name_of_ours() -> None:
    """Every figure and every capitalised name in a fix stands in the answer or among the role page's KPIs."""
    for answer, page, fix in _real_fixes():
        known = f"{answer} {page} KPI I"
        for text in (fix.missing, fix.directive, fix.rehearsal):
            inner = re.sub(r"(?:^|(?<=[.:;] ))\w+", "", text)
            assert [name for name in re.findall(r"\b[A-Z][\w-]*", inner) if name not in known] == [], fix
            assert [figure for figure in re.findall(r"\d+", text) if figure not in known] == [], fix


def test_every_real_fix_quotes_the_candidate() -> None:
    """Each fix starts from words of the answer, cut at no letter's middle."""
    assert len(_real_fixes()) > 60
    for answer, _, fix in _real_fixes():
        said = re.findall(r"\w+", answer)
        assert fix.quote
        assert set(re.findall(r"\w+", fix.quote)) <= set(said)
