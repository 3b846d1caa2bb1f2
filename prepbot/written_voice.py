"""The interviewer's written wording: templates from knowledge/follow_ups.toml, filled with the candidate's words."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from prepbot.domain.evidence import Evidence
from prepbot.domain.gap import REPLY_GAPS
from prepbot.domain.interview import Interview, Turn
from prepbot.domain.moves import Ask, CloseStage, Finish, Greet, Move, Probe, Reply
from prepbot.domain.plan import PlannedQuestion
from prepbot.domain.role import QuestionKind
from prepbot.domain.rubric import relevance_level
from prepbot.resources import resource

_READING = {
    QuestionKind.HYPOTHETICAL: "planned",
    QuestionKind.KNOWLEDGE: "planned",
    QuestionKind.BACKGROUND: "background",
}

Templates = Mapping[str, Mapping[str, Sequence[str]]]


@cache
def written_templates() -> Templates:
    """The templates by gap and form, as knowledge/follow_ups.toml holds them."""
    return tomllib.loads(resource("knowledge/follow_ups.toml").read_text(encoding="utf-8"))


class WrittenVoice:
    """Says every move from a template. Those said least come first; the plan's seed decides between them."""

    wording = "written"

    def say(self, move: Move, interview: Interview, interview_id: str = "") -> Iterator[str]:  # noqa: ARG002  free
        """The words of one turn, in one piece. Never raises."""
        yield written(move, interview)


def written(move: Move, interview: Interview) -> str:
    """The written form of a move: the sentence that is used wherever no model phrases a better one.

    Empty for the end, and for what an offer's employer answers: that has lines of its own (prepbot/offer_desk.py).
    """
    match move:
        case Greet(stage):
            return interview.plan.stages[stage].greeting
        case Ask():
            form = "first" if _opens_anew(move.question, interview) else _ask_form(interview)
            return _pick(written_templates()["ask"][form], interview).format(question=move.question.text)
        case Probe():
            return _probe(move, interview)
        case CloseStage(stage):
            return interview.plan.stages[stage].closing
        case Finish() | Reply():
            return ""


def _opens_anew(question: PlannedQuestion, interview: Interview) -> bool:
    """Whether a question needs no lead-in: it takes up earlier words, or somebody else on the panel speaks now."""
    before = interview.units[-1].question.viewpoint if interview.units else ""
    return question.takes_up is not None or question.viewpoint not in {"", before}


def _ask_form(interview: Interview) -> str:
    last = interview.units[-1] if interview.units else None
    if last is None or last.closed:
        return "first"
    if last.skipped:
        return "after_skip"
    unanswered = last.probes and last.probes[-1].gap and last.probes[-1].gap.kind in REPLY_GAPS
    return "after_no_answer" if unanswered and _still_unanswered(last.answers[-1].evidence) else "next"


def _still_unanswered(evidence: Evidence | None) -> bool:
    return evidence is None or relevance_level(evidence) == 0


def _probe(move: Probe, interview: Interview) -> str:
    """The line for the gap: the room's own form first, then the question kind's, then the common one."""
    forms = written_templates()[move.gap.kind.value]
    room = interview.plan.stages[move.stage].kind.value
    style = "quoting" if move.gap.quote else "plain"
    names = (f"{room}_{style}", f"{_READING.get(move.question.kind, '')}_{style}", style, "plain", "quoting")
    lines = next(forms[name] for name in names if name in forms)
    return _pick(lines, interview).format(
        quote=move.gap.quote, kpi=move.gap.kpi, tasks=move.gap.tasks, question=move.question.text
    )


def _pick(lines: Sequence[str], interview: Interview) -> str:
    """One of the lines said least so far in this interview; which of those, the plan's seed and the turn decide."""
    spoken = [turn for turn in interview.turns if turn.speaker == "interviewer"]
    questions = {question.id: question.text for question in interview.plan.questions}
    said = [sum(_filled(line, turn, questions) == turn.text for turn in spoken) for line in lines]
    fresh = [line for line, times in zip(lines, said, strict=True) if times == min(said)]
    return fresh[(interview.plan.seed + len(interview.turns)) % len(fresh)]


def _filled(line: str, turn: Turn, questions: Mapping[str, str]) -> str:
    quote, kpi, tasks = (turn.gap.quote, turn.gap.kpi, turn.gap.tasks) if turn.gap else ("", "", "")
    return line.format(quote=quote, kpi=kpi, tasks=tasks, question=questions.get(turn.question_id or "", ""))
