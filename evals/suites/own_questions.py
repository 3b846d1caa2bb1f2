"""Is a candidate's own question about this role, for any employer, or answered on the page? Half of them held back.

An example of the data: {"id": "oq-dev-01", "role": "warehouse-supervisor", "text": "How old are the forklifts?",
"specific": true, "answered": false, "split": "dev"}; what the page answers counts as answered, specific or not.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from evals.bootstrap import Counts, Figure, difference, figure
from evals.sets import DATASETS
from evals.suite import FloorValue, Measured, Options, Result, Table, WorstCase
from evals.values import share
from prepbot.domain.own_questions import Standing
from prepbot.own_question_desk import OwnQuestionDesk
from prepbot.reading.library import find_role
from prepbot.reading.own_questions import load_own_question_rules
from prepbot.settings import load_settings
from prepbot.wiring import open_embedder

DATASET = DATASETS / "own_questions.jsonl"
SHOWN = "dev"
_MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """A labelled question. `specific`: of this work; `answered`: the role page answers it."""

    id: str
    role: str
    text: str
    specific: bool
    answered: bool
    split: str

    @property
    def standing(self) -> Standing:
        """How it stands to the page by its labels."""
        if self.answered:
            return Standing.ANSWERED
        return Standing.SPECIFIC if self.specific else Standing.GENERAL


Reader = Callable[[Asked], Standing | None]


@dataclass(frozen=True, slots=True)
class OwnQuestions:
    """The share of questions told right; every question is a cluster of its own."""

    name: str = "own-questions"

    def run(self, options: Options) -> Result:
        """Both halves, beside the commonest standing and the reader without sentence vectors as floors."""
        asked = [one for one in load_asked() if options.role in (None, one.role)]
        if not asked:
            return Result(notes=("no question belongs to this role",))
        ours = _reader(OwnQuestionDesk(load_own_question_rules(), open_embedder(load_settings())))
        halves = {split: [one for one in asked if one.split == split] for split in (SHOWN, "held")}
        return Result(
            tuple(_measured(f"own_questions_{split}", half, ours) for split, half in halves.items()),
            tables=tuple(_by_standing(f"own_questions_{split}", half, ours) for split, half in halves.items()),
            worst=tuple(_worst(halves[SHOWN], ours)),
        )


def load_asked() -> tuple[Asked, ...]:
    """The questions in the file's order."""
    lines = DATASET.read_text(encoding="utf-8").splitlines()
    return tuple(Asked(**json.loads(line)) for line in lines if line.strip())


def _reader(desk: OwnQuestionDesk) -> Reader:
    """The standing of a question as the desk reads it; None where it hears no question."""

    def read(one: Asked) -> Standing | None:
        found = desk.read([one.text], find_role(one.role)[0])
        return found[0].standing if found else None

    return read


def _measured(name: str, asked: Sequence[Asked], ours: Reader) -> Measured:
    counts, groups = _counts(ours, asked), [one.id for one in asked]
    floors = {}
    by_words = _reader(OwnQuestionDesk(load_own_question_rules()))
    for label, reader in (("always specific", lambda _: Standing.SPECIFIC), ("without vectors", by_words)):
        others = _counts(reader, asked)
        floors[label] = FloorValue(float(share(others.sum(axis=0))), difference(counts, others, groups, share))
    return Measured("own questions told right", name, figure(counts, groups, share, len(asked)), floors)


def _counts(reader: Reader, asked: Sequence[Asked]) -> Counts:
    return np.array([[float(reader(one) is one.standing), 1.0] for one in asked])


def _by_standing(name: str, asked: Sequence[Asked], ours: Reader) -> Table:
    """For each standing how many of its questions are found, and how many of those said to be so are."""
    read = [ours(one) for one in asked]
    rows: list[tuple[str, Figure | None, Figure | None, int]] = []
    for standing in Standing:
        right = [float(said is one.standing) for one, said in zip(asked, read, strict=True)]
        labelled = [place for place, one in enumerate(asked) if one.standing is standing]
        said_so = [place for place, said in enumerate(read) if said is standing]
        rows.append((standing.value, _share(right, labelled), _share(right, said_so), len(labelled)))
    return Table(f"by standing, {name}", ("standing", "found", "rightly said", "n"), tuple(rows))


def _share(right: Sequence[float], places: Sequence[int]) -> Figure | None:
    if not places:
        return None
    counts = np.array([[right[place], 1.0] for place in places])
    return figure(counts, [str(place) for place in places], share, len(places))


def _worst(asked: Sequence[Asked], ours: Reader) -> list[WorstCase]:
    """Questions of the half that may be read."""
    wrong = [(one, ours(one)) for one in asked if ours(one) is not one.standing]
    return [
        WorstCase(f"own_questions_{one.split}", one.id, f"read {said or 'nothing'}, meant {one.standing}", one.text)
        for one, said in wrong[:_MOST_SHOWN]
    ]
