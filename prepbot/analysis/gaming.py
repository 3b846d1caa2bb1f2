"""What is no answer: text for the grader, steering, empty talk, gibberish, other languages, copies, KPI piles."""

import json
import re
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from prepbot.analysis.binding import Mention
from prepbot.analysis.cues import load_cues, word_list
from prepbot.analysis.empty_talk import empty_talk
from prepbot.analysis.grader_talk import freed_from_note, marked, without_notes
from prepbot.analysis.kpi_names import NameHit
from prepbot.analysis.normalise import PlainText
from prepbot.analysis.ownership import subjects
from prepbot.analysis.passage import Passage
from prepbot.analysis.sentences import Segment, segments_of
from prepbot.analysis.words import ARTICLES, form_key, words_of
from prepbot.domain.evidence import Flag
from prepbot.resources import resource

_VERY_SHORT = 30
_MANY_SAID, _OWN_OF_MANY = 12, 0.25  # a long copy has room for a few words that the question did not have
_SCRAP = 8  # fewer words than this beside an instruction to the grader are its rest, no answer
ENGLISH = word_list("english")
_FOREIGN = word_list("foreign")
_LABELS = word_list("pile_filler")
_ASKING = frozenset({"question", "answer", "asked", "ask", "like", "say", "following", "good", "exactly", "understood"})
_LEAD_IN = re.compile(
    r"(?i)^\W*(?:(?:a |that's a |that is a )?(?:very )?(?:good|great|interesting) question|you asked"
    r"|let me (?:first )?repeat|(?:so )?(?:the|your) question (?:is|was)|that is exactly what)\b.{0,60}$"
)
_LETTER_RUN = re.compile(r"[bcdfghjklmnpqrstvwxz]{5,}|(.)\1{3,}|^[^aeiouyàáâäåæèéêëìíîïòóôöøùúûü]{4,}$")


@dataclass(frozen=True, slots=True)
class Sifted:
    """The segments that answer, those set aside, what the latter were, and where empty talk began if there was any."""

    kept: tuple[Segment, ...]
    set_aside: tuple[Segment, ...]
    flags: frozenset[Flag]
    talk_from: int | None = None


def sift(segments: Sequence[Segment], question: str = "", page: Sequence[str] = ()) -> Sifted:
    """Set aside what is no answer: words for the grader, steering, empty talk, the question, sentences said twice.

    None of it helps and none of it harms; only where nothing else is left does it gate the grade. `page` holds the
    lines of the role page, which a candidate may only read out.
    """
    cut = [without_notes(freed) for segment in segments for freed in freed_from_note(segment)]
    segments = [segment for pieces in cut for segment, _ in pieces]
    notes = [note for pieces in cut for _, note in pieces]
    whole = [len(pieces) == 1 for pieces in cut for _ in pieces]
    injected = [a or b for a, b in zip(marked(segments, whole), notes, strict=True)]
    steering = [not inj and _steers(segment) for segment, inj in zip(segments, injected, strict=True)]
    aside = [a or b or c for a, b, c in zip(injected, steering, _repeated(segments), strict=True)]
    for said_beside in (_foreign_beside_english, lambda rest: _restated(rest, [question, *page])):
        aside = _also(segments, aside, said_beside)
    said, aside = aside, _also(segments, aside, empty_talk)
    talk = [segment.start for segment, was, out in zip(segments, said, aside, strict=True) if out and not was]
    flags = {Flag.INJECTION} if any(injected) else set()
    flags |= {Flag.STEERING} if any(steering) else set()
    kept = tuple(segment for segment, out in zip(segments, aside, strict=True) if not out)
    if Flag.INJECTION in flags and sum(len(segment.text.split()) for segment in kept) < _SCRAP:
        flags.add(Flag.NO_ANSWER)
    out = tuple(segment for segment, out in zip(segments, aside, strict=True) if out)
    return Sifted(kept, out, frozenset(flags), min(talk, default=None))


def _also(
    segments: Sequence[Segment], aside: Sequence[bool], judge: Callable[[Sequence[Segment]], list[bool]]
) -> list[bool]:
    """`aside`, and what `judge` finds among the segments that are left."""
    found = iter(judge([segment for segment, out in zip(segments, aside, strict=True) if not out]))
    return [out or next(found) for out in aside]


def remaining(plain: PlainText, sifted: Sifted) -> tuple[PlainText, tuple[Segment, ...]]:
    """The text without what was set aside, and its segments: a sentence that held a note is whole again."""
    if not sifted.set_aside:
        return plain, sifted.kept
    left = plain.without([(segment.start, segment.end) for segment in sifted.set_aside])
    return left, segments_of(left.text)


def _steers(segment: Segment) -> bool:
    return len(segment.text.split()) <= 14 and any(p.search(segment.text) for p in load_cues().steering)


def _repeated(segments: Sequence[Segment]) -> list[bool]:
    """Which segments repeat an earlier one word for word."""
    seen: set[tuple[str, ...]] = set()
    repeated = []
    for segment in segments:
        key = form_key(segment.text)
        repeated.append(len(key) >= 4 and key in seen)
        seen.add(key)
    return repeated


def _foreign_beside_english(segments: Sequence[Segment]) -> list[bool]:
    """Which segments are in another language, where most of the others are not."""
    foreign = [_other_language(segment.text, least=3) for segment in segments]
    return foreign if 2 * sum(foreign) < len(foreign) else [False] * len(foreign)


def _restated(segments: Sequence[Segment], read_out: Sequence[str]) -> list[bool]:
    """Which segments only say the question or a line of the page again, in whatever order, where more is said."""
    known = [forms for text in read_out if len(forms := _content(text)) >= 3]
    said = [_content(segment.text) - _ASKING for segment in segments]
    restated = [any(_says_again(forms, line) for line in known) for forms in said]
    if all(restated):
        return [False] * len(restated)
    beside = [any(restated[max(at - 1, 0) : at + 2]) for at in range(len(restated))]
    return [
        again or (near and bool(_LEAD_IN.match(segment.text)))
        for again, near, segment in zip(restated, beside, segments, strict=True)
    ]


def _says_again(said: AbstractSet[str], known: AbstractSet[str]) -> bool:
    return len(said & known) >= max(4, 0.6 * min(len(known), 12)) and len(said - known) <= 0.15 * len(said)


@lru_cache(maxsize=4096)
def _content(text: str) -> frozenset[str]:
    """The word forms of a text that are no small words."""
    return frozenset(form for form in form_key(text) if form not in ENGLISH)


def piled(passage: Passage, names: Sequence[NameHit | Mention]) -> list[bool]:
    """Which segments are piles of KPI names: four or more side by side, and nobody doing anything with them."""
    piles = []
    for segment in passage.segments:
        here = [name for name in names if segment.start <= name.start < segment.end]
        words = [w for w in passage.words if segment.start <= w.start < segment.end and not w.text.isdigit()]
        named = sum(any(m.start <= word.start < m.end for m in here) for word in words)
        kinds = len({mention.kpi for mention in here})
        dense = named >= (0.5 if kinds < 4 else 0.3) * len(words)
        piles.append(kinds >= 3 and dense and not subjects(segment.text))
    return piles


def word_flags(text: str, question: str) -> frozenset[Flag]:
    """The flags that the words of what is left show by themselves."""
    words = words_of(text)
    if not words:
        return frozenset({Flag.OTHER_LANGUAGE} if _letters(text) > 3 else {Flag.EMPTY})
    flags = set()
    if len(words) < _VERY_SHORT:
        flags.add(Flag.VERY_SHORT)
    if _says_nothing(text):
        flags.add(Flag.NO_ANSWER)
    elif _other_language(text):
        flags.add(Flag.OTHER_LANGUAGE)
    elif _gibberish(text):
        flags.add(Flag.GIBBERISH)
    elif _copied(text, question):
        flags.add(Flag.COPIED_QUESTION)
    return frozenset(flags)


def _says_nothing(text: str) -> bool:
    """Whether every sentence only says that there is no answer, or one does and the rest excuse it."""
    cues = load_cues()
    if cues.no_answer.match(text.strip()):
        return True
    return bool(cues.gives_up.search(text)) and not cues.acts.search(text) and len(words_of(text)) <= 70


def _letters(text: str) -> int:
    return sum(char.isalpha() for char in text)


def _other_language(text: str, least: int = 1) -> bool:
    """Whether most letters are not Latin, or the small words of another language, at least so many, outnumber ours."""
    letters = _letters(text)
    if letters and sum(char.isalpha() and ord(char) > 0x24F for char in text) / letters > 0.5:
        return True
    lower = [word.text.lower() for word in words_of(text)]
    english = sum(word in ENGLISH for word in lower)
    foreign = sum(word in _FOREIGN and word not in ENGLISH for word in lower)
    return len(lower) >= 5 and foreign / len(lower) >= 0.15 and foreign >= least and foreign > 1.5 * english


def _gibberish(text: str) -> bool:
    """Whether too many words exist in no vocabulary, or look like hammering on keys."""
    lower = [word.text.lower() for word in words_of(text) if word.text.isalpha() and not word.text[0].isupper()]
    if not lower:
        return len(text.split()) >= 1 and _letters(text) >= 4 and bool(_LETTER_RUN.search(text.lower()))
    unknown = [word for word in lower if len(word) >= 3 and word not in vocabulary() and not _compound(word)]
    if len(unknown) / len(lower) >= 0.18:
        unknown = [word for word in unknown if not _misspelled(word)]
    hammered = [word for word in unknown if _LETTER_RUN.search(word)]
    function = sum(word in ENGLISH for word in lower) / len(lower)
    if len(lower) < 4:
        return len(hammered) == len(lower) or (len(unknown) == len(lower) and len(hammered) > 0)
    share = len(unknown) / len(lower)
    return share >= 0.35 or (share >= 0.18 and (function < 0.25 or len(hammered) / len(lower) >= 0.1))


def _compound(word: str) -> bool:
    """Whether an unknown word is two known ones, or a known one with an ending."""
    known = vocabulary()
    for ending in ("s", "ed", "ing", "ly", "er", "ers", "d", "ness", "able", "ise", "ised", "isation", "ful", "less"):
        if word.endswith(ending) and (word.removesuffix(ending) in known or word.removesuffix(ending) + "e" in known):
            return True
    return any(word[:cut] in known and word[cut:] in known for cut in range(3, len(word) - 2))


def _misspelled(word: str) -> bool:
    """Whether an unknown word is a known one with a slip or two of the fingers."""
    if len(word) < 4 or _LETTER_RUN.search(word):
        return False
    near = vocabulary_by_letter().get(word[0], ())
    slips = 1 if len(word) < 7 else 2
    return process.extractOne(word, near, scorer=OSA.distance, score_cutoff=slips) is not None


@cache
def vocabulary_by_letter() -> dict[str, tuple[str, ...]]:
    """The known words of four letters and more by their first letter."""
    letters: dict[str, list[str]] = {}
    for word in sorted(vocabulary()):
        if len(word) >= 4:
            letters.setdefault(word[0], []).append(word)
    return {letter: tuple(words) for letter, words in letters.items()}


@cache
def vocabulary() -> frozenset[str]:
    """The whole words of the embedding model's vocabulary: common English, with names and some jargon."""
    data = json.loads(resource("knowledge/minilm/tokenizer.json").read_text(encoding="utf-8"))
    return frozenset(word for word in data["model"]["vocab"] if word.isalpha())


def _copied(text: str, question: str) -> bool:
    """Whether the answer says hardly anything that the question did not say."""
    asked = set(form_key(question))
    said = [form for form in form_key(text) if form not in ENGLISH and form not in ARTICLES]
    if not said or len(asked) < 3:
        return False
    own = [form for form in said if form not in asked]
    if len(said) >= _MANY_SAID:
        return len(own) <= len(said) * _OWN_OF_MANY
    return len(said) >= 3 and len(own) / len(said) <= 0.2


def pile_flags(passage: Passage, mentions: Sequence[Mention], question: str) -> frozenset[Flag]:
    """KPI_PILE where nothing but KPI names is left to say, STUFFING where a pile stands inside an answer."""
    named = [mention for mention in mentions if not mention.whole]
    inside = [any(m.start <= word.start < m.end for m in named) for word in passage.words]
    kinds = len({mention.kpi for mention in named})
    share = sum(inside) / max(len(inside), 1)
    if kinds < 3 or share < 0.3:
        return frozenset()
    rest = [w.form for w, named_ in zip(passage.words, inside, strict=True) if not named_ and w.form not in _LABELS]
    content = {form for form in rest if form not in ENGLISH}
    on_topic = content & (set(form_key(question)) - ENGLISH)
    if share >= 0.5 and (len(content) < 4 or len(on_topic) < min(2, len(content))):
        return frozenset({Flag.KPI_PILE, Flag.STUFFING})
    return frozenset({Flag.STUFFING}) if kinds >= 6 else frozenset()
