"""Where a model's quotation stands in the candidate's answers: exactly, or nearly and then as the answer has it."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from rapidfuzz import fuzz

from prepbot.domain.evidence import Span
from prepbot.domain.quoting import whole_words

NEAR = 90
"""The least likeness, of 100, at which words that are not quoted exactly are taken for those of the answer."""

_LEAST_WORDS = 2
_LONG = 6  # words: a shorter quotation is like a piece of any page
_PLAIN = str.maketrans("‘’‛ʼ`´“”„«»‹›‐‑‒–—−\u00a0\u202f", "''''''\"\"\"\"\"<>------  ")
_EDGES = " \"'.,;:!?…-[]()"
_WORDS = re.compile(r"\w[\w'%-]*")
# A quotation with another number, another subject or another "not" is another statement, however like.
_TELLING = re.compile(r"\d+|\b(?:not?|never|none|nobody|i|we|without|if|would)\b|n't\b")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quotation stands. `span` is None where it was dropped, and `why` then says why."""

    span: Span | None
    why: str = ""


def find_quote(quote: str, answers: Sequence[str], beyond: Iterable[Span] = (), elsewhere: Iterable[str] = ()) -> Place:
    """Where `quote` stands in the answers of a unit, whole words of it.

    `beyond` are spans that nothing may be quoted from, `elsewhere` the texts of others (question, follow-ups, role
    page): what stands there too is nobody's own word.
    """
    wanted = folded(quote)[0].strip(_EDGES)
    if len(wanted.split()) < _LEAST_WORDS:
        return Place(None, "no quotation" if not wanted else "too short to be found")
    if any(_stands_in(wanted, folded(text)[0]) for text in elsewhere):
        return Place(None, "it stands in the question or on the role page")
    found = _exactly(wanted, answers) or _nearly(wanted, answers)
    if found is None:
        return Place(None, "it does not stand in the answer")
    if any(_overlap(found, span) for span in beyond):
        return Place(None, "it stands in words that were set aside")
    return Place(found)


@lru_cache(maxsize=256)
def folded(text: str) -> tuple[str, tuple[int, ...]]:
    """The text in lower case, with plain quotation marks and single blanks, and the offset of each character in it."""
    chars: list[str] = []
    origin: list[int] = []
    for offset, char in enumerate(text):
        for plain in char.translate(_PLAIN).casefold():
            doubled = plain.isspace() and (not chars or chars[-1] == " ")
            if doubled or unicodedata.category(plain) == "Cf":
                continue
            chars.append(" " if plain.isspace() else plain)
            origin.append(offset)
    return "".join(chars), tuple(origin)


def _stands_in(wanted: str, text: str) -> bool:
    if wanted in text:
        return True
    return len(wanted.split()) >= _LONG and len(wanted) <= len(text) and fuzz.partial_ratio(wanted, text) >= NEAR


def _exactly(wanted: str, answers: Sequence[str]) -> Span | None:
    """The first place with whole words, else the first place at all, widened to whole words."""
    places = [
        (turn, found.start(), found.start() + len(wanted))
        for turn, answer in enumerate(answers)
        for found in re.finditer(f"(?={re.escape(wanted)})", folded(answer)[0])
    ]
    spans = [_span(turn, start, end, answers[turn]) for turn, start, end in places]
    whole = (s for s, at in zip(spans, places, strict=True) if (s.start, s.end) == _origin(at, answers))
    return next(whole, spans[0] if spans else None)


def _origin(place: tuple[int, int, int], answers: Sequence[str]) -> tuple[int, int]:
    turn, start, end = place
    origin = folded(answers[turn])[1]
    return origin[start], origin[end - 1] + 1


def _span(turn: int, start: int, end: int, answer: str) -> Span:
    first, last = _origin((0, start, end), [answer])
    return Span(*whole_words(Span(first, last), answer), turn)


def _nearly(wanted: str, answers: Sequence[str]) -> Span | None:
    """The likest whole words over all answers, where they are like enough and tell the same."""
    best: tuple[float, Span] | None = None
    for turn, answer in enumerate(answers):
        text = folded(answer)[0]
        found = fuzz.partial_ratio_alignment(wanted, text, score_cutoff=NEAR) if len(wanted) <= len(text) else None
        for start, end in _whole_words_near(text, found.dest_start, found.dest_end) if found else ():
            likeness = fuzz.ratio(wanted, text[start:end])
            like_enough = likeness >= NEAR and _tells_the_same(wanted, text[start:end])
            if like_enough and (best is None or likeness > best[0]):
                best = likeness, _span(turn, start, end, answer)
    return best[1] if best else None


def _whole_words_near(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The ranges of whole words that begin and end with the words at the two places, or just inside them."""
    words = [found.span() for found in _WORDS.finditer(text)]
    touched = [place for place, (left, right) in enumerate(words) if left < end and start < right]
    for first, last in product(touched[:2], touched[-2:]):
        if last - first + 1 >= _LEAST_WORDS:
            yield words[first][0], words[last][1]


def _tells_the_same(wanted: str, found: str) -> bool:
    return Counter(_TELLING.findall(wanted)) == Counter(_TELLING.findall(found))


def _overlap(left: Span, right: Span) -> bool:
    return left.turn == right.turn and left.start < right.end and right.start < left.end
