"""Which bank question to try next: one that was not asked lately, or another one on the weakness of an answer."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from prepbot.domain.checks import checks
from prepbot.domain.evidence import Evidence
from prepbot.domain.plan import PlannedQuestion
from prepbot.domain.report import AnswerCard
from prepbot.domain.role import Question, QuestionKind
from prepbot.domain.rubric import CRITERIA, Criterion, Grade

_TOPS = {criterion.id: len(criterion.anchors) - 1 for criterion in CRITERIA}


@dataclass(frozen=True, slots=True)
class Aim:
    """What another question should exercise where one of the checks `open` does not hold.

    A question exercises it by its kind, by what it `asks`, or by both; with `kpi` by the KPIs that it expects. An aim
    without any of these asks for the same kind of question. `title` is the weakness as a person reads it.
    """

    title: str
    open: frozenset[str]
    kinds: frozenset[QuestionKind] = frozenset()
    asks: re.Pattern[str] | None = None
    kpi: bool = False


@dataclass(frozen=True, slots=True)
class Transfer:
    """The question to try next and what it is again about; `about` is empty where the answer lacked nothing."""

    question: Question
    about: str


def fresh_questions(bank: Sequence[Question], asked: Sequence[str], most: int) -> tuple[Question, ...]:
    """Up to `most` questions: those never asked in the page's order, then the longest unasked.

    `asked` are question ids in the order of asking.
    """
    return tuple(sorted(bank, key=lambda question: _last_asked(question.id, asked))[:most])


def weakness(card: AnswerCard) -> Criterion | None:
    """The criterion that an answer fell shortest on, by the share of its levels; None where all are at the top."""
    if not isinstance(card.grade, Grade):
        return None
    shares = {one.criterion: one.level / _TOPS[one.criterion] for one in card.grade.criteria if one.criterion in _TOPS}
    short = [criterion for criterion in CRITERIA if shares.get(criterion.id, 1.0) < 1.0]
    return min(short, key=lambda criterion: shares[criterion.id], default=None)


def aim_of(card: AnswerCard, aims: Sequence[Aim]) -> Aim | None:
    """The first aim whose check is open in the criterion that the answer fell shortest on; None where none is."""
    short = weakness(card)
    if short is None or card.evidence is None:
        return None
    found = checks(card.evidence)
    lacking = {check for level in short.needs for check in level if not found[check].holds}
    return next((aim for aim in aims if aim.open & lacking), None)


def weakest_kpi(evidence: Evidence, expected: Sequence[str]) -> str:
    """The KPI that an answer got least far with, else the first that its question expected, else ""."""
    said = min(evidence.kpis, key=lambda reference: (reference.level, reference.in_result), default=None)
    return said.kpi if said else next(iter(expected), "")


def other_question(
    bank: Sequence[Question],
    question: PlannedQuestion,
    asked: Sequence[str],
    aim: Aim | None = None,
    holds: Callable[[Question], int] = lambda _: 0,
) -> Question | None:
    """Another question that exercises the aim: one never asked before others, then the best fit, then a shared topic.

    `holds` says how well a question holds the weak KPI, for an aim at a KPI: 0 for not at all. Without an aim a
    question of the same kind is looked for. None where the bank has no other.
    """
    topics = {topic.casefold() for topic in question.topics}

    def distance(other: Question) -> tuple[bool, bool, int, bool, int]:
        fit = _fit(other, question.kind, aim, holds)
        shared = bool(topics & {topic.casefold() for topic in other.topics})
        return fit == 0, other.id in asked, -fit, not shared, _last_asked(other.id, asked)

    return min((other for other in bank if other.id != question.id), key=distance, default=None)


def _fit(other: Question, kind: QuestionKind, aim: Aim | None, holds: Callable[[Question], int]) -> int:
    """How well a question exercises an aim: 0 for not at all."""
    if aim is None or not (aim.kpi or aim.kinds or aim.asks):
        return int(other.kind is kind)
    if aim.kpi:
        return holds(other)
    return (other.kind in aim.kinds) + bool(aim.asks and aim.asks.search(other.text))


def _last_asked(question_id: str, asked: Sequence[str]) -> int:
    return max((place for place, known in enumerate(asked, start=1) if known == question_id), default=0)
