"""What one stage leaves the next: claims of the answers so far, in the candidate's own words with their place."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from prepbot.domain.contradiction import Quoted, Said
from prepbot.domain.evidence import HARD_FLAGS, Evidence, KpiLevel, Ownership, Span
from prepbot.domain.heard import ClaimKind
from prepbot.domain.interview import Interview, Unit
from prepbot.domain.rubric import merged

MOST_A_STAGE = 5
"""As many notes as an interviewer reads before the next talk."""
_FEWEST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing a candidate claimed.

    `number` is the figure in it and `bound_to` what the figure is of, in words; `kpi` is the role page's name. `large`
    says that the figure is a change so large that a listener asks how. `ownership` is that of the whole question.
    """

    kind: ClaimKind
    quoted: Quoted
    kpi: str = ""
    number: Span | None = None
    bound_to: str = ""
    in_result: bool = False
    large: bool = False
    ownership: Ownership = Ownership.NONE


@dataclass(frozen=True, slots=True)
class StageNote:
    """What one stage carries forward, best first. `stage` is its place in the plan."""

    stage: int
    name: str
    claims: tuple[Claim, ...]


ClaimReader = Callable[[Said], Sequence[Claim]]
"""Reads the figures and periods of one answer that stand beside no KPI of the role."""


def no_claims(said: Said) -> tuple[Claim, ...]:  # noqa: ARG001  a reader takes the answer
    """The reader that reads nothing: notes from evidence alone."""
    return ()


def claims_heard(interview: Interview) -> ClaimReader:
    """The reader that gives back what was heard in each answer when it was assessed."""
    heard = {answer.seq: answer.heard.claims for unit in interview.units for answer in unit.answers}

    def read(said: Said) -> tuple[Claim, ...]:
        return tuple(
            Claim(one.kind, Quoted(said, one.span), one.kpi, one.number, one.bound_to, large=one.large)
            for one in heard.get(said.seq, ())
        )

    return read


def claims_of(unit: Unit, read: ClaimReader = no_claims) -> tuple[Claim, ...]:
    """The claims of one question's answers in the order of the text; none where nothing was assessed or assessable."""
    evidence = assessed(unit)
    if evidence is None:
        return ()
    said = answers_of(unit)
    found = [*_from_evidence(evidence, said), *(claim for one in said for claim in read(one))]
    return tuple(sorted(found, key=lambda claim: claim.quoted.span.turn))


def stage_notes(interview: Interview, read: ClaimReader = no_claims, most: int = MOST_A_STAGE) -> tuple[StageNote, ...]:
    """The notes of each stage that has something to carry, in the plan's order; what was noted is not noted again."""
    notes = []
    noted: set[str] = set()
    for place, stage in enumerate(interview.plan.stages):
        found = [claim for unit in interview.units if unit.stage == place for claim in claims_of(unit, read)]
        claims = _worth_carrying([claim for claim in found if claim.quoted.short not in noted], most)
        noted |= {claim.quoted.short for claim in claims}
        if claims:
            notes.append(StageNote(place, stage.name, claims))
    return tuple(notes)


def known_before(notes: Sequence[StageNote], stage: int) -> tuple[StageNote, ...]:
    """What the interviewer of a stage already knew."""
    return tuple(note for note in notes if note.stage < stage)


def assessed(unit: Unit) -> Evidence | None:
    """The evidence of a question's answers together, None where there is none that counts."""
    found = [answer.evidence for answer in unit.answers if answer.evidence is not None]
    if unit.skipped or not found or len(found) < len(unit.answers):
        return None
    together = merged(found)
    return None if together.flags & HARD_FLAGS or together.relevance == 0 else together


def answers_of(unit: Unit) -> tuple[Said, ...]:
    """The answers of a question in their order, each beside what it replies to."""
    return tuple(
        Said(
            unit.question.text if turn == 0 or answer.probe is None else answer.probe.text,
            answer.text,
            answer.seq,
            unit.stage,
            turn,
        )
        for turn, answer in enumerate(unit.answers)
    )


def _from_evidence(evidence: Evidence, said: Sequence[Said]) -> Iterator[Claim]:
    """KPIs that were put to use, the result and the action, with whose they were."""
    whose = evidence.ownership
    for reference in evidence.kpis:
        if reference.level >= KpiLevel.USED:
            quoted = Quoted(said[reference.span.turn], reference.span)
            result = reference.in_result
            yield Claim(ClaimKind.KPI, quoted, reference.kpi, reference.number, reference.kpi, result, ownership=whose)
    for kind, span in ((ClaimKind.RESULT, evidence.result), (ClaimKind.DEED, evidence.action)):
        if span is not None:
            yield Claim(kind, Quoted(said[span.turn], span), in_result=kind is ClaimKind.RESULT, ownership=whose)


def _worth_carrying(claims: Sequence[Claim], most: int) -> tuple[Claim, ...]:
    """The claims that a later stage can ask about, best first; of overlapping or equal words the better claim stays."""
    kept: list[Claim] = []
    for claim in sorted(claims, key=_rank):
        repeated = any(_same_words(claim.quoted, other.quoted) for other in kept)
        if len(kept) < most and not repeated and len(claim.quoted.short.split()) >= _FEWEST_WORDS:
            kept.append(claim)
    return tuple(kept)


def _rank(claim: Claim) -> int:
    if claim.kind is ClaimKind.KPI:
        return 0 if claim.number and claim.in_result else 1 if claim.number else 7
    if claim.kind is ClaimKind.FIGURE and (claim.kpi or claim.large):
        return 2
    return (ClaimKind.RESULT, ClaimKind.FIGURE, ClaimKind.PERIOD, ClaimKind.DEED).index(claim.kind) + 3


def _same_words(one: Quoted, other: Quoted) -> bool:
    overlap = one.span.start < other.span.end and other.span.start < one.span.end
    return one.short == other.short or (one.said.seq == other.said.seq and overlap)
