"""The rubric: what each band needs, and what can never happen."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepbot.domain.checks import QUESTIONS
from prepbot.domain.evidence import Evidence, Flag, KpiLevel, KpiReference, Ownership, Span
from prepbot.domain.ladder import BAND_NEEDS
from prepbot.domain.rubric import BAND_ANCHORS, CRITERIA, RUBRIC_VERSION, Grade, NotGraded, grade, merged
from tests.examples import evidences, maybe_spans, references, spans

COMPLETE = Evidence(
    words=60,
    relevance=2,
    kpis=(KpiReference("Conversion Rate", KpiLevel.QUANTIFIED, Span(60, 90)),),
    situation=Span(0, 10),
    task=Span(10, 20),
    action=Span(20, 50),
    result=Span(55, 100),
    reflection=Span(100, 120),
    steps=(Span(20, 50),),
    ownership=Ownership.I,
)


def band(evidence: Evidence) -> int:
    """The band, for evidence that carries one."""
    graded = grade(evidence)
    assert isinstance(graded, Grade)
    return graded.band


def test_a_complete_answer_with_its_number_in_the_result_and_a_reflection_is_band_5() -> None:
    """All four parts, a KPI's number in the result and a look back make band 5."""
    assert band(COMPLETE) == 5


@pytest.mark.parametrize(
    ("missing", "expected"),
    [
        ({"reflection": None}, 4),
        ({"kpis": (KpiReference("Conversion Rate", KpiLevel.QUANTIFIED, Span(0, 10)),)}, 4),
        ({"kpis": (KpiReference("Conversion Rate", KpiLevel.USED, Span(60, 90)),)}, 4),
        ({"kpis": (KpiReference("Conversion Rate", KpiLevel.MENTIONED, Span(60, 90)),)}, 3),
        ({"kpis": ()}, 3),
        ({"task": None}, 3),
        ({"situation": None, "task": None, "result": None}, 3),
        ({"situation": None, "task": None, "result": None, "steps": ()}, 2),
        ({"action": None, "steps": ()}, 2),
        ({"relevance": 1}, 3),
        ({"relevance": 0}, 1),
        ({"flags": frozenset({Flag.WRONG_FACT})}, 3),
        ({"flags": frozenset({Flag.KPI_PILE})}, 1),
    ],
)
def test_each_missing_check_has_its_band(missing: dict[str, object], expected: int) -> None:
    """Taking one check away from a complete answer gives the band that the guide names."""
    assert band(replace(COMPLETE, **missing)) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize("flag", [Flag.EMPTY, Flag.OTHER_LANGUAGE])
def test_what_cannot_be_read_is_not_graded(flag: Flag) -> None:
    """Nothing said and another language are NotGraded with a reason, not band 1."""
    graded = grade(replace(COMPLETE, flags=frozenset({flag})))
    assert isinstance(graded, NotGraded)
    assert graded.reason.endswith(".")


@pytest.mark.parametrize("flag", [Flag.INJECTION, Flag.STUFFING, Flag.STEERING, Flag.VERY_SHORT])
def test_what_is_said_to_the_grader_moves_nothing(flag: Flag) -> None:
    """Soft flags leave the grade as it is."""
    assert grade(replace(COMPLETE, flags=frozenset({flag}))) == grade(COMPLETE)


@given(evidences)
def test_every_level_has_its_anchor_and_every_point_its_words(evidence: Evidence) -> None:
    """Every level above zero but that of relevance names spans, and its reason is a written anchor."""
    graded = grade(evidence)
    if isinstance(graded, NotGraded):
        return
    assert graded.band in BAND_ANCHORS
    for criterion, reached in zip(CRITERIA, graded.criteria, strict=True):
        assert reached.why == criterion.anchors[reached.level]
        if reached.level and reached.criterion in {"structure", "kpis", "ownership", "reflection"}:
            assert reached.spans


@given(evidences, spans, references, st.sampled_from(["situation", "task", "action", "result", "reflection"]))
def test_more_evidence_never_lowers_a_level(evidence: Evidence, span: Span, reference: KpiReference, part: str) -> None:
    """Adding a part, a step or a KPI reference to an answer lowers neither a level nor the band."""
    before = grade(evidence)
    if isinstance(before, NotGraded):
        return
    richer = [
        replace(evidence, steps=(*evidence.steps, span)),
        replace(evidence, kpis=(*evidence.kpis, reference)),
        replace(evidence, relevance=2),
    ]
    if getattr(evidence, part) is None:
        richer.append(replace(evidence, **{part: span}))  # type: ignore[arg-type]
    for more in richer:
        after = grade(more)
        assert isinstance(after, Grade)
        assert after.band >= before.band
        assert all(a.level >= b.level for a, b in zip(after.criteria, before.criteria, strict=True))


@given(evidences, st.lists(evidences, max_size=3))
def test_a_follow_up_never_lowers_the_unit(first: Evidence, later: list[Evidence]) -> None:
    """Whatever a follow-up's answer holds, the unit is graded at least as high, but for a wrong claim in it."""
    later = [replace(evidence, flags=evidence.flags - {Flag.WRONG_FACT}) for evidence in later]
    before, after = grade(first), grade(merged([first, *later]))
    if isinstance(before, Grade):
        assert isinstance(after, Grade)
        assert after.band >= before.band


@given(evidences, evidences)
def test_merging_keeps_each_span_with_its_turn(first: Evidence, second: Evidence) -> None:
    """Spans of the follow-up's answer carry turn 1, those of the first answer turn 0."""
    unit = merged([first, second])
    for part in ("situation", "task", "action", "result", "reflection"):
        span = getattr(unit, part)
        if span is not None:
            source = (first, second)[span.turn]
            assert replace(span, turn=0) == getattr(source, part)


@given(evidences)
def test_merging_one_answer_changes_nothing(evidence: Evidence) -> None:
    """A unit of one answer is graded as the answer alone."""
    assert grade(merged([evidence])) == grade(evidence)


def test_a_story_about_something_else_lifts_no_unit() -> None:
    """Vague words to the question and then a complete story beside it stop at band 3; told to the question, at 5."""
    vague = Evidence(words=20, relevance=2)
    span = Span(0, 5)
    kpi = KpiReference("Cart Abandonment Rate", KpiLevel.QUANTIFIED, span, in_result=True)
    story = Evidence(90, 2, (kpi,), span, span, span, span, span, (span,), Ownership.I)
    beside = replace(story, relevance=1, flags=frozenset({Flag.OFF_TOPIC_DOUBT}))
    assert [_band(vague, beside), _band(vague, story), _band(story, beside)] == [3, 5, 5]
    assert Flag.OFF_TOPIC_DOUBT in merged([vague, beside]).flags
    assert Flag.OFF_TOPIC_DOUBT not in merged([story, beside]).flags


def _band(*turns: Evidence) -> int:
    grading = grade(merged(turns))
    assert isinstance(grading, Grade)
    return grading.band


def test_merging_nothing_is_refused() -> None:
    """A unit has at least its first answer."""
    with pytest.raises(ValueError, match="at least its first answer"):
        merged([])


@given(st.integers(-5, 5), st.integers(-5, 5))
def test_no_span_is_empty(start: int, end: int) -> None:
    """A span holds at least one code point and never begins before the answer."""
    if 0 <= start < end:
        assert Span(start, end).cut("x" * 10) == "x" * (end - start)
    else:
        with pytest.raises(ValueError, match="no span"):
            Span(start, end)


@given(maybe_spans, maybe_spans)
def test_the_parts_are_those_with_a_span(situation: Span | None, result: Span | None) -> None:
    """`parts` holds exactly the parts that have words."""
    evidence = Evidence(words=10, relevance=2, situation=situation, result=result)
    assert {part.value for part in evidence.parts} == {
        name for name, span in (("situation", situation), ("result", result)) if span
    }


def test_the_documented_rubric_is_the_rubric() -> None:
    """docs/rubric.md prints each level and band with its anchor and checks as the rubric has them, and the version."""
    page = (Path(__file__).parents[2] / "docs" / "rubric.md").read_text(encoding="utf-8")
    rows = [
        *((band, anchor, BAND_NEEDS[band]) for band, anchor in BAND_ANCHORS.items()),
        *((n, c.anchors[n], needs) for c in CRITERIA for n, needs in enumerate(c.needs)),
    ]
    printed = [
        f"| {level} | {anchor} | {'; '.join(QUESTIONS[name] for name in needs) or '–'} |"
        for level, anchor, needs in rows
    ]
    assert [text for text in [*printed, RUBRIC_VERSION] if text not in page] == []
    of_answers = page.split("## The talk about an offer")[0]
    assert of_answers.count("\n| ") == len(printed) + len(CRITERIA) + 1
