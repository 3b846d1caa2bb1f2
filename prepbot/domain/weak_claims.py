"""Which earlier claim a later interviewer should take up again, and why: the weakest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from prepbot.domain.contradiction import Quoted
from prepbot.domain.evidence import Evidence, KpiLevel, Ownership
from prepbot.domain.heard import ClaimKind
from prepbot.domain.interview import Interview, Unit
from prepbot.domain.notes import Claim, ClaimReader, assessed, claims_of, no_claims
from prepbot.domain.role import QuestionKind
from prepbot.domain.skeleton import holds_figure

_EXPLAINED = 2
"""Steps that make a large figure plausible."""
_TOLD = frozenset({QuestionKind.PAST_BEHAVIOUR, QuestionKind.BACKGROUND})


class Weakness(StrEnum):
    """Why a claim is weak. The order is the order of asking: the least believable first."""

    LARGE_FIGURE = "large_figure"
    OWNERSHIP_UNCLEAR = "ownership_unclear"
    KPI_WITHOUT_NUMBER = "kpi_without_number"
    RESULT_WITHOUT_NUMBER = "result_without_number"


BECAUSE: dict[Weakness, str] = {
    Weakness.LARGE_FIGURE: "a large figure without the steps that led to it",
    Weakness.OWNERSHIP_UNCLEAR: "a result, and it stayed open whose it was",
    Weakness.KPI_WITHOUT_NUMBER: "a KPI without a number",
    Weakness.RESULT_WITHOUT_NUMBER: "a result without a number",
}


@dataclass(frozen=True, slots=True)
class WeakClaim:
    """A claim to ask about again, in the candidate's own words."""

    weakness: Weakness
    quoted: Quoted
    kpi: str = ""

    @property
    def because(self) -> str:
        """Why it is asked about, as the review shows it."""
        return BECAUSE[self.weakness]


def weak_claims(interview: Interview, before_stage: int, read: ClaimReader = no_claims) -> tuple[WeakClaim, ...]:
    """The weak claims of the stages before `before_stage`, weakest first, one for each question and reason at most.

    Words that were said twice are one claim. A follow-up that closed the hole counts: a question's answers are read
    together.
    """
    units = (unit for unit in interview.units if unit.stage < before_stage)
    found = [weak for unit in units for weak in _weak(unit, read)]
    first = {(weak.weakness, weak.quoted.short): weak for weak in reversed(found)}
    once = [weak for weak in found if first[weak.weakness, weak.quoted.short] is weak]
    return tuple(sorted(once, key=lambda weak: tuple(Weakness).index(weak.weakness)))


def _weak(unit: Unit, read: ClaimReader) -> Iterator[WeakClaim]:
    evidence = assessed(unit)
    if evidence is None:
        return
    claims = claims_of(unit, read)
    large = next((claim for claim in claims if claim.large), None)
    if large is not None and len(evidence.steps) < _EXPLAINED:
        yield WeakClaim(Weakness.LARGE_FIGURE, large.quoted)
    result = next((claim for claim in claims if claim.kind is ClaimKind.RESULT), None)
    if result is not None and unit.question.kind in _TOLD:
        yield from _weak_result(evidence, result)
    bare = _kpi_without_number(evidence, claims)
    if bare is not None:
        yield WeakClaim(Weakness.KPI_WITHOUT_NUMBER, bare.quoted, bare.kpi)


def _weak_result(evidence: Evidence, result: Claim) -> Iterator[WeakClaim]:
    if evidence.ownership is not Ownership.I:
        yield WeakClaim(Weakness.OWNERSHIP_UNCLEAR, result.quoted)
    numbered = evidence.kpi_level is KpiLevel.QUANTIFIED or holds_figure(result.quoted.words)
    if not numbered and evidence.kpi_level is not KpiLevel.USED:
        yield WeakClaim(Weakness.RESULT_WITHOUT_NUMBER, result.quoted)


def _kpi_without_number(evidence: Evidence, claims: tuple[Claim, ...]) -> Claim | None:
    """A KPI put to use without a number, where none has one; the one in the result first."""
    if evidence.kpi_level is not KpiLevel.USED:
        return None
    used = [claim for claim in claims if claim.kind is ClaimKind.KPI]
    return next((claim for claim in used if claim.in_result), used[0] if used else None)
