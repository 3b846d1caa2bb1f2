"""Which earlier words an interviewer takes up, once an interview: decided from the interview's state alone.

A panel disagrees with a claim of an earlier stage, a reference check puts two statements side by side, a final
interview comes back to the weakest claim. Where nothing can be quoted word for word, nothing is asked.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from prepbot.domain.contradiction import Contradiction, Quoted, Said
from prepbot.domain.evidence import Span
from prepbot.domain.interview import GivenAnswer, Interview, Unit
from prepbot.domain.notes import answers_of, assessed, claims_heard
from prepbot.domain.plan import PlannedQuestion, Seat, TakeUpKind
from prepbot.domain.role import QuestionKind, StageKind
from prepbot.domain.weak_claims import WeakClaim, weak_claims

FEWEST_WORDS = 3
_TOPIC = "Earlier answers"


@dataclass(frozen=True, slots=True)
class Objection:
    """A polite disagreement with a claim, from one seat of a panel."""

    seat: Seat
    claim: Quoted


TakenUp = Objection | Contradiction | WeakClaim

_IN_STAGE = {
    StageKind.PANEL: TakeUpKind.OBJECTION,
    StageKind.REFERENCES: TakeUpKind.CONTRADICTION,
    StageKind.EXECUTIVE: TakeUpKind.WEAKEST,
}


def to_take_up(interview: Interview) -> TakenUp | None:
    """What the open stage takes up of earlier answers; None where there is nothing, or it was taken up before."""
    kind = _IN_STAGE.get(interview.plan.stages[interview.stage].kind)
    if kind is None or any(unit.question.takes_up is kind for unit in interview.units):
        return None
    return next(_FOUND[kind](interview), None)


def as_question(taken: TakenUp, text: str) -> PlannedQuestion:
    """The question that takes earlier words up, worded as `text`."""
    about = 0
    match taken:
        case Objection():
            kind, asks = TakeUpKind.OBJECTION, QuestionKind.HYPOTHETICAL
            after = "How you hold on to a decision, or change it, when a colleague sees it differently."
        case Contradiction():
            kind, asks = TakeUpKind.CONTRADICTION, QuestionKind.BACKGROUND
            after = "One account that you and your referees would give alike."
        case WeakClaim():
            kind, asks = TakeUpKind.WEAKEST, QuestionKind.PAST_BEHAVIOUR
            after, about = f"What stands behind words of an earlier room: {taken.because}.", taken.quoted.said.seq
    asker = taken.seat.interviewer.label if isinstance(taken, Objection) else ""
    return PlannedQuestion(
        f"earlier-{kind}", text, asks, (_TOPIC,), after=after, viewpoint=asker, takes_up=kind, about=about
    )


def _objections(interview: Interview) -> Iterator[Objection]:
    """One of the panel, but not the first, and a claim of an earlier stage; a decision before any other deed."""
    seats = interview.plan.stages[interview.stage].panel[1:]
    earlier = [unit for unit in interview.units if unit.stage < interview.stage]
    found = [quoted for unit in earlier for quoted in _decisions(unit)]
    found = found or [quoted for unit in earlier for quoted in _deeds(unit)]
    claims = [quoted for quoted in found if _quotable(quoted, interview)]
    if seats and claims:
        seed = interview.plan.seed
        yield Objection(seats[seed % len(seats)], claims[seed % len(claims)])


def _decisions(unit: Unit) -> Iterator[Quoted]:
    for said, answer in _counted(unit):
        yield from (Quoted(said, span) for span in answer.heard.decisions)


def _deeds(unit: Unit) -> Iterator[Quoted]:
    """What was done, or would be. A figure that came of it is no matter of opinion, nor is a curriculum vitae."""
    evidence = assessed(unit)
    if evidence is None or unit.question.kind is QuestionKind.BACKGROUND:
        return
    told = [said for said, _ in _counted(unit)]
    spans: tuple[Span | None, ...] = (evidence.action, *evidence.steps)
    yield from (Quoted(told[span.turn], span) for span in spans if span is not None)


def _contradictions(interview: Interview) -> Iterator[Contradiction]:
    """The surest first; both statements have to be answers that count."""
    told = [pair for unit in interview.units for pair in _counted(unit)]
    said_in = {said.seq: said for said, _ in told}
    found = [
        Contradiction(one.kind, Quoted(before, one.earlier), Quoted(said, one.later), one.sureness / 100)
        for said, answer in told
        for one in answer.heard.conflicts
        if (before := said_in.get(one.earlier_seq)) is not None
    ]
    for one in sorted(found, key=lambda found: -found.sureness):
        apart = one.earlier.short != one.later.short
        if apart and _quotable(one.earlier, interview) and _quotable(one.later, interview):
            yield one


def _weakest(interview: Interview) -> Iterator[WeakClaim]:
    weak = weak_claims(interview, interview.stage, claims_heard(interview))
    yield from (one for one in weak if _quotable(one.quoted, interview))


def _counted(unit: Unit) -> Iterator[tuple[Said, GivenAnswer]]:
    """The answers of a unit that count, each beside what it replied to."""
    if assessed(unit) is not None:
        yield from zip(answers_of(unit), unit.answers, strict=True)


def _quotable(quoted: Quoted, interview: Interview) -> bool:
    """Whether the quotation stands word for word in its answer, none of which speaks to the interviewer."""
    words = quoted.short
    answers = {answer.seq: answer for unit in interview.units for answer in unit.answers}
    evidence = answers[quoted.said.seq].evidence
    clean = evidence is not None and not evidence.set_aside
    told = " ".join(quoted.said.text.split())
    return clean and words in told and len(words.split()) >= FEWEST_WORDS and not set("“”?") & set(words)


_FOUND: dict[TakeUpKind, Callable[[Interview], Iterator[TakenUp]]] = {
    TakeUpKind.OBJECTION: _objections,
    TakeUpKind.CONTRADICTION: _contradictions,
    TakeUpKind.WEAKEST: _weakest,
}
