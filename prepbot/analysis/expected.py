"""What answers to known questions speak of, as vectors, so that an answer to another question can be told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from rapidfuzz import fuzz, process

from prepbot.analysis.words import form_key
from prepbot.ports import Vectors

_SAME = 82.0
_MOST_RIVALS = 20


@dataclass(frozen=True)
class Expected:
    """The mean direction of what answers to each question speak of, from knowledge/topics.toml and training answers."""

    vectors: Mapping[str, Vectors]
    _found: dict[str, str | None] = field(default_factory=dict)

    def known(self, question: str) -> str | None:
        """The known question that is worded the same or nearly so, None where there is none."""
        if question in self.vectors:
            return question
        if question not in self._found:
            best = process.extractOne(
                " ".join(form_key(question)),
                {known: " ".join(form_key(known)) for known in self.vectors},
                scorer=fuzz.token_sort_ratio,
                score_cutoff=_SAME,
            )
            if len(self._found) > 500:  # bounded: questions come from outside
                self._found.clear()
            self._found[question] = best[2] if best else None
        return self._found[question]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The known questions, in the order of the rows of `table`."""
        return tuple(self.vectors)

    @cached_property
    def table(self) -> Vectors:
        """One row a known question."""
        return np.stack([self.vectors[name] for name in self.names])


def expected_features(
    topic: Vectors | None, asked: Vectors | None, question: str, expected: Expected
) -> dict[str, float]:
    """How near the answer comes to the question and to what it asks for, and how much nearer than to others."""
    if topic is None or asked is None:
        return {}
    features = {"asked": float(asked @ topic), "expected_unknown": 1.0}
    known = expected.known(question)
    if known is None:
        return features
    cosines = expected.table @ topic
    own = float(cosines[expected.names.index(known)])
    rivals = np.delete(cosines, expected.names.index(known))
    return features | {
        "expected_unknown": 0.0,
        "expected": own,
        "expected_margin": own - float(rivals.max(initial=0.0)),
        "expected_mean_margin": own - float(rivals.mean()) if len(rivals) else 0.0,
        "expected_rank": min(float((rivals > own).sum()), _MOST_RIVALS) / _MOST_RIVALS,
    }
