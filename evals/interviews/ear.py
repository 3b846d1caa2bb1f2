"""What an interviewer's turn asks for, heard from its words alone: a scripted candidate knows nothing of gaps."""

import re

from evals.interviews.sheets import Wish
from prepbot.domain.gap import GapKind

_QUOTED = re.compile(r"“[^”]*”")

# The first that is heard counts: "When did you last do that, and what changed?" asks for a time before a result.
_HEARD: tuple[tuple[Wish, re.Pattern[str]], ...] = tuple(
    (wish, re.compile(pattern, re.IGNORECASE))
    for wish, pattern in (
        (Wish.MEANING, r"\bmeasure\b.*\b(?:another|or something else)\b|\bsomething else\b|\bmeasure moves\b"),
        (Wish.LAST_TIME, r"\bwhen did you last\b|\blast time\b"),
        (Wish.NUMBER, r"\bfigures?\b|\bnumbers?\b|\bhow much\b"),
        (
            Wish.NEAREST,
            r"\bnearest\b|\bclosest\b|\bwould you begin\b|\bsingle one\b|\bwhich (?:one )?of (?:them|those)\b",
        ),
        (Wish.OWN_PART, r"\byours\b|\byourself\b|\byour (?:own )?(?:part|share)\b|\byou personally\b"),
        (
            Wish.STEPS,
            r"\bsteps?\b|\bfirst (?:day|thing)\b|\byou (?:have done|done|did|do|say first|explain)\b|\barrive at\b",
        ),
        (Wish.STEPS, r"\bhow would you (?:explain|go on)\b|\bsay first\b"),
        (
            Wish.RESULT,
            r"\bchanged?\b|\b(?:came|come) of\b|\bturn out\b|\bworked\b|\bdifferent\b|\beffect\b|\bthat we agree\b",
        ),
    )
)

ASKS_FOR: dict[GapKind, Wish] = {
    GapKind.EMPTY_ANSWER: Wish.ANSWER,
    GapKind.OTHER_LANGUAGE: Wish.ANSWER,
    GapKind.GIBBERISH: Wish.ANSWER,
    GapKind.COPIED_QUESTION: Wish.ANSWER,
    GapKind.STEERING: Wish.ANSWER,
    GapKind.ASKED_BACK: Wish.ANSWER,
    GapKind.OFF_QUESTION: Wish.ANSWER,
    GapKind.NO_ANSWER: Wish.NEAREST,
    GapKind.KPI_PILE: Wish.NEAREST,
    GapKind.NO_ACTION: Wish.STEPS,
    GapKind.UNCLEAR_KPI: Wish.MEANING,
    GapKind.WE_WITHOUT_I: Wish.OWN_PART,
    GapKind.NO_RESULT: Wish.RESULT,
    GapKind.LAST_TIME: Wish.LAST_TIME,
    GapKind.KPI_WITHOUT_NUMBER: Wish.NUMBER,
    GapKind.OPEN_TASKS: Wish.ANSWER,
}
"""What a follow-up for each gap has to ask for."""

_OWN_WORDS = re.compile(
    r"\bown answer\b|\bwhat are yours\b|\byour own words\b|\b(?:the|for|under|to|of|about) (?:the )?(?:tasks?|case)\b",
    re.IGNORECASE,
)


def heard(turn: str, question: str) -> Wish | None:
    """What the turn asks for, None where a listener could not say."""
    if question in turn or _OWN_WORDS.search(_QUOTED.sub(" ", turn)):
        return Wish.ANSWER
    own = _QUOTED.sub(" ", turn)
    return next((wish for wish, pattern in _HEARD if pattern.search(own)), None)
