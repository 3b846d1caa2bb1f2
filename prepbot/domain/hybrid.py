"""Rules and language models together: what models may add to the rules' evidence, and where the band becomes a range.

Numbers, quotations, arithmetic and gaming are the rules'. A model's word counts where the rules themselves are in
doubt. Where they are sure and a model says otherwise, or where two models disagree, the band stays the rules' and its
interval is widened to hold both.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from prepbot.domain.evidence import HARD_FLAGS, Evidence, Flag, KpiLevel, KpiReference, Ownership, Span
from prepbot.domain.model_reading import ModelReading, Point, Proposal
from prepbot.domain.rubric import Grade, NotGraded, grade

VIA_MODEL = "model"
"""How a KPI was recognised that a model's word decided."""

_CLOSED = HARD_FLAGS | {Flag.INJECTION, Flag.STEERING}
# “I think” and “I was” do not act.
_ACTING = re.compile(
    r"\bI(?:['’](?:d|ve|ll|m))?\s+(?!(?:think|thought|guess|believe|believed|feel|felt|mean|know|knew|hope|suppose|"
    r"like|love|want|wanted|am|was|have been|agree|understand|remember|see|saw)\b)[a-z]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Gain:
    """A check of the rubric that the rules left open and every model ticks, with the words that show it."""

    check: str
    span: Span
    kpi: str = ""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A check that the rules see one way and a model the other. `holds`, `reason` and `span` are the model's.

    `among_models` says that not every model that reads shows it.
    """

    check: str
    holds: bool
    reason: str
    span: Span | None = None
    kpi: str = ""
    among_models: bool = False


@dataclass(frozen=True, slots=True)
class Hybrid:
    """The evidence of a unit with what models added to it. `engines` are those whose readings were used."""

    evidence: Evidence
    engines: tuple[str, ...] = ()
    gains: tuple[Gain, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()

    def engine(self, rules: str) -> str:
        """What made the grade, the rules' engine first: "rules + openai:some-model analyst.v1"."""
        return " + ".join((rules, *self.engines))

    def grade(self) -> Grade | NotGraded:
        """The grade of the evidence, its interval wide enough for every disagreement."""
        given = grade(self.evidence)
        if isinstance(given, NotGraded):
            return given
        bands = [_band(_otherwise(self.evidence, [one]), given.band) for one in self.disagreements]
        every = [*bands, _band(_otherwise(self.evidence, self.disagreements), given.band)]
        if all(band == given.band for band in every):
            return given
        decisive = [d for d, band in zip(self.disagreements, bands, strict=True) if band != given.band]
        low, high = given.interval or (given.band, given.band)
        return replace(
            given,
            interval=(min(low, *every), max(high, *every)),
            disputed=tuple(dict.fromkeys(one.check for one in decisive or self.disagreements)),
        )


def may_be_read(evidence: Evidence) -> bool:
    """Whether a model may say anything about a unit: not where its words speak to the grader, nor where none count."""
    return not evidence.flags & _CLOSED


def open_kpis(evidence: Evidence, kpis: Iterable[str]) -> tuple[str, ...]:
    """Those of a role's KPIs that the rules have not found put to use: no other needs a second reader."""
    if Flag.STUFFING in evidence.flags:
        return ()
    used = {reference.kpi for reference in evidence.kpis if reference.level >= KpiLevel.USED}
    return tuple(kpi for kpi in kpis if kpi not in used)


def hybrid(rules: Evidence, readings: Sequence[ModelReading], answers: Sequence[str]) -> Hybrid:
    """The rules' evidence with what the models' readings add; `answers` are those that the spans lie in."""
    used = [reading for reading in readings if not reading.not_used] if may_be_read(rules) else []
    if not used:
        return Hybrid(rules)
    found = [*_on_statements(rules, used, answers), *_on_kpis(rules, used)]
    gains = tuple(one for one in found if isinstance(one, Gain))
    evidence = rules
    for gain in gains:
        evidence = _with_gain(evidence, gain)
    return Hybrid(
        evidence,
        tuple(reading.engine for reading in used),
        gains,
        tuple(one for one in found if isinstance(one, Disagreement)),
    )


def _on_statements(
    rules: Evidence, used: Sequence[ModelReading], answers: Sequence[str]
) -> Iterator[Gain | Disagreement]:
    for point, seen in _seen_by_rules(rules).items():
        said = (one for reading in used for one in reading.proposals if one.point is point and _counts(one, answers))
        against = [one for one in said if one.holds is not seen.holds]
        if not against:
            continue
        first = against[0]
        among_models = len(against) < len(used)
        if seen.is_open and first.span is not None and not among_models:
            yield Gain(seen.check, first.span)
        else:
            yield Disagreement(seen.check, first.holds, first.reason, first.span, among_models=among_models)


@dataclass(frozen=True, slots=True)
class _Seen:
    """How the rules see a check; `is_open` where they are in doubt about it themselves."""

    check: str
    holds: bool
    is_open: bool = False


def _seen_by_rules(rules: Evidence) -> dict[Point, _Seen]:
    doubted = rules.relevance == 1 and Flag.OFF_TOPIC_DOUBT in rules.flags
    seen = {
        Point.ON_QUESTION: _Seen("on_question", rules.relevance >= 2, doubted),
        Point.IN_FIELD: _Seen("in_field", rules.relevance >= 1),
        Point.CAUSALITY: _Seen("result", rules.result is not None),
    }
    if rules.action is None:  # nobody's part where nothing is done
        return seen
    own = rules.ownership is Ownership.I
    return seen | {Point.OWN_PART: _Seen("own_part", own, not own)}


def _counts(proposal: Proposal, answers: Sequence[str]) -> bool:
    """Whether code bears a yes out as far as it can: an own part is told by an “I” that acts."""
    if proposal.point is not Point.OWN_PART or not proposal.holds:
        return True
    return proposal.span is not None and bool(_ACTING.search(proposal.span.cut(answers[proposal.span.turn])))


def _on_kpis(rules: Evidence, used: Sequence[ModelReading]) -> Iterator[Gain | Disagreement]:
    if Flag.STUFFING in rules.flags:
        return
    known = {reference.kpi: reference.level for reference in rules.kpis}
    unclear = {reference.kpi: reference.span for reference in rules.unclear_kpis if reference.kpi not in known}
    yes = [[one for one in r.proposals if one.point is Point.KPI and one.holds and one.span] for r in used]
    first = {one.kpi: one for said in reversed(yes) for one in reversed(said)}
    for kpi, one in first.items():
        if known.get(kpi, KpiLevel.MENTIONED) >= KpiLevel.USED or one.span is None:
            continue
        every = all(any(other.kpi == kpi for other in said) for said in yes)
        if every and kpi in unclear and _overlap(unclear[kpi], one.span):
            yield Gain(Point.KPI.value, unclear[kpi], kpi)
        else:
            yield Disagreement(Point.KPI.value, True, one.reason, one.span, kpi, among_models=not every)


def _with_gain(evidence: Evidence, gain: Gain) -> Evidence:
    if gain.check == Point.ON_QUESTION:
        return replace(evidence, relevance=2, flags=evidence.flags - {Flag.OFF_TOPIC_DOUBT})
    if gain.check == Point.OWN_PART:
        return replace(evidence, ownership=Ownership.I)
    return _with_kpi(evidence, gain.kpi, gain.span)


def _with_kpi(evidence: Evidence, kpi: str, span: Span) -> Evidence:
    """The evidence with a KPI put to use, never more: numbers are the rules' alone."""
    reference = KpiReference(kpi, KpiLevel.USED, span, VIA_MODEL)
    return replace(
        evidence,
        kpis=(*(one for one in evidence.kpis if one.kpi != kpi), reference),
        unclear_kpis=tuple(one for one in evidence.unclear_kpis if one.kpi != kpi),
    )


def _otherwise(evidence: Evidence, disagreements: Sequence[Disagreement]) -> Evidence:
    """The evidence as it would be, were the models right about these checks."""
    for one in disagreements:
        if one.check == "on_question":
            level = min(evidence.relevance + 1, 2) if one.holds else min(evidence.relevance, 1)
            evidence = replace(evidence, relevance=level)
        elif one.check == "in_field":
            evidence = replace(evidence, relevance=max(evidence.relevance, 1) if one.holds else 0)
        elif one.check == "result":
            evidence = replace(evidence, result=one.span if one.holds else None)
        elif one.check == "own_part":
            evidence = replace(evidence, ownership=Ownership.I if one.holds else Ownership.WE)
        elif one.span is not None:
            evidence = _with_kpi(evidence, one.kpi, one.span)
    return evidence


def _band(evidence: Evidence, otherwise: int) -> int:
    given = grade(evidence)
    return given.band if isinstance(given, Grade) else otherwise


def _overlap(left: Span, right: Span) -> bool:
    return left.turn == right.turn and left.start < right.end and right.start < left.end
