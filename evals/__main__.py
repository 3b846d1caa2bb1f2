"""`python -m evals`: every figure of prepbot with its interval, its floors and its worst cases. Never tunes."""

import argparse
import json
import sys
from collections.abc import Sequence

from evals.baseline import write_baseline
from evals.parallel import results
from evals.registry import SUITES
from evals.render import as_json, as_markdown, as_text
from evals.sets import load_sets
from evals.suite import options_for


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals", description=__doc__)
    names = [suite.name for suite in SUITES]
    parser.add_argument("--only", choices=names, action="append", help="run this suite; may be repeated")
    sets = [one.name for one in load_sets()]
    parser.add_argument("--dataset", choices=sets, action="append", help="measure this set; may be repeated")
    parser.add_argument("--role", help='answers and pages of this role only ("ecommerce-specialist")')
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="as JSON")
    form.add_argument("--markdown", action="store_true", help="as Markdown")
    parser.add_argument(
        "--write-baseline", action="store_true", help="store what was read as evals/baselines/main.json"
    )
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the suites and print what they find; with --write-baseline store the readings instead."""
    chosen = _parser().parse_args(arguments)
    options = options_for(chosen.dataset, chosen.role)
    if chosen.write_baseline:
        write_baseline({one.name: options.readings.of(one) for one in options.sets})
        return 0
    suites = [suite for suite in SUITES if chosen.only is None or suite.name in chosen.only]
    if chosen.json:
        json.dump(as_json(dict(results(suites, options))), sys.stdout, indent=1)
        return 0
    form = as_markdown if chosen.markdown else as_text
    for name, result in results(suites, options):
        print(form(name, result), end="\n\n", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
