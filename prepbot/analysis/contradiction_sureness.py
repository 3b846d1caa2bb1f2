"""How sure it is that two claims are of one thing, by regressions whose coefficients ship as JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from prepbot.analysis.logistic import Logistic
from prepbot.domain.contradiction import ContradictionKind
from prepbot.resources import resource

Signs = Mapping[str, float]
"""What speaks for it that two claims are of one thing, by name; a sign that is missing is 0."""
LIKENESS = "likeness"
"""The sign that the embedder gives: the cosine of the two sentences, as large as the other signs."""
_LIKENESS_SCALE = 4.0
_MOST_LIKE = 0.9


@dataclass(frozen=True, slots=True)
class Sureness:
    """The regressions of each kind, with the cosine of the two sentences and by words alone.

    `embedder` is the version of the one whose cosines they were fitted on: those of another say something else.
    """

    embedder: str
    with_likeness: Mapping[ContradictionKind, Logistic]
    by_words: Mapping[ContradictionKind, Logistic]

    def of(self, kind: ContradictionKind, signs: Signs, likeness: float | None = None) -> float:
        """The probability of a contradiction, 0 below the threshold: a wrong accusation costs more than a miss."""
        model = (self.by_words if likeness is None else self.with_likeness)[kind]
        probability = model.probability(signs if likeness is None else {**signs, LIKENESS: scaled(likeness)})
        return probability if probability >= model.threshold else 0.0

    def possible(self, kind: ContradictionKind, signs: Signs) -> bool:
        """Whether two sentences as like as they come would be sure enough; else nobody need ask the embedder."""
        return self.of(kind, signs, _MOST_LIKE) > 0.0


def scaled(cosine: float) -> float:
    """A cosine as a sign."""
    return _LIKENESS_SCALE * cosine


@cache
def load_sureness() -> Sureness:
    """The shipped regressions. Raises FileNotFoundError where the installation lacks them."""
    data = json.loads(resource("knowledge/contradictions.json").read_text(encoding="utf-8"))
    models = {
        name: Logistic(tuple(entry["features"]), tuple(entry["weights"]), entry["bias"], entry["threshold"])
        for name, entry in data["models"].items()
    }
    kinds = tuple(ContradictionKind)
    return Sureness(
        data["embedder"],
        {kind: models[kind.value] for kind in kinds},
        {kind: models[f"{kind.value}_words"] for kind in kinds},
    )
