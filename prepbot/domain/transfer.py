"""Which bank question to try next: one that was not asked lately, or another one on the weakness of an answer."""

from collections.abc import Sequence

from prepbot.domain.plan import PlannedQuestion
from prepbot.domain.report import AnswerCard
from prepbot.domain.role import Question
from prepbot.domain.rubric import CRITERIA, Criterion, Grade

_TOPS = {criterion.id: len(criterion.anchors) - 1 for criterion in CRITERIA}


def fresh_questions(bank: Sequence[Question], asked: Sequence[str], most: int) -> tuple[Question, ...]:
    """Up to `most` questions: those never asked in the page's order, then the longest unasked.

    `asked` are question ids in the order of asking.
    """
    return tuple(sorted(bank, key=lambda question: _last_asked(question.id, asked))[:most])


def other_question(bank: Sequence[Question], question: PlannedQuestion, asked: Sequence[str]) -> Question | None:
    """A question that asks for the same of another matter: of the same kind, on a shared topic, not asked lately.

    None where the bank has no other.
    """
    topics = {topic.casefold() for topic in question.topics}

    def distance(other: Question) -> tuple[bool, bool, int]:
        shared = bool(topics & {topic.casefold() for topic in other.topics})
        return other.kind is not question.kind, not shared, _last_asked(other.id, asked)

    return min((other for other in bank if other.id != question.id), key=distance, default=None)


def weakness(card: AnswerCard) -> Criterion | None:
    """The criterion that an answer fell shortest on, by the share of its levels; None where all are at the top."""
    if not isinstance(card.grade, Grade):
        return None
    shares = {one.criterion: one.level / _TOPS[one.criterion] for one in card.grade.criteria if one.criterion in _TOPS}
    short = [criterion for criterion in CRITERIA if shares.get(criterion.id, 1.0) < 1.0]
    return min(short, key=lambda criterion: shares[criterion.id], default=None)


def _last_asked(question_id: str, asked: Sequence[str]) -> int:
    return max((place for place, known in enumerate(asked, start=1) if known == question_id), default=0)
