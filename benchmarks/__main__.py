"""`python -m benchmarks`: every figure with its limit. `--json` for programs, `--repeats N` for steadier medians."""

import argparse
import json
import platform
from collections.abc import Callable, Iterator, Mapping
from itertools import chain

from benchmarks import reading, sitting, starting, tokens
from benchmarks.figures import Figure

BENCHMARKS: Mapping[str, Callable[[int], Iterator[Figure]]] = {
    "starting": starting.figures,
    "reading": lambda _: reading.figures(),
    "sitting": lambda _: sitting.figures(),
    "tokens": lambda _: tokens.figures(),
}


def main() -> None:
    """Measure everything and print it, line by line as it comes or as one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--repeats", type=int, default=5, help="fresh processes a median (default 5)")
    parser.add_argument("--only", choices=BENCHMARKS, action="append", help="measure this; may be repeated")
    asked = parser.parse_args()
    if asked.repeats < 1:
        parser.error("--repeats must be 1 or more")
    measured = []
    chosen = [measure for name, measure in BENCHMARKS.items() if asked.only is None or name in asked.only]
    for figure in chain.from_iterable(measure(asked.repeats) for measure in chosen):
        measured.append(figure)
        if not asked.json:
            print(figure.text(), flush=True)
    if asked.json:
        print(
            json.dumps(
                {
                    "python": platform.python_version(),
                    "machine": f"{platform.system()} {platform.machine()}",
                    "figures": [figure.record() for figure in measured],
                }
            )
        )


if __name__ == "__main__":
    main()
