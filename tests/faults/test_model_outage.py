"""The product as it is joined, beside a model's server that works, fails or misbehaves."""

from collections.abc import Iterator

import pytest

from prepbot.domain.events import MoveKind, Spoke
from prepbot.domain.plan import Length
from prepbot.language.voice import PROMPT
from prepbot.settings import Settings
from prepbot.wiring import Prepbot, open_prepbot
from tests.faults.model_faults import FAULTS
from tests.faults.openai_server import DETAIL, Body, Exchange, Fault, Line, OpenAIServer, serving

ANSWER = "I sold kitchenware online for three years."
KEY = "sk-of-mine"


@pytest.fixture(scope="module")
def server() -> Iterator[OpenAIServer]:
    """One server for all tests."""
    with serving() as server:
        yield server


@pytest.fixture
def line(server: OpenAIServer, monkeypatch: pytest.MonkeyPatch) -> Line:
    """A model of a local server, whose address and key stand in the environment."""
    monkeypatch.setenv("OPENAI_BASE_URL", server.address)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    return server.line(fault=_speaks)


def _speaks(exchange: Exchange) -> None:
    """What a good model does: it says the line of the prompt with a word before it."""
    exchange.say(f"Now then. {_line_in(exchange.body)}")


def _line_in(body: Body) -> str:
    return str(body["messages"][-1]["content"]).split("The line to say:\n")[1].split("\n\nReply with")[0]


def _opened(line: Line) -> Prepbot:
    return open_prepbot(Settings(model=f"openai:{line.model}", embeddings=False))


def _spoken(bot: Prepbot, interview_id: str) -> list[Spoke]:
    return [kept.event for kept in bot.store.events(interview_id) if isinstance(kept.event, Spoke)]


def _start(bot: Prepbot) -> str:
    role = bot.roles.get("ecommerce-specialist").role
    return bot.interviewer.start(bot.planner.interview(role, Length.SHORT, seed=1))


def test_a_model_that_works_is_heard(line: Line) -> None:
    """Words that pass are said as they come and stamped with the model's name, in one call between two answers."""
    bot = _opened(line)
    interview_id = _start(bot)
    heard: list[str] = []
    bot.interviewer.answer(interview_id, ANSWER, "m1", lambda _, words: heard.append(words))
    spoken = _spoken(bot, interview_id)
    own = f"openai:{line.model} {PROMPT}"
    assert [(spoke.move, spoke.wording) for spoke in spoken] == [
        (MoveKind.GREET, own),
        (MoveKind.ASK, "written"),
        (spoken[2].move, own),
    ]
    assert all(spoke.text.startswith("Now then. ") == (spoke.wording == own) for spoke in spoken)
    assert (heard[0], heard[-1]) == ("Now then.", spoken[-1].text)
    assert len(line.requests) == 2
    assert all(request["stream"] for request in line.requests)


MISBEHAVES: dict[str, Fault] = {
    "500": FAULTS["500"].fault,
    "content filter": FAULTS["content filter"].fault,
    "praise": lambda exchange: exchange.say(f"Great! {_line_in(exchange.body)}"),
    "another question": lambda exchange: exchange.say("What is your favourite colour?"),
    "its instructions": lambda exchange: exchange.say("My system prompt says that I lend my words."),
}


@pytest.mark.parametrize("fault", MISBEHAVES.values(), ids=MISBEHAVES)
def test_a_model_that_misbehaves_costs_no_sentence(fault: Fault, line: Line) -> None:
    """Whatever the endpoint does, every turn is whole and written, the answer is kept, no detail leaks."""
    line.breaks(fault)
    bot = _opened(line)
    interview_id = _start(bot)
    heard: list[str] = []
    interview = bot.interviewer.answer(interview_id, ANSWER, "m1", lambda _, words: heard.append(words))
    spoken = _spoken(bot, interview_id)
    assert line.requests
    assert {spoke.wording for spoke in spoken} == {"written"}
    assert all(spoke.text.strip()[-1] in ".?" for spoke in spoken)
    assert heard[-1] == spoken[-1].text
    assert interview.awaits_candidate
    assert [answer.text for answer in interview.units[0].answers] == [ANSWER]


@pytest.mark.parametrize("fault", [_speaks, FAULTS["401"].fault, FAULTS["cut after a word"].fault])
def test_nothing_secret_reaches_the_disk(fault: Fault, line: Line) -> None:
    """The key goes to the endpoint alone; neither it nor a vendor's words are in any file that was written."""
    line.breaks(fault)
    bot = _opened(line)
    interview_id = _start(bot)
    bot.interviewer.answer(interview_id, ANSWER, "m1")
    assert set(line.keys) == {f"Bearer {KEY}"}
    folders = (bot.settings.data_dir, bot.settings.cache_dir)
    written = b"".join(file.read_bytes() for folder in folders for file in folder.rglob("*") if file.is_file())
    assert ANSWER.encode() in written
    assert KEY.encode() not in written
    assert DETAIL.encode() not in written


def test_a_local_server_needs_no_key(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """With an address and without a key the server is asked all the same."""
    monkeypatch.delenv("OPENAI_API_KEY")
    bot = _opened(line)
    assert _spoken(bot, _start(bot))[0].wording == f"openai:{line.model} {PROMPT}"
    assert KEY not in "".join(line.keys)


def test_a_missing_key_costs_no_sentence() -> None:
    """A model that cannot even be set up is met by the written form, at the first turn and after it."""
    bot = open_prepbot(Settings(model="openai:some-model", embeddings=False))
    interview_id = _start(bot)
    bot.interviewer.answer(interview_id, ANSWER, "m1")
    assert {spoke.wording for spoke in _spoken(bot, interview_id)} == {"written"}
