"""The candidate's own questions against the role page: about this work or for any employer, and answered there already.

Words alone decide. A question is specific where it shares a telling word with the page, and answered there where it
asks for one of the lists that a page is made of or for what a KPI means.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from prepbot.domain.role import Role

_SENTENCE = re.compile(r"(?<=[.?!])\s+|\s*\n\s*")
_OPENS = re.compile(
    r"(?i)^(?:(?:and|also|then|first|second|finally)[, ]+)*(?:what|how|which|who|when|where|why|do|does|did|is|are|can|"
    r"could|would|will|has|have)\b.{12,}|\bi(?: would|['’]d) (?:ask|like to (?:ask|know)|want to know)\b"
)
_INVITED = re.compile(r"(?i)^(?:do you|any) .{0,20}questions?\b")
_KPIS = re.compile(
    r"(?i)\b(?:what|which) (?:are the )?(?:kpis?|metrics|measures)\b|"
    r"\bhow (?:will|would|is|do you) .{0,40}\b(?:measured?|judged?|evaluated?)\b"
)
_ACTIVITIES = re.compile(
    r"(?i)\b(?:typical day|day[- ]to[- ]day|responsibilities|duties|main tasks|what (?:will|would) i (?:do|be doing))\b"
)
_STAGES = re.compile(r"(?i)\b(?:next (?:steps?|stages?)|selection process|how many (?:rounds|stages|interviews))\b")
_MEANS = re.compile(r"(?i)\b(?:mean|means|definition|defined?)\b")
_WORD = re.compile(r"[^\W\d_]{5,}")
_STEM = 6
_COMMON = re.compile(
    r"(?i)(?:"
    r"about|after|against|ahead|among|around|averag|before|being|between|busines|candid|carry|change|"
    r"compan|could|daily|descri|develo|effect|employ|ensure|every|expect|experi|first|great|group|identi|"
    r"implem|improv|includ|interv|level|mainta|manage|measur|might|number|offer|other|overal|people|"
    r"percen|person|place|please|positi|proces|provid|questi|really|relate|right|roles|should|since|skill|"
    r"someth|start|still|strate|succes|support|their|there|these|thing|think|those|throu|today|total|"
    r"under|until|using|variou|where|which|while|whole|within|without|worki|would|years"
    r")"
)
"""Words that say nothing of a role, by how they begin."""


class Standing(StrEnum):
    """How a question stands to the role page."""

    SPECIFIC = "specific"
    GENERAL = "general"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """One question in the candidate's words. `shared` is its word that the page has too, `line` its answer."""

    words: str
    standing: Standing
    shared: str = ""
    line: int = 0

    @property
    def remark(self) -> str:
        """What is said about it."""
        match self.standing:
            case Standing.SPECIFIC:
                return f"About this role: it takes up “{self.shared}”."
            case Standing.GENERAL:
                return "It would fit any employer. Tie it to something on the role page."
            case Standing.ANSWERED:
                return f"The role page answers it, from line {self.line} on. Ask what the page leaves open."


def own_questions(answers: Sequence[str], role: Role) -> tuple[OwnQuestion, ...]:
    """Every question in the answers, in their order; none where nothing is asked."""
    known = _page_words(role)
    return tuple(_read(words, role, known) for answer in answers for words in _asked(answer))


def _asked(answer: str) -> Iterator[str]:
    for sentence in _SENTENCE.split(answer):
        words = " ".join(sentence.split())
        if (words.endswith("?") or _OPENS.search(words)) and not _INVITED.match(words):
            yield words


def _read(words: str, role: Role, known: frozenset[str]) -> OwnQuestion:
    line = _answered_on(words, role)
    if line:
        return OwnQuestion(words, Standing.ANSWERED, line=line)
    shared = next((word for word in _WORD.findall(words) if word.casefold()[:_STEM] in known), "")
    return OwnQuestion(words, Standing.SPECIFIC if shared else Standing.GENERAL, shared)


def _answered_on(words: str, role: Role) -> int:
    """The line of the page that answers the question, 0 where none does."""
    named = next((kpi.line for kpi in role.kpis if kpi.name.casefold() in words.casefold()), 0)
    if named and _MEANS.search(words):
        return named
    lists = ((_KPIS, role.kpis), (_ACTIVITIES, role.activities), (_STAGES, role.stages))
    return next((items[0].line for asks, items in lists if items and asks.search(words)), 0)


def _page_words(role: Role) -> frozenset[str]:
    """The telling words of the activities and KPIs, by their stems."""
    texts = [f"{activity.name} {activity.text}" for activity in role.activities]
    texts += [kpi.name for kpi in role.kpis]
    return frozenset(
        word.casefold()[:_STEM] for text in texts for word in _WORD.findall(text) if not _COMMON.match(word)
    )
