"""The headline figures taken apart by question kind, labelled band and author, the worst author named."""

from dataclasses import dataclass

from evals.breakdown import taken_apart
from evals.suite import Options, Result


@dataclass(frozen=True, slots=True)
class Agreement:
    """Tables only: the figures themselves stand in their families."""

    name: str = "agreement"

    def run(self, options: Options) -> Result:
        """Every table."""
        return taken_apart(options)
