"""A review as one HTML file that needs nothing else: light and dark, printable, no script, nothing remote."""

from collections.abc import Sequence
from dataclasses import dataclass

from prepbot.domain.checks import Check
from prepbot.domain.evidence import KpiLevel
from prepbot.domain.exercise import Exercise
from prepbot.domain.exercise_report import NO_BAND, score_words
from prepbot.domain.marking import LEVEL_LABELS, Mark, MarkKind, Segment, marks, segments
from prepbot.domain.offer_rubric import OFFER_CRITERIA
from prepbot.domain.report import AnswerCard, Review
from prepbot.domain.rubric import BAND_ANCHORS, CRITERIA, Grade, NotGraded
from prepbot.domain.second_words import read_between_the_lines, why_a_range
from prepbot.domain.talk_card import LIMITS_HIDDEN, terms_table
from prepbot.domain.wording import NOT_A_ZERO, brought_out, caution, doubt, likely_words, outcome, retold, with_words
from prepbot.exports.anchors import next_anchor
from prepbot.exports.exercise import task_outcomes
from prepbot.exports.talk import rows_of
from prepbot.exports.template import template

_LEVEL_CLASS = {KpiLevel.MENTIONED: "mentioned", KpiLevel.USED: "used", KpiLevel.QUANTIFIED: "quantified"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of an answer as it is drawn: classes of the wash and the underline, letters before it, a dot after."""

    text: str
    wash: str = ""
    underline: str = ""
    letters: tuple[tuple[str, str], ...] = ()
    dot: str = ""


def review_html(review: Review) -> str:
    """The review as an HTML document. All text is escaped by the template."""
    return template("review.html.jinja").render(
        review=review,
        pieces=_pieces,
        said=_said,
        next_anchor=next_anchor,
        not_a_zero=NOT_A_ZERO,
        likely_words=likely_words,
        outcome=outcome,
        caution=caution,
        retold=retold,
        doubt=doubt,
        read_between_the_lines=read_between_the_lines,
        why_a_range=why_a_range,
        brought_out=_brought_out,
        checks=_checks,
        task_outcomes=task_outcomes,
        score_words=score_words,
        no_band=NO_BAND,
        has_table=lambda exercise: isinstance(exercise, Exercise),
        is_grade=lambda given: isinstance(given, Grade),
        is_not_graded=lambda given: isinstance(given, NotGraded),
        bands=BAND_ANCHORS,
        criteria=(*CRITERIA, *(OFFER_CRITERIA if any(card.talk for card in review.cards) else ())),
        talk_rows=rows_of,
        terms_table=terms_table,
        limits_hidden=LIMITS_HIDDEN,
        titles={criterion.id: criterion for criterion in CRITERIA},
        level_labels=LEVEL_LABELS,
        level_class=_LEVEL_CLASS,
        marked_parts=[kind for kind in MarkKind if kind.letter],
    )


def _marks(card: AnswerCard, turn: int) -> tuple[Mark, ...]:
    """The marks of one answer; a message about an offer has none."""
    return tuple(marks(card.evidence, turn)) if card.evidence and card.talk is None else ()


def _pieces(card: AnswerCard, turn: int) -> tuple[Piece, ...]:
    found = _marks(card, turn)
    return tuple(_piece(segment) for segment in segments(card.answers[turn].text, found))


def _piece(segment: Segment) -> Piece:
    parts = [mark for mark in segment.marks if mark.kind.letter]
    aside = any(mark.kind is MarkKind.SET_ASIDE for mark in segment.marks)
    washes = ["aside"] if aside else [f"wash-{parts[0].kind}"] if parts else []
    return Piece(
        text=segment.text,
        wash=" ".join([*washes, *(f"over-{part.kind}" for part in parts[1:2])]),
        underline=_highest(segment.marks),
        letters=tuple((mark.kind.value, mark.kind.letter) for mark in segment.opens if mark.kind.letter),
        dot=_highest(segment.closes),
    )


def _highest(over: Sequence[Mark]) -> str:
    level = max((mark.reference.level for mark in over if mark.reference), default=None)
    return _LEVEL_CLASS[level] if level else ""


def _said(card: AnswerCard, turn: int) -> tuple[tuple[str, str], ...]:
    """The marks of one answer in words: what each says, and the words themselves."""
    found = _marks(card, turn)
    return tuple((mark.label, mark.span.cut(card.answers[turn].text)) for mark in found)


def _brought_out(card: AnswerCard, turn: int) -> tuple[str, ...]:
    return brought_out(card.evidence, turn) if card.evidence and card.talk is None else ()


def _checks(card: AnswerCard) -> tuple[tuple[Check, tuple[str, ...]], ...]:
    """Every check of a graded card with the words that tick it."""
    if not isinstance(card.grade, Grade):
        return ()
    texts = [answer.text for answer in card.answers]
    return tuple(line for given in card.grade.criteria for line in with_words(given.checks, texts))
