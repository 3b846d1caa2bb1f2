"""Bind numbers to KPIs: by unit, by nearness within the segment, and never past another noun that owns the number."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from prepbot.analysis.quantities import Quantity, Unit
from prepbot.analysis.sentences import Segment
from prepbot.analysis.words import form_key
from prepbot.domain.metric import TrackedKpi

_TIME_UNITS = frozenset({"seconds", "minutes", "hours", "days", "weeks", "months", "years", "time"})
_ACCEPTED = {
    "percent": {Unit.PERCENT, Unit.POINTS, Unit.FACTOR, Unit.SCORE, Unit.BARE},
    "currency": {Unit.CURRENCY, Unit.PERCENT, Unit.FACTOR, Unit.BARE},
    "count": {Unit.COUNT, Unit.PERCENT, Unit.FACTOR, Unit.BARE},
    "time": {Unit.TIME, Unit.PERCENT, Unit.FACTOR, Unit.BARE},
    "ratio": {Unit.FACTOR, Unit.CURRENCY, Unit.PERCENT, Unit.BARE, Unit.POINTS},
    "times": {Unit.FACTOR, Unit.PERCENT, Unit.BARE},
    "score": {Unit.SCORE, Unit.PERCENT, Unit.POINTS, Unit.FACTOR, Unit.BARE},
}
_ANY_UNIT = {Unit.PERCENT, Unit.POINTS, Unit.CURRENCY, Unit.TIME, Unit.FACTOR, Unit.SCORE, Unit.BARE, Unit.COUNT}
_TIME_WORD = re.compile(r"(?i)\b(?:days?|weeks?|months?|hours?|minutes?|seconds?|years?|time|long)\b")
# Things that own the number nearest to them; a KPI does not take it over their heads.
_OWNERS = re.compile(
    r"(?i)\b(?:sales|revenues?|margins?|profits?|returns?|refunds?|costs?|budgets?|prices?|spend|discounts?|complaints?|"
    r"tickets?|calls?|orders?|load(?:ing)? times?|subscribers|followers|turnover|team|staff|errors?|mistakes|volume|"
    r"headcount|hours|overtime|savings?|bookings|leads|downloads|impressions|stock-?outs|cancellations)\b"
)
_NEW_SUBJECT = re.compile(r"(?i)[;:]|,\s+(?:and|but|while|with|as)\b|\b(?:and|while|whereas)\s+(?:the|our|a|my|we|i)\b")
_UNIT_WORDS = (
    ("time", re.compile(r"(?i)\b(?:time|duration|days|hours|lead time|speed|tenure|age)\b")),
    ("percent", re.compile(r"(?i)\b(?:rate|percentage|share|ratio|accuracy|utili[sz]ation|percent)\b")),
    ("currency", re.compile(r"(?i)\b(?:value|cost|costs|revenue|spend|price|amount of money|sales|profit)\b")),
    ("score", re.compile(r"(?i)\b(?:score|rating|ratings|stars|index)\b")),
    ("count", re.compile(r"(?i)\b(?:number of|count|total|how many|traffic|volume)\b")),
)
_FAR = 70


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where a KPI stands, by name or by paraphrase. `whole` says the span is a clause, not a name."""

    kpi: int
    start: int
    end: int
    via: str
    whole: bool = False


def unit_of(tracked: TrackedKpi) -> str:
    """The unit family of a KPI: from the catalogue, else read off its name and definition, else "any"."""
    metric = tracked.metric
    if metric is not None:
        return "time" if metric.unit in _TIME_UNITS else metric.unit if metric.unit in _ACCEPTED else "any"
    for text in (tracked.kpi.name, tracked.kpi.definition):
        for unit, pattern in _UNIT_WORDS:
            if pattern.search(text):
                return unit
    return "any"


def bind(
    mention: Mention,
    tracked: TrackedKpi,
    others: Sequence[Mention],
    quantities: Sequence[Quantity],
    segment: Segment,
    text: str,
) -> Quantity | None:
    """The quantity of `segment` that belongs to `mention`, the nearest first; None where there is none.

    `others` are the mentions of other KPIs, which take the numbers nearer to them.
    """
    near = [q for q in quantities if segment.start <= q.start < segment.end and q.unit is not Unit.DATE]
    fitting = [q for q in near if _fits(q, mention, tracked, text) and _reaches(q, mention, others, text)]
    return min(fitting, key=lambda q: (not _inside(q, mention), _gap(q, mention)), default=None)


def taken_up(
    tracked: TrackedKpi, claimed: Sequence[tuple[int, int]], quantities: Sequence[Quantity], segment: Segment
) -> Quantity | None:
    """The number by which a segment goes on about a KPI that was given a number before, as in "it stood at 4.2 in May".

    None where the segment names another KPI (`claimed` are the ranges of their mentions), where something else owns the
    number ("sales rose 20 %"), or where its unit cannot be the KPI's.
    """
    if _OWNERS.search(segment.text) or any(start < segment.end and segment.start < end for start, end in claimed):
        return None
    accepted = _ACCEPTED.get(unit_of(tracked), _ANY_UNIT)
    inside = (q for q in quantities if segment.start <= q.start < segment.end)
    return next((q for q in inside if q.unit in accepted), None)


def _fits(quantity: Quantity, mention: Mention, tracked: TrackedKpi, text: str) -> bool:
    """Whether the number's unit can be the KPI's."""
    unit = unit_of(tracked)
    accepted = _ACCEPTED.get(unit, _ANY_UNIT)
    words = text[mention.start : mention.end]
    if quantity.unit is Unit.COUNT:
        return (unit in {"count", "any", "score"} or mention.whole) and _counts_it(quantity, tracked, words)
    if quantity.unit is Unit.TIME:
        return Unit.TIME in accepted or (bool(_TIME_WORD.search(words)) and mention.via == "inverse")
    if quantity.unit is Unit.BARE and not (
        quantity.change or any(c.isdigit() for c in text[quantity.start : quantity.end])
    ):
        return False
    return quantity.unit in accepted


def _counts_it(quantity: Quantity, tracked: TrackedKpi, words: str) -> bool:
    """Whether the noun after the number is what the KPI counts."""
    nouns = set(form_key(quantity.noun))
    metric = tracked.metric
    phrases = [words, tracked.kpi.name, tracked.kpi.definition]
    phrases += [*metric.aliases, *metric.paraphrases] if metric else []
    return bool(nouns & {form for phrase in phrases for form in form_key(phrase)})


def _inside(quantity: Quantity, mention: Mention) -> bool:
    return mention.start <= quantity.start and quantity.end <= mention.end


def _gap(quantity: Quantity, mention: Mention) -> int:
    return max(quantity.start - mention.end, mention.start - quantity.end, 0)


def _reaches(quantity: Quantity, mention: Mention, others: Sequence[Mention], text: str) -> bool:
    """Whether nothing between the number and the KPI takes the number for itself."""
    if _inside(quantity, mention):
        return True
    gap = _gap(quantity, mention)
    if gap > _FAR:
        return False
    after = quantity.start >= mention.end
    between = text[mention.end : quantity.start] if after else text[quantity.end : mention.start]
    if any(_stands_between(other, quantity, mention) for other in others):
        return False
    if after:
        return not (_NEW_SUBJECT.search(between) and _OWNERS.search(between))
    if gap > 30 or re.search(r"[,;:.]", between) or _OWNERS.search(between):
        return False
    return not any(other.end <= quantity.start and quantity.start - other.end < 25 for other in others)


def _stands_between(other: Mention, quantity: Quantity, mention: Mention) -> bool:
    if other.kpi == mention.kpi:
        return False
    if quantity.start >= mention.end:
        return mention.end <= other.start < quantity.start
    return quantity.end <= other.start < mention.start
