"""Two figures for one thing: the same measure, place and period, and values apart by more than rounding."""

from collections.abc import Sequence, Set

from prepbot.analysis.contradiction_sureness import Signs
from prepbot.analysis.contrasts import opposed
from prepbot.analysis.counted import GROUP, HEADS
from prepbot.analysis.figure_claims import Figure
from prepbot.analysis.quantities import Unit
from prepbot.analysis.subjects import shared_by_distance, stems_of

_ROUNDED, _HEDGED, _COUNTED = 1.12, 1.3, 1.0
_MUCH = 1.5  # words in common that let a number of nothing be of the same thing
_NAMED = frozenset({"kpi", "kpi around", "salary"})
_REST_APART, _REST = 0.04, 1.3


def figure_signs(one: Figure, other: Figure) -> Signs | None:
    """What speaks for it that two figures are of one thing; None where both can be so."""
    measure = _same_measure(one, other) if one.ratio is other.ratio else None
    if measure is None or not _comparable(one, other) or not _apart(one, other):
        return None
    left, right = one.remark, other.remark
    shared = shared_by_distance(left.near, left.far, right.near, right.far, but=one.nouns & other.nouns)
    where = bool(left.place & right.place or left.names & right.names)
    if not _something_else(one, other, measure, shared) and not where:
        return None
    own = min(sum(remark.near.values()) for remark in (left, right))
    return {
        **measure,
        **shared,
        "cover": shared["near"] / max(own, 1.0),
        "place": float(where),
        "growth": float(one.ratio),
        "year": float(bool(left.years & right.years)),
        "kpi alone": float(one.named is not other.named and not one.kpis & other.kpis),
        "noun around": _noun_around(one, other),
        "one speaker": float(bool(one.who) and one.who == other.who),
        "share": float(one.unit is Unit.PERCENT),
    }


def _something_else(one: Figure, other: Figure, measure: Signs, shared: Signs) -> bool:
    """Whether more than the kind of number speaks for one thing: everybody has five of something."""
    if "bare" in measure:
        return bool(_noun_around(one, other)) or shared["near"] >= _MUCH
    named = measure.keys() & _NAMED or measure.get("noun words")
    return bool(any(shared.values()) or one.remark.years & other.remark.years or named)


def _comparable(one: Figure, other: Figure) -> bool:
    """Whether place, period, part, basis and standing allow the two to be the same figure."""
    left, right = one.remark, other.remark
    if left.place and right.place and not left.place & right.place:
        return False
    if opposed(one.sides, other.sides):
        return False
    if left.names and right.names and not left.names & right.names and not left.place & right.place:
        return False
    if (left.years or right.years) and not left.years & right.years and (left.dated or right.dated):
        return False
    if not one.season & other.season and (one.seasoned or other.seasoned):
        return False
    same_standing = (one.target, one.begins, one.delta, one.lost) == (
        other.target,
        other.begins,
        other.delta,
        other.lost,
    )
    same_basis = one.basis == other.basis or "salary" in one.flow & other.flow
    return same_standing and same_basis and _same_part(one, other)


def _same_part(one: Figure, other: Figure) -> bool:
    """Whether both speak of the same part of a whole, or both of the whole."""
    if one.total or other.total:
        return one.parts == other.parts
    return bool(one.parts & other.parts) or (one.parts <= _around(other) and other.parts <= _around(one))


def _noun_around(one: Figure, other: Figure) -> float:
    """Whether what one counts is spoken of around the other, which leaves it unsaid."""
    if bool(one.nouns) is bool(other.nouns):
        return 0.0
    named, bare = (one, other) if one.nouns else (other, one)
    return float(bool(named.nouns & (bare.remark.near.keys() | bare.remark.far.keys())))


def _around(figure: Figure) -> Set[str]:
    return figure.parts | figure.remark.near.keys() | figure.remark.far.keys()


def _apart(one: Figure, other: Figure) -> bool:
    """Whether the values differ by more than people round."""
    if one.change and other.change:
        ends = ((one.number.values[at], other.number.values[at]) for at in (0, -1))
        return any(_differ(one, other, (a, a), (b, b)) for a, b in ends)
    return _differ(one, other, (one.low, one.high), (other.low, other.high))


def _differ(one: Figure, other: Figure, left: tuple[float, float], right: tuple[float, float]) -> bool:
    low, high = sorted((left, right), key=lambda ends: ends[1])
    rough = one.hedged or other.hedged
    if one.unit is Unit.PERCENT and abs(one.high + other.high - 100) <= 1:
        return False  # the same share, told from its other side
    if Unit.COUNT in {one.unit, other.unit} and high[0] - low[1] <= _COUNTED:
        return False  # the team with or without the speaker
    if high[0] > low[1] * (_HEDGED if rough else _ROUNDED):
        return True
    return one.unit is other.unit and not rough and _far_from_full(one, low[1], high[0])


def _far_from_full(figure: Figure, low: float, high: float) -> bool:
    """Whether two shares near the whole, or two marks near the best, leave very different rests."""
    full = {Unit.PERCENT: 100.0, Unit.SCORE: 5.0}.get(figure.unit)
    if full is None or not full / 2 < low < high <= full:
        return False
    return high - low >= _REST_APART * full and full - low > (full - high) * _REST


def _same_measure(one: Figure, other: Figure) -> Signs | None:
    """What makes the two measures one, None where they are two."""
    if not _same_unit(one, other) or _two_measures(one.measures, other.measures):
        return None
    if "salary" in one.flow & other.flow:
        return {"salary": 1.0}
    if _two_kpis(one, other):
        return None
    named = one.named and other.named
    kpi = {"kpi" if named else "kpi around": 1.0} if one.kpis & other.kpis else {}
    if one.nouns and other.nouns:
        noun = _same_noun(one.nouns & other.nouns)
        if noun is None:
            return None if Unit.COUNT in {one.unit, other.unit} else {**kpi, "other noun": 1.0}
        return {**noun, **kpi}
    return kpi or _same_unnamed(one, other)


def _two_kpis(one: Figure, other: Figure) -> bool:
    """Whether the figures are of two KPIs, or one of a KPI and the other a share of something else."""
    if one.kpis & other.kpis:
        return False
    named = one.named and other.named
    if one.kpis and other.kpis and (named or one.unit not in {Unit.COUNT, Unit.BARE}):
        return True
    unnamed = other if one.named else one
    return one.unit is Unit.PERCENT and one.named is not other.named and bool(unnamed.nouns)


def _same_unnamed(one: Figure, other: Figure) -> Signs | None:
    """Where a figure names no measure: a number of nothing is no figure, and money goes one way."""
    money = one.flow & other.flow
    if {one.unit, other.unit} <= {Unit.BARE, Unit.COUNT} and not money:
        return {"bare": 1.0}
    if Unit.CURRENCY in {one.unit, other.unit} and one.flow and other.flow:
        return {"money": 1.0} if money else None
    return {}


def _same_noun(shared: frozenset[str]) -> Signs | None:
    """Everybody works among people: where people are counted, the sentences have to share more.

    "Hotel accounts" tell more than "accounts".
    """
    if not shared:
        return None
    if shared <= stems_of("staff") | {HEADS, GROUP}:
        return {"people": 1.0}
    return {"noun": 1.0, "noun words": float(len(shared) > 1)}


def _same_unit(one: Figure, other: Figure) -> bool:
    loose = {Unit.COUNT, Unit.BARE, Unit.CURRENCY}
    if "salary" in one.flow & other.flow:
        return {one.unit, other.unit} <= loose
    return one.unit is other.unit or ({one.unit, other.unit} <= loose and Unit.BARE in {one.unit, other.unit})


def _two_measures(one: frozenset[tuple[str, str]], other: frozenset[tuple[str, str]]) -> bool:
    """Whether one noun is made two measures by the words before it."""
    left, right = dict(one), dict(other)
    return any(left[head] != right[head] for head in left.keys() & right.keys())


def figures_told_twice(one: Figure, other: Figure, ones: Sequence[Figure], others: Sequence[Figure]) -> bool:
    """Whether both answers tell both figures: before and after, the plan and the result."""
    return any(_equal(one, also) for also in others) and any(_equal(other, also) for also in ones)


def _equal(one: Figure, other: Figure) -> bool:
    return (one.unit, one.low, one.high) == (other.unit, other.low, other.high)
