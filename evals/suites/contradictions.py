"""Contradictions between two answers: precision and recall on labelled pairs, by split and by kind."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evals.contradictions import HELD, Judged, judged, load_pairs, shipped_finder
from evals.suite import Measured, Options, Result, WorstCase, joined
from evals.wilson import wilson
from prepbot.domain.contradiction import ContradictionKind

_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Contradictions:
    """Every finding counts: one of the wrong kind or with other quotes is as false as one where nothing contradicts."""

    name: str = "contradictions"

    def run(self, options: Options) -> Result:  # noqa: ARG002  the pairs are its own, whatever sets are chosen
        """Each split by itself: they were not read by the same people."""
        pairs = load_pairs()
        splits = dict.fromkeys(pair.split for pair in pairs)
        finder = shipped_finder()
        return joined([_split(one, judged([p for p in pairs if p.split == one], finder)) for one in splits])


def _split(split: str, cases: Sequence[Judged]) -> Result:
    figures = tuple(_figures(split, cases))
    worst = () if split == HELD else tuple(_misread(split, cases))[:_SHOWN]
    return Result(figures, worst=worst)


def _figures(split: str, cases: Sequence[Judged]) -> Iterator[Measured]:
    for kind in (None, *ContradictionKind):
        name = f"{kind.value} " if kind else ""
        of_kind = [case for case in cases if case.pair.kind is not None and kind in (None, case.pair.kind)]
        said = [one for case in cases for one in case.found if kind in (None, one.kind)]
        right = sum(case.right is not None for case in of_kind)
        yield Measured(f"{name}precision", split, wilson(right, len(said)))
        yield Measured(f"{name}recall", split, wilson(right, len(of_kind)))


def _misread(split: str, cases: Sequence[Judged]) -> Iterator[WorstCase]:
    for case in cases:
        false = [one for one in case.found if one is not case.right]
        if not false and (case.pair.kind is None or case.right):
            continue
        what = f"{false[0].kind}: {false[0].sureness:.2f}" if false else f"{case.pair.kind} missed"
        text = f"{case.pair.quote_earlier or case.pair.earlier.text} | {case.pair.quote_later or case.pair.later.text}"
        yield WorstCase(split, case.pair.id, what, text)
