"""Scripted candidates sit interviews; every breach of the house's order is listed."""

from dataclasses import dataclass

import numpy as np

from evals import interviews
from evals.bootstrap import figure
from evals.suite import Measured, Options, Result, Table, WorstCase
from evals.values import share

_INTERVIEWS = 100


@dataclass(frozen=True, slots=True)
class Interviewer:
    """The share of interviews without a breach, resampled by interview."""

    name: str = "interviewer"

    def run(self, options: Options) -> Result:
        """A hundred interviews over all shipped roles."""
        ran = interviews.run(_INTERVIEWS, seed=1, scorer=options.readings.scorer)
        broken = len({(one.candidate, one.seed) for one in ran.violations})
        counts = np.array([(float(place >= broken), 1.0) for place in range(ran.interviews)])
        kept = figure(counts, [str(place) for place in range(ran.interviews)], share, ran.interviews)
        probes = Table("follow-ups", ("gap", "asked"), tuple(ran.probes.most_common()))
        worst = [
            WorstCase("interviews", f"{one.candidate}, seed {one.seed}", one.rule, one.text) for one in ran.violations
        ]
        notes = (f"{ran.interviews} interviews, {ran.turns} turns, {len(ran.violations)} breaches",)
        return Result((Measured("interviews in order", "scripted", kept),), (probes,), tuple(worst[:5]), notes)
