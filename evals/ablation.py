"""Answers with one thing taken away: the criterion that stood on it has to drop, and the others have to stay.

Taken from answers of bands 4 and 5: the sentences that hold the result, or the number of a KPI, or the action, where
every sentence is labelled; elsewhere just the words that the label shows. A criterion counts as untouched where none
of its words, as labelled or as read before, stood in what was taken away.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from evals.answers import Scored
from evals.labelled import LabelledAnswer
from evals.surface import has_number
from prepbot.domain.rubric import CRITERIA, Grade

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Removal:
    """One kind of taking away: which sentences go, and which criterion then has to drop.

    `reached` is the level that the criterion must have met before, so that there is something to lose.
    """

    name: str
    criterion: str
    reached: int
    sentences: Callable[[LabelledAnswer], set[int]]
    words: Callable[[LabelledAnswer], list[str]]


@dataclass(frozen=True, slots=True)
class Ablated:
    """What became of one answer: whether the criterion dropped, and which untouched criteria moved."""

    removal: Removal
    before: Scored
    after: Scored
    dropped: bool
    untouched: tuple[str, ...]
    moved: tuple[str, ...]


def _stating(part: str) -> Callable[[LabelledAnswer], set[int]]:
    return lambda row: {place for place, (_, parts) in enumerate(row.sentences) if part in parts}


def _with_the_number(row: LabelledAnswer) -> set[int]:
    """Sentences with a number that hold words of a quantified KPI."""
    shown = [words for kpi in row.kpis if kpi.level == "quantified" if (words := find(row.answer, kpi.evidence))]
    places = enumerate(sentence_places(row))
    return {place for place, one in places if has_number(row.answer[slice(*one)]) and any(_meet(one, s) for s in shown)}


def _shown(part: str) -> Callable[[LabelledAnswer], list[str]]:
    return lambda row: [row.parts[part]] if part in row.parts else []


def _quantified(row: LabelledAnswer) -> list[str]:
    return [kpi.evidence for kpi in row.kpis if kpi.level == "quantified"]


REMOVALS = (
    Removal("result", "structure", 3, _stating("result"), _shown("result")),
    Removal("number", "kpis", 3, _with_the_number, _quantified),
    Removal("action", "structure", 3, _stating("action"), _shown("action")),
)


def eligible(row: LabelledAnswer) -> bool:
    """Complete, and every sentence labelled and found."""
    return row.band >= 4 and bool(row.sentences) and len(sentence_places(row)) == len(row.sentences)


def shortened(row: LabelledAnswer, removal: Removal) -> tuple[LabelledAnswer, list[Range]] | None:
    """The answer without those sentences, and where they stood; None where there are none, or nothing would be left."""
    gone = removal.sentences(row)
    if not gone or len(gone) == len(row.sentences):
        return None
    kept = " ".join(text for place, (text, _) in enumerate(row.sentences) if place not in gone)
    return replace(row, answer=kept), [one for place, one in enumerate(sentence_places(row)) if place in gone]


def without_words(row: LabelledAnswer, removal: Removal) -> tuple[LabelledAnswer, list[Range]] | None:
    """The same for an answer without labelled sentences, of which only the shown words go.

    None as well where the words of another part stand in them: that part would go too.
    """
    gone = sorted(found for words in removal.words(row) if (found := find(row.answer, words)))
    others = [find(row.answer, words) for part, words in row.parts.items() if part != removal.name]
    if not gone or any(other and _meet(other, one) for other in others for one in gone if removal.name in row.parts):
        return None
    left, start = [], 0
    for a, b in gone:
        left.append(row.answer[start:a])
        start = max(start, b)
    kept = " ".join(" ".join([*left, row.answer[start:]]).split())
    return (replace(row, answer=kept), gone) if kept else None


def compared(removal: Removal, before: Scored, after: Scored, gone: Sequence[Range]) -> Ablated | None:
    """What changed; None where the criterion was not reached before, so that nothing could drop."""
    was, now = before.graded, after.graded
    if not isinstance(was, Grade) or was.level(removal.criterion) < removal.reached:
        return None
    levels = {one.id: now.level(one.id) if isinstance(now, Grade) else 0 for one in CRITERIA}
    touched = {removal.criterion} | _labelled_in(before.row, gone) | _read_in(was, gone)
    untouched = tuple(one.id for one in CRITERIA if one.id not in touched)
    moved = tuple(one for one in untouched if levels[one] != was.level(one))
    dropped = levels[removal.criterion] < was.level(removal.criterion)
    return Ablated(removal, before, after, dropped, untouched, moved)


def _labelled_in(row: LabelledAnswer, gone: Sequence[Range]) -> set[str]:
    """The criteria whose labelled words stood in what was taken away."""
    shown = [("structure", words) for part, words in row.parts.items() if part != "reflection"]
    shown += [("ownership", row.parts["action"])] if "action" in row.parts else []
    shown += [("reflection", row.parts["reflection"])] if "reflection" in row.parts else []
    shown += [("kpis", kpi.evidence) for kpi in row.kpis]
    return {name for name, words in shown if (at := find(row.answer, words)) and any(_meet(at, one) for one in gone)}


def _read_in(graded: Grade, gone: Sequence[Range]) -> set[str]:
    """The criteria for which words of what was taken away had earned something."""
    return {
        one.criterion
        for one in graded.criteria
        if any(_meet((span.start, span.end), taken) for span in one.spans for taken in gone)
    }


def sentence_places(row: LabelledAnswer) -> list[Range]:
    """Where the labelled sentences stand, in order; those that are not found are left out."""
    places, start = [], 0
    for text, _ in row.sentences:
        at = row.answer.find(text, start)
        if at >= 0:
            places.append((at, at + len(text)))
            start = at + len(text)
    return places


def find(answer: str, words: str) -> Range | None:
    """Where the words stand in the answer."""
    at = answer.find(words)
    return (at, at + len(words)) if words and at >= 0 else None


def _meet(left: Range, right: Range) -> bool:
    return left[0] < right[1] and right[0] < left[1]
