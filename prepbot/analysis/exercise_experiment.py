"""Whether a next step can be tested: it names a change, a measure, and a rule by which it succeeds or stops."""

import re
from collections.abc import Iterator, Sequence

from prepbot.analysis.cues import experiment_cues
from prepbot.analysis.exercise_figures import tracked_as
from prepbot.analysis.figures import figures_of
from prepbot.analysis.kpi_names import KpiNames
from prepbot.analysis.normalise import PlainText, normalise
from prepbot.analysis.words import words_of
from prepbot.domain.evidence import Span
from prepbot.domain.exercise import ExperimentTask
from prepbot.domain.exercise_marks import ExperimentMark

_PIECE = re.compile(r"(?:(?<!\d)[.!?;,:]|[.!?;](?=\s+[A-Z]))\s+|\n+|\s+(?=(?:and|then|until|if|unless|but)\b)")
_FEWEST = 2  # words with a meaning of their own: "test something" is no change yet

Piece = tuple[int, int]


def check_experiment(task: ExperimentTask, answer: str) -> ExperimentMark:
    """The mark of the last task; each part with the words that say it, None where it is missing."""
    plain = normalise(answer)
    pieces = [piece for piece in _pieces(plain.text) if plain.text[slice(*piece)].strip()]
    return ExperimentMark(
        change=_first(plain, (piece for piece in pieces if _changes(plain.text[slice(*piece)]))),
        measure=_measure(plain, task, pieces),
        rule=_first(plain, (piece for piece in pieces if _rules(plain.text[slice(*piece)]))),
    )


def _pieces(text: str) -> Iterator[Piece]:
    start = 0
    for found in _PIECE.finditer(text):
        yield start, found.start()
        start = found.end()
    yield start, len(text)


def _first(plain: PlainText, pieces: Iterator[Piece]) -> Span | None:
    piece = next(pieces, None)
    return plain.span(*piece) if piece else None


def _changes(words: str) -> bool:
    """Whether a piece says an action on something."""
    cues = experiment_cues()
    if cues["measure"].match(words.strip()):
        return False
    return any(_own_words(words[found.end() :]) >= _FEWEST for found in cues["change"].finditer(words))


def _own_words(words: str) -> int:
    """How many words say more than "it", "something" or "better"."""
    vague = experiment_cues()["vague"]
    return sum(not vague.match(word.text) for word in words_of(words))


def _measure(plain: PlainText, task: ExperimentTask, pieces: Sequence[Piece]) -> Span | None:
    """What is measured: a KPI of the table by name, or "measure", "count" and the like with something that counts."""
    cues = experiment_cues()
    for start, end in pieces:
        words = plain.text[start:end]
        said = cues["measure"].search(words)
        if said and cues["measurable"].search(words):
            return plain.span(start, end)
    hits = KpiNames([tracked_as(metric) for metric in task.metrics]).find(words_of(plain.text))
    return plain.span(hits[0].start, hits[0].end) if hits else None


def _rules(words: str) -> bool:
    """Whether a piece sets a threshold or an end: a condition with a figure, or one that needs none."""
    cues = experiment_cues()
    return bool(cues["rule"].search(words)) and (bool(figures_of(words)) or bool(cues["certain"].search(words)))
