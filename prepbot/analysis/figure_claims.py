"""The figures of an answer that another answer can contradict, each with what tells it from other figures."""

import re
from dataclasses import dataclass
from itertools import pairwise

from prepbot.analysis.contradiction_cues import cue
from prepbot.analysis.contrasts import Sides, sides_of
from prepbot.analysis.counted import counted
from prepbot.analysis.kpi_names import KpiNames
from prepbot.analysis.quantities import Quantity, Unit
from prepbot.analysis.remarks import Reading, Remark
from prepbot.analysis.subjects import says_nothing, stem, stems_of, subject_of
from prepbot.analysis.words import words_of

_LEVELS = frozenset({Unit.PERCENT, Unit.CURRENCY, Unit.COUNT, Unit.SCORE, Unit.TIME, Unit.BARE})
_SECONDS = {"millisecond": 0.001, "ms": 0.001, "second": 1.0, "sec": 1.0, "s": 1.0, "minute": 60.0, "min": 60.0}
_SECONDS |= {"hour": 3600.0, "hr": 3600.0, "h": 3600.0}
_FLOWS = ("saved", "salary", "profit", "cost", "income")
_TIMES_OF = {"halv": 0.5, "in half": 0.5, "doubl": 2.0, "twice": 2.0, "tripl": 3.0, "trebl": 3.0, "quadrupl": 4.0}
_BY = re.compile(r"(?i)\b(?:by|up|down)\s+(?:about |around |roughly |nearly |almost |some |over )?(?:a |an )?$")
_MONEY = 20_000
_CALENDAR = range(1900, 2100)
_FROM = re.compile(r"(?i)\bfrom\s+(?:about |around |roughly |some |nearly |almost )?$")
_BASES = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter"}


@dataclass(frozen=True, slots=True)
class Figure:
    """A level that the candidate states, from `low` to `high`, and what tells it from other figures.

    `start` and `end` are those of its clause. `nouns` are what is counted, `kpis` the KPIs named beside it, `basis` is
    "day" of "a day", `parts` name a part of a whole. `seasoned` says that the clause
    itself names the part of a year. `begins` says that it stood before a change, `delta` that it is one;
    `change` that it went from the first value to the last.
    """

    start: int
    end: int
    remark: Remark
    number: Quantity
    low: float
    high: float
    unit: Unit
    nouns: frozenset[str]
    kpis: frozenset[int]
    named: bool
    basis: str
    flow: frozenset[str]
    parts: frozenset[str]
    season: frozenset[str]
    seasoned: bool
    total: bool
    target: bool
    begins: bool
    delta: bool
    hedged: bool
    change: bool
    measures: frozenset[tuple[str, str]]
    sides: Sides
    lost: bool
    who: str
    ratio: bool


def figures_of(reading: Reading, names: KpiNames) -> tuple[Figure, ...]:
    """The figures of an answer that can be compared; imagined and corrected ones, factors and years are none."""
    found = (_figure(reading, remark, one, names) for remark in reading.remarks for one in reading.numbers(remark))
    return tuple(one for one in found if one is not None)


def _figure(reading: Reading, remark: Remark, number: Quantity, names: KpiNames) -> Figure | None:
    text = reading.plain.text
    start, end = reading.clause(remark, number.start)
    clause = text[start:end]
    ratio = _ratio(text[start:end], number, text[max(start, number.start - 40) : number.start])
    values = (ratio,) if ratio else _values(number)
    if not values or remark.corrects or _not_so(clause, start, number, remark):
        return None
    scope = clause if len(subject_of(clause)) > 1 else remark.text
    before, after = text[max(start, number.start - 40) : number.start], text[number.end : end]
    nouns = counted(number, before, after, clause)
    return Figure(
        start,
        end,
        remark,
        number,
        min(values),
        max(values),
        _unit(number, nouns) if not ratio else Unit.FACTOR,
        nouns,
        *_kpis(reading, remark, clause, names),
        _basis(after, clause),
        _flow(number, clause),
        frozenset(stem(found) for found in cue("figure", "part").findall(scope)),
        _season(clause, scope, remark.text, text[max(0, remark.start - 200) : remark.start]),
        bool(cue("figure", "season").search(clause)),
        bool(cue("figure", "total").search(remark.text)),
        bool(cue("figure", "target").search(clause)),
        bool(cue("figure", "start").search(remark.text)),
        not ratio and bool(cue("figure", "delta").search(before) or cue("figure", "delta_after").search(after)),
        reading.rough(number.start, number.end, (start, end)),
        not ratio and number.change and bool(_FROM.search(before)),
        _measures(clause),
        sides_of(remark.text),
        bool(cue("figure", "lost_before").search(before) or cue("figure", "lost_after").match(after)),
        _who(text[start : number.start]),
        bool(ratio),
    )


def _ratio(clause: str, number: Quantity, before: str) -> float:
    """What something was multiplied by, 0 where the number is no growth: "doubled" is 2, "fell by a tenth" .9."""
    if number.unit is Unit.FACTOR and number.change:
        return next((size for word, size in _TIMES_OF.items() if word in clause.lower()), 0.0)
    if number.unit is not Unit.PERCENT or number.change or not _BY.search(before):
        return 0.0
    down = cue("figure", "falls").search(clause)
    return 1 + number.values[0] / 100 * (-1 if down else 1) if down or cue("figure", "grows").search(clause) else 0.0


def _unit(number: Quantity, nouns: frozenset[str]) -> Unit:
    """The unit; thousands of nothing are money."""
    return (
        Unit.CURRENCY
        if number.unit in {Unit.BARE, Unit.COUNT} and not nouns and number.values[0] >= _MONEY
        else number.unit
    )


def _not_so(clause: str, start: int, number: Quantity, remark: Remark) -> bool:
    """Whether the number is imagined, by what stands before it, somebody else's, or some of a whole."""
    after = clause[number.end - start :]
    return bool(
        cue("figure", "imagined").search(clause[: number.start - start])
        or cue("figure", "imagined_after").match(after)
        or cue("figure", "others").search(remark.text)
        or (number.unit is not Unit.PERCENT and cue("figure", "partly").match(after))
    )


def _values(number: Quantity) -> tuple[float, ...]:
    """The values in seconds, or as they are; none where they cannot be compared, or are days and years."""
    if number.unit not in _LEVELS or (number.unit is Unit.SCORE and number.values[0] in _CALENDAR):
        return ()
    if number.unit is not Unit.TIME:
        return number.values
    scale = _SECONDS.get(number.noun) or _SECONDS.get(number.noun.removesuffix("s"))
    return tuple(value * scale for value in number.values) if scale else ()


def _flow(number: Quantity, clause: str) -> frozenset[str]:
    """Which way money goes; a share of something is no money."""
    if number.unit not in {Unit.CURRENCY, Unit.COUNT, Unit.BARE}:
        return frozenset()
    return frozenset(flow for flow in _FLOWS if cue("money", flow).search(clause))


def _kpis(reading: Reading, remark: Remark, clause: str, names: KpiNames) -> tuple[frozenset[int], bool]:
    """The KPIs named in the clause, else in the sentence, else in the one before, else in the question.

    With it, whether it is the clause or its sentence that names them.
    """
    before = reading.before(remark)
    for at, text in enumerate((clause, remark.text, before.text if before else "", reading.said.question)):
        hits = frozenset(hit.kpi for hit in names.find(words_of(text)))
        if hits:
            return hits, at <= 1
    return frozenset(), False


def _who(before: str) -> str:
    """Whose figure it is, by the last pronoun before it: "I", "we", or empty."""
    found = re.findall(r"(?i)\b(?:I|we)\b", before)
    return str(found[-1]).lower() if found else ""


def _season(*texts: str) -> frozenset[str]:
    """The part of a year in the first text that names one."""
    found = (frozenset(one.lower() for one in cue("figure", "season").findall(text)) for text in texts)
    return next((one for one in found if one), frozenset())


def _basis(after: str, clause: str) -> str:
    """What the figure is counted by: "day", "month", "order"; empty where nothing says."""
    if found := cue("figure", "per").match(after):
        return str(found["basis"]).lower()
    near = cue("figure", "per_anywhere").search(clause)
    if near is None:
        return ""
    return str(near["basis"] or _BASES.get(near["adverb"].lower(), "year")).lower()


def _measures(clause: str) -> frozenset[tuple[str, str]]:
    """Measures named by two words, as (measure, which): accuracy of picks, rate of clicks."""
    words = words_of(clause)
    return frozenset(
        (stem(right.text), stem(left.text))
        for left, right in pairwise(words)
        if stem(right.text) in stems_of("measures") and not says_nothing(left)
    )
