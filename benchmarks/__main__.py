"""`python -m benchmarks`: every figure with its limit. `--json` for programs, `--repeats N` for steadier medians.

`--only full --interviews N` sits whole interviews of scripted candidates instead (`make sittings`).
"""

import argparse
import json
import platform
from collections.abc import Callable, Iterator, Mapping
from itertools import chain

from benchmarks import full, reading, sitting, starting, tokens
from benchmarks.figures import Figure

BENCHMARKS: Mapping[str, Callable[[argparse.Namespace], Iterator[Figure]]] = {
    "starting": lambda asked: starting.figures(asked.repeats),
    "reading": lambda _: reading.figures(),
    "sitting": lambda _: sitting.figures(),
    "tokens": lambda _: tokens.figures(),
    "full": lambda asked: full.figures(asked.interviews),
}
_ONLY_WHEN_NAMED = {"full"}


def main() -> None:
    """Measure what was asked for and print it, line by line as it comes or as one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--repeats", type=int, default=5, help="fresh processes a median (default 5)")
    parser.add_argument("--only", choices=BENCHMARKS, action="append", help="measure this; may be repeated")
    parser.add_argument("--interviews", type=int, default=100, help="full interviews of --only full (default 100)")
    asked = parser.parse_args()
    if min(asked.repeats, asked.interviews) < 1:
        parser.error("--repeats and --interviews must be 1 or more")
    measured = []
    chosen = asked.only or [name for name in BENCHMARKS if name not in _ONLY_WHEN_NAMED]
    for figure in chain.from_iterable(BENCHMARKS[name](asked) for name in chosen):
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
