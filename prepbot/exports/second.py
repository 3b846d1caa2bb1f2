"""What language models read in an answer, as a record: what they added and what they see otherwise."""

from collections.abc import Sequence
from typing import Any

from prepbot.domain.evidence import Span
from prepbot.domain.report import AnswerCard


def second_record(card: AnswerCard) -> dict[str, Any]:
    """The record under its key; nothing at all where no model has read the answer. A model's reasons stay out of it."""
    if card.second is None:
        return {}
    texts = [answer.text for answer in card.answers]
    return {
        "second_reading": {
            "engines": list(card.second.engines),
            "added": [
                {"check": gain.check, "kpi": gain.kpi or None, "words": _words(gain.span, texts)}
                for gain in card.second.gains
            ],
            "disagreements": [
                {
                    "check": one.check,
                    "kpi": one.kpi or None,
                    "model_says": one.holds,
                    "among_models": one.among_models,
                    "words": _words(one.span, texts),
                }
                for one in card.second.disagreements
            ],
        }
    }


def _words(span: Span | None, texts: Sequence[str]) -> dict[str, Any] | None:
    if span is None:
        return None
    return {"answer": span.turn, "start": span.start, "end": span.end, "text": span.cut(texts[span.turn])}
