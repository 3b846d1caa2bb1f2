"""Interview questions that take up a line of the candidate's résumé: “You write that you …”."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from prepbot.domain.advice import Advice
from prepbot.domain.evidence import KpiLevel, Span
from prepbot.domain.opening import OpeningKind
from prepbot.domain.origin import Origin
from prepbot.domain.plan import Plan, PlannedQuestion
from prepbot.domain.quoting import quotation
from prepbot.domain.resume_check import LineReading
from prepbot.domain.role import QuestionKind, StageKind

TOPIC = "Your résumé"
_ROOMS = (StageKind.INTERVIEW, StageKind.SCREENING)
_FIRST = 3
_MINUTES = 3
_ID = "resume-{}-{}"  # the line, and where in the text it begins


@dataclass(frozen=True, slots=True)
class PickUp:
    """A question about one line. `quote` are the line's words as they are quoted, `kpi` the KPI in them, if any.

    `id` is stable for the same résumé; two sentences may share a `line`.
    """

    id: str
    line: int
    quote: str
    text: str
    kpi: str
    after: str

    @property
    def planned(self) -> PlannedQuestion:
        """The question as a plan takes it: it stands on no line of the role page."""
        kind, origin = QuestionKind.PAST_BEHAVIOUR, Origin.RESUME
        return PlannedQuestion(self.id, self.text, kind, (TOPIC,), after=self.after, origin=origin)


def pick_ups(lines: Sequence[LineReading], advice: Advice) -> tuple[PickUp, ...]:
    """A question for each claim, those about a KPI first, then about other figures, actions and duties.

    Personal lines, headings and lines that speak to a grader are never taken up.
    """
    order = list(advice.questions)
    found = []
    for reading in lines:
        name = _question(reading)
        quote = quotation(Span(0, len(reading.line.text)), reading.line.text) if reading.quotable else ""
        if name and quote:
            found.append(((order.index(name), reading.line.number), _pick_up(reading, name, quote, advice)))
    return tuple(question for _, question in sorted(found, key=lambda ranked: ranked[0]))


def with_pick_up(plan: Plan, found: Sequence[PickUp]) -> Plan:
    """The plan with one of the first few questions at the end of its interview room, else of its screening.

    The plan's seed chooses, so that two interviews need not ask the same. A plan without such a room stays as it is.
    """
    return with_asked(plan, [Random(plan.seed).choice(found[:_FIRST]).planned]) if found else plan


def with_asked(plan: Plan, asked: Sequence[PlannedQuestion]) -> Plan:
    """The plan with these questions at the end of its interview room, else of its screening, and time for them."""
    room = next((stage for kind in _ROOMS for stage in plan.stages if stage.kind is kind), None)
    if room is None or not asked:
        return plan
    longer = replace(room, questions=(*room.questions, *asked), minutes=room.minutes + _MINUTES * len(asked))
    return replace(plan, stages=tuple(longer if stage is room else stage for stage in plan.stages))


def _question(reading: LineReading) -> str:
    """The name of the question that a line invites; empty where it says nothing that could be asked about."""
    reference = reading.strongest
    if reference is not None:
        return "quantified" if reference.level is KpiLevel.QUANTIFIED else "kpi"
    if reading.numbers:
        return "number"
    return {OpeningKind.ACTION: "action", OpeningKind.DUTY: "duty", OpeningKind.NONE: ""}[reading.opening.kind]


def _pick_up(reading: LineReading, name: str, quote: str, advice: Advice) -> PickUp:
    reference, opening = reading.strongest, reading.opening
    kpi = reference.kpi if reference else ""
    told = opening.past and not opening.subject and quote[:1] == reading.line.text[:1]
    said = quote[0].lower() + quote[1:] if told else quote
    lead = (advice.told if told else advice.written).format(quote=said)
    text = f"{lead} {advice.questions[name].format(kpi=kpi)}"
    line = reading.line
    return PickUp(_ID.format(line.number, line.start), line.number, said, text, kpi, advice.after)
