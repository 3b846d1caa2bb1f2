"""Which hole in the evidence the next follow-up should close, and why it is asked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from prepbot.domain.echo import echoed, first_words
from prepbot.domain.evidence import Evidence, Flag, KpiLevel, Ownership, Span
from prepbot.domain.role import QuestionKind
from prepbot.domain.rubric import merged, structure_level


class GapKind(StrEnum):
    """A named hole: in the reply itself, in the evidence that it holds, or in the answer to an exercise."""

    EMPTY_ANSWER = "empty_answer"
    OTHER_LANGUAGE = "other_language"
    GIBBERISH = "gibberish"
    COPIED_QUESTION = "copied_question"
    STEERING = "steering"
    NO_ANSWER = "no_answer"
    KPI_PILE = "kpi_pile"
    ASKED_BACK = "asked_back"
    OFF_QUESTION = "off_question"

    NO_ACTION = "no_action"
    WE_WITHOUT_I = "we_without_i"
    NO_RESULT = "no_result"
    LAST_TIME = "last_time"
    KPI_WITHOUT_NUMBER = "kpi_without_number"
    UNCLEAR_KPI = "unclear_kpi"

    OPEN_TASKS = "open_tasks"


BECAUSE: dict[GapKind, str] = {
    GapKind.EMPTY_ANSWER: "nothing was said",
    GapKind.OTHER_LANGUAGE: "the answer was not in English",
    GapKind.GIBBERISH: "the words could not be read",
    GapKind.COPIED_QUESTION: "the question came back as the answer",
    GapKind.STEERING: "it spoke about the interview, not to the question",
    GapKind.NO_ANSWER: "no answer yet",
    GapKind.KPI_PILE: "KPI names without a story",
    GapKind.ASKED_BACK: "a question came back",
    GapKind.OFF_QUESTION: "it may answer another question",
    GapKind.NO_ACTION: "no concrete action yet",
    GapKind.WE_WITHOUT_I: "“we” without “I”",
    GapKind.NO_RESULT: "no result yet",
    GapKind.LAST_TIME: "a plan that deserves an example",
    GapKind.KPI_WITHOUT_NUMBER: "a KPI without a number",
    GapKind.UNCLEAR_KPI: "a KPI that could mean two things",
    GapKind.OPEN_TASKS: "a task without an answer yet",
}

_REPLY_FLAGS: tuple[tuple[Flag, GapKind], ...] = (
    (Flag.EMPTY, GapKind.EMPTY_ANSWER),
    (Flag.OTHER_LANGUAGE, GapKind.OTHER_LANGUAGE),
    (Flag.GIBBERISH, GapKind.GIBBERISH),
    (Flag.COPIED_QUESTION, GapKind.COPIED_QUESTION),
    (Flag.KPI_PILE, GapKind.KPI_PILE),
    (Flag.NO_ANSWER, GapKind.NO_ANSWER),
)

REPLY_GAPS = frozenset(gap for _, gap in _REPLY_FLAGS) | {
    GapKind.STEERING,
    GapKind.ASKED_BACK,
    GapKind.OFF_QUESTION,
}

_MOST_WORDS_ASKED_BACK = 20
_ASKS_BACK = re.compile(
    r"\b(?:(?:can|could|would) you (?:please )?(?:repeat|rephrase|explain|say)|what (?:was|is) (?:the|your) question|"
    r"what do you mean|(?:do|did) you mean|where were we|how do you mean|say that again)\b[^?]*\?",
    re.IGNORECASE,
)
_ONLY_ASKS = re.compile(r"(?:[^\s.!?]+(?:\s+[^\s.!?]+){0,3}[.!]\s*)?[^.!?]*\?")
_PLANNED = re.compile(r"\b(?:would|will|should|could|shall|might)\b|['’](?:d|ll)\b", re.IGNORECASE)
_PLANS = re.compile(r"\b(?:i|we|you|one)(?: (?:would|will|should|shall|might)|['’](?:d|ll))\b", re.IGNORECASE)
_ALONE = re.compile(r"\bi\b|\bmy\b|\bmyself\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Gap:
    """One hole. `quote` is the candidate's own words that the follow-up takes up, `kpi` the KPI concerned.

    `tasks` names the open tasks of an exercise in words.
    """

    kind: GapKind
    quote: str = ""
    kpi: str = ""
    tasks: str = ""

    @property
    def because(self) -> str:
        """Why the follow-up is asked, as the review shows it."""
        return BECAUSE[self.kind]


def gaps(turns: Sequence[Evidence], answers: Sequence[str], kind: QuestionKind) -> tuple[Gap, ...]:
    """The holes in a question's answers so far, most worth closing first.

    `turns[n]` is the evidence of `answers[n]`; the last answer decides whether the reply itself needs a word.
    """
    reply = _reply_gap(turns[-1], answers[-1])
    if reply is not None:
        return (Gap(reply),)
    unit = merged(turns)
    found = [
        _off_question(turns[-1], unit, answers[-1]),
        Gap(GapKind.NO_ACTION, _best_words(unit, answers)) if structure_level(unit) < 2 else None,
        _we_without_i(unit, answers),
        Gap(GapKind.NO_RESULT, _quote(unit.action, unit, answers)) if unit.action and not unit.result else None,
        _last_time(unit, answers, kind),
        _kpi_without_number(unit, answers),
        _unclear_kpi(unit, answers),
    ]
    return tuple(gap for gap in found if gap is not None)


def asks_back(evidence: Evidence, answer: str) -> bool:
    """Whether the answer only asks: for the question once more, or what is meant by it."""
    if evidence.action is not None:
        return False
    short = len(answer.split()) <= _MOST_WORDS_ASKED_BACK
    return bool(_ONLY_ASKS.fullmatch(answer.strip()) or (short and _ASKS_BACK.search(answer)))


def _reply_gap(evidence: Evidence, answer: str) -> GapKind | None:
    """A reply that is no answer; words about the interview itself outrank that nothing else was said."""
    if evidence.flags & {Flag.STEERING, Flag.INJECTION} and not evidence.parts:
        return GapKind.STEERING
    flagged = next((gap for flag, gap in _REPLY_FLAGS if flag in evidence.flags), None)
    if flagged in {None, GapKind.NO_ANSWER} and asks_back(evidence, answer):
        return GapKind.ASKED_BACK
    return flagged


def _off_question(last: Evidence, unit: Evidence, answer: str) -> Gap | None:
    """An answer to something else, or one that may be: the question comes again before any detail is asked for."""
    doubted = Flag.OFF_TOPIC_DOUBT in last.flags and unit.relevance < 2
    if not doubted and (unit.relevance > 0 or unit.action is not None):
        return None
    return Gap(GapKind.OFF_QUESTION, first_words(answer, last.set_aside))


def _best_words(unit: Evidence, answers: Sequence[str]) -> str:
    """The thin action, or what the last answer comes nearest to one with; its first words where nothing was read."""
    last = len(answers) - 1
    told = [unit.task, unit.situation, *(reference.span for reference in unit.kpis)]
    span = unit.action or next((one for one in told if one is not None and one.turn == last), None)
    return _quote(span, unit, answers) or first_words(answers[last])


def _unclear_kpi(unit: Evidence, answers: Sequence[str]) -> Gap | None:
    """Words near a KPI, where no KPI has been put to use: asked last, since nearness is a guess."""
    if not unit.unclear_kpis or (unit.kpi_level or 0) >= KpiLevel.USED:
        return None
    reference = unit.unclear_kpis[0]
    return Gap(GapKind.UNCLEAR_KPI, _quote(reference.span, unit, answers), reference.kpi)


def _we_without_i(unit: Evidence, answers: Sequence[str]) -> Gap | None:
    """Only “we” acts; where the words to be quoted say “I”, the own part is told."""
    if unit.ownership is not Ownership.WE or unit.action is None:
        return None
    quote = _quote(unit.action, unit, answers)
    return None if _ALONE.search(quote) else Gap(GapKind.WE_WITHOUT_I, quote)


def _last_time(unit: Evidence, answers: Sequence[str], kind: QuestionKind) -> Gap | None:
    """A good hypothetical answer deserves "when did you last do that?", unless it told a past example already."""
    if kind is not QuestionKind.HYPOTHETICAL or unit.action is None or structure_level(unit) < 2:
        return None
    quote = _quote(unit.action, unit, answers)
    planned = _PLANNED.search(quote) or _PLANS.search(unit.action.cut(answers[unit.action.turn]))
    return Gap(GapKind.LAST_TIME, quote) if planned else None


def _kpi_without_number(unit: Evidence, answers: Sequence[str]) -> Gap | None:
    if unit.kpi_level is KpiLevel.QUANTIFIED:
        return None
    used = [reference for reference in unit.kpis if reference.level is KpiLevel.USED]
    if not used:
        return None
    return Gap(GapKind.KPI_WITHOUT_NUMBER, _quote(used[0].span, unit, answers), used[0].kpi)


def _quote(span: Span | None, unit: Evidence, answers: Sequence[str]) -> str:
    return echoed(span, answers[span.turn], unit.set_aside) if span else ""
