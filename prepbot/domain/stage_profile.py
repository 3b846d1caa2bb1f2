"""What a kind of selection stage is like, whatever the role: read from knowledge/stages.toml."""

from dataclasses import dataclass

from prepbot.domain.role import QuestionKind, StageKind


@dataclass(frozen=True, slots=True)
class Amount:
    """A budget for both interview lengths."""

    short: int
    full: int


@dataclass(frozen=True, slots=True)
class Interviewer:
    """Who asks in a stage. `portrait` names a drawing in static/."""

    name: str
    title: str
    portrait: str
    wants: str

    @property
    def label(self) -> str:
        """Name and title as they stand in a sentence: "Mai Nguyen, IT lead"."""
        first = self.title.split(" ")[0]
        title = self.title if first.isupper() else self.title[:1].lower() + self.title[1:]
        return f"{self.name}, {title}"


@dataclass(frozen=True, slots=True)
class StandardQuestion:
    """A question of the stage's own. `text` may use {role}; `after` says what it is after.

    `invites` the candidate's own questions: it closes its stage and is never left out. `always` asks it wherever the
    stage has room for more than one question of its own.
    """

    id: str
    text: str
    kind: QuestionKind
    topic: str
    after: str
    invites: bool = False
    always: bool = False


@dataclass(frozen=True, slots=True)
class StageProfile:
    """Purpose, interviewer, budgets and standard questions of one stage kind.

    `greeting` may use {interviewer}, {candidate_stage} and {role}; `closing` {role}. `bank_kinds` are the question
    kinds preferred here, best first; `bank_topics` draw bank questions by topic.
    """

    kind: StageKind
    title: str
    purpose: str
    minutes: Amount
    bank_questions: Amount
    standard_questions: Amount
    follow_ups: Amount
    follow_ups_per_question: int
    bank_kinds: tuple[QuestionKind, ...]
    bank_topics: tuple[str, ...]
    greeting: str
    closing: str
    interviewer: Interviewer
    questions: tuple[StandardQuestion, ...]
