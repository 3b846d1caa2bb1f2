"""The analyst's model over real HTTP behind an interview: the next question does not wait, and a fault adds nothing."""

from collections.abc import Iterator
from threading import Event

import pytest

from prepbot.domain.interview import Interview
from prepbot.interviewer import Interviewer
from prepbot.language.analyst import ModelAnalyst
from prepbot.language.circuit import LONG_REST_SECONDS
from prepbot.reading.decoys import decoys_for
from prepbot.reading.pages import DocumentPages
from prepbot.roles import RoleLibrary
from prepbot.second_reading import ModelSecondReading, missing
from prepbot.wiring import analysts, open_offers
from prepbot.written_voice import WrittenVoice
from tests.faults.model_faults import FAULTS
from tests.faults.model_sitting import PLAN, Ledger, client_of
from tests.faults.openai_server import DETAIL, Exchange, OpenAIServer, answer, serving
from tests.faults.sitting import SystemClock, message_id

UNHURRIED = 60.0
SAID = (
    "We ran a small wine shop. I moved the delivery cost to the product page, and fewer people left before they paid."
)
"""An answer that the rules leave open to a second reader."""


@pytest.fixture(scope="module")
def server() -> Iterator[OpenAIServer]:
    """One server for all interviews."""
    with serving() as server:
        yield server


class _Desk:
    """An interview in written words whose answers a model reads behind it; `now` is the clock of rests."""

    def __init__(self, server: OpenAIServer) -> None:
        self.now = 0.0
        self.line = server.line()
        self.store, self._clock = Ledger(), SystemClock()
        self._roles, written = RoleLibrary(self.store, DocumentPages(), self._clock), WrittenVoice()
        client = client_of(self.line, server.address, self.store, UNHURRIED, lambda: self.now)
        self._readers = (ModelAnalyst(client, decoys_for),)
        self.second = self.reopened()
        self._interviewer = Interviewer(
            self.store,
            written,
            written,
            self._roles,
            analysts(None),
            self._clock,
            open_offers(),
            second=self.second,
        )
        self.interview_id = self._interviewer.start(PLAN)

    def reopened(self) -> ModelSecondReading:
        """The second reading as the next process has it: it leaves no interview alone because of what failed before."""
        return ModelSecondReading(self.store, self._roles, self._readers, self._clock)

    def sit(self) -> Interview:
        """Answer to the end."""
        interview, number = self._interviewer.open(self.interview_id), 0
        while not interview.over:
            interview = self._interviewer.answer(self.interview_id, f"{SAID} {number}.", message_id(number))
            number += 1
        return interview

    def unread(self, interview: Interview) -> int:
        """How many questions no model has read."""
        return len(missing(interview, self.store.readings(self.interview_id), self.second.engines))


def test_an_interview_ends_while_its_first_reading_still_hangs(server: OpenAIServer) -> None:
    """A server that does not answer holds up no question: the rest of the interview passes it, and is read then."""
    desk, asked, let_go = _Desk(server), Event(), Event()

    def held(exchange: Exchange) -> None:
        asked.set()
        let_go.wait(UNHURRIED)
        answer(exchange)

    desk.line.breaks(held)
    interview = desk.sit()
    assert asked.wait(UNHURRIED)
    assert desk.second.is_reading(desk.interview_id)
    assert len(desk.line.requests) == 1
    assert desk.store.readings(desk.interview_id) == ()
    let_go.set()
    assert desk.second.wait(UNHURRIED)
    assert desk.unread(interview) == 0
    assert len(desk.store.readings(desk.interview_id)) > 1


@pytest.mark.parametrize("name", ["401", "500", "cut within the first word", "refusal", "schema-valid but absurd"])
def test_a_fault_behind_the_interview_adds_nothing(name: str, server: OpenAIServer) -> None:
    """No proposal and no vendor's word comes of a fault; what it left unread is read once the server works again."""
    desk = _Desk(server)
    desk.line.breaks(FAULTS[name].fault)
    interview = desk.sit()
    assert desk.second.wait(UNHURRIED)
    assert all(kept.reading.proposals == () for kept in desk.store.readings(desk.interview_id))
    assert DETAIL not in f"{vars(desk.store)}"
    desk.line.breaks(None)
    desk.now += LONG_REST_SECONDS + 1
    again = desk.reopened()
    again.read_soon(desk.interview_id)
    assert again.wait(UNHURRIED)
    assert desk.unread(interview) == 0
