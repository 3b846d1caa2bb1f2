"""Whether a next step can be tested: it names a change, a measure, and a rule by which it succeeds or stops."""

import re
from collections.abc import Iterator, Sequence

from prepbot.analysis.cues import experiment_cues
from prepbot.analysis.exercise_figures import tracked_as
from prepbot.analysis.figures import figures_of
from prepbot.analysis.kpi_names import KpiNames
from prepbot.analysis.normalise import normalise
from prepbot.analysis.quantities import Unit
from prepbot.analysis.words import words_of
from prepbot.domain.exercise import ExperimentTask
from prepbot.domain.exercise_marks import ExperimentMark

_PIECE = re.compile(r"(?:(?<!\d)[.!?;,:]|[.!?;](?=\s+[A-Z]))\s+|\n+|\s+(?=(?:and|then|until|if|unless|but)\b)")
_CLAUSE_END = re.compile(r"[.!?;,](?=\s|$)|\n|\s+(?=(?:until|if|unless|but)\b)")
_RULES_OUT_CHANCE = re.compile(r"(?i)\bsignifican(?:t|ce|tly)\b|\bconfidence (?:level|interval)")
_FEWEST = 2  # words with a meaning of their own: "test something" is no change yet

Piece = tuple[int, int]


def check_experiment(task: ExperimentTask, answer: str) -> ExperimentMark:
    """The mark of the last task; each part with the words that say it, None where it is missing."""
    plain = normalise(answer)
    pieces = [piece for piece in _pieces(plain.text) if plain.text[slice(*piece)].strip()]
    hits = KpiNames([tracked_as(metric) for metric in task.metrics]).find(words_of(plain.text))
    kpis = [(hit.start, hit.end) for hit in hits]
    change = next((piece for piece in pieces if _changes(plain.text[slice(*piece)])), None)
    rule = next((piece for judge in (_rules, _lasts) for piece in pieces if judge(plain.text[slice(*piece)])), None)
    measure = next((piece for piece in pieces if _measures(plain.text, piece, kpis)), None)
    if measure is None and kpis and (change or rule):
        measure = kpis[-1]
    return ExperimentMark(
        change=plain.span(change[0], _clause_end(plain.text, change[1])) if change else None,
        measure=plain.span(*measure) if measure else None,
        rule=plain.span(*rule) if rule else None,
    )


def _pieces(text: str) -> Iterator[Piece]:
    start = 0
    for found in _PIECE.finditer(text):
        yield start, found.start()
        start = found.end()
    yield start, len(text)


def _clause_end(text: str, end: int) -> int:
    """The end of the clause: a change is quoted with what is joined to it by "and"."""
    found = _CLAUSE_END.search(text, end)
    return found.start() if found else len(text)


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


def _measures(text: str, piece: Piece, kpis: Sequence[Piece]) -> bool:
    """Whether a piece measures, counts or compares a KPI of the table or something else that can be counted."""
    cues = experiment_cues()
    words = text[slice(*piece)]
    if not cues["measure"].search(words):
        return False
    return bool(cues["measurable"].search(words)) or any(piece[0] <= kpi[0] < piece[1] for kpi in kpis)


def _rules(words: str) -> bool:
    """Whether a piece sets a threshold or an end: a condition with a figure, or one that needs none."""
    cues = experiment_cues()
    figured = any(not figure.weak for figure in figures_of(words))
    return bool(cues["rule"].search(words)) and (figured or bool(cues["certain"].search(words)))


def _lasts(words: str) -> bool:
    """Whether a piece says how long it runs, or that chance has to be ruled out."""
    cues = experiment_cues()
    timed = any(figure.unit is Unit.TIME for figure in figures_of(words))
    return (timed and bool(cues["duration"].search(words))) or bool(_RULES_OUT_CHANCE.search(words))
