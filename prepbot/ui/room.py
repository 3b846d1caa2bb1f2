"""What is said in a room, as HTML: the lit question, what was said before, and the hints. Pure."""

from collections.abc import Sequence
from html import escape

from prepbot.domain.interview import Interview, Turn, Unit
from prepbot.domain.marking import MarkKind
from prepbot.domain.plan import Length, Plan, PlannedQuestion
from prepbot.domain.report import SourceLine
from prepbot.domain.role import QuestionKind
from prepbot.domain.rubric import BAND_ANCHORS, CRITERIA, Criterion
from prepbot.domain.stage_profile import Interviewer
from prepbot.domain.wording import written_instead
from prepbot.ui import offer
from prepbot.ui.marks import letter
from prepbot.ui.pictures import portrait

SECTION_WORDS = {"activity": "Role page", "kpi": "Role page, KPI", "about": "Role page", "stage": "Role page"}

LIST_SIGNS = "-–•*· \t"

_TOLD = {
    MarkKind.SITUATION: "where and when it was",
    MarkKind.TASK: "what had to be reached",
    MarkKind.ACTION: "what you did, as <b>I</b>",
    MarkKind.RESULT: "what changed, with a number",
}
_PLANNED = {
    MarkKind.SITUATION: "where this would be",
    MarkKind.TASK: "what you want to reach",
    MarkKind.ACTION: "your steps, as <b>I</b>",
    MarkKind.RESULT: "how you would know it worked",
}
_SHAPES = {
    QuestionKind.PAST_BEHAVIOUR: _TOLD,
    QuestionKind.BACKGROUND: _TOLD,
    QuestionKind.HYPOTHETICAL: _PLANNED,
    QuestionKind.KNOWLEDGE: _PLANNED,
}


def who(interviewer: Interviewer, width: int = 76) -> str:
    """The interviewer's portrait, name and interest."""
    return (
        f'<div class="who">{portrait(interviewer.portrait, width)}<div><b>{escape(interviewer.name)}</b>'
        f'<span class="dim">{escape(interviewer.title)}. {escape(interviewer.wants)}</span></div></div>'
    )


def lit_question(interview: Interview, turn: Turn, repeated: bool = False, heard: bool = False) -> str:
    """The card that holds the open question: who asks, what was said on the way in, and the question itself.

    `heard` says that an answer was sent and the reply is still on its way.
    """
    unit = interview.units[-1]
    lead = "".join(_lead_in(said, turn, interview) for said in _lead(interview, turn))
    once_more = f'<p class="again">Of course. The question was: {escape(unit.question.heading)}</p>' if repeated else ""
    set_now = unit.question.exercise is not None and turn == unit.asked
    asked = unit.question.heading if set_now else said_aloud(turn, interview)
    asker = interview.plan.stages[turn.stage].asker(unit.question)
    place = f"{asker.name} has your answer and is about to reply." if heard else _place(interview, unit)
    return (
        f"{who(asker)}"
        f'<div class="lead">{lead}</div><h1 class="question" data-turn="{turn.seq}">'
        f"{escape(asked)}</h1>{once_more}{_written_instead(turn)}"
        f'<p class="dim">{escape(place)}</p>'
    )


def _written_instead(turn: Turn) -> str:
    words = written_instead(turn.instead_of)
    return f'<p class="dim">{escape(words)}</p>' if words else ""


def said_aloud(turn: Turn, interview: Interview) -> str:
    """The words of a turn, without the letter where one is put: it lies on the table as a document."""
    stage = interview.plan.stages[turn.stage]
    put = (question for question in stage.questions if question.id == turn.question_id and stage.put_by(question))
    return next((question.text for question in put if turn.kind == "ask"), turn.text)


def arriving(interviewer: Interviewer, words: str, plan: Plan) -> str:
    """The same card while the words of a reply come in; an exercise is named, not read out."""
    on_sheet = (question for question in plan.questions if question.exercise and question.text in words)
    said = next((question.heading for question in on_sheet), words)
    return f'{who(interviewer)}<div class="lead"></div><h1 class="question">{escape(said)}</h1><p class="dim">…</p>'


def transcript(turns: Sequence[Turn], interview: Interview) -> str:
    """What was said, one paragraph a turn, with the speaker's name."""
    return f'<div class="talk">{"".join(_said(turn, interview) for turn in turns)}</div>'


def earlier_turns(interview: Interview, turn: Turn) -> tuple[Turn, ...]:
    """What was said in this room before the open question and the words that lead up to it."""
    shown = {turn.seq, *(said.seq for said in _lead(interview, turn))}
    return tuple(said for said in interview.turns if said.stage == turn.stage and said.seq not in shown)


def hints(question: PlannedQuestion, after: Sequence[SourceLine], kpis: Sequence[str]) -> str:
    """What the question is after, the shape of a strong answer, and the KPIs that fit."""
    shape = "".join(
        f'<div class="hrow">{letter(kind)}<span>{words}</span></div>' for kind, words in _SHAPES[question.kind].items()
    )
    fits = "".join(f'<span class="chip">{escape(kpi)}</span>' for kpi in kpis)
    strong = f'<div class="sec"><h3>A strong answer says</h3>{shape}</div>' if question.has_band else ""
    return f'<div class="sec"><h3>What the question is after</h3>{_purpose(question, after)}</div>{strong}' + (
        f'<div class="sec"><h3>KPIs that fit</h3><div class="chips">{fits}</div></div>' if kpis else ""
    )


def anchors() -> str:
    """The rubric as it is used for grading: bands from the top, then the criteria with their levels."""
    bands = "".join(
        f"<li><b>{band}</b><span>{escape(anchor)}</span></li>" for band, anchor in sorted(BAND_ANCHORS.items())[::-1]
    )
    criteria = "".join(f"<h3>{escape(criterion.title)}</h3>{_levels(criterion)}" for criterion in CRITERIA)
    return f'<div class="rubric"><ul class="bands">{bands}</ul>{criteria}</div>'


def _levels(criterion: Criterion) -> str:
    return f'<ol start="0">{"".join(f"<li>{escape(anchor)}</li>" for anchor in criterion.anchors)}</ol>'


def source_line(line: SourceLine) -> str:
    """A line of the role page with its number."""
    where = f"{SECTION_WORDS.get(line.section, 'Role page')}, line {line.line}"
    return f'<p class="source">{escape(where)}: “{escape(line.text.lstrip(LIST_SIGNS))}”</p>'


def _purpose(question: PlannedQuestion, after: Sequence[SourceLine]) -> str:
    said = f"<p>{escape(question.after)}</p>" if question.after else ""
    return said + "".join(source_line(line) for line in after[:1]) or "<p>Your own experience with it.</p>"


def _lead(interview: Interview, turn: Turn) -> tuple[Turn, ...]:
    """The close of the room before and the welcome to this one, where they were said since the last answer."""
    before = [said for said in interview.turns if said.seq < turn.seq]
    since = max((place for place, said in enumerate(before) if said.kind in {"answer", "ask", "probe"}), default=-1)
    return tuple(before[since + 1 :])


def _lead_in(said: Turn, turn: Turn, interview: Interview) -> str:
    """Words on the way in; somebody from the room before is named."""
    if said.stage == turn.stage:
        return f"<p>{escape(said.text)}</p>"
    return f"<p><b>{escape(interview.plan.stages[said.stage].interviewer.name)}:</b> {escape(said.text)}</p>"


def farewell(said: Turn, interview: Interview) -> str:
    """The last words of an interview, with the name of who said them."""
    name = interview.plan.stages[said.stage].interviewer.name
    return f'<p class="lead"><b>{escape(name)}:</b> {escape(said.text)}</p>'


def _said(turn: Turn, interview: Interview) -> str:
    own = turn.speaker == "candidate"
    question = next((one for one in interview.plan.questions if one.id == turn.question_id), None)
    name = "You" if own else interview.plan.stages[turn.stage].asker(question).name
    words = escape(said_aloud(turn, interview))
    return f'<div class="{"mine" if own else "theirs"}"><b>{escape(name)}</b><p>{words}</p></div>'


def _place(interview: Interview, unit: Unit) -> str:
    if unit.talk is not None:
        return offer.place(unit.talk)
    number = sum(1 for other in interview.units if other.stage == unit.stage)
    count = len(interview.plan.stages[unit.stage].questions)
    follow_up = ", follow-up" if unit.probes else ""
    room = "in this drill" if interview.plan.length is Length.DRILL else "in this room"
    origin = f", from {unit.question.origin.label}" if unit.question.origin else ""
    return f"Question {number} of {count} {room}{origin}{follow_up}"
