"""What models may add to the rules' evidence, and what only widens the band."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepbot.domain.evidence import HARD_FLAGS, Evidence, Flag, KpiLevel, KpiReference, Ownership, Span
from prepbot.domain.hybrid import hybrid, open_kpis
from prepbot.domain.model_reading import ModelReading, Point, Proposal
from prepbot.domain.rubric import Grade, grade
from tests.examples import KPIS, evidences, spans

ANSWER = "We ran the shop. I moved the delivery cost, and fewer people left before paying. I think it helped."
ALL_PARTS = Evidence(
    words=18,
    relevance=2,
    situation=Span(0, 16),
    task=Span(0, 16),
    action=Span(17, 43),
    result=Span(49, 79),
    steps=(Span(17, 43),),
    ownership=Ownership.WE,
)
DOUBTED = replace(
    ALL_PARTS,
    relevance=1,
    flags=frozenset({Flag.OFF_TOPIC_DOUBT}),
    kpis=(KpiReference(KPIS[0], KpiLevel.USED, Span(49, 79)),),
)
UNCLEAR = replace(ALL_PARTS, unclear_kpis=(KpiReference(KPIS[0], KpiLevel.MENTIONED, Span(49, 79), "paraphrase"),))


def _reading(*proposals: Proposal, model: str = "fake:one", not_used: str = "") -> ModelReading:
    return ModelReading(model, "analyst.v1", "0" * 64, "{}", proposals, not_used=not_used)


def _says(point: Point, *, holds: bool = True, words: str = "", kpi: str = "") -> Proposal:
    span = Span(ANSWER.index(words), ANSWER.index(words) + len(words)) if words else None
    return Proposal(point, holds, "Because.", span, kpi)


ON_QUESTION = _says(Point.ON_QUESTION, words="I moved the delivery cost")
DESCRIBED = _says(Point.KPI, words="fewer people left before paying", kpi=KPIS[0])


def _band(given_grade: object) -> int:
    assert isinstance(given_grade, Grade)
    return given_grade.band


def test_a_model_lifts_a_doubt_about_the_question() -> None:
    """Where the rules doubt that the question is answered and a model shows that it is, the answer counts in full."""
    found = hybrid(DOUBTED, [_reading(ON_QUESTION)], [ANSWER])
    assert (_band(grade(DOUBTED)), _band(found.grade())) == (3, 4)
    assert Flag.OFF_TOPIC_DOUBT not in found.evidence.flags
    assert [gain.check for gain in found.gains] == ["on_question"]
    assert found.engine("rules") == "rules + fake:one analyst.v1"


def test_a_paraphrase_that_the_rules_left_open_is_put_to_use() -> None:
    """A model's word makes an unclear KPI one that is used, in the words that the rules had found, never more."""
    found = hybrid(UNCLEAR, [_reading(DESCRIBED)], [ANSWER])
    (reference,) = found.evidence.kpis
    assert (reference.level, reference.span, reference.via) == (KpiLevel.USED, Span(49, 79), "model")
    assert found.evidence.unclear_kpis == ()
    assert (_band(grade(UNCLEAR)), _band(found.grade())) == (3, 4)


def test_an_own_part_needs_an_i_that_acts() -> None:
    """“I moved” tells of an own part; “I think” and “we ran” do not, whatever a model says."""
    for words, expected in (
        ("I moved the delivery cost", Ownership.I),
        ("I think it helped", Ownership.WE),
        ("We ran the shop", Ownership.WE),
    ):
        found = hybrid(ALL_PARTS, [_reading(_says(Point.OWN_PART, words=words))], [ANSWER])
        assert found.evidence.ownership is expected
        assert bool(found.gains) is (expected is Ownership.I)


def test_nobody_has_a_part_where_nothing_is_done() -> None:
    """Without an action a model's word about who acts adds nothing."""
    idle = Evidence(words=18, relevance=2)
    assert hybrid(idle, [_reading(_says(Point.OWN_PART, words="I moved the delivery cost"))], [ANSWER]).gains == ()


@pytest.mark.parametrize(
    ("rules", "proposal", "interval", "check"),
    [
        (
            replace(DOUBTED, relevance=2, flags=frozenset()),
            _says(Point.ON_QUESTION, holds=False),
            (3, 4),
            "on_question",
        ),
        (replace(DOUBTED, relevance=2, flags=frozenset()), _says(Point.CAUSALITY, holds=False), (3, 4), "result"),
        (ALL_PARTS, DESCRIBED, (3, 4), "kpi_used"),
        (ALL_PARTS, _says(Point.IN_FIELD, holds=False), (1, 3), "in_field"),
    ],
)
def test_where_the_rules_are_sure_a_disagreement_makes_the_band_a_range(
    rules: Evidence, proposal: Proposal, interval: tuple[int, int], check: str
) -> None:
    """The band stays the rules'; the interval holds what it would be, were the model right, and the grade says why."""
    given_grade = hybrid(rules, [_reading(proposal)], [ANSWER]).grade()
    assert isinstance(given_grade, Grade)
    assert _band(grade(rules)) == given_grade.band
    assert (given_grade.interval, given_grade.disputed) == (interval, (check,))


def test_a_model_that_agrees_changes_nothing() -> None:
    """Where a model sees what the rules see, evidence and grade are the rules'."""
    sure = replace(DOUBTED, relevance=2, flags=frozenset())
    found = hybrid(sure, [_reading(ON_QUESTION, DESCRIBED, _says(Point.CAUSALITY, words="fewer people"))], [ANSWER])
    assert (found.evidence, found.grade()) == (sure, grade(sure))
    assert found.gains == found.disagreements == ()


def test_two_models_that_disagree_add_nothing() -> None:
    """Where a second model says no, or does not see the KPI, the doubt stays and the band is a range."""
    for rules, yes, no in (
        (DOUBTED, ON_QUESTION, [_says(Point.ON_QUESTION, holds=False)]),
        (UNCLEAR, DESCRIBED, []),
    ):
        found = hybrid(rules, [_reading(yes), _reading(*no, model="fake:other")], [ANSWER])
        assert found.evidence == rules
        given_grade = found.grade()
        assert isinstance(given_grade, Grade)
        assert (given_grade.band, given_grade.interval) == (3, (3, 4))
        assert all(one.among_models for one in found.disagreements)


def test_a_model_that_shows_nothing_does_not_agree() -> None:
    """Where a second model's words on a check were dropped, the first one's alone lift no doubt: it is a range."""
    found = hybrid(DOUBTED, [_reading(ON_QUESTION), _reading(model="fake:other")], [ANSWER])
    assert (found.evidence, found.gains) == (DOUBTED, ())
    given_grade = found.grade()
    assert isinstance(given_grade, Grade)
    assert (given_grade.band, given_grade.interval) == (3, (3, 4))
    assert [one.among_models for one in found.disagreements] == [True]


@pytest.mark.parametrize("flag", [*sorted(HARD_FLAGS), Flag.INJECTION, Flag.STEERING])
def test_words_for_the_grader_close_the_unit_to_models(flag: Flag) -> None:
    """Over a unit with a hard flag, or with words that speak to the grader, no reading adds anything."""
    rules = replace(DOUBTED, flags=DOUBTED.flags | {flag})
    found = hybrid(rules, [_reading(ON_QUESTION, DESCRIBED, _says(Point.IN_FIELD, holds=False))], [ANSWER])
    assert (found.evidence, found.grade(), found.engines) == (rules, grade(rules), ())


def test_a_reading_that_is_not_used_counts_for_nothing() -> None:
    """A reading that was thrown away, for a decoy, neither adds nor widens nor is named."""
    found = hybrid(DOUBTED, [_reading(ON_QUESTION, not_used="not used: said yes to a decoy")], [ANSWER])
    assert (found.evidence, found.engines) == (DOUBTED, ())


def test_piled_kpis_stay_the_rules() -> None:
    """Of an answer stuffed with KPI names no KPI is asked of a model, and none is taken from one."""
    stuffed = replace(UNCLEAR, flags=frozenset({Flag.STUFFING}))
    assert open_kpis(stuffed, KPIS) == ()
    found = hybrid(stuffed, [_reading(DESCRIBED)], [ANSWER])
    assert (found.evidence, found.disagreements) == (stuffed, ())


def test_only_open_kpis_are_asked_about() -> None:
    """A KPI that the rules found put to use needs no second reader; one that is only named does."""
    assert open_kpis(DOUBTED, KPIS) == KPIS[1:]
    named = replace(DOUBTED, kpis=(KpiReference(KPIS[0], KpiLevel.MENTIONED, Span(49, 79)),))
    assert open_kpis(named, KPIS) == KPIS


proposals = st.builds(
    Proposal,
    point=st.sampled_from(Point),
    holds=st.booleans(),
    reason=st.just("Because."),
    span=st.none() | spans,
    kpi=st.sampled_from(KPIS),
)
readings = st.lists(
    st.builds(
        _reading,
        proposals,
        proposals,
        proposals,
        proposals,
        model=st.sampled_from(["fake:one", "fake:other"]),
        not_used=st.sampled_from(["", "", "not used"]),
    ),
    max_size=2,
)


@given(rules=evidences, read=readings)
def test_models_never_touch_what_is_the_rules(rules: Evidence, read: list[ModelReading]) -> None:
    """Whatever models say: no number, no quotation of a part, no hard flag and no word set aside changes."""
    evidence = hybrid(rules, read, ["I sold " * 60]).evidence
    for name in ("words", "situation", "task", "action", "result", "reflection", "steps", "set_aside", "chances"):
        assert getattr(evidence, name) == getattr(rules, name)
    assert rules.flags - evidence.flags <= {Flag.OFF_TOPIC_DOUBT}
    for reference in evidence.kpis:
        assert reference in rules.kpis or reference.level is KpiLevel.USED
    before = {reference.kpi: reference.level for reference in rules.kpis}
    assert all(one.level >= before.get(one.kpi, KpiLevel.MENTIONED) for one in evidence.kpis)


@given(rules=evidences, read=readings)
def test_a_band_moves_only_where_the_rules_were_in_doubt(rules: Evidence, read: list[ModelReading]) -> None:
    """The band differs from the rules' only through a check that they left open, and never by falling."""
    found = hybrid(rules, read, ["I sold " * 60])
    before, after = grade(rules), found.grade()
    if not isinstance(before, Grade) or not isinstance(after, Grade):
        assert before == after
        return
    assert after.band >= before.band
    if after.band > before.band:
        assert found.gains
        assert Flag.OFF_TOPIC_DOUBT in rules.flags or rules.unclear_kpis
    if after.disputed:
        assert after.interval is not None
        assert after.interval[0] <= after.band <= after.interval[1]
        assert after.interval[0] < after.interval[1]
