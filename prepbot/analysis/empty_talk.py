"""Long stretches of an answer in which nobody does anything: praise of the company, truisms, weather, definitions.

A run is weighed by its words. A sentence that speaks of nobody's doing adds its words; one that may belong to a story
adds nothing or takes some away; one in which the speaker acts, or a number stands, ends almost every run. The weights
are set so that no run in the open labelled answers of bands 3 to 5 is heavy enough (`python -m evals.gaming`).
"""

import re
from collections.abc import Sequence
from itertools import accumulate

from prepbot.analysis.cues import load_cues, word_list
from prepbot.analysis.ownership import acted, subjects
from prepbot.analysis.sentences import Segment
from prepbot.analysis.words import words_of

_ACTS, _MAY_ACT, _TELLS = -45, -8, 0
_HEAVY = {1: 84, 2: 48, 3: 32}  # how heavy a run must be, by how many sentences outside it act
_SMALL_WORDS = word_list("english")
_FLUENT = 0.2  # the least share of small words in a fluent sentence
_FRINGE = 3  # sentences between a run and the edge of the answer that go with it, where nobody acts in them
_BARE_START = re.compile(
    r"(?i)^\W*(?:then |and |so |first |also |next )?"
    r"(?:(?!speed\b|indeed\b|need\b)[a-z]{3,}ed|built|wrote|made|took|set|put|ran|cut|sent|gave|kept|bought|sold)\b"
)
_OURS = re.compile(r"(?i)\b(?:we|us|our)\b")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z]\w*[a-z]\b|\b[A-Z]{2,}\b|\b[A-Z][a-z]+[A-Z]\w+")


def empty_talk(segments: Sequence[Segment]) -> list[bool]:
    """Which segments belong to the heaviest run, none where it is too light or where little else is said."""
    weights = [_weight(segment.text) for segment in segments]
    start, end, heaviest = _heaviest(weights)
    acting = sum(weight == _ACTS for index, weight in enumerate(weights) if not start <= index < end)
    if not acting or heaviest < _HEAVY[min(acting, max(_HEAVY))]:
        return [False] * len(segments)
    start = 0 if start <= _FRINGE and _ACTS not in weights[:start] else start
    end = len(weights) if len(weights) - end <= _FRINGE and _ACTS not in weights[end:] else end
    # The first of the run stays: the last word of an answer before the talk is often as light as the talk.
    return [start + (start > 0) <= index < end for index in range(len(segments))]


def _weight(text: str) -> int:
    cues = load_cues().sentence
    told = bool(cues["past_tense"].search(text))
    acts = acted(text) or _BARE_START.match(text) or (told and _OURS.search(text))
    if acts or any(cues[name].search(text) for name in ("number", "would_verb", "assigned")):
        return _ACTS
    if subjects(text) or _clipped(text) or _NAME.search(text) or any(cues[name].search(text) for name in _HINTS):
        return _MAY_ACT
    return _TELLS if told else len(text.split())


def _clipped(text: str) -> bool:
    """Whether it is written in note form ("Last test: sticky button on phones, traffic flat"); empty talk is fluent."""
    words = [word.text.lower() for word in words_of(text)]
    return len(words) >= 8 and sum(word in _SMALL_WORDS for word in words) < _FLUENT * len(words)


_HINTS = ("imperative", "place", "goal", "number_word")


def _heaviest(weights: Sequence[int]) -> tuple[int, int, int]:
    """The run of greatest sum: where it starts and ends, and its sum (Kadane's scan, by prefix sums)."""
    sums = list(accumulate(weights, initial=0))
    lowest, best = 0, (0, 0, 0)
    for end, total in enumerate(sums):
        if total <= sums[lowest]:
            lowest = end
        if total - sums[lowest] > best[2]:
            best = (lowest, end, total - sums[lowest])
    return best
