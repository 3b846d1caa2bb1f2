"""The candidate's own questions against the role page: about this work or for any employer, and answered there already.

A question is specific where it lies nearer to an item of the page than to what any employer could be asked; without
sentence vectors, where it shares a telling word with the page. It is answered there where it asks for one of the lists
that a page is made of, for what a KPI means, or whether an activity belongs to the work.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from prepbot.domain.role import Kpi, Role

LEAN = 0.06
"""How much nearer to the page than to a general question makes a question specific (difference of cosines) …"""
LEAN_WITH_WORD = -0.1
"""… and how much where it has a telling word of the page besides."""
NEAR_ACTIVITY = 0.3
"""The cosine from which on "Would I …?" asks about an activity. All three were chosen on the dev half of
evals/datasets/own_questions.jsonl."""

_SENTENCE = re.compile(r"(?<=[.?!])\s+|\s*\n\s*")
_OPENS = re.compile(
    r"(?i)^(?:(?:and|also|then|first|second|finally)[, ]+)*(?:what|how|which|who|when|where|why|do|does|did|is|are|can|"
    r"could|would|will|has|have)\b.{12,}|\bi(?: would|['’]d) (?:ask|like to (?:ask|know)|want to know)\b"
)
_INVITED = re.compile(r"(?i)^(?:do you|any) .{0,20}questions?\b")
_BRACKETS = re.compile(r"\s*\([^()]*\)")
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
    """One question in the candidate's words.

    `shared` is its word that the page has too, or what of the page it is near to; `line` is where its answer stands.
    """

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
                return "Nothing of the role page is in it yet. Tie it to something there."
            case Standing.ANSWERED:
                return f"The role page answers it, from line {self.line} on. Ask what the page leaves open."


@dataclass(frozen=True, slots=True)
class OwnQuestionRules:
    """knowledge/own_questions.toml: what any employer could be asked, and the patterns of what a page answers."""

    general: tuple[str, ...]
    kpis: re.Pattern[str]
    activities: re.Pattern[str]
    stages: re.Pattern[str]
    stage: re.Pattern[str]
    means: re.Pattern[str]
    own_task: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class QuestionNearness:
    """Cosines of a question to the nearest item of the page, the nearest general question and the nearest activity.

    `item` is the name of the page's item, `activity_line` the activity's line, 0 where the page lists none.
    """

    item: str
    page: float
    general: float
    activity: float
    activity_line: int


def asked(answers: Sequence[str]) -> tuple[str, ...]:
    """Every question in the answers, in their order; none where nothing is asked."""
    return tuple(words for answer in answers for words in _asked(answer))


def page_items(role: Role) -> tuple[tuple[str, str], ...]:
    """What a question may be about, activities first: each item's name and its words."""
    return (
        *((activity.name, f"{activity.name}: {activity.text}") for activity in role.activities),
        *((kpi.name, f"{kpi.name}: {kpi.definition}") for kpi in role.kpis),
        *((", ".join(question.topics) or question.text, question.text) for question in role.questions),
    )


def judged(words: str, role: Role, rules: OwnQuestionRules, near: QuestionNearness | None) -> OwnQuestion:
    """A question as it stands to the page. `near` is None without sentence vectors; words decide alone then."""
    line = _answered_on(words, role, rules, near)
    if line:
        return OwnQuestion(words, Standing.ANSWERED, line=line)
    known = _stems(_page_texts(role))
    shared = next((word for word in _WORD.findall(words) if word.casefold()[:_STEM] in known), "")
    if near is None:
        return OwnQuestion(words, Standing.SPECIFIC if shared else Standing.GENERAL, shared)
    if near.page - near.general >= (LEAN_WITH_WORD if shared else LEAN):
        return OwnQuestion(words, Standing.SPECIFIC, shared or near.item)
    return OwnQuestion(words, Standing.GENERAL)


def _asked(answer: str) -> Iterator[str]:
    for sentence in _SENTENCE.split(answer):
        words = " ".join(sentence.split())
        if (words.endswith("?") or _OPENS.search(words)) and not _INVITED.match(words):
            yield words


def _answered_on(words: str, role: Role, rules: OwnQuestionRules, near: QuestionNearness | None) -> int:
    """The line of the page that answers the question, 0 where none does."""
    said = words.casefold()
    if rules.means.search(words):
        defined = (kpi for kpi in role.kpis if kpi.definition and any(name in said for name in _names(kpi)))
        if kpi := next(defined, None):
            return kpi.line
    lists = ((rules.kpis, role.kpis), (rules.activities, role.activities), (rules.stages, role.stages))
    for asks, items in lists:
        if items and asks.search(words):
            return items[0].line
    if rules.stage.search(words):
        described = (stage.line for stage in role.stages if stage.description and stage.name.casefold() in said)
        if line := next(described, 0):
            return line
    return _own_task_on(words, role, near) if rules.own_task.search(words) else 0


def _names(kpi: Kpi) -> tuple[str, ...]:
    """A KPI's name without what stands in brackets."""
    return tuple(name for name in (_BRACKETS.sub("", kpi.name).strip().casefold(),) if name)


def _own_task_on(words: str, role: Role, near: QuestionNearness | None) -> int:
    """The line of the activity that the question asks about: the nearest, else the first that shares a telling word.

    0 where none is meant.
    """
    if near is not None and near.activity >= NEAR_ACTIVITY:
        return near.activity_line
    stems = _stems([words])
    sharing = (one.line for one in role.activities if stems & _stems([f"{one.name} {one.text}"]))
    return next(sharing, 0)


def _page_texts(role: Role) -> list[str]:
    """The words of the activities, KPIs and questions of the page."""
    texts = [f"{activity.name} {activity.text}" for activity in role.activities]
    texts += [kpi.name for kpi in role.kpis]
    texts += [f"{question.text} {' '.join(question.topics)}" for question in role.questions]
    return texts


def _stems(texts: Sequence[str]) -> frozenset[str]:
    """The telling words of texts by their stems."""
    return frozenset(
        word.casefold()[:_STEM] for text in texts for word in _WORD.findall(text) if not _COMMON.match(word)
    )
