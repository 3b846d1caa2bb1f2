"""`python -m evals`: every figure of prepbot with its interval, its floors and its worst cases. Never tunes."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence

from evals.baseline import write_baseline
from evals.models.run import BY_DEFAULT, Wanted, model_results
from evals.parallel import results
from evals.registry import SUITES
from evals.render import as_json, as_markdown, as_text
from evals.sets import load_sets
from evals.suite import Result, options_for
from prepbot.errors import PrepbotError


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals", description=__doc__)
    names = [suite.name for suite in SUITES]
    parser.add_argument("--only", choices=names, action="append", help="run this suite; may be repeated")
    sets = [one.name for one in load_sets()]
    parser.add_argument("--dataset", choices=sets, action="append", help="measure this set; may be repeated")
    parser.add_argument("--role", help='answers and pages of this role only ("ecommerce-specialist")')
    model = parser.add_argument_group("a language model", "labelled answers read by a model beside the rules")
    model.add_argument(
        "--model", help='"provider:model" as in PREPBOT_MODEL, or evals:perfect, evals:silent, evals:yes'
    )
    model.add_argument("--most", type=int, default=1_000, help="at most so many answers of each set")
    model.add_argument("--runs", type=int, default=3, help="how often each answer is read (3)")
    model.add_argument("--follow-ups", action="store_true", help="have the model phrase the follow-ups too")
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
    found = _of_a_model(chosen) if chosen.model else results(suites, options)
    try:
        _print(found, chosen)
    except PrepbotError as exc:
        print(exc, file=sys.stderr)
        return 2
    return 0


def _of_a_model(chosen: argparse.Namespace) -> Iterator[tuple[str, Result]]:
    wanted = Wanted(chosen.model, max(1, chosen.most), max(1, chosen.runs), chosen.follow_ups)
    return model_results(wanted, options_for(chosen.dataset or BY_DEFAULT, chosen.role))


def _print(found: Iterator[tuple[str, Result]], chosen: argparse.Namespace) -> None:
    if chosen.json:
        json.dump(as_json(dict(found)), sys.stdout, indent=1)
        return
    form = as_markdown if chosen.markdown else as_text
    for name, result in found:
        print(form(name, result), end="\n\n", flush=True)


if __name__ == "__main__":
    sys.exit(main())
