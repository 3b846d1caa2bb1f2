"""Checks: each ticked by words, each level and band a conjunction of them, and the band that of the guide's ladder."""

import json

from hypothesis import given

from prepbot.domain.checks import QUESTIONS, checks
from prepbot.domain.evidence import HARD_FLAGS, Evidence, Flag, KpiLevel, KpiReference, Ownership, Span
from prepbot.domain.ladder import BAND_NEEDS, CAPS
from prepbot.domain.rubric import CRITERIA, Grade, NotGraded, grade
from prepbot.storage.codec import decode_grade, encode_grade
from tests.examples import evidences

WHOLE_ANSWER = {"assessable", "in_field", "on_question", "right_facts"}


def _number_in_result(reference: KpiReference, result: Span | None) -> bool:
    if reference.level is not KpiLevel.QUANTIFIED or result is None:
        return False
    same_turn = reference.span.turn == result.turn
    return reference.in_result or (
        same_turn and reference.span.start < result.end and result.start < reference.span.end
    )


def _ladder(evidence: Evidence) -> int:
    """The band as docs/annotation.md, section 5, walks it down, without any check of ours."""
    if evidence.relevance == 0 or evidence.flags & HARD_FLAGS:
        return 1
    parts = [evidence.situation, evidence.task, evidence.action, evidence.result]
    complete = all(part is not None for part in parts)
    more = evidence.steps or sum(part is not None for part in parts) > 1
    levels = [reference.level for reference in evidence.kpis]
    used = any(level >= KpiLevel.USED for level in levels)
    if evidence.action is None or not more:
        band = 2
    elif not complete or not used:
        band = 3
    elif evidence.reflection and any(_number_in_result(r, evidence.result) for r in evidence.kpis):
        band = 5
    else:
        band = 4
    return min(band, 3) if evidence.relevance == 1 or Flag.WRONG_FACT in evidence.flags else band


@given(evidences)
def test_the_band_is_that_of_the_guides_ladder(evidence: Evidence) -> None:
    """For any evidence the checks give the band that the annotation guide's ladder gives."""
    graded = grade(evidence)
    if isinstance(graded, NotGraded):
        assert evidence.flags & {Flag.EMPTY, Flag.OTHER_LANGUAGE}
    else:
        assert graded.band == _ladder(evidence)


@given(evidences)
def test_a_level_is_the_conjunction_of_its_checks(evidence: Evidence) -> None:
    """On each criterion every check of the level reached and of those below holds, and one of the next is open."""
    graded = grade(evidence)
    if isinstance(graded, NotGraded):
        return
    for criterion, reached in zip(CRITERIA, graded.criteria, strict=True):
        holds = {check.id: check.holds for check in reached.checks}
        assert all(holds[name] for names in criterion.needs[: reached.level + 1] for name in names)
        if reached.level + 1 < len(criterion.needs):
            assert not all(holds[name] for name in criterion.needs[reached.level + 1])


@given(evidences)
def test_a_check_is_ticked_by_words(evidence: Evidence) -> None:
    """A check holds exactly where words tick it, but for those on the answer as a whole, which name none."""
    for name, check in checks(evidence).items():
        assert check.question == QUESTIONS[name]
        if name in WHOLE_ANSWER:
            assert check.spans == ()
        else:
            assert check.holds == bool(check.spans)


def test_the_rubric_asks_only_known_checks_and_each_of_them() -> None:
    """Levels, bands and caps name checks that exist, and no check is asked for nothing."""
    asked = {name for criterion in CRITERIA for names in criterion.needs for name in names}
    asked |= {name for names in BAND_NEEDS.values() for name in names} | {cap.check for cap in CAPS}
    assert asked == set(QUESTIONS) == set(checks(Evidence(words=1, relevance=2)))
    assert all(len(criterion.needs) == len(criterion.anchors) for criterion in CRITERIA)


def test_a_grade_stored_before_there_were_checks_still_loads() -> None:
    """A stored grade whose criteria carry no checks is read as it was written."""
    graded = grade(Evidence(words=30, relevance=2, action=Span(0, 9), ownership=Ownership.I))
    assert isinstance(graded, Grade)
    stored = json.loads(encode_grade(graded))
    for criterion in stored["graded"]["criteria"]:
        del criterion["checks"]
    loaded = decode_grade(json.dumps(stored), "i1", "q01")
    assert isinstance(loaded, Grade)
    assert loaded.band == graded.band
    assert [criterion.checks for criterion in loaded.criteria] == [()] * len(CRITERIA)
