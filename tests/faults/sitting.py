"""An interview on the shipped role page with a cheap analyst, whose evidence varies with the answer's words."""

from collections.abc import Sequence
from datetime import UTC, datetime

from prepbot.domain.evidence import Evidence, Span
from prepbot.domain.exercise import Exercise, WrittenCase
from prepbot.domain.exercise_marks import ExerciseMarks
from prepbot.domain.plan import Length, plan_interview
from prepbot.domain.role import QuestionKind
from prepbot.interviewer import Interviewer
from prepbot.ports import Store, Voice
from prepbot.reading.catalogue import load_stage_profiles
from prepbot.reading.pages import DocumentPages, find_page
from prepbot.roles import RoleLibrary
from prepbot.wiring import open_offers
from prepbot.written_voice import WrittenVoice

ROLE = find_page("ecommerce-specialist").role
PLAN = plan_interview(ROLE, load_stage_profiles(), Length.SHORT, seed=11)


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The current time in UTC."""
        return datetime.now(UTC)


class CheapAnalyst:
    """Finds an action in every answer and a result in every third, so that some answers earn a follow-up."""

    engine = "cheap"

    def analyse(self, question: str, kind: QuestionKind, answer: str, follow_up: str | None = None) -> Evidence:  # noqa: ARG002
        """Evidence by the length of the answer alone."""
        result = Span(0, 2) if len(answer) % 3 == 0 else None
        return Evidence(words=len(answer.split()), relevance=2, action=Span(0, 6), steps=(Span(0, 6),), result=result)

    def marks(self, exercise: Exercise | WrittenCase, answers: Sequence[str]) -> ExerciseMarks:  # noqa: ARG002
        """No task was answered."""
        return ExerciseMarks()


def interviewer_on(store: Store, voice: Voice | None = None) -> Interviewer:
    """An interviewer on `store`, who speaks by `voice` or in the written form."""
    clock = SystemClock()
    written = WrittenVoice()
    return Interviewer(
        store,
        voice or written,
        written,
        RoleLibrary(store, DocumentPages(), clock),
        lambda _role: CheapAnalyst(),
        clock,
        open_offers(),
    )


def begin(interviewer: Interviewer) -> str:
    """Start an interview by PLAN; its id."""
    return interviewer.start(PLAN)


def message_id(message: int) -> str:
    """The client's id of its nth message."""
    return f"m{message}"


def answer_text(message: int) -> str:
    """The nth answer: no two are alike."""
    return f"Answer {message}: I rebuilt the page and measured it again" + "." * (message % 5 + 1)
