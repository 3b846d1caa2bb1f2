"""A talk about an offer in an exported review: its terms, its criteria with words, and how it ended."""

from collections.abc import Iterator
from typing import Any

from prepbot.domain.offer_rubric import OfferGrade
from prepbot.domain.report import AnswerCard
from prepbot.domain.rubric import NotGraded
from prepbot.domain.talk_card import LIMITS_HIDDEN, CriterionRow, TalkCard, criterion_rows, terms_table
from prepbot.domain.wording import NOT_A_ZERO
from prepbot.exports.escaping import escaped, one_line


def rows_of(card: AnswerCard, talk: TalkCard) -> tuple[CriterionRow, ...]:
    """The criteria of the talk with the candidate's words; none where nothing was graded."""
    return criterion_rows(talk, [answer.text for answer in card.answers])


def talk_record(card: AnswerCard) -> dict[str, Any] | None:
    """The talk of a card with its own keys, None for a card without one. `limit` is null while the talk is not over."""
    talk = card.talk
    if talk is None:
        return None
    graded = isinstance(talk.grade, OfferGrade)
    return {
        "status": talk.status.value,
        "outcome": talk.outcome,
        "terms": [
            {
                "name": term.name,
                "offered": term.offered,
                "agreed": term.agreed,
                "limit": (term.left or term.agreed) if talk.over else None,
            }
            for term in talk.terms
        ],
        "note": talk.note,
        "last_word": talk.last_word or None,
        "graded": graded,
        "reason": talk.grade.reason if isinstance(talk.grade, NotGraded) else None,
        "rubric": talk.grade.rubric,
        "criteria": {
            row.id: {
                "title": row.title,
                "level": row.level,
                "of": row.top,
                "why": row.why,
                "next": row.next_anchor or None,
                "fix": row.fix or None,
                "quotes": list(row.quotes),
            }
            for row in rows_of(card, talk)
        },
    }


def talk_markdown(card: AnswerCard, talk: TalkCard) -> Iterator[str]:
    """The end of the talk, its criteria and its terms as Markdown."""
    if talk.last_word:
        yield f"**{escaped(card.interviewer.name)}:** {escaped(one_line(talk.last_word))}"
        yield ""
    yield f"**The talk: {talk.outcome}.**"
    yield ""
    if isinstance(talk.grade, NotGraded):
        yield f"Not graded. {escaped(talk.grade.reason)} {NOT_A_ZERO}"
        yield ""
    for row in rows_of(card, talk):
        quotes = " ".join(f"“{escaped(quote)}”" for quote in row.quotes)
        following = f" Next: {row.next_anchor}" if row.next_anchor else ""
        yield f"- **{row.title}: {row.level} of {row.top}.** {row.why}{f' {quotes}' if quotes else ''}{following}"
    yield ""
    heads, rows = terms_table(talk)
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for cells in rows:
        yield f"| {' | '.join(escaped(cell) for cell in cells)} |"
    yield ""
    for note in (talk.note, "" if talk.over else LIMITS_HIDDEN):
        if note:
            yield escaped(note)
            yield ""
