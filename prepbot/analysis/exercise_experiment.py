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

_PIECE = re.compile(r"(?:(?<!\d)[.!?;,:]|[.!?;](?=\s+[A-Z]))\s+|\n+|(?<!\s)\s+(?=(?:and|then|until|if|unless|but)\b)")
_CLAUSE = re.compile(r"(?:(?<!\d)[.!?;,:]|[.!?;](?=\s+[A-Z]))\s+|\n+|(?<!\s)\s+(?=(?:then|until|if|unless|but)\b)")
_RECKONS = re.compile(r"(?i)\bdivided\s+by\b|[÷=]")
_FEWEST = 2  # words with a meaning of their own: "test something" is no change yet

Piece = tuple[int, int]


def check_experiment(task: ExperimentTask, answer: str) -> ExperimentMark:
    """The mark of the last task; each part with the words that say it, None where it is missing."""
    plain = normalise(answer)
    text = plain.text
    pieces, clauses = list(_cut(text, _PIECE)), list(_cut(text, _CLAUSE))
    hits = KpiNames([tracked_as(metric) for metric in task.metrics]).find(words_of(text))
    kpis = [(hit.start, hit.end) for hit in hits]
    measures = [piece for piece in pieces if _measures(text, piece, kpis)]
    rule = next((piece for judge in (_rules, _lasts) for piece in pieces if judge(text[slice(*piece)])), None)
    change = _change(text, clauses, measures)
    if not measures and (change or rule):
        measures = kpis[-1:]
    return ExperimentMark(
        change=plain.span(*change) if change else None,
        measure=plain.span(*measures[-1]) if measures else None,
        rule=plain.span(*rule) if rule else None,
    )


def _cut(text: str, at: re.Pattern[str]) -> Iterator[Piece]:
    """The text between two cuts, where there is any."""
    start = 0
    for found in [*at.finditer(text), None]:
        end = found.start() if found else len(text)
        if text[start:end].strip():
            yield start, end
        start = found.end() if found else end


def _change(text: str, clauses: Sequence[Piece], measures: Sequence[Piece]) -> Piece | None:
    """The first clause that says an action on something.

    To count or to check something is a change only where something else is measured afterwards.
    """
    clear = next((clause for clause in clauses if _changes(text[slice(*clause)], counting=False)), None)
    if clear or not measures:
        return clear
    before = (clause for clause in clauses if clause[1] <= measures[-1][0])
    return next((clause for clause in before if _changes(text[slice(*clause)], counting=True)), None)


def _changes(words: str, *, counting: bool) -> bool:
    """Whether a clause says an action on something; "Set-up hours divided by displays" only reckons."""
    if _RECKONS.search(words):
        return False
    cues = experiment_cues()
    measures = [] if counting else [found.span() for found in cues["measure"].finditer(words)]
    return any(
        _own_words(words[found.end() :]) >= _FEWEST
        for found in cues["change"].finditer(words)
        if all(end <= found.start() or found.end() <= start for start, end in measures)
    )


def _own_words(words: str) -> int:
    """How many words say more than "it", "something" or "better"."""
    vague = experiment_cues()["vague"]
    return sum(not vague.match(word.text) for word in words_of(words))


def _measures(text: str, piece: Piece, kpis: Sequence[Piece]) -> bool:
    """Whether a piece measures or counts something, or watches a KPI of the table or what else can be counted."""
    cues = experiment_cues()
    words = text[slice(*piece)]
    strict = cues["strict"].search(words)
    if strict and _own_words(words[strict.end() :]):
        return True
    watched = cues["measurable"].search(words) or any(piece[0] <= kpi[0] < piece[1] for kpi in kpis)
    return bool(cues["measure"].search(words) and watched)


def _rules(words: str) -> bool:
    """Whether a piece sets a threshold or an end: a condition with a figure, or one that needs none."""
    cues = experiment_cues()
    figured = any(not figure.weak for figure in figures_of(words))
    return bool(cues["rule"].search(words)) and (figured or bool(cues["certain"].search(words)))


def _lasts(words: str) -> bool:
    """Whether a piece says how long it runs, or that chance has to be ruled out."""
    cues = experiment_cues()
    timed = any(figure.unit is Unit.TIME for figure in figures_of(words))
    return (timed and bool(cues["duration"].search(words))) or bool(cues["chance"].search(words))
