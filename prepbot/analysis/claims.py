"""The figures and periods of an answer as claims worth carrying, and its decisions that say nothing of their price."""

from collections.abc import Iterator, Sequence

from prepbot.analysis.contradiction_cues import cue
from prepbot.analysis.figure_claims import Figure, figures_of
from prepbot.analysis.kpi_names import KpiNames
from prepbot.analysis.period_claims import periods_of
from prepbot.analysis.quantities import Quantity, Unit
from prepbot.analysis.remarks import Reading, Remark, read
from prepbot.domain.contradiction import Quoted, Said
from prepbot.domain.evidence import Span
from prepbot.domain.heard import ClaimKind
from prepbot.domain.metric import TrackedKpi
from prepbot.domain.notes import Claim

_SPEAKING = frozenset({Unit.PERCENT, Unit.CURRENCY, Unit.SCORE})
_LARGE_FACTOR, _LARGE_PERCENT = 2.0, 50.0


class FigureReader:
    """Satisfies domain.notes.ClaimReader for the KPIs of one role, by words alone."""

    def __init__(self, tracked: Sequence[TrackedKpi] = ()) -> None:
        self._tracked = tuple(tracked)
        self._names = KpiNames(tracked)

    def __call__(self, said: Said) -> tuple[Claim, ...]:
        """The claims in the order of the text, one for each clause and kind. Never raises for any string."""
        reading = read(said)
        found = [*self._figures(reading), *_large_changes(reading), *_periods(reading)]
        first = {(claim.kind, claim.quoted.span): claim for claim in reversed(found)}
        return tuple(sorted(first.values(), key=lambda claim: claim.quoted.span))

    def _figures(self, reading: Reading) -> Iterator[Claim]:
        for figure in figures_of(reading, self._names):
            if not self._of_something(figure):
                continue
            number = reading.quoted(figure.number.start, figure.number.end).span
            quoted = reading.quoted(figure.start, figure.end)
            yield Claim(
                ClaimKind.FIGURE, quoted, self._kpi(figure), number, self._bound_to(figure), large=_is_large(figure)
            )

    def _of_something(self, figure: Figure) -> bool:
        """Whether a listener could say what the figure is of: "I am fifty-one" and "five minutes" are no claims."""
        return bool(_is_large(figure) or figure.kpis or figure.number.unit in _SPEAKING or self._bound_to(figure))

    def _kpi(self, figure: Figure) -> str:
        return next((self._tracked[index].kpi.name for index in sorted(figure.kpis)), "")

    def _bound_to(self, figure: Figure) -> str:
        """What the figure is of: its KPI, else the noun that it counts, else nothing."""
        return self._kpi(figure) or (figure.number.noun if figure.number.unit is Unit.COUNT else "")


def arguable_decisions(said: Sequence[Said]) -> tuple[Quoted, ...]:
    """Decisions told without what they cost or what stood against them, in the order of the answers.

    A panel member can disagree with one politely.
    """
    return tuple(quoted for one in said for quoted in _arguable(read(one)))


def _arguable(reading: Reading) -> Iterator[Quoted]:
    for at, remark in enumerate(reading.remarks):
        taken = cue("decision", "taken").search(remark.text)
        after = " ".join(one.text for one in reading.remarks[at : at + 2])
        if taken and not _imagined(remark) and not cue("decision", "weighed").search(after):
            yield reading.quoted(remark.start, remark.end)


def _imagined(remark: Remark) -> bool:
    return remark.text.endswith("?") or bool(cue("figure", "imagined").search(remark.text))


def _is_large(figure: Figure) -> bool:
    """Whether the figure is a change by half or more, or to the double."""
    if figure.number.change and figure.low > 0:
        return figure.high / figure.low >= _LARGE_FACTOR
    return figure.delta and figure.unit is Unit.PERCENT and figure.low >= _LARGE_PERCENT


def _large_changes(reading: Reading) -> Iterator[Claim]:
    """Changes by a factor, which are no level: "doubled", "three times"."""
    for remark in reading.remarks:
        for number in reading.numbers(remark):
            if _doubles(number):
                span = reading.quoted(number.start, number.end).span
                quoted = reading.quoted(*reading.clause(remark, number.start))
                yield Claim(ClaimKind.FIGURE, quoted, number=span, large=True)


def _doubles(number: Quantity) -> bool:
    return number.unit is Unit.FACTOR and number.change and max(number.values) >= _LARGE_FACTOR


def _periods(reading: Reading) -> Iterator[Claim]:
    for period in periods_of(reading, this_year=0):
        quoted = reading.quoted(period.start, period.end)
        number = _first_number(reading, period.start, period.end)
        yield Claim(ClaimKind.PERIOD, quoted, number=number, bound_to=period.when.value)


def _first_number(reading: Reading, start: int, end: int) -> Span | None:
    found = next((one for one in reading.quantities if start <= one.start < end), None)
    return reading.quoted(found.start, found.end).span if found else None
