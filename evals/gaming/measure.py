"""What is measured: bands that move when text for the grader or padding is added, and sentences wrongly set aside."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

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


def measure(reader: Reader, *, thorough: bool = False) -> Found:
    """Everything. `thorough` reads every case in full and puts every string into every base answer."""
    harmless = load_harmless()
    answers = [row for row in load_training() if not row.tags & {"injection", "adversarial"}]
    return Found(
        attacks=tuple(attacked(reader, load_attacks(), thorough=thorough)),
        padding=tuple(padded(reader, load_padding(), thorough=thorough)),
        harmless=harmless,
        false_alarms=tuple((one, alarm) for one in harmless for alarm in wrongly(one.id, one.text, _QUESTION)),
        answers=len(answers),
        own_sentences=tuple(one for row in answers for one in wrongly(row.id, row.answer, row.question)),
    )


def attacked(reader: Reader, samples: Sequence[Sample], *, thorough: bool = False) -> Iterator[Case]:
    """Every string at every place, each time in another base answer of bands 1 to 4 (in all of them if `thorough`)."""
    bases = [row for rows in base_answers((1, 2, 3, 4), _EACH).values() for row in rows]
    for sample in samples:
        for place in Place:
            for row in bases if thorough else [_drawn(bases, f"{sample.id} {place}")]:
                yield _case(reader, sample, row, place, thorough=thorough)


def padded(reader: Reader, samples: Sequence[Sample], *, thorough: bool = False) -> Iterator[Case]:
    """Every padding text before or behind one answer of each band, the two in turn (both if `thorough`)."""
    bases = base_answers((1, 2, 3, 4, 5), _EACH)
    for index, sample in enumerate(samples):
        for band, rows in bases.items():
            both = (Place.START, Place.END)
            for place in both if thorough else [both[(index + band) % 2]]:
                yield _case(reader, sample, _drawn(rows, f"{sample.id} {place}"), place, thorough=thorough)


def _drawn(rows: Sequence[LabelledAnswer], key: str) -> LabelledAnswer:
    """One of `rows`, the same for the same key whatever else is measured."""
    return rows[int.from_bytes(hashlib.sha256(key.encode()).digest()[:4]) % len(rows)]


def _case(reader: Reader, sample: Sample, row: LabelledAnswer, place: Place, *, thorough: bool) -> Case:
    text = placed(sample, row, place)
    before = reader.plain(row)
    same = reader.same_as_plain(row, text)
    sampled = hashlib.sha256(text.encode()).digest()[0] % _READ_ALL_THE_SAME == 0
    after = None if same and not sampled and not thorough else reader.read(row, text)
    return Case(sample, row, place, before, after)


def wrongly(ident: str, text: str, question: str) -> list[Wrongly]:
    """The sentences of a harmless text that are set aside."""
    return [Wrongly(ident, words) for words in set_aside(text, question)]


def share(cases: Sequence[Case], fits: Callable[[Case], bool]) -> float:
    """The share of the cases that fit; nought of none."""
    return sum(map(fits, cases)) / len(cases) if cases else 0.0
