"""A model's stream that breaks or is refused: the written line stands in its place, whole, and says why."""

from collections.abc import Iterator
from typing import Any

import pytest
from langchain_core.messages import BaseMessage
from langchain_core.outputs import ChatGenerationChunk

from prepbot.domain.events import Spoke
from prepbot.domain.interview import Interview, fold
from prepbot.domain.plan import Length, Plan, plan_interview
from prepbot.domain.wording import written_instead
from prepbot.interviewer import Interviewer
from prepbot.language.client import ModelClient
from prepbot.language.failure import FailureKind, ModelFailed
from prepbot.language.prices import Budget, Price
from prepbot.language.scripted import ScriptedChatModel
from prepbot.language.voice import ModelVoice
from prepbot.reading.catalogue import load_stage_profiles
from prepbot.reading.pages import DocumentPages
from prepbot.roles import RoleLibrary
from prepbot.storage.codec import decode_event, encode_event
from prepbot.storage.memory import MemoryStore
from prepbot.terminal import Transcript
from prepbot.ui.room import lit_question
from prepbot.wiring import SystemClock, analysts, open_offers
from prepbot.written_voice import WrittenVoice
from tests.models import scripted_client

ANSWER = "We cut the checkout form last spring and 18 % more people bought."
CUT = "CUT"


class _Breaking(ScriptedChatModel):
    """Breaks off at the word CUT."""

    def _stream(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> Iterator[ChatGenerationChunk]:
        for chunk in super()._stream(messages, *args, **kwargs):
            if CUT in str(chunk.text):
                raise ConnectionError("secret detail")
            yield chunk


class _Desk:
    """An interviewer whose voice is a scripted model, and what its candidate hears."""

    def __init__(self, client: ModelClient) -> None:
        self.store, clock = MemoryStore(), SystemClock()
        roles = RoleLibrary(self.store, DocumentPages(), clock)
        role = roles.get("ecommerce-specialist").role
        self.plan: Plan = plan_interview(role, load_stage_profiles(), Length.SHORT, seed=1)
        written = WrittenVoice()
        voice = ModelVoice(written, client, roles.role_of)
        self.interviewer = Interviewer(self.store, voice, written, roles, analysts(None), clock, open_offers())
        self.heard: list[str] = []

    def sit(self) -> tuple[str, Interview]:
        """Start and answer once."""
        interview_id = self.interviewer.start(self.plan)
        return interview_id, self.interviewer.answer(
            interview_id, ANSWER, "m1", lambda _, said: self.heard.append(said)
        )

    def spoken(self, interview_id: str) -> list[Spoke]:
        """What the interviewer said, as stored."""
        return [kept.event for kept in self.store.events(interview_id) if isinstance(kept.event, Spoke)]


def _desk(*lines: str) -> _Desk:
    return _Desk(scripted_client(*lines, kind=_Breaking)[0])


def _question(desk: _Desk) -> str:
    return desk.plan.questions[0].text


BROKEN = "Thank you for telling me that. Now let me CUT ask you."
REFUSED = "Thank you for telling me that. Great work, what changed?"


@pytest.mark.parametrize(("line", "why"), [(BROKEN, "unreachable"), (REFUSED, "not used: praise")])
def test_a_stream_that_breaks_is_replaced_whole(line: str, why: str) -> None:
    """What was heard gives way to the written line; the event holds all of it, who worded it, and instead of what."""
    desk = _desk("Hello and welcome.", f"Let us begin. {_question(_desk())}", line)
    interview_id, interview = desk.sit()
    last = desk.spoken(interview_id)[-1]
    assert desk.heard[0] == "Thank you for telling me that."
    assert desk.heard[-1] == last.text
    assert "telling me that" not in last.text
    assert (last.wording, last.instead_of) == ("written", why)
    assert interview.awaits_candidate
    assert interview.open_turn is not None
    assert interview.open_turn.instead_of == why


def test_words_that_are_used_stand_for_nothing() -> None:
    """A turn in a model's words says so, and nothing was kept out."""
    desk = _desk("Hello and welcome.", f"Let us begin. {_question(_desk())}", BROKEN)
    interview_id, _ = desk.sit()
    assert [(one.wording, one.instead_of) for one in desk.spoken(interview_id)][:2] == [("fake:test voice.v2", "")] * 2


def test_a_broken_turn_leaves_no_orphan() -> None:
    """Every stored event can be folded and read back; nothing of the broken stream was stored beside them."""
    desk = _desk("Hello and welcome.", f"Let us begin. {_question(_desk())}", BROKEN)
    interview_id, interview = desk.sit()
    events = desk.store.events(interview_id)
    assert fold((kept.seq, kept.event) for kept in events) == interview
    assert [decode_event(encode_event(kept.event), interview_id, kept.seq) for kept in events] == [
        kept.event for kept in events
    ]
    assert "secret detail" not in repr(events)
    assert "telling me that" not in repr(events)


def test_the_page_shows_the_written_line_and_one_calm_sentence() -> None:
    """The card of the open question holds the stored words and says that they are the written form."""
    desk = _desk("Hello and welcome.", f"Let us begin. {_question(_desk())}", BROKEN)
    _, interview = desk.sit()
    assert interview.open_turn is not None
    card = lit_question(interview, interview.open_turn)
    assert "this is the written form" in card
    assert "telling me that" not in card


def test_a_transcript_says_what_kept_the_models_words_out() -> None:
    """In the record only such a turn has the key."""
    desk = _desk("Hello and welcome.", f"Let us begin. {_question(_desk())}", REFUSED)
    interview_id, interview = desk.sit()
    kept_out = [turn.get("instead_of") for turn in Transcript(interview_id, interview).record()["turns"]]
    assert kept_out == [None, None, None, "not used: praise"]


def test_a_spent_budget_is_said_and_the_interview_goes_on() -> None:
    """When nothing may be spent any more the written form takes over, and the page says that it is the budget."""
    dear, little = Price(prompt=1e6, reply=1e6), Budget(interview=0.01)
    client, _ = scripted_client(*["Hello there."] * 9, price=dear, budget=little)
    desk = _Desk(client)
    interview_id, interview = desk.sit()
    assert desk.spoken(interview_id)[-1].instead_of == "budget spent"
    assert interview.open_turn is not None
    assert "budget" in lit_question(interview, interview.open_turn)


def test_a_model_that_rests_is_not_mentioned_at_every_question() -> None:
    """What failed was said once; while the endpoint is left alone nothing more is said about it."""
    assert written_instead("resting") == written_instead("") == ""
    assert len({written_instead(why) for why in ("timeout", "unreachable", "budget spent")}) == 2


@pytest.mark.parametrize("kind", FailureKind)
def test_every_failure_has_a_name_to_be_stored(kind: FailureKind) -> None:
    """What is stored names the kind, and the rule where words were refused."""
    assert ModelFailed(kind).why == kind.value
    assert ModelFailed(kind, rule="praise").why == f"{kind.value}: praise"
