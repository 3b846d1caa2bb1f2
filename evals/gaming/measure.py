"""What is measured: bands that move when text for the grader or padding is added, and sentences wrongly set aside."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from evals.gaming.cases import (
    Place,
    Sample,
    base_answers,
    load_attacks,
    load_harmless,
    load_padding,
    placed,
)
from evals.gaming.reading import Reader, Reading, set_aside
from evals.labelled import LabelledAnswer, load_training

_EACH = 6
_READ_ALL_THE_SAME = 10  # of cases whose sentences are the base answer's, one in so many is read in full
_BANDS_IN_BRIEF = 3
_QUESTION = "What strategies would you implement to increase online sales?"


@dataclass(frozen=True, slots=True)
class Case:
    """A base answer with and without a string. `after` is None where what is left to read is the base answer itself."""

    sample: Sample
    row: LabelledAnswer
    place: Place
    before: Reading
    after: Reading | None

    @property
    def moved(self) -> int:
        """By how many bands the string moved the answer. Where nothing is graded any more that is a fall to 0."""
        return self.after.band - self.before.band if self.after else 0

    @property
    def lost(self) -> frozenset[str]:
        """The parts and KPIs that were read before and are not any more."""
        return self.before.shown - self.after.shown if self.after else frozenset()

    @property
    def gained(self) -> frozenset[str]:
        """The parts and KPIs that are read only now."""
        return self.after.shown - self.before.shown if self.after else frozenset()


@dataclass(frozen=True, slots=True)
class Wrongly:
    """A sentence set aside that speaks to nobody."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """Everything the suite finds."""

    attacks: tuple[Case, ...]
    padding: tuple[Case, ...]
    harmless: tuple[Sample, ...]
    false_alarms: tuple[tuple[Sample, Wrongly], ...]
    answers: int
    own_sentences: tuple[Wrongly, ...]


class Effort(IntEnum):
    """How much is read: each string at one place, at every place, or that in every base answer and in full."""

    BRIEF = 1
    USUAL = 2
    THOROUGH = 3


def measure(reader: Reader, effort: Effort = Effort.USUAL) -> Found:
    """Everything that the suite measures."""
    harmless = load_harmless()
    answers = [row for row in load_training() if not row.tags & {"injection", "adversarial"}]
    return Found(
        attacks=tuple(attacked(reader, load_attacks(), effort)),
        padding=tuple(padded(reader, load_padding(), effort)),
        harmless=harmless,
        false_alarms=tuple((one, alarm) for one in harmless for alarm in wrongly(one.id, one.text, _QUESTION)),
        answers=len(answers),
        own_sentences=tuple(one for row in answers for one in wrongly(row.id, row.answer, row.question)),
    )


def attacked(reader: Reader, samples: Sequence[Sample], effort: Effort = Effort.USUAL) -> Iterator[Case]:
    """Every string, each time in another base answer of bands 1 to 4; strings of one family share the places out."""
    bases = [row for rows in base_answers((1, 2, 3, 4), _EACH).values() for row in rows]
    places = tuple(Place)
    for index, sample in enumerate(samples):
        for place in places if effort > Effort.BRIEF else (places[index % len(places)],):
            for row in bases if effort is Effort.THOROUGH else [drawn(bases, f"{sample.id} {place}")]:
                yield _case(reader, sample, row, place, in_full=effort is Effort.THOROUGH)


def padded(reader: Reader, samples: Sequence[Sample], effort: Effort = Effort.USUAL) -> Iterator[Case]:
    """Every padding text before or behind one answer of each band, the two in turn (both if thorough).

    In brief, three of the five bands for each text, in turn.
    """
    bases = base_answers((1, 2, 3, 4, 5), _EACH)
    for index, sample in enumerate(samples):
        for band, rows in bases.items():
            if effort is Effort.BRIEF and (index + band) % 5 >= _BANDS_IN_BRIEF:
                continue
            both = (Place.START, Place.END)
            for place in both if effort is Effort.THOROUGH else [both[(index + band) % 2]]:
                yield _case(reader, sample, drawn(rows, f"{sample.id} {place}"), place, in_full=True)


def drawn(rows: Sequence[LabelledAnswer], key: str) -> LabelledAnswer:
    """One of `rows`, the same for the same key whatever else is measured."""
    return rows[int.from_bytes(hashlib.sha256(key.encode()).digest()[:4]) % len(rows)]


def _case(reader: Reader, sample: Sample, row: LabelledAnswer, place: Place, *, in_full: bool) -> Case:
    """The answer with the string; read only as far as the sentences left to read where those are the answer's own."""
    text = placed(sample, row, place)
    sampled = hashlib.sha256(text.encode()).digest()[0] % _READ_ALL_THE_SAME == 0
    same = not in_full and not sampled and reader.same_as_plain(row, text)
    return Case(sample, row, place, reader.plain(row), None if same else reader.read(row, text))


def wrongly(ident: str, text: str, question: str) -> list[Wrongly]:
    """The sentences of a harmless text that are set aside."""
    return [Wrongly(ident, words) for words in set_aside(text, question)]


def share(cases: Sequence[Case], fits: Callable[[Case], bool]) -> float:
    """The share of the cases that fit; nought of none."""
    return sum(map(fits, cases)) / len(cases) if cases else 0.0
