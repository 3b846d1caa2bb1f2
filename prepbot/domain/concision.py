"""How long an answer takes to say, and what a screening is graded on: fit and concision.

Source of the pace: about 150 words a minute for English conversation, the figure that the National Center for Voice
and Speech is cited with; textbooks of public speaking give 125 to 160. A person may be faster, so the length is said as
"about" and counts from 90 seconds on.
"""

from collections.abc import Mapping, Sequence

from prepbot.domain.checks import Check, checks
from prepbot.domain.evidence import Evidence
from prepbot.domain.rubric import Criterion, CriterionGrade, level_of

WORDS_PER_MINUTE = 150
MOST_SECONDS = 90
"""An answer in a screening that takes longer to say is told so."""

SCREENING_CRITERIA: tuple[Criterion, ...] = (
    Criterion(
        "fit",
        "Fit",
        (
            "Nothing yet that answers the question.",
            "Answers the question, but with nothing you did yourself.",
            "Answers it with something you did yourself.",
            "Answers it with something you did yourself, and names a KPI of the role.",
        ),
        ((), ("assessable", "in_field", "on_question"), ("own_part",), ("kpi_named",)),
    ),
    Criterion(
        "concision",
        "Concision",
        (
            f"Nothing to assess, or an answer that takes more than {MOST_SECONDS} seconds to say.",
            f"Every answer can be said within {MOST_SECONDS} seconds.",
        ),
        ((), ("assessable", "concise")),
    ),
)


def seconds_to_say(answer: str) -> int:
    """The seconds that an answer takes to say at a calm pace, rounded."""
    return round(len(answer.split()) * 60 / WORDS_PER_MINUTE)


def too_long(answer: str) -> str:
    """One sentence for an answer of more than 90 seconds; empty for a shorter one."""
    seconds = seconds_to_say(answer)
    if seconds <= MOST_SECONDS:
        return ""
    return f"Said aloud, this takes about {seconds} seconds; in a screening, {MOST_SECONDS} are plenty."


def screening_grades(evidence: Evidence, answers: Sequence[str]) -> tuple[CriterionGrade, ...]:
    """Fit and concision of one question; `answers` are the first answer and those to its follow-ups, each by itself."""
    found = {**checks(evidence), "concise": _concise(answers)}
    return tuple(_graded(criterion, found) for criterion in SCREENING_CRITERIA)


def _concise(answers: Sequence[str]) -> Check:
    """A check on the answers as a whole, so it names no words."""
    return Check("concise", f"Can be said within {MOST_SECONDS} seconds", not any(map(too_long, answers)))


def _graded(criterion: Criterion, found: Mapping[str, Check]) -> CriterionGrade:
    level = level_of(criterion, found)
    ordered = tuple(found[name] for names in criterion.needs for name in names)
    earned = (span for names in criterion.needs[: level + 1] for name in names for span in found[name].spans)
    return CriterionGrade(criterion.id, level, tuple(dict.fromkeys(earned)), criterion.anchors[level], ordered)
