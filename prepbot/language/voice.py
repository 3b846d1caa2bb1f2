"""The interviewer's wording by a language model. Code chose the move; the model only says it."""

import re
from collections.abc import Iterator
from secrets import token_hex

from prepbot.domain.interview import Interview
from prepbot.domain.moves import Ask, CloseStage, Finish, Greet, Move, Probe, Reply
from prepbot.errors import ModelUnavailable
from prepbot.language.call import Request
from prepbot.language.client import ModelClient
from prepbot.language.failure import FailureKind, ModelFailed
from prepbot.language.guard import broken_rule, question_rule, refusal
from prepbot.language.prompts import Prompt, as_data, load_prompt
from prepbot.model_ports import Purpose
from prepbot.ports import Voice

PROMPT = "voice.v1"
_ANSWER_CHARACTERS = 1_500
_MOST_WORDS = "40"
_MOST_CHARACTERS = 1_500
_SENTENCE = re.compile(r".+?[.?!…]['”\")]*(?=\s+\S)", re.DOTALL)


class ModelVoice:
    """Says moves in a model's words, as far as a guard lets them pass.

    The model's stream is handed on sentence by sentence: a sentence is given out once it is complete and breaks no
    rule, the last one when the whole utterance has passed. So no forbidden word is ever shown, but a sentence may
    have been heard when a later one is refused or the stream breaks: the caller then says the written form instead
    of it. Every failure and every refusal is a ModelFailed. `wording` is the model's name and the prompt's version.
    """

    def __init__(self, written: Voice, client: ModelClient) -> None:
        self._written = written
        self._client = client
        self.wording = f"{client.name} {PROMPT}"

    def say(self, move: Move, interview: Interview, interview_id: str = "") -> Iterator[str]:
        """The words of one turn, sentence by sentence. Raises ModelUnavailable before or between them."""
        line = "".join(self._written.say(move, interview))
        answer = _last_answer(interview)
        asked = request(load_prompt(PROMPT), move, interview, line, answer, interview_id)
        said = ""
        given = 0
        for piece in self._client.stream(asked, _MOST_CHARACTERS):
            said += piece
            for sentence in _SENTENCE.finditer(said, given):
                _refuse(broken_rule(said[: sentence.end()], move, line, answer))
                yield said[given : sentence.end()].lstrip() if given == 0 else said[given : sentence.end()]
                given = sentence.end()
        whole = said.strip()
        _refuse(refusal(whole, move, line, answer))
        yield said[given:].strip() if given == 0 else said[given:].rstrip()


def request(
    prompt: Prompt, move: Move, interview: Interview, line: str, answer: str, interview_id: str = ""
) -> Request:
    """What the model is asked: the stage's persona, the line to say, and the last answer as fenced data."""
    stage = interview.plan.stages[_stage(move)]
    asker = stage.asker(move.question if isinstance(move, Ask | Probe) else None)
    fence = token_hex(6)
    system, user = prompt.render(
        interviewer=asker.name,
        title=asker.title,
        role=as_data(interview.plan.role_title, fence, 200),
        stage=as_data(stage.name, fence, 200),
        most_words=_MOST_WORDS,
        question_rule=question_rule(move),
        fence=fence,
        answer=as_data(answer, fence, _ANSWER_CHARACTERS) or "(none yet)",
        line=line,
    )
    return Request(Purpose.VOICE, prompt.name, system, user, interview_id)


def _stage(move: Move) -> int:
    if isinstance(move, Finish | Reply):
        raise ModelUnavailable("The end of an interview is not spoken, and an offer's terms are not rephrased.")
    spoken: Greet | Ask | Probe | CloseStage = move
    return spoken.stage


def _last_answer(interview: Interview) -> str:
    unit = interview.unit
    return unit.answers[-1].text if unit and unit.answers else ""


def _refuse(reason: str | None) -> None:
    if reason is not None:
        raise ModelFailed(FailureKind.NOT_USED, detail=f"({reason})")
