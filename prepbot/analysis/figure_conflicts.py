"""Two figures for one thing: the same measure, place and period, and values apart by more than rounding."""

import re
from dataclasses import dataclass
from itertools import pairwise

from prepbot.analysis.contradiction_cues import cue
from prepbot.analysis.kpi_names import KpiNames
from prepbot.analysis.quantities import Quantity, Unit
from prepbot.analysis.remarks import Reading, Remark
from prepbot.analysis.subjects import agreement, says_nothing, stem, stems_of, subject_of
from prepbot.analysis.words import words_of

_LEVELS = frozenset({Unit.PERCENT, Unit.CURRENCY, Unit.COUNT, Unit.SCORE, Unit.TIME, Unit.BARE})
_SECONDS = {"millisecond": 0.001, "ms": 0.001, "second": 1.0, "sec": 1.0, "s": 1.0, "minute": 60.0, "min": 60.0}
_SECONDS |= {"hour": 3600.0, "hr": 3600.0, "h": 3600.0}
_ROUNDED, _HEDGED, _COUNTED = 1.12, 1.3, 1.0
_FLOWS = ("saved", "salary", "profit", "cost", "income")
_HEADS, _GROUP = "heads", "heads of a group"
_OF_WHAT = re.compile(r"(?i)\s*(?:%|percent)?\s*(?:in|of|for|on)\s+(?:the |our |my |all )?((?:[a-z-]+ ?){1,2})")
_BASES = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter"}


@dataclass(frozen=True, slots=True)
class Figure:
    """A level that the candidate states, from `low` to `high`, and what tells it from other figures.

    `start` and `end` are those of its clause. `nouns` are what is counted, `kpis` the KPIs named beside it, `basis` is
    "day" of "a day", `parts` name a part of a whole. `seasoned` says that the clause
    itself names the part of a year. `begins` says that it stood before a change, `delta` that it is one.
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
    measures: frozenset[tuple[str, str]]


def figures_of(reading: Reading, names: KpiNames) -> tuple[Figure, ...]:
    """The figures of an answer that can be compared; imagined and corrected ones, factors and years are none."""
    found = (_figure(reading, remark, one, names) for remark in reading.remarks for one in reading.numbers(remark))
    return tuple(one for one in found if one is not None)


def _figure(reading: Reading, remark: Remark, number: Quantity, names: KpiNames) -> Figure | None:
    text = reading.plain.text
    start, end = reading.clause(remark, number.start)
    clause = text[start:end]
    values = _values(number)
    if not values or remark.corrects or cue("figure", "imagined").search(clause):
        return None
    scope = clause if len(subject_of(clause)) > 1 else remark.text
    before, after = text[max(start, number.start - 40) : number.start], text[number.end : end]
    return Figure(
        start,
        end,
        remark,
        number,
        min(values),
        max(values),
        number.unit,
        _nouns(number, before, after, clause),
        _kpis(reading, remark, clause, names),
        _basis(after, clause),
        frozenset(flow for flow in _FLOWS if cue("money", flow).search(clause)),
        frozenset(stem(found) for found in cue("figure", "part").findall(scope)),
        _season(clause, scope, remark.text, text[max(0, remark.start - 200) : remark.start]),
        bool(cue("figure", "season").search(clause)),
        bool(cue("figure", "total").search(remark.text)),
        bool(cue("figure", "target").search(clause)),
        bool(cue("figure", "start").search(remark.text)),
        bool(cue("figure", "delta").search(before) or cue("figure", "delta_after").search(after)),
        bool(cue("figure", "hedged").search(clause)),
        _measures(clause),
    )


def _values(number: Quantity) -> tuple[float, ...]:
    """The values in seconds, or as they are; none where they cannot be compared, or are days and years."""
    if number.unit not in _LEVELS:
        return ()
    if number.unit is not Unit.TIME:
        return number.values
    scale = _SECONDS.get(number.noun) or _SECONDS.get(number.noun.removesuffix("s"))
    return tuple(value * scale for value in number.values) if scale else ()


def _nouns(number: Quantity, before: str, after: str, clause: str) -> frozenset[str]:
    """What is counted: the noun after the number, or after its "in" or "of"; people by the group they make up."""
    if number.unit in {Unit.COUNT, Unit.BARE} and _counts_heads(number, before, after):
        return frozenset({_GROUP if cue("figure", "group").search(clause) else _HEADS})
    of = _OF_WHAT.match(after)
    words = number.noun if number.unit is Unit.COUNT and number.noun else of[1] if of else ""
    stems = {stem(word.text): says_nothing(word) for word in words_of(words)}
    return frozenset(one for one, empty in stems.items() if not empty or one in stems_of("staff"))


def _counts_heads(number: Quantity, before: str, after: str) -> bool:
    people = not number.noun or bool({stem(word.text) for word in words_of(number.noun)} & stems_of("staff"))
    noun = f"{number.noun}{after}" if number.noun and not after.lower().lstrip().startswith(number.noun) else after
    return people and bool(
        cue("figure", "headcount_before").search(before) or cue("figure", "headcount_after").match(noun)
    )


def _kpis(reading: Reading, remark: Remark, clause: str, names: KpiNames) -> frozenset[int]:
    """The KPIs named in the clause, else in the sentence, else in the one before, else in the question."""
    before = reading.before(remark)
    for text in (clause, remark.text, before.text if before else "", reading.said.question):
        hits = frozenset(hit.kpi for hit in names.find(words_of(text)))
        if hits:
            return hits
    return frozenset()


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


def figures_disagree(one: Figure, other: Figure, likeness: float = 0.0) -> float:
    """How surely two figures contradict each other: 0 where they are of two things, or the same within rounding.

    `likeness` is how near the two sentences are by an embedder, 0 without one.
    """
    measure = _same_measure(one, other)
    if measure is None or not _comparable(one, other) or not _apart(one, other):
        return 0.0
    left, right = one.remark, other.remark
    shared = agreement(left.near, left.far, right.near, right.far)
    place = 0.5 if left.place & right.place or left.names & right.names else 0.0
    when = 0.5 if left.years & right.years else 0.0
    return min((measure + shared / 2 + place + when + max(0.0, likeness - 0.3)) / 4, 1.0)


def _comparable(one: Figure, other: Figure) -> bool:
    """Whether place, period, part, basis and standing allow the two to be the same figure."""
    left, right = one.remark, other.remark
    if left.place and right.place and not left.place & right.place:
        return False
    if left.names and right.names and not left.names & right.names and not left.place & right.place:
        return False
    if (left.years or right.years) and not left.years & right.years and (left.dated or right.dated):
        return False
    if not one.season & other.season and (one.seasoned or other.seasoned):
        return False
    same_standing = (one.target, one.begins, one.delta) == (other.target, other.begins, other.delta)
    same_basis = one.basis == other.basis or "salary" in one.flow & other.flow
    return same_standing and same_basis and _same_part(one, other)


def _same_part(one: Figure, other: Figure) -> bool:
    """Whether both speak of the same part of a whole, or both of the whole."""
    return one.parts == other.parts or bool(one.parts & other.parts and not (one.total or other.total))


def _apart(one: Figure, other: Figure) -> bool:
    low, high = sorted((one, other), key=lambda figure: figure.high)
    if one.unit is Unit.PERCENT and abs(one.high + other.high - 100) <= 1:
        return False  # the same share, told from its other side
    if one.unit is Unit.COUNT and high.low - low.high <= _COUNTED:
        return False  # the team with or without the speaker
    return high.low > low.high * (_HEDGED if one.hedged or other.hedged else _ROUNDED)


def _same_measure(one: Figure, other: Figure) -> float | None:
    """How much the two measures are one, None where they are two."""
    if not _same_unit(one, other) or _two_measures(one.measures, other.measures):
        return None
    if "salary" in one.flow & other.flow:
        return 1.5
    if one.kpis and other.kpis:
        return 1.5 if one.kpis & other.kpis else None
    if one.nouns and other.nouns:
        return _same_noun(one.nouns & other.nouns)
    return _same_unnamed(one, other)


def _same_unnamed(one: Figure, other: Figure) -> float | None:
    """Where a figure names no measure: a number of nothing is no figure, and money goes one way."""
    units = {one.unit, other.unit}
    if Unit.COUNT in units or (units == {Unit.BARE} and not one.flow & other.flow):
        return None
    return _same_money(one, other) if Unit.CURRENCY in units else 0.0


def _same_noun(shared: frozenset[str]) -> float | None:
    """Everybody works among people: where people are counted, the sentences have to share more."""
    if not shared:
        return None
    return 0.5 if shared <= stems_of("staff") | {_HEADS, _GROUP} else 1.0


def _same_unit(one: Figure, other: Figure) -> bool:
    loose = {Unit.COUNT, Unit.BARE, Unit.CURRENCY}
    if "salary" in one.flow & other.flow:
        return {one.unit, other.unit} <= loose
    return one.unit is other.unit or ({one.unit, other.unit} <= loose and Unit.BARE in {one.unit, other.unit})


def _same_money(one: Figure, other: Figure) -> float | None:
    """Money that comes in is not money that is spent."""
    if one.flow and other.flow:
        return 0.7 if one.flow & other.flow else None
    return 0.0


def _two_measures(one: frozenset[tuple[str, str]], other: frozenset[tuple[str, str]]) -> bool:
    """Whether one noun is made two measures by the words before it."""
    left, right = dict(one), dict(other)
    return any(left[head] != right[head] for head in left.keys() & right.keys())
