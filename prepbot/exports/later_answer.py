"""What the executive heard about an earlier answer, in an exported review."""

from collections.abc import Iterator
from typing import Any

from prepbot.domain.report import AnswerCard
from prepbot.exports.escaping import escaped, quoted


def later_record(card: AnswerCard) -> dict[str, Any] | None:
    """The later answer of a card, None where there is none."""
    later = card.later
    if later is None:
        return None
    return {"card": later.number, "to": later.to, "answers": list(later.texts), "gained": list(later.gained)}


def later_markdown(card: AnswerCard) -> Iterator[str]:
    """What the executive heard about this answer, or which answer this one is about."""
    if card.about_card:
        yield f"This takes up your answer to question {card.about_card}."
        yield ""
    if card.later is not None:
        yield f"**Answered later, to {escaped(card.later.to)} (question {card.later.number}):**"
        yield ""
        for text in card.later.texts:
            yield quoted(text)
            yield ""
        yield escaped(card.later.remark)
        yield ""
