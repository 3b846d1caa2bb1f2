"""What an interviewer says about an earlier stage: lines of knowledge/across_stages.toml with the candidate's words."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache

from prepbot.domain.contradiction import Contradiction
from prepbot.domain.take_up import Objection, TakenUp
from prepbot.domain.weak_claims import WeakClaim
from prepbot.resources import resource


@cache
def lines() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """The lines by occasion and kind, as the file holds them. Raises FileNotFoundError where it is missing."""
    return tomllib.loads(resource("knowledge/across_stages.toml").read_text(encoding="utf-8"))


def taken_up(taken: TakenUp, seed: int) -> str:
    """The question that takes earlier words up by quoting them; `seed` picks among lines of one meaning."""
    match taken:
        case Contradiction(kind, earlier, later):
            options, words = lines()["contradiction"][kind.value], {"earlier": earlier.short, "now": later.short}
        case WeakClaim(weakness, quoted, kpi):
            options, words = lines()["weakest"][weakness.value], {"quote": quoted.short, "kpi": kpi}
        case Objection(seat, claim):
            options, words = lines()["objection"]["claim"], {"quote": claim.short, "counter": seat.counter}
    return options[seed % len(options)].format(**words)
