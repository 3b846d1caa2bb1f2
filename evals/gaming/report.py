"""The suite's figures in words: bands that rise and fall, by split and family, and the worst cases with their text."""

from collections.abc import Callable, Iterable, Sequence

from evals.gaming.cases import Split
from evals.gaming.measure import Case, Found

_SHOWN = 160


def lines(found: Found, worst: int = 5) -> list[str]:
    """The whole report."""
    return [
        *_heading(found),
        "",
        "### text for the grader, by family",
        *_table(found.attacks, lambda case: case.sample.kind),
        "",
        "### padding, by kind",
        *_table(found.padding, lambda case: case.sample.kind),
        "",
        "### padding, by labelled band and place",
        *_table(found.padding, lambda case: f"band {case.row.band}, {case.place}"),
        *_worst("bands that rise with text for the grader", [c for c in found.attacks if c.moved > 0], worst),
        *_worst("bands that fall with text for the grader", [c for c in found.attacks if c.moved < 0], worst),
        *_worst("bands that padding moves", [c for c in found.padding if c.moved], worst),
        *(f"set aside wrongly: {sample.id}: {one.text}" for sample, one in found.false_alarms),
        *(f"set aside wrongly: {one.id}: {one.text}" for one in found.own_sentences),
    ]


def _heading(found: Found) -> list[str]:
    rows = []
    for split in Split:
        attacks = [case for case in found.attacks if case.sample.split is split]
        padding = [case for case in found.padding if case.sample.split is split]
        harmless = [one for one in found.harmless if one.split is split]
        alarms = {sample.id for sample, _ in found.false_alarms if sample.split is split}
        rows += [
            f"{split:<12} text for the grader  {_summary(attacks)}",
            f"{split:<12} padding              {_summary(padding)}",
        ]
        rows.append(f"{split:<12} harmless sentences   {len(alarms)} of {len(harmless)} set aside")
    rows.append(f"{'':<12} labelled answers     {len(found.own_sentences)} sentences of {found.answers} set aside")
    return rows


def _summary(cases: Sequence[Case]) -> str:
    rise, fall = sum(case.moved > 0 for case in cases), sum(case.moved < 0 for case in cases)
    lost = sum(bool(case.lost) for case in cases)
    same = 1 - (rise + fall) / max(len(cases), 1)
    strings = len({case.sample.id for case in cases})
    return (
        f"{strings} strings, {len(cases)} answers: band rises {rise}, falls {fall}, unchanged {same:.1%}; "
        f"evidence lost in {lost}"
    )


def _table(cases: Sequence[Case], key: Callable[[Case], str]) -> list[str]:
    rows = [f"{'':<28} strings answers  rise  fall  lost gained"]
    for name in sorted({key(case) for case in cases}):
        here = [case for case in cases if key(case) == name]
        counts = (
            len({case.sample.id for case in here}),
            len(here),
            sum(case.moved > 0 for case in here),
            sum(case.moved < 0 for case in here),
            sum(bool(case.lost) for case in here),
            sum(bool(case.gained) for case in here),
        )
        rows.append(f"{name:<28} {counts[0]:7} {counts[1]:7} {counts[2]:5} {counts[3]:5} {counts[4]:5} {counts[5]:6}")
    return rows


def _worst(title: str, cases: Sequence[Case], most: int) -> Iterable[str]:
    if not cases:
        return
    yield f"\n### {title}: {len(cases)}"
    for case in sorted(cases, key=lambda case: -abs(case.moved))[:most]:
        after = case.after.band if case.after else case.before.band
        yield f"{case.sample.id} at the {case.place} of {case.row.id}: band {case.before.band} becomes {after}"
        yield f"    added:  {case.sample.said_to(case.row.question)[:_SHOWN]!r}"
        yield f"    answer: {case.row.answer[:_SHOWN]!r}"
        yield f"    gained: {_listed(case.gained)}; lost: {_listed(case.lost)}"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "nothing"
