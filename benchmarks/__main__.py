"""`python -m benchmarks`: every figure with its limit. `--json` for programs, `--repeats N` for steadier medians.

`--only full --interviews N` sits whole interviews of scripted candidates instead (`make sittings`).
"""

import argparse
import json
import platform
from collections.abc import Iterator
from itertools import chain

from benchmarks import full, reading, sitting, starting
from benchmarks.figures import Figure


def main() -> None:
    """Measure what was asked for and print it, line by line as it comes or as one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--repeats", type=int, default=5, help="fresh processes a median (default 5)")
    parser.add_argument("--only", choices=("starting", "reading", "sitting", "full"), help="one part alone")
    parser.add_argument("--interviews", type=int, default=100, help="full interviews of --only full (default 100)")
    asked = parser.parse_args()
    if min(asked.repeats, asked.interviews) < 1:
        parser.error("--repeats and --interviews must be 1 or more")
    measured = []
    for figure in _figures(asked.only, asked.repeats, asked.interviews):
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


def _figures(only: str | None, repeats: int, interviews: int) -> Iterator[Figure]:
    match only:
        case "starting":
            return starting.figures(repeats)
        case "reading":
            return reading.figures()
        case "sitting":
            return sitting.figures()
        case "full":
            return full.figures(interviews)
        case _:
            return chain(starting.figures(repeats), reading.figures(), sitting.figures())


if __name__ == "__main__":
    main()
