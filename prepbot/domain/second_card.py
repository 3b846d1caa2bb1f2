"""An answer card with what language models read in it: the same questions, with more evidence or a wider band."""

from collections.abc import Sequence
from dataclasses import replace

from prepbot.domain.hybrid import hybrid
from prepbot.domain.model_reading import ModelReading
from prepbot.domain.report import AnswerCard
from prepbot.domain.rubric import Grade, NotGraded, grade


def read_again(card: AnswerCard, readings: Sequence[ModelReading]) -> AnswerCard:
    """The card with the models' readings of it, oldest first; as it was where none may be used.

    What stands in the first answer counts for the grade of the first answer too.
    """
    if card.evidence is None or not isinstance(card.grade, Grade) or not card.question.has_band:
        return card
    answers = [answer.text for answer in card.answers]
    # A model asked once more, by another prompt, is no second opinion: its latest reading stands for it.
    latest = tuple({reading.model: reading for reading in readings}.values())
    second = hybrid(card.evidence, latest, answers)
    if not second.engines:
        return card
    after = second.grade()
    first = after if len(answers) == 1 else _first(card, latest, answers)
    return replace(card, evidence=second.evidence, grade=after, first=first, second=second)


def _first(card: AnswerCard, readings: Sequence[ModelReading], answers: Sequence[str]) -> Grade | NotGraded | None:
    evidence = card.answers[0].evidence
    if evidence is None:
        return card.first
    return grade(hybrid(evidence, [reading.of_first_answer for reading in readings], answers).evidence)
