"""The interviewer's wording by a language model. Code chose the move; the model only says it."""

import re
import time
from collections.abc import Callable, Iterator
from secrets import token_hex

from prepbot.domain.interview import Interview
from prepbot.domain.moves import Ask, CloseStage, Finish, Greet, Move, Probe, Reply, speaker
from prepbot.errors import ModelUnavailable
from prepbot.language.guard import broken_rule, question_rule, refusal
from prepbot.language.model import LanguageModel
from prepbot.language.prompts import Prompt, as_data, load_prompt
from prepbot.ports import Voice

PROMPT = "voice.v1"
REST_SECONDS = 60.0

_ANSWER_CHARACTERS = 1_500
_MOST_WORDS = "40"
_MOST_CHARACTERS = 1_500
_SENTENCE = re.compile(r".+?[.?!…]['”\")]*(?=\s+\S)", re.DOTALL)
_GOOD_ENDS = {"stop", "end_turn", "stop_sequence", "eos"}


class ModelVoice:
    """Says moves in a model's words, as far as a guard lets them pass.

    The model's stream is handed on sentence by sentence: a sentence is given out once it is complete and breaks no
    rule, the last one when the whole utterance has passed. So no forbidden word is ever shown, but a sentence may
    have been heard when a later one is refused or the stream breaks: the caller then says the written form instead
    of it. Every failure and every refusal is a ModelUnavailable.

    After a failure of the model (not of its words) it is left alone for a minute, so that a dead endpoint costs one
    deadline and not one a turn. `wording` is the model's name and the prompt's version.
    """

    def __init__(
        self,
        written: Voice,
        build_model: Callable[[], LanguageModel],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._written = written
        self._build_model = build_model
        self._monotonic = monotonic
        self._model: LanguageModel | None = None
        self._rest_until = float("-inf")
        self.wording = PROMPT

    def say(self, move: Move, interview: Interview) -> Iterator[str]:
        """The words of one turn, sentence by sentence. Raises ModelUnavailable before or between them."""
        line = "".join(self._written.say(move, interview))
        answer = _last_answer(interview)
        said = ""
        given = 0
        for piece in self._pieces(move, interview, line, answer):
            said += piece
            for sentence in _SENTENCE.finditer(said, given):
                _refuse(broken_rule(said[: sentence.end()], move, line, answer))
                yield said[given : sentence.end()].lstrip() if given == 0 else said[given : sentence.end()]
                given = sentence.end()
        whole = said.strip()
        _refuse(refusal(whole, move, line, answer))
        yield said[given:].strip() if given == 0 else said[given:].rstrip()

    def _pieces(self, move: Move, interview: Interview, line: str, answer: str) -> Iterator[str]:
        """The model's reply as it comes, within the deadline and a bounded length."""
        if self._monotonic() < self._rest_until:
            raise ModelUnavailable("The language model failed a moment ago; the written form speaks for a minute.")
        try:
            yield from self._replied(messages(load_prompt(PROMPT), move, interview, line, answer))
        except ModelUnavailable:
            self._rest_until = self._monotonic() + REST_SECONDS
            raise
        except Exception as exc:
            self._rest_until = self._monotonic() + REST_SECONDS
            raise ModelUnavailable(f"The language model did not answer ({type(exc).__name__}).") from exc

    def _replied(self, asked: list[tuple[str, str]]) -> Iterator[str]:
        if self._model is None:
            self._model = self._build_model()
            self.wording = f"{self._model.name} {PROMPT}"
        began, length = self._monotonic(), 0
        for chunk in self._model.chat.stream(asked):
            if self._monotonic() - began > self._model.deadline:
                raise ModelUnavailable(f"The language model took more than {self._model.deadline:g} seconds.")
            end = chunk.response_metadata.get("finish_reason")
            if end and str(end).casefold() not in _GOOD_ENDS:
                raise ModelUnavailable(f"The language model broke off ({end}).")
            text = str(chunk.text)
            length += len(text)
            if length > _MOST_CHARACTERS:
                raise ModelUnavailable("The language model talks without end.")
            yield text


def messages(prompt: Prompt, move: Move, interview: Interview, line: str, answer: str) -> list[tuple[str, str]]:
    """What the model is asked: the stage's persona, the line to say, and the last answer as fenced data."""
    said = _rephrased(move)
    stage, asker = interview.plan.stages[said.stage], speaker(said, interview.plan)
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
    return [("system", system), ("user", user)]


def _rephrased(move: Move) -> Greet | Ask | Probe | CloseStage:
    if isinstance(move, Finish | Reply):
        raise ModelUnavailable("The end of an interview is not spoken, and an offer's terms are not rephrased.")
    return move


def _last_answer(interview: Interview) -> str:
    unit = interview.unit
    return unit.answers[-1].text if unit and unit.answers else ""


def _refuse(reason: str | None) -> None:
    if reason is not None:
        raise ModelUnavailable(f"The language model's words were not used: {reason}.")
