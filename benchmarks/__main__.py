"""`python -m benchmarks`: every figure with its limit. `--json` for programs, `--repeats N` for steadier medians."""

import argparse
import json
import platform
from itertools import chain

from benchmarks import reading, sitting, starting


def main() -> None:
    """Measure everything and print it, line by line as it comes or as one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--repeats", type=int, default=5, help="fresh processes a median (default 5)")
    asked = parser.parse_args()
    if asked.repeats < 1:
        parser.error("--repeats must be 1 or more")
    measured = []
    for figure in chain(starting.figures(asked.repeats), reading.figures(), sitting.figures()):
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
