"""Which hole in the evidence the next follow-up should close, and why it is asked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from prepbot.domain.evidence import Evidence, Flag, KpiLevel, Ownership, Span
from prepbot.domain.role import QuestionKind
from prepbot.domain.rubric import merged, structure_level


class GapKind(StrEnum):
    """A named hole. The first group is about the reply itself, the second about the evidence in it."""

    EMPTY_ANSWER = "empty_answer"
    OTHER_LANGUAGE = "other_language"
    GIBBERISH = "gibberish"
    COPIED_QUESTION = "copied_question"
    STEERING = "steering"
    NO_ANSWER = "no_answer"
    KPI_PILE = "kpi_pile"
    OFF_QUESTION = "off_question"

    NO_ACTION = "no_action"
    UNCLEAR_KPI = "unclear_kpi"
    WE_WITHOUT_I = "we_without_i"
    NO_RESULT = "no_result"
    LAST_TIME = "last_time"
    KPI_WITHOUT_NUMBER = "kpi_without_number"


BECAUSE: dict[GapKind, str] = {
    GapKind.EMPTY_ANSWER: "nothing was said",
    GapKind.OTHER_LANGUAGE: "the answer was not in English",
    GapKind.GIBBERISH: "the words could not be read",
    GapKind.COPIED_QUESTION: "the question came back as the answer",
    GapKind.STEERING: "it spoke about the interview, not to the question",
    GapKind.NO_ANSWER: "no answer yet",
    GapKind.KPI_PILE: "KPI names without a story",
    GapKind.OFF_QUESTION: "it may answer another question",
    GapKind.NO_ACTION: "no concrete action yet",
    GapKind.UNCLEAR_KPI: "a KPI that could mean two things",
    GapKind.WE_WITHOUT_I: "“we” without “I”",
    GapKind.NO_RESULT: "no result yet",
    GapKind.LAST_TIME: "a plan that deserves an example",
    GapKind.KPI_WITHOUT_NUMBER: "a KPI without a number",
}

_REPLY_FLAGS: tuple[tuple[Flag, GapKind], ...] = (
    (Flag.EMPTY, GapKind.EMPTY_ANSWER),
    (Flag.OTHER_LANGUAGE, GapKind.OTHER_LANGUAGE),
    (Flag.GIBBERISH, GapKind.GIBBERISH),
    (Flag.COPIED_QUESTION, GapKind.COPIED_QUESTION),
    (Flag.KPI_PILE, GapKind.KPI_PILE),
    (Flag.NO_ANSWER, GapKind.NO_ANSWER),
)

REPLY_GAPS = frozenset(gap for _, gap in _REPLY_FLAGS) | {GapKind.STEERING, GapKind.OFF_QUESTION}

_QUOTE_WORDS = 14
_EDGES = ' .,;:!?–-"“”'
_OPENING = re.compile(r"^(?:(?:and|but|so|then|well|um|uh|also|because|or)\b[\s,]*)+", re.IGNORECASE)
_PLANNED = re.compile(r"\b(?:would|will|should|could|shall|might)\b|['’](?:d|ll)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Gap:
    """One hole. `quote` is the candidate's own words that the follow-up takes up, `kpi` the KPI concerned."""

    kind: GapKind
    quote: str = ""
    kpi: str = ""

    @property
    def because(self) -> str:
        """Why the follow-up is asked, as the review shows it."""
        return BECAUSE[self.kind]


def gaps(turns: Sequence[Evidence], answers: Sequence[str], kind: QuestionKind) -> tuple[Gap, ...]:
    """The holes in a question's answers so far, most worth closing first.

    `turns[n]` is the evidence of `answers[n]`; the last answer decides whether the reply itself needs a word.
    """
    reply = _reply_gap(turns[-1])
    if reply is not None:
        return (Gap(reply),)
    unit = merged(turns)
    found = [
        Gap(GapKind.OFF_QUESTION) if Flag.OFF_TOPIC_DOUBT in turns[-1].flags and unit.relevance < 2 else None,
        Gap(GapKind.NO_ACTION, _quote(_best_known(unit), answers)) if structure_level(unit) < 2 else None,
        _unclear_kpi(unit, answers),
        _we_without_i(unit, answers),
        Gap(GapKind.NO_RESULT, _quote(unit.action, answers)) if unit.action and not unit.result else None,
        _last_time(unit, answers, kind),
        _kpi_without_number(unit, answers),
    ]
    return tuple(gap for gap in found if gap is not None)


def _reply_gap(evidence: Evidence) -> GapKind | None:
    """A reply that is no answer; words about the interview itself outrank that nothing else was said."""
    if evidence.flags & {Flag.STEERING, Flag.INJECTION} and not evidence.parts:
        return GapKind.STEERING
    return next((gap for flag, gap in _REPLY_FLAGS if flag in evidence.flags), None)


def _best_known(unit: Evidence) -> Span | None:
    return unit.action or unit.task or unit.situation or (unit.kpis[0].span if unit.kpis else None)


def _unclear_kpi(unit: Evidence, answers: Sequence[str]) -> Gap | None:
    if not unit.unclear_kpis:
        return None
    reference = unit.unclear_kpis[0]
    return Gap(GapKind.UNCLEAR_KPI, _quote(reference.span, answers), reference.kpi)


def _we_without_i(unit: Evidence, answers: Sequence[str]) -> Gap | None:
    if unit.ownership is not Ownership.WE or unit.action is None:
        return None
    return Gap(GapKind.WE_WITHOUT_I, _quote(unit.action, answers))


def _last_time(unit: Evidence, answers: Sequence[str], kind: QuestionKind) -> Gap | None:
    """A good hypothetical answer deserves "when did you last do that?", unless it told a past example already."""
    if kind is not QuestionKind.HYPOTHETICAL or unit.action is None or structure_level(unit) < 2:
        return None
    words = unit.action.cut(answers[unit.action.turn])
    return Gap(GapKind.LAST_TIME, shortened(words)) if _PLANNED.search(words) else None


def _kpi_without_number(unit: Evidence, answers: Sequence[str]) -> Gap | None:
    if unit.kpi_level is KpiLevel.QUANTIFIED:
        return None
    used = [reference for reference in unit.kpis if reference.level is KpiLevel.USED]
    if not used:
        return None
    return Gap(GapKind.KPI_WITHOUT_NUMBER, _quote(used[0].span, answers), used[0].kpi)


def _quote(span: Span | None, answers: Sequence[str]) -> str:
    return shortened(span.cut(answers[span.turn])) if span else ""


def shortened(words: str) -> str:
    """The words as a quotation of at most fourteen words, cut at a clause where there is one.

    A quotation never breaks lines, opens with no "and" and carries no end mark; the words stay the answer's own.
    """
    line = _OPENING.sub("", " ".join(words.split())).strip(_EDGES)
    if len(line.split()) <= _QUOTE_WORDS:
        return line
    head = " ".join(line.split()[:_QUOTE_WORDS])
    clause = re.match(r"(.{20,}?)(?:[,;:]|\s[–-]\s|\s(?=and\b|so\b|because\b|then\b))", head)
    return (clause.group(1) if clause else head).strip(_EDGES)
