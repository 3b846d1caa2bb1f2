"""Two dates or spans of time for one thing, and what speaks for it that they are of one."""

from collections.abc import Sequence

from prepbot.analysis.contradiction_sureness import Signs
from prepbot.analysis.contrasts import opposed, sides_of
from prepbot.analysis.dates import dates_apart
from prepbot.analysis.period_claims import Period, When
from prepbot.analysis.remarks import Remark
from prepbot.analysis.subjects import Subject, shared_by_distance

_ROUNDED, _HEDGED = 1.3, 1.6
_SLACK, _SLACK_OF_YEARS = 270.0, 800.0  # days: what "this spring" and a bare year leave open
_SOON = 7.0  # days: who can begin at once has a week at most to serve
_SPANS = frozenset({When.TENURE, When.PROCESS, When.SPAN, When.ROUTINE})
_SINCE = frozenset({When.START, When.ONCE, When.TENURE, When.SPAN})
_POINTS = frozenset({When.START, When.ONCE})


def period_signs(one: Period, other: Period) -> Signs | None:
    """What speaks for it that two period claims are of one thing; None where they can both be so."""
    ended = {one.when, other.when} == {When.GOES_ON, When.OVER}
    if not _same_place(one.remark, other.remark) or not (ended or _apart(one, other)):
        return None
    if opposed(sides_of(one.remark.text), sides_of(other.remark.text)):
        return None
    left, right = one.remark, other.remark
    shared = shared_by_distance(one.about, _around(left), other.about, _around(right))
    own = min(sum(period.about.values()) for period in (one, other))
    return {
        "cover": shared["near"] / max(own, 1.0),
        "same kind": float(one.when is other.when is not When.SPAN),
        "notice": float(one.when is other.when is When.NOTICE),
        "one event": float(_one_event(one, other)),
        "state": float(When.OVER in {one.when, other.when}),
        "span": float(one.days > 0),
        "asked": float(one.replies or other.replies),
        **shared,
        "place": float(bool(left.place & right.place or left.names & right.names)),
    }


def _one_event(one: Period, other: Period) -> bool:
    """Whether the same was done to the same thing."""
    return bool(one.verbs & other.verbs and (one.about.keys() & other.about.keys()) - one.verbs)


def _around(remark: Remark) -> Subject:
    return {**remark.near, **remark.far}


def _same_place(one: Remark, other: Remark) -> bool:
    return not (one.place and other.place) or bool(one.place & other.place)


def _apart(one: Period, other: Period) -> bool:
    kinds = {one.when, other.when}
    if one.ago and other.ago and kinds <= _SINCE and not (one.date and other.date) and one.when is not other.when:
        return _begin_apart(one, other)
    if len(kinds) > 1 and not (kinds <= _SPANS or kinds <= _POINTS):
        return False
    if one.when is When.ONCE is other.when and not _one_event(one, other):
        return False
    if one.date and other.date:
        return dates_apart(one.date, other.date)
    low, high = sorted((one.days, other.days))
    if kinds == {When.NOTICE} and one.days != other.days:
        return high > max(low, _SOON) * _ROUNDED
    return low > 0 and high > low * (_HEDGED if one.hedged or other.hedged else _ROUNDED)


def _begin_apart(one: Period, other: Period) -> bool:
    """Whether two beginnings, as days before today, are further apart than the words leave open."""
    low, high = sorted((one.ago, other.ago))
    slack = _SLACK_OF_YEARS if one.date or other.date else _SLACK
    return high - low > slack and high > low * _ROUNDED


def periods_told_twice(one: Period, other: Period, ones: Sequence[Period], others: Sequence[Period]) -> bool:
    """Whether both answers tell both dates or spans, so that nothing is contradicted."""
    return any(_equal(one, also) for also in others) and any(_equal(other, also) for also in ones)


def _equal(one: Period, other: Period) -> bool:
    """Whether two claims tell the same of time, wherever they stand."""
    ends = [(claim.date.low, claim.date.high) if claim.date else None for claim in (one, other)]
    return ends[0] == ends[1] and (one.when, one.days, one.ago) == (other.when, other.days, other.ago)
