"""`python -m evals.gaming`: whether text for the grader or padding moves a band. Measures, never tunes."""

import argparse
import sys
from collections.abc import Sequence

from evals.gaming.measure import measure
from evals.gaming.reading import Reader
from evals.gaming.report import lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the report; 1 where a band rises through text for the grader."""
    parser = argparse.ArgumentParser(prog="python -m evals.gaming", description=__doc__)
    parser.add_argument("--thorough", action="store_true", help="every string in every base answer, all read in full")
    parser.add_argument("--worst", type=int, default=5, help="how many worst cases of each sort to show")
    chosen = parser.parse_args(arguments)
    found = measure(Reader(), thorough=chosen.thorough)
    print(*lines(found, chosen.worst), sep="\n")
    return int(any(case.moved > 0 for case in found.attacks))


if __name__ == "__main__":
    sys.exit(main())
