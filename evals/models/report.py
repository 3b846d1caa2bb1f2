"""A model's figures beside the rules': paired differences, repeatability over runs, cost and latency."""

import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from evals.bootstrap import Difference
from evals.measures import Measure, named
from evals.models.readings import Read
from evals.prediction import Case
from evals.suite import Measured, Result, Table
from evals.wilson import wilson
from prepbot.language.call import Request
from prepbot.language.prices import Price
from prepbot.model_ports import ModelCall, Spending, total
from prepbot.tokens import count_tokens

MEASURED = (
    "band kappa",
    "band exact",
    "band within one",
    "interval coverage",
    "interval width",
    "kpi precision",
    "kpi recall",
    "kpi F1 by name",
    "kpi F1 with level",
    "kpi paraphrase recall",
    "result F1",
    "ownership accuracy",
    "relevance accuracy",
)
_REPLY_TOKENS = 260
_MILLION = 1_000_000


@dataclass
class Kept:
    """A ledger that shows its calls. Satisfies model_ports.Ledger."""

    calls: list[ModelCall] = field(default_factory=list)

    def save_model_call(self, call: ModelCall) -> None:
        """Keep a call."""
        self.calls.append(call)

    def spending(self, interview_id: str | None = None, since: datetime | None = None) -> Spending:
        """What was spent in this run: in one interview or in all."""
        return total(
            call
            for call in self.calls
            if interview_id in (None, call.interview_id) and (since is None or call.at >= since)
        )


def estimate(requests: Sequence[Request], runs: int, price: Price) -> str:
    """What asking will take at most, in one sentence: what an earlier run kept costs nothing."""
    prompt = runs * sum(count_tokens(f"{one.system}\n{one.user}") for one in requests)
    reply = runs * _REPLY_TOKENS * len(requests)
    dollars = price.of(prompt, reply) / _MILLION
    return f"At most {runs * len(requests):,} calls, about {prompt + reply:,} tokens, about ${dollars:,.2f}."


def report(name: str, dataset: str, runs: Sequence[Sequence[Read]], calls: Sequence[ModelCall]) -> Result:
    """Everything about one set. Quality is that of the first run."""
    first = runs[0]
    return Result(
        tuple(_figures(dataset, first)),
        (_differences(dataset, first), _use(dataset, first), _cost(dataset, calls)),
        notes=(f"{name} on {dataset}: {_repeats(runs)}",),
    )


def _cases(read: Sequence[Read]) -> dict[str, list[Case]]:
    return {
        "rules": [one.rules for one in read],
        "model": [one.model for one in read],
        "both": [one.both for one in read],
    }


def _figures(dataset: str, read: Sequence[Read]) -> Iterator[Measured]:
    for measure in map(named, MEASURED):
        for who, cases in _cases(read).items():
            better = measure.higher_is_better
            yield Measured(f"{measure.name}, {who}", dataset, measure.of(cases), higher_is_better=better)


def _differences(dataset: str, read: Sequence[Read]) -> Table:
    cases = _cases(read)
    rows = [
        (measure.name, _told(measure, cases["both"], cases["rules"]), _told(measure, cases["model"], cases["rules"]))
        for measure in map(named, MEASURED)
    ]
    return Table(f"paired differences, {dataset}", ("figure", "both - rules", "model - rules"), tuple(rows))


def _told(measure: Measure, ours: Sequence[Case], others: Sequence[Case]) -> str:
    found: Difference = measure.change(ours, others)
    return f"{found.value:+.3f} [{found.low:+.3f}, {found.high:+.3f}]"


def _use(dataset: str, read: Sequence[Read]) -> Table:
    """Of how many answers the model's reading was used, and why it was not of the others; bands that it moved."""
    ends = Counter(one.failure or "used" for one in read)
    rows = [(end, count) for end, count in ends.most_common()]
    moved = [one.both.said.band - one.rules.said.band for one in read]
    nearer = [
        abs(one.rules.said.band - one.scored.row.band) - abs(one.both.said.band - one.scored.row.band) for one in read
    ]
    rows += [
        ("bands raised", sum(step > 0 for step in moved)),
        ("bands lowered", sum(step < 0 for step in moved)),
        ("bands nearer to the label", sum(step > 0 for step in nearer)),
        ("bands further from it", sum(step < 0 for step in nearer)),
    ]
    return Table(f"use of the readings, {dataset}", ("", "answers"), tuple(rows))


def _cost(dataset: str, calls: Sequence[ModelCall]) -> Table:
    spent = total(calls)
    seconds = sorted(call.seconds for call in calls) or [0.0]
    rows = (
        ("calls", str(spent.calls)),
        ("calls that failed", str(sum(call.outcome != "ok" for call in calls))),
        ("prompt tokens", f"{spent.prompt_tokens:,}"),
        ("reply tokens", f"{spent.reply_tokens:,}"),
        ("US dollars", f"{spent.dollars:.4f}"),
        ("seconds a call, median", f"{statistics.median(seconds):.3f}"),
        ("seconds a call, 90 of 100", f"{seconds[int(0.9 * (len(seconds) - 1))]:.3f}"),
    )
    return Table(f"cost, all runs of {dataset}; what was kept from before is not asked again", ("", ""), rows)


def _repeats(runs: Sequence[Sequence[Read]]) -> str:
    if len(runs) < 2:
        return "one run, so nothing is known about repeatability"
    same_band = sum(len({one.both.said.band for one in each}) == 1 for each in zip(*runs, strict=True))
    same = sum(len({_said(one) for one in each}) == 1 for each in zip(*runs, strict=True))
    every = len(runs[0])
    bands, readings = wilson(same_band, every), wilson(same, every)
    return (
        f"of {every} answers the same band in {len(runs)} runs for {bands.value:.2f} "
        f"[{bands.low:.2f}, {bands.high:.2f}], "
        f"the same reading for {readings.value:.2f} [{readings.low:.2f}, {readings.high:.2f}]"
    )


def _said(one: Read) -> tuple[object, ...]:
    if one.reading is None:
        return (one.failure,)
    verdicts = sorted((said.point, said.kpi, said.holds) for said in one.reading.proposals)
    return (one.reading.not_used, *verdicts)
