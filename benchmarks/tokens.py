"""What an interview of thirty questions asks of a language model in prompt tokens, beside a full-history chain.

One interview is sat by a scripted candidate. From its transcript, in the same run, the prompts are rebuilt that our
voice and our analyst would send, and those of a chain of the kind that many interview bots use: at every turn the whole
role page and all that was said so far. The chain is counted twice: for the very turns that our voice phrases, and at
its cheapest, one call a question and the first answers alone. Tokens are tiktoken's, with the few that mark a message's
role.
"""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import mean

from benchmarks.candidate import answer
from benchmarks.figures import Figure
from benchmarks.grading_requests import grading_requests
from prepbot.domain.interview import Interview, Unit
from prepbot.domain.moves import Finish, Move, Reply
from prepbot.domain.plan import Length
from prepbot.interviewer import Interviewer
from prepbot.language.ladder import Messages
from prepbot.language.voice import request
from prepbot.resources import resource
from prepbot.settings import Settings
from prepbot.tokens import count_tokens
from prepbot.wiring import Prepbot, analysts, open_prepbot
from prepbot.written_voice import WrittenVoice

EARLY, LATE = 3, 60
_ABOUT = 2
_FENCE = "3fa9c1d200be"  # a fixed one, so that two runs give the same figures
_ROLE = "customer-success-manager"  # its full interview has just thirty questions
_PAGE = "knowledge/customer_success_manager.txt"
_BESIDE_A_MESSAGE = 4  # tokens that mark a message's role, about
_WORDS, _FEW_WORDS = 150, 20  # every other answer is thin, so that there is something to follow up
_VOICE_LIMIT = 900.0
_GROWTH_LIMIT = 1.05
_WHOLE_LIMIT = 38_000.0
_EACH_CALL = "each call sends the role page in its system prompt and all that was said before"
_CHAIN = """You are an experienced interviewer for the role of {role}. Conduct a realistic job interview through the
selection stages of the role page below. Ask one question at a time. Follow up where an answer lacks detail, a result or
a KPI. Stay in character and do not evaluate the answers during the interview. Choose the questions from the page's
question bank.

Role page:
{page}"""


@dataclass(frozen=True, slots=True)
class Asked:
    """One turn that a model words: `turn` counts the interviewer's turns from 1, exercises and offers among them."""

    turn: int
    ours: int
    theirs: int


@dataclass
class Recorded:
    """The written voice; for every turn that a model would word, it counts what we would send, and what a chain."""

    chain_system: str
    wording: str = "written"
    asked: list[Asked] = field(default_factory=list)

    def say(self, move: Move, interview: Interview, interview_id: str = "") -> Iterator[str]:
        """The written words, after both prompts were counted."""
        line = "".join(WrittenVoice().say(move, interview))
        if not isinstance(move, Finish | Reply):
            ours = request(move, interview, line, interview_id, _FENCE)
            turn = 1 + sum(said.speaker == "interviewer" for said in interview.turns)
            self.asked.append(Asked(turn, tokens(ours.messages), tokens(chain(self.chain_system, interview))))
        yield line


def chain(system: str, interview: Interview) -> Messages:
    """What a full-history chain sends for the next turn: its system prompt and every turn so far."""
    said = [("assistant" if turn.speaker == "interviewer" else "user", turn.text) for turn in interview.turns]
    return [("system", system), *said]


def question_chain(system: str, units: Sequence[Unit]) -> Iterator[Messages]:
    """What a full-history chain sends for each of these questions if it asks them one after the other."""
    said = [("system", system)]
    for unit in units:
        yield list(said)
        said += [("assistant", unit.asked.text), ("user", unit.answers[0].text)]


def chain_system(role_title: str) -> str:
    """The chain's system prompt: its instructions and the role page."""
    return _CHAIN.format(role=role_title, page=resource(_PAGE).read_text(encoding="utf-8"))


def tokens(messages: Messages) -> int:
    """The prompt tokens of a chat."""
    return sum(count_tokens(text) + _BESIDE_A_MESSAGE for _, text in messages)


def figures() -> Iterator[Figure]:
    """Tokens a turn at the third and at the sixtieth, their ratio, and what a whole interview comes to."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        asked, interview, grading_prompts = _sat(folder)
    ours = {one.turn: one.ours for one in asked}
    theirs = {one.turn: one.theirs for one in asked}
    follow_ups = sum(len(unit.probes) for unit in interview.units)
    turns = f"{len(asked)} turns worded by a model, {len(interview.units)} questions, {follow_ups} follow-ups"
    spoken, grading, history = sum(ours.values()), sum(grading_prompts), sum(theirs.values())
    yield from _growth("voice prompt", ours, _VOICE_LIMIT, _GROWTH_LIMIT)
    yield Figure(
        "voice prompt, mean", mean(ours.values()), "tok", None, f"{min(ours.values())} to {max(ours.values())}"
    )
    yield Figure("voice prompts, whole interview", spoken, "tok", None, turns)
    yield Figure("analyst prompts, whole interview", grading, "tok", None, f"{len(grading_prompts)} requests")
    yield Figure("voice and analyst, whole interview", spoken + grading, "tok", _WHOLE_LIMIT, turns)
    yield from _growth("full-history prompt", theirs, None, None)
    yield Figure(
        "full-history prompts, the same turns", history, "tok", None, f"{len(asked)} calls, asking alone; {_EACH_CALL}"
    )
    yield Figure("full history, times the voice", history / spoken, "x", None, "the same turns, asking alone")
    yield from _questions_alone(interview, spoken + grading)


def _questions_alone(interview: Interview, ours: int) -> Iterator[Figure]:
    """The chain at its cheapest: it neither greets nor follows up nor grades, and hears first answers alone."""
    units = [unit for unit in interview.units if unit.answers]
    prompts = [tokens(messages) for messages in question_chain(chain_system(interview.plan.role_title), units)]
    first = round(mean(len(unit.answers[0].text.split()) for unit in units))
    what = f"{len(prompts)} calls, one a question, no greeting, follow-up or grading; first answers of {first} words"
    yield Figure("full-history prompts, questions alone", sum(prompts), "tok", None, f"{what}; {_EACH_CALL}")
    yield Figure("questions alone, last call to first", prompts[-1] / prompts[0], "x", None, "prompt tokens")
    yield Figure(
        "questions alone, times voice and analyst", sum(prompts) / ours, "x", None, "ours greet, follow up and grade"
    )


def _growth(name: str, counted: Mapping[int, int], limit: float | None, growth: float | None) -> Iterator[Figure]:
    """The prompt at both turns. One turn asks and another greets, so the ratio is that of the turns about them."""
    for turn in (EARLY, LATE):
        nearest = min(counted, key=lambda other: (abs(other - turn), other))
        yield Figure(f"{name} at turn {turn}", counted[nearest], "tok", limit, f"turn {nearest} of the interviewer")
    early, late = ([counted[turn] for turn in counted if abs(turn - about) <= _ABOUT] for about in (EARLY, LATE))
    about = f"means of {len(late)} and {len(early)} turns"
    yield Figure(f"{name}, about turn {LATE} to about {EARLY}", mean(late) / mean(early), "x", growth, about)


def _sat(folder: str) -> tuple[list[Asked], Interview, list[int]]:
    """A whole interview in written words, with what every turn and the grading would have asked of a model."""
    bot = _opened(folder)
    role = bot.roles.get(_ROLE).role
    voice = Recorded(chain_system(role.title))
    interviewer = Interviewer(
        bot.store, voice, WrittenVoice(), bot.roles, analysts(None), bot.clock, bot.offers, listener_for=None
    )
    random = Random(1)
    interview_id = interviewer.start(bot.planner.interview(role, Length.FULL, seed=1))
    interview = interviewer.open(interview_id)
    said = 0
    while interview.awaits_candidate:
        words = _WORDS if said % 2 else _FEW_WORDS
        interview = interviewer.answer(interview_id, answer(random, words), f"m{said}")
        said += 1
    return voice.asked, interview, [tokens(asked.messages) for asked in grading_requests(role, interview)]


def _opened(folder: str) -> Prepbot:
    place = Path(folder)
    return open_prepbot(
        Settings(data_dir=place / "data", cache_dir=place / "cache", model="", database_url="", embeddings=False)
    )
