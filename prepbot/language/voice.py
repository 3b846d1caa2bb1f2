"""The interviewer's wording by a language model. Code chose the move; the model only says it."""

import re
from collections.abc import Callable, Iterator

from prepbot.domain.interview import Interview
from prepbot.domain.moves import Ask, CloseStage, Finish, Greet, Move, Probe, Reply, speaker
from prepbot.domain.plan import Plan, PlannedQuestion, PlannedStage
from prepbot.domain.role import Role
from prepbot.errors import ModelUnavailable
from prepbot.language.call import Request
from prepbot.language.client import ModelClient
from prepbot.language.excerpt import excerpt, heard
from prepbot.language.failure import FailureKind, ModelFailed
from prepbot.language.guard import broken_rule, question_rule, refusal
from prepbot.language.prompts import as_data, load_prompt, random_fence
from prepbot.model_ports import Purpose
from prepbot.ports import Voice

PROMPT = "voice.v2"
VARIABLES = frozenset(
    ("interviewer", "title", "viewpoint", "role", "stage", "most_words", "question_rule", "fence", "answer", "line")
)
"""What the voice fills in."""

_MOST_OF_AN_EXCERPT = 500
_MOST_OF_A_LINE = 2_000
_MOST_WORDS = "40"
_MOST_CHARACTERS = 1_500
_SENTENCE = re.compile(r".+?[.?!…]['”\")]*(?=\s+\S)", re.DOTALL)


class ModelVoice:
    """Says moves in a model's words, as far as a guard lets them pass.

    The model's stream is handed on sentence by sentence: a sentence is given out once it is complete and breaks no
    rule, the last one when the whole utterance has passed. So no forbidden word is ever shown, but a sentence may
    have been heard when a later one is refused or the stream breaks: the caller then says the written form instead
    of it. Every failure and every refusal is a ModelFailed. `wording` is the model's name and the prompt's version.
    `role_of` knows the role of a plan, whose terms may be named.
    """

    def __init__(self, written: Voice, client: ModelClient, role_of: Callable[[Plan], Role] | None = None) -> None:
        self._written = written
        self._client = client
        self._role_of = role_of
        load_prompt(PROMPT, VARIABLES)
        self.wording = f"{client.name} {PROMPT}"

    def say(self, move: Move, interview: Interview, interview_id: str = "") -> Iterator[str]:
        """The words of one turn, sentence by sentence. Raises ModelUnavailable before or between them."""
        line = "".join(self._written.say(move, interview))
        answer = last_words(interview)
        terms = _terms(interview.plan, self._role_of(interview.plan) if self._role_of else None)
        said = ""
        given = 0
        for piece in self._client.stream(request(move, interview, line, interview_id), _MOST_CHARACTERS):
            said += piece
            for sentence in _SENTENCE.finditer(said, given):
                _refuse(broken_rule(said[: sentence.end()], move, line, answer, terms))
                yield said[given : sentence.end()].lstrip() if given == 0 else said[given : sentence.end()]
                given = sentence.end()
        _refuse(refusal(said.strip(), move, line, answer, terms))
        yield said[given:].strip() if given == 0 else said[given:].rstrip()


def request(move: Move, interview: Interview, line: str, interview_id: str = "", fence: str = "") -> Request:
    """What the model is asked: the stage's persona, the written line to say, and of the last answer what matters.

    `fence` marks outside text; without one it is drawn anew, as it has to be for each real call.
    """
    said = _rephrased(move)
    stage, asker = interview.plan.stages[said.stage], speaker(said, interview.plan)
    question = move.question if isinstance(move, Ask | Probe) else None
    fence = fence or random_fence()
    prompt = load_prompt(PROMPT, VARIABLES)
    system, user = prompt.render(
        interviewer=asker.name,
        title=asker.title,
        viewpoint=_viewpoint(stage, question),
        role=as_data(interview.plan.role_title, fence, 100),
        stage=as_data(stage.name, fence, 100),
        most_words=_MOST_WORDS,
        question_rule=question_rule(move),
        fence=fence,
        answer=as_data(excerpt(last_words(interview), move), fence, _MOST_OF_AN_EXCERPT) or "(none yet)",
        line=as_data(line, fence, _MOST_OF_A_LINE),
    )
    return Request(Purpose.VOICE, prompt.name, system, user, interview_id)


def last_words(interview: Interview) -> str:
    """The last answer to the open question, without what speaks to the grader; empty where nothing was answered."""
    unit = interview.unit
    return heard(unit.answers[-1].text, unit.answers[-1].evidence) if unit and unit.answers else ""


def _viewpoint(stage: PlannedStage, question: PlannedQuestion | None) -> str:
    """What the asker wants to hear; on a panel, how their side sees things differently."""
    asker = stage.asker(question)
    seat = next((seat for seat in stage.panel if seat.interviewer == asker), None)
    if seat and seat.counter:
        return f"{asker.name} holds that {seat.counter}."
    return f"{asker.name} {asker.wants[:1].lower()}{asker.wants[1:]}" if asker.wants else ""


def _terms(plan: Plan, role: Role | None) -> str:
    """The words of the plan and of the role page: their names are nobody's invention."""
    rooms = [text for stage in plan.stages for text in (stage.name, stage.interviewer.label)]
    seats = [seat.interviewer.label for stage in plan.stages for seat in stage.panel]
    asked = [text for question in plan.questions for text in (question.text, *question.topics)]
    page = [kpi.name for kpi in role.kpis] + [activity.text for activity in role.activities] if role else []
    return "\n".join((plan.role_title, *rooms, *seats, *asked, *page))


def _rephrased(move: Move) -> Greet | Ask | Probe | CloseStage:
    if isinstance(move, Finish | Reply):
        raise ModelUnavailable("The end of an interview is not spoken, and an offer's terms are not rephrased.")
    return move


def _refuse(rule: str | None) -> None:
    if rule is not None:
        raise ModelFailed(FailureKind.NOT_USED, rule=rule)
