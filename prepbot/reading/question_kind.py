"""What a bank question asks for, by the way it is put."""

import re

from prepbot.domain.role import QuestionKind

# The first that is found decides, so the order goes from the telling phrase to the vague one.
_SIGNS: tuple[tuple[QuestionKind, str], ...] = (
    (
        QuestionKind.BACKGROUND,
        (
            r"about yourself|about your (?:background|experience|career|current|last|present)"
            r"|why do you want|why would you like|why (?:are|did) you (?:apply|interested|leav|choos|chose|becom)"
            r"|why (?:us|this (?:role|job|company))|why should we|how much experience"
            r"|what (?:\w+ )?experience (?:do|have|did|would|with|in|of)\b|your (?:\w+ )?experience (?:with|in|of|as)\b"
            r"|years of experience|how long have you|(?:have|did) you (?:used?|worked? with)|have you (?:ever )?used"
            r"|do you have (?:any )?experience|(?:your|through your) (?:resume|résumé|cv|career)"
            r"|your (?:\w+ )?(?:strength|weakness|qualification|salary)"
            r"|what (?:motivates|attracts|interests|drives) you"
            r"|where do you see yourself|do you expect from|notice period|which (?:tools|software|systems) do you"
        ),
    ),
    (
        QuestionKind.HYPOTHETICAL,
        (r"^(?:how|what|which|where|who|when)\b.{0,60}\bwould your?\b"),
    ),
    (
        QuestionKind.PAST_BEHAVIOUR,
        (
            r"tell (?:me|us) (?:about|of) (?:a|an|the|one|your (?:biggest|worst|best|most))\b"
            r"|\b(?:a|one|the last) (?:time|situation|occasion|day|moment) (?:when|you|where|in which)"
            r"|an? (?:recent )?example (?:of|from|where|when)|have you (?:ever|had)|did you|when (?:have|was the)"
            r"|you(?: have|'ve|’ve)? (?:\w+ )?(?:executed|led|managed|built|made|solved|handled|worked on|delivered"
            r"|investigated|improved|launched|created|planned|faced|failed|missed|learned|learnt|dealt|achieved"
            r"|completed)\b|proud(?:est)? of|describe how you \w+[^e]ed\b|^what (?:was|were) (?:the|your)\b"
            r"|^(?:describe|tell|share|name|show|talk)\b.{0,80}"
            r"\b(?:that|which|when|where) (?:went|had|failed|did|was)\b"
            r"|your (?:biggest|greatest|worst|proudest|hardest) "
        ),
    ),
    (
        QuestionKind.HYPOTHETICAL,
        (
            r"\bwould (?:you|your)\b|\bhow might you|\bcould you (?:improve|change|do)|\bimagine|\bsuppose|\bassume"
            r"|\bwhat if\b|\bwhat now\b|\bif you (?:were|had|saw|found|could)|\bwere you to|\bpicture (?:a|this)"
        ),
    ),
)
_PATTERNS = tuple((kind, re.compile(sign)) for kind, sign in _SIGNS)
# A scene and then "What do you do?" asks about a case, not about a routine.
_SCENE = re.compile(r"[a-z][.!] (?:what|how|which|who) (?:do|will|should) you\b")


def question_kind(text: str) -> QuestionKind:
    """The kind of a question; one without any sign asks for knowledge of how the work is done.

    >>> question_kind("How would you raise pick accuracy?")
    <QuestionKind.HYPOTHETICAL: 'hypothetical'>
    """
    asked = " ".join(text[:1000].casefold().split())
    for kind, pattern in _PATTERNS:
        if pattern.search(asked):
            return kind
    return QuestionKind.HYPOTHETICAL if _SCENE.search(asked) else QuestionKind.KNOWLEDGE
