"""A story told to more than one question of an interview: nobody has to understand it to notice that."""

import re
from collections.abc import Sequence
from dataclasses import replace

from prepbot.domain.report import AnswerCard

_TELLING = re.compile(r"[^\W\d_]{4,}|\d+")
_WHOLE_STORY = 15  # telling words: fewer are a phrase that anybody may say twice
_THE_SAME = 0.8


def with_retold(cards: Sequence[AnswerCard]) -> tuple[AnswerCard, ...]:
    """The cards, each with the number of the first card before it that tells the same story, 0 where none does.

    Two answers tell the same where they share four fifths of the shorter one's telling words. Exercises, talks about an
    offer and questions without a band are left out, and so are questions that ask for an earlier story again.
    """
    before: list[tuple[int, frozenset[str]]] = []
    found = []
    for card in cards:
        told = _stories(card)
        earlier = (number for number, known in before if any(_same(known, story) for story in told))
        found.append(replace(card, told_before=next(earlier, 0)))
        before += [(card.number, story) for story in told]
    return tuple(found)


def _stories(card: AnswerCard) -> list[frozenset[str]]:
    if card.exercise is not None or card.talk is not None or not card.question.has_band or card.question.takes_up:
        return []
    words = (frozenset(_TELLING.findall(answer.text.casefold())) for answer in card.answers)
    return [story for story in words if len(story) >= _WHOLE_STORY]


def _same(left: frozenset[str], right: frozenset[str]) -> bool:
    return len(left & right) >= _THE_SAME * min(len(left), len(right))
