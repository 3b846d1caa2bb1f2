"""`python -m evals.gaming`: whether text for the grader or padding moves a band. Measures, never tunes."""

import argparse
import sys
from collections.abc import Sequence

from evals.gaming.measure import Effort, measure
from evals.gaming.reading import Reader
from evals.gaming.report import lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the report; 1 where a band rises through text for the grader."""
    parser = argparse.ArgumentParser(prog="python -m evals.gaming", description=__doc__)
    parser.add_argument(
        "--effort",
        choices=[effort.name.lower() for effort in Effort],
        default=Effort.USUAL.name.lower(),
        help="each string at one place, at every place, or that in every base answer and read in full",
    )
    parser.add_argument("--worst", type=int, default=5, help="how many worst cases of each sort to show")
    chosen = parser.parse_args(arguments)
    found = measure(Reader(), Effort[chosen.effort.upper()])
    print(*lines(found, chosen.worst), sep="\n")
    return int(any(case.moved > 0 for case in found.attacks))


if __name__ == "__main__":
    sys.exit(main())
