"""The deeds of an answer: who did what, alone or together, and what the candidate says not to have done."""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from enum import StrEnum

from prepbot.analysis.contradiction_cues import cue, raw, word_set
from prepbot.analysis.remarks import Reading, Remark
from prepbot.analysis.subjects import Subject, stem, subject_of
from prepbot.analysis.words import words_of

_PERSONS = raw("deed", "persons")
_ACT = rf"(?:[a-z]{{2,}}ed|{'|'.join(raw('deed', 'acts').split())})"
_OF_OTHERS = "|".join(raw("deed", "by_others").split())
_DETERMINER = r"(?i:my|our|the|a|an|their|his|her|another|some)"
_PERSON = rf"{_DETERMINER} (?:[\w'-]+ ){{0,3}}?(?i:{_PERSONS}|{raw('deed', 'by_ending')})"
_NAMED = r"[A-Z][a-z]+(?<!\bWe)(?<!\bIt)(?<!\bThe)(?<!\bThen)(?<!\bThat)(?<!\bThis)(?<!ed)"
# What may stand between a doer and the verb: "my colleague on the early shift took".
_REACHES = (
    r"(?: (?:was|were) the (?:one|ones|person) (?:who|that)|"
    r" (?:who|on|in|from|at|of|with|for)(?: [\w'-]+){0,4}?| (?:then|also|later|first|just|only|even|had|has|have))? "
)
_ACTOR = re.compile(
    rf"(?P<had>\bhad {_DETERMINER} (?:\w+ ){{0,2}}?(?i:{_PERSONS}) (?:{_OF_OTHERS})\b)|"
    rf"(?P<by>\bby (?:{_PERSON}|{_NAMED})\b)|"
    rf"(?P<of>\b(?:was|were|is|are) "
    rf"(?:the (?:idea|work) of (?:{_NAMED}|{_PERSON})|(?:{_NAMED}|{_PERSON})'s(?=[\s,.;]|$)))|"
    rf"(?P<other>\b(?:[Hh]e|[Ss]he|[Tt]hey|{_PERSON}|{_NAMED})\b(?={_REACHES}{_ACT}\b(?! (?:me|us)\b)))|"
    rf"(?P<above>{raw('deed', 'above')})|(?P<only_me>{raw('deed', 'only_me')})|(?P<none_of_us>\b[Nn]one of us\b)|"
    r"(?P<not_me>\bI(?: \w+ly| just| simply)?(?:'ve| have| had| did| was| am| do| could)?(?: never|n't| not)\b|"
    r"\bnot (?:me|mine)\b)|"
    rf"(?P<mine>\b(?:was|were|is|are) (?:all |entirely |completely )?mine\b|{raw('deed', 'mine')})|"
    r"(?P<me>\bI\b)|(?P<we>\b[Ww]e\b)"
)
_VERB = re.compile(rf"(?i)\b{_ACT}\b")
_UNREAL = re.compile(r"(?i)^.{0,30}?(?:\b(?:would|should|could|might|will|if)\b|'d\b|'ll\b)")
_POINTS_BACK = re.compile(r"(?i)\b(?:it|them|this|these|those)\b")
_HEADLINE = 9  # words: "All of our job descriptions."
_PLAIN = frozenset({"me", "not_me", "none_of_us", "only_me", "we", "other"})


class Actor(StrEnum):
    """Who did something."""

    ME = "me"
    WE = "we"
    OTHER = "other"
    NOT_ME = "not me"


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done, with its acting verbs by stem.

    `own` is what the stretch speaks of, `about` also what its "it" points back to. `alone` says that the candidate
    stresses to have done it alone, `together` that it was done by several. `plain` says that the doer stands before the
    verb: "was mine" and "from above" leave open what was done.
    """

    start: int
    end: int
    remark: Remark
    actor: Actor
    own: Subject
    about: Subject
    verbs: frozenset[str]
    alone: bool
    together: bool
    plain: bool


def deeds_of(reading: Reading) -> tuple[Deed, ...]:
    """The deeds of an answer, imagined and corrected ones left out."""
    return tuple(deed for remark in reading.remarks if not remark.corrects for deed in _deeds(reading, remark))


def _deeds(reading: Reading, remark: Remark) -> Iterator[Deed]:
    for doer, start, end, plain in _stretches(remark.text):
        text = remark.text[start:end]
        verbs = frozenset(stem(found.group()) for found in _VERB.finditer(text))
        if plain and _UNREAL.search(text):
            continue
        alone = doer is Actor.ME and bool(cue("deed", "alone").search(text))
        together = bool(cue("deed", "together").search(text))
        if plain and not (verbs or alone or (together and doer is Actor.WE)):
            continue
        shared = doer is Actor.NOT_ME and bool(cue("deed", "alone").search(text))  # "I did not do it alone"
        actor, together = (Actor.WE, True) if shared else (doer, together)
        own = subject_of(text)
        about = {**_about(reading, remark, text, own.keys() - verbs), **own}
        yield Deed(remark.start + start, remark.start + end, remark, actor, own, about, verbs, alone, together, plain)


def _about(reading: Reading, remark: Remark, text: str, own: Set[str]) -> dict[str, float]:
    """What the sentence before adds to a deed that says too little: "I wrote them" does not say what was written."""
    before = reading.before(remark)
    if before is None or not _POINTS_BACK.search(text):
        return {}
    headline = len(words_of(before.text)) <= _HEADLINE and not _VERB.search(before.text)
    return dict(before.near) if headline or len(own) <= 1 else {}


def _stretches(text: str) -> list[tuple[Actor, int, int, bool]]:
    """The sentence cut at each new actor, as (actor, start, end, whether it is told plainly, actor before verb).

    What stands before the first actor is the first one's; what "was made by them" or "is mine" stands before it.
    """
    marks = [found for found in _ACTOR.finditer(text) if found.group().lower() not in _no_names()]
    made: list[tuple[Actor, int, int, bool]] = []
    for index, found in enumerate(marks):
        start = found.start() if made else 0
        end = marks[index + 1].start() if index + 1 < len(marks) else len(text)
        actor, plain = _actor(found), found.lastgroup in _PLAIN
        if made and (made[-1][0] is actor or found.lastgroup == "by"):
            _, start, _, was_plain = made.pop()
            plain = plain and was_plain
        made.append((actor, start, end, plain))
    return made


def _actor(found: re.Match[str]) -> Actor:
    if found.lastgroup in {"me", "mine", "only_me"}:
        return Actor.ME
    if found.lastgroup in {"not_me", "none_of_us"}:
        return Actor.NOT_ME
    return Actor.WE if found.lastgroup == "we" else Actor.OTHER


def _no_names() -> frozenset[str]:
    """Words that a sentence opens with, and that only look like a name."""
    return word_set("words", "empty") - {"i", "we", "he", "she", "they"}
