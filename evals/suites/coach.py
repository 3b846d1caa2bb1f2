"""Scripted replies of a coach: how many inventions are refused, and how many faithful ones are let through."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evals.coach_mutations import mutations
from evals.sets import DATASETS
from evals.suite import Measured, Options, Result, Table, WorstCase, joined
from evals.wilson import wilson
from prepbot.domain.coach_check import Material, refusal
from prepbot.reading.coach_rules import load_coach_rules

FILE = DATASETS / "coach_replies.jsonl"
MUTATED = "open answers"
HELD = "held"
"""The split whose texts nobody reads who changes the rules: reported as aggregates only."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A scripted reply with why it was refused. `invention` names what it makes up, empty for a faithful one."""

    id: str
    split: str
    invention: str
    text: str
    refused: str

    @property
    def right(self) -> bool:
        """Whether an invention was refused, or a faithful reply was not."""
        return bool(self.refused) == bool(self.invention)


@dataclass(frozen=True, slots=True)
class Coach:
    """Each split by itself, inventions also by kind."""

    name: str = "coach"

    def run(self, options: Options) -> Result:  # noqa: ARG002  the replies are its own, whatever sets are chosen
        """Read every reply."""
        replies = load_replies()
        splits = dict.fromkeys(reply.split for reply in replies)
        written = [_split(split, [one for one in replies if one.split == split]) for split in splits]
        return joined([*written, _mutations()])


def load_replies() -> tuple[Reply, ...]:
    """Every scripted reply, checked, in the file's order."""
    return tuple(_reply(json.loads(line)) for line in FILE.read_text(encoding="utf-8").splitlines())


def _reply(row: dict[str, str]) -> Reply:
    refused = _refused(row["reply"], row["question"], row["answers"], row["kpis"])
    return Reply(row["id"], row["split"], row["invention"], row["reply"], refused)


def _split(split: str, replies: Sequence[Reply]) -> Result:
    invented = [one for one in replies if one.invention]
    faithful = [one for one in replies if not one.invention]
    figures = (
        Measured("inventions refused", split, wilson(sum(one.right for one in invented), len(invented))),
        Measured("faithful let through", split, wilson(sum(one.right for one in faithful), len(faithful))),
    )
    worst = () if split == HELD else tuple(_misread(replies))
    return Result(figures, (_by_kind(split, invented),), worst)


def _mutations() -> Result:
    """Inventions that a program put into open answers, and those answers as they are."""
    found = [(one.kind, bool(_refused(one.reply, one.row.question, (one.row.answer,)))) for one in mutations()]
    kinds = dict.fromkeys(kind for kind, _ in found)
    return Result(
        tuple(
            Measured(f"{kind}: refused", MUTATED, wilson(sum(of_kind), len(of_kind)))
            for kind in kinds
            for of_kind in [[refused for one, refused in found if one == kind]]
        )
    )


def _refused(reply: str, question: str, answers: Sequence[str], kpis: Sequence[str] = ()) -> str:
    return refusal(reply, Material(question, tuple(answers), tuple(kpis)), load_coach_rules())


def _by_kind(split: str, invented: Sequence[Reply]) -> Table:
    kinds = dict.fromkeys(one.invention for one in invented)
    rows = tuple(
        (kind, sum(one.right for one in of_kind), len(of_kind))
        for kind in kinds
        for of_kind in [[one for one in invented if one.invention == kind]]
    )
    return Table(f"inventions by kind, {split}", ("kind", "refused", "of"), rows)


def _misread(replies: Sequence[Reply]) -> Iterator[WorstCase]:
    for one in replies:
        if not one.right:
            yield WorstCase(one.split, one.id, one.refused or f"{one.invention} let through", one.text)
