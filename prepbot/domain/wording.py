"""What the page and every export say in the same words: the band with its interval, a caution, a doubt, a gain."""

from collections.abc import Sequence

from prepbot.domain.checks import Check
from prepbot.domain.evidence import HARD_FLAGS, Evidence, Flag
from prepbot.domain.marking import MarkKind, marks
from prepbot.domain.quoting import MOST_WORDS, quotation
from prepbot.domain.report import AnswerCard
from prepbot.domain.rubric import Grade, NotGraded, relevance_level

NOT_A_ZERO = "That is not a zero, and it counts nowhere."

_ALREADY_SAID = "resting"
_BUDGET = "budget spent"

_SHORT = "A short answer: read the band as a guess."
_WIDE_OPEN = "These words leave much open: read the band as a guess."
_WIDE = 2
_FEW_WORDS = 30  # of a whole unit: short answers to follow-ups add up
_MOST_QUOTES = 2
_LIST_SIGNS = "-–•*· \t"


def band_words(grade: Grade) -> str:
    """The band as a sentence says it: "Band 3, most likely 3 to 4", or "Band 3" alone where it is certain."""
    likely = likely_words(grade)
    return f"Band {grade.band}, {likely}" if likely else f"Band {grade.band}"


def likely_words(grade: Grade) -> str:
    """The interval in words, "most likely 3 to 4"; empty where there is none or it is a single band."""
    if grade.interval is None or grade.interval[0] == grade.interval[1]:
        return ""
    return "most likely {} to {}".format(*grade.interval)


def outcome(grade: Grade | NotGraded | None) -> str:
    """A grade in a word or two for a table or a list: "band 3 (3 to 4)", "not graded"; empty for a skipped question."""
    match grade:
        case Grade():
            likely = likely_words(grade).removeprefix("most likely ")
            return f"band {grade.band} ({likely})" if likely else f"band {grade.band}"
        case NotGraded():
            return "not graded"
        case _:
            return ""


def written_instead(instead_of: str) -> str:
    """One calm sentence where written words stand for a model's; empty where none were kept out, or it was just said.

    `instead_of` is that of a turn.
    """
    if instead_of in {"", _ALREADY_SAID}:
        return ""
    if instead_of == _BUDGET:
        return "The budget for the language model is spent, so the interview goes on in its written form."
    return "The language model's words could not be used here, so this is the written form."


def caution(card: AnswerCard) -> str:
    """One calm sentence where a band says little; empty elsewhere."""
    if not isinstance(card.grade, Grade) or card.evidence is None:
        return ""
    short = Flag.VERY_SHORT in card.evidence.flags and card.evidence.words < _FEW_WORDS
    if short and not card.evidence.flags & HARD_FLAGS:
        return _SHORT
    low, high = card.grade.interval or (card.grade.band, card.grade.band)
    return _WIDE_OPEN if high - low >= _WIDE else ""


def retold(card: AnswerCard) -> str:
    """What to do about a story that was told to an earlier question already; empty where it was not."""
    if not card.told_before:
        return ""
    return (
        f"You told this story at question {card.told_before} already, and an interviewer notices. "
        "Bring another one, or say in your first sentence what it has to do with this question."
    )


def doubt(card: AnswerCard) -> str:
    """What a soft doubt about relevance did to the grade, and what the question was after; empty without one."""
    evidence = card.evidence if card.question.has_band else None
    if evidence is None or Flag.OFF_TOPIC_DOUBT not in evidence.flags or evidence.flags & HARD_FLAGS:
        return ""
    said = {
        0: "This seems to speak of something else, so nothing in it counts yet.",
        1: "This may answer another question, so “Answers the question” stands at 1 of 2 and the band stops at 3.",
        2: "The first answer may have met another question. After the follow-up it counts in full.",
    }[relevance_level(evidence)]
    return f"{said} {was_after(card)}"


def was_after(card: AnswerCard) -> str:
    """What the question was after, in its own words or in the role page's."""
    if card.question.after:
        return f"The question was after this: {card.question.after}"
    if card.after:
        return f"The question was after this: “{card.after[0].text.strip(_LIST_SIGNS).rstrip('.')}”."
    return f"The question was: “{card.question.text}”."


def brought_out(evidence: Evidence, turn: int) -> tuple[str, ...]:
    """What counts for the first time in the answer to a follow-up: parts and KPIs by name; nothing for turn 0."""
    if not turn:
        return ()
    return tuple(dict.fromkeys(mark.label for mark in marks(evidence, turn) if mark.kind is not MarkKind.SET_ASIDE))


def with_words(checks: Sequence[Check], answers: Sequence[str]) -> tuple[tuple[Check, tuple[str, ...]], ...]:
    """A criterion's checks with the words that tick each; words that ticked one before are not said again."""
    said: set[str] = set()
    found = []
    for check in checks:
        quotes = tuple(quote for quote in ticked_by(check, answers) if quote not in said)
        said |= set(quotes)
        found.append((check, quotes))
    return tuple(found)


def ticked_by(check: Check, answers: Sequence[str]) -> tuple[str, ...]:
    """The first words that tick a check, short enough to read in a list."""
    quotes = []
    for span in check.spans:
        words = " ".join(span.cut(answers[span.turn]).split())
        quotes.append(words if len(words.split()) <= MOST_WORDS else quotation(span, answers[span.turn]))
    return tuple(quote for quote in dict.fromkeys(quotes) if quote)[:_MOST_QUOTES]
