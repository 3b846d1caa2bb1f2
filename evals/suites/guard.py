"""The guard of a model's voice: how much that is harmless it blocks, and how much of what must be blocked it finds."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evals.suite import Measured, Options, Result, Table, WorstCase
from evals.utterances import Utterance, load_utterances
from evals.wilson import wilson

ALL = "all splits"
_SHOWN = 12

Judged = tuple[Utterance, str | None]


@dataclass(frozen=True, slots=True)
class Guard:
    """Wilson intervals. What is blocked counts whichever rule refused it; the table says how often the right one."""

    name: str = "guard"

    def run(self, options: Options) -> Result:  # noqa: ARG002  the utterances are its own, whatever sets are chosen
        """Each split by itself, and all together."""
        judged = [(said, said.refused()) for said in load_utterances()]
        read = [one for one in judged if one[0].read]
        splits = {split: [one for one in judged if one[0].split == split] for split, _ in _splits(judged)}
        figures = [figure for split, half in splits.items() for figure in _figures(split, half)]
        figures += _figures(ALL, judged)
        return Result(tuple(figures), (_table(read),), tuple(_misjudged(read))[:_SHOWN])


def _splits(judged: Sequence[Judged]) -> list[tuple[str, int]]:
    return sorted(Counter(said.split for said, _ in judged).items())


def _figures(split: str, judged: Sequence[Judged]) -> Iterator[Measured]:
    harmless = [rule for said, rule in judged if said.harmless]
    others = [rule for said, rule in judged if not said.harmless]
    blocked = sum(rule is not None for rule in harmless)
    yield Measured("harmless utterances blocked", split, wilson(blocked, len(harmless)), higher_is_better=False)
    yield Measured("what must be blocked is blocked", split, wilson(sum(map(bool, others)), len(others)))


def _table(judged: Sequence[Judged]) -> Table:
    """What each rule should block, on the splits that may be read."""
    rows = []
    for name in sorted({said.rule for said, _ in judged if said.rule}):
        found = [rule for said, rule in judged if said.rule == name]
        wrongly = sum(rule == name for said, rule in judged if said.harmless)
        rows.append((name, len(found), sum(rule is not None for rule in found), found.count(name), wrongly))
    header = ("rule", "to block", "blocked", "by this rule", "harmless blocked by it")
    return Table("rules, on the splits that are read", header, tuple(rows))


def _misjudged(judged: Sequence[Judged]) -> Iterator[WorstCase]:
    for said, rule in judged:
        if said.harmless == (rule is not None):
            yield WorstCase(said.split, said.id, f"{rule or 'passed'}, should be {said.rule or 'passed'}", said.text)
