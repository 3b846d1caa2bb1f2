"""What an interviewer says about an earlier stage: lines of knowledge/across_stages.toml with the candidate's words."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache

from prepbot.domain.contradiction import Contradiction, Quoted
from prepbot.domain.weak_claims import WeakClaim
from prepbot.resources import resource


@cache
def lines() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """The lines by occasion and kind, as the file holds them. Raises FileNotFoundError where it is missing."""
    return tomllib.loads(resource("knowledge/across_stages.toml").read_text(encoding="utf-8"))


def which_is_right(found: Contradiction, seed: int) -> str:
    """The question that puts both quotations side by side; `seed` picks among lines of one meaning."""
    line = _pick(lines()["contradiction"][found.kind.value], seed)
    return line.format(earlier=found.earlier.short, now=found.later.short)


def once_more(weak: WeakClaim, seed: int) -> str:
    """The question that takes a weak claim up again by quoting it."""
    return _pick(lines()["weakest"][weak.weakness.value], seed).format(quote=weak.quoted.short, kpi=weak.kpi)


def polite_disagreement(decision: Quoted, seed: int) -> str:
    """How one viewpoint of a panel disagrees with a decision, by quoting it."""
    return _pick(lines()["disagreement"]["decision"], seed).format(quote=decision.short)


def _pick(options: Sequence[str], seed: int) -> str:
    return options[seed % len(options)]
