"""One run of a model over labelled answers: what it reads in each, and the grades of rules, model and both."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from evals.answers import Scored
from evals.labelled import LabelledAnswer, role_of
from evals.obedient.units import row_unit
from evals.prediction import Case, from_evidence
from prepbot.domain.evidence import Evidence, KpiLevel, KpiReference, Ownership
from prepbot.domain.hybrid import VIA_MODEL, hybrid, may_be_read
from prepbot.domain.model_reading import ModelReading, Point
from prepbot.domain.report import unit_evidence
from prepbot.domain.rubric import grade
from prepbot.errors import ModelUnavailable
from prepbot.language.analyst import ModelAnalyst, analyst_requests
from prepbot.language.analyst_prompt import NothingToCheckBy
from prepbot.language.call import Request
from prepbot.language.client import ModelClient
from prepbot.language.reply_cache import CachedClient
from prepbot.reading.decoys import decoys_for

NOT_ASKED = "not asked"


@dataclass(frozen=True, slots=True)
class Read:
    """A labelled answer with what a model read in it; `reading` is None where it was not asked or failed."""

    scored: Scored
    reading: ModelReading | None
    failure: str = ""

    @property
    def rules(self) -> Case:
        """The rules alone."""
        return self.scored.case

    @property
    def both(self) -> Case:
        """Rules and model together, as the product grades."""
        if self.reading is None:
            return self.rules
        found = hybrid(self.scored.evidence, [self.reading], [self.scored.row.answer])
        return Case(self.scored.row, from_evidence(found.evidence, found.grade()))

    @property
    def model(self) -> Case:
        """The model alone: every check that it answered is as it says, the others are the rules'."""
        if self.reading is None or self.reading.not_used:
            return self.rules
        evidence = as_the_model_says(self.scored.evidence, self.reading)
        return Case(self.scored.row, from_evidence(evidence, grade(evidence)))


def as_the_model_says(rules: Evidence, reading: ModelReading) -> Evidence:
    """The rules' evidence with every check of the model's in its place. Parts and numbers no model is asked about."""
    said = {one.point: one for one in reading.proposals if one.point is not Point.KPI}
    evidence = rules
    if Point.IN_FIELD in said or Point.ON_QUESTION in said:
        on, field = said.get(Point.ON_QUESTION), said.get(Point.IN_FIELD)
        level = 2 if on and on.holds else 1 if field is None or field.holds else 0
        evidence = replace(evidence, relevance=level)
    if Point.OWN_PART in said:
        own = Ownership.I if said[Point.OWN_PART].holds else Ownership.WE
        none = evidence.ownership is Ownership.NONE and own is Ownership.WE
        evidence = replace(evidence, ownership=Ownership.NONE if none else own)
    if Point.CAUSALITY in said:
        evidence = replace(evidence, result=said[Point.CAUSALITY].span)
    known = {one.kpi for one in evidence.kpis if one.level >= KpiLevel.USED}
    new = {one.kpi: one for one in reading.proposals if one.point is Point.KPI and one.holds and one.kpi not in known}
    kept = tuple(one for one in evidence.kpis if one.kpi not in new)
    added = tuple(KpiReference(kpi, KpiLevel.USED, one.span, VIA_MODEL) for kpi, one in new.items() if one.span)
    return replace(evidence, kpis=(*kept, *added))


def read_by(
    client: ModelClient | CachedClient, scored: Sequence[Scored], among: Sequence[LabelledAnswer]
) -> list[Read]:
    """Every answer read once. A failure leaves the rules' reading, and says what it was."""
    reader = ModelAnalyst(client, decoys_for)
    return [_read(reader, one, among) for one in scored]


def _read(reader: ModelAnalyst, one: Scored, among: Sequence[LabelledAnswer]) -> Read:
    unit = row_unit(one.row, one.row.answer, one.evidence)
    if not may_be_read(unit_evidence(unit) or one.evidence):
        return Read(one, None, NOT_ASKED)
    try:
        reading = reader.read(role_of(one.row, among), unit, "", seed=0)
    except ModelUnavailable as failure:
        return Read(one, None, str(failure))
    return Read(one, reading, reading.not_used)


def requests_for(scored: Sequence[Scored], among: Sequence[LabelledAnswer]) -> list[Request]:
    """What would be asked, for an estimate."""
    found: list[Request] = []
    for one in scored:
        role = role_of(one.row, among)
        if may_be_read(one.evidence):
            try:
                found += analyst_requests(role, row_unit(one.row, one.row.answer, one.evidence), decoys_for(role))
            except NothingToCheckBy:
                continue
    return found
