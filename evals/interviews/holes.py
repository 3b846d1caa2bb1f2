"""Whether evidence really has the hole that a follow-up names: read from the answers' evidence, not from domain.gap."""

from collections.abc import Callable, Sequence
from itertools import chain

from prepbot.domain.evidence import Evidence, Flag, KpiLevel, Ownership
from prepbot.domain.gap import Gap, GapKind
from prepbot.domain.role import QuestionKind

Hole = Callable[[Gap, Sequence[Evidence]], bool]


def is_open(gap: Gap, answers: Sequence[Evidence], kind: QuestionKind) -> bool:
    """Whether the answers so far lack what the gap names."""
    if gap.kind is GapKind.LAST_TIME and kind is not QuestionKind.HYPOTHETICAL:
        return False
    return bool(answers) and _HOLES[gap.kind](gap, answers)


def _last_has(*flags: Flag) -> Hole:
    return lambda _, answers: bool(answers[-1].flags & set(flags))


def _no_action(_: Gap, answers: Sequence[Evidence]) -> bool:
    """No action, or one alone that nobody could repeat."""
    return not any(one.action and (one.steps or len(one.parts) > 1) for one in answers)


def _unclear(gap: Gap, answers: Sequence[Evidence]) -> bool:
    near = {reference.kpi for one in answers for reference in one.unclear_kpis}
    return gap.kpi in near and gap.kpi not in {reference.kpi for one in answers for reference in one.kpis}


def _only_we(_: Gap, answers: Sequence[Evidence]) -> bool:
    said = {one.ownership for one in answers}
    return Ownership.WE in said and Ownership.I not in said


def _no_number(gap: Gap, answers: Sequence[Evidence]) -> bool:
    references = list(chain.from_iterable(one.kpis for one in answers))
    used = any(reference.kpi == gap.kpi and reference.level is KpiLevel.USED for reference in references)
    return used and not any(reference.level is KpiLevel.QUANTIFIED for reference in references)


_HOLES: dict[GapKind, Hole] = {
    GapKind.EMPTY_ANSWER: _last_has(Flag.EMPTY),
    GapKind.OTHER_LANGUAGE: _last_has(Flag.OTHER_LANGUAGE),
    GapKind.GIBBERISH: _last_has(Flag.GIBBERISH),
    GapKind.COPIED_QUESTION: _last_has(Flag.COPIED_QUESTION),
    GapKind.STEERING: _last_has(Flag.STEERING, Flag.INJECTION),
    GapKind.NO_ANSWER: _last_has(Flag.NO_ANSWER),
    GapKind.KPI_PILE: _last_has(Flag.KPI_PILE),
    GapKind.ASKED_BACK: lambda *_: True,  # the answer's words decide, see evals.interviews.rules
    GapKind.OFF_QUESTION: lambda _, answers: (
        all(one.relevance < 2 for one in answers)
        and (Flag.OFF_TOPIC_DOUBT in answers[-1].flags or all(one.relevance == 0 for one in answers))
    ),
    GapKind.NO_ACTION: _no_action,
    GapKind.UNCLEAR_KPI: _unclear,
    GapKind.WE_WITHOUT_I: _only_we,
    GapKind.NO_RESULT: lambda _, answers: not any(one.result for one in answers),
    GapKind.LAST_TIME: lambda _, answers: any(one.action for one in answers),
    GapKind.KPI_WITHOUT_NUMBER: _no_number,
}
