"""The fault matrix over real HTTP: every fault, every call site, the first turn, one in the middle and the last.

How time is kept from making these tests fail by chance: a fault that ends by itself has a deadline that no machine
misses, and is judged by what the server counted. Only what a deadline ends has a short one; each turn may take a second
more. A sitting that took longer on a busy machine, or whose request the server read only after the deadline, is held
again, up to three times: a turn that truly waits for the model takes longer every time. The circuit's clock is the
test's.
"""

import logging
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache

import pytest

from evals.interviews.rules import breaches
from prepbot.domain.events import Spoke
from prepbot.domain.interview import Interview
from prepbot.domain.model_reading import ModelReading
from prepbot.language.client import OK
from prepbot.language.failure import FailureKind
from prepbot.language.prices import Budget, Price
from prepbot.model_ports import ModelCall, Suggestion
from tests.faults.model_faults import DEADLINE, FAULTS, ModelFault, Outcome
from tests.faults.model_sitting import FAITHFUL, MODELS_OWN, SITES, CallSite, Moment, Sitting
from tests.faults.openai_server import DETAIL, KEY, OpenAIServer, serving
from tests.faults.sitting import ROLE

SLACK = 1.0
UNHURRIED = 10.0


@pytest.fixture(scope="module")
def server() -> Iterator[OpenAIServer]:
    """One server for all cases, asked once before anything is timed: LangChain takes a second to import."""
    with serving() as server:
        Sitting(SITES["coach"], server).step()
        yield server


@dataclass(frozen=True, slots=True)
class _Held:
    """A whole interview with a fault at three of its turns, and what the turn after each asked for."""

    sitting: Sitting
    last: Interview
    broken: tuple[Moment, ...]
    after: tuple[Moment, ...]


@cache
def _undisturbed() -> tuple[list[tuple[object, ...]], int]:
    """The course of the written interview, and how many steps it takes."""
    with serving() as server:
        sitting = Sitting(CallSite(after=lambda _: None), server)
        steps = [sitting.step()]
        while not steps[-1].interview.over:
            steps.append(sitting.step())
        return sitting.course, len(steps)


def _hold(site: CallSite, server: OpenAIServer, fault: ModelFault | None, **terms: object) -> _Held:
    """Hold one interview; `fault` breaks the first turn, one in the middle and the last. Without one it is down."""
    sitting = Sitting(site, server, DEADLINE if fault and fault.slow else UNHURRIED, **terms)  # type: ignore[arg-type]
    steps = _undisturbed()[1]
    broken, after = [], []
    for number in range(steps):
        if number in {0, steps // 2, steps - 1}:
            sitting.rest()
            moment = sitting.step(fault.fault if fault else None)
            broken.append(moment)
        elif number - 1 in {0, steps // 2}:
            moment = sitting.step()
            after.append(moment)
        else:
            moment = sitting.step()
    return _Held(sitting, moment.interview, tuple(broken), tuple(after))


def _held_in_time(site: CallSite, server: OpenAIServer, fault: ModelFault) -> _Held:
    for _ in range(3):
        held = _hold(site, server, fault)
        if not fault.slow or all(_was_fair(moment, fault) for moment in held.broken):
            break
    return held


def _was_fair(moment: Moment, fault: ModelFault) -> bool:
    return moment.seconds <= _limit(fault) and moment.requests == sum(call.attempts for call in moment.calls)


def _limit(fault: ModelFault) -> float:
    return (DEADLINE if fault.slow else UNHURRIED) + SLACK


def _outcome(call: ModelCall, fault: ModelFault) -> str:
    """A call's outcome; words that the guard refuses early end a call that would have been well."""
    refused = call.outcome == FailureKind.NOT_USED.value and not fault.heard
    return OK if refused else call.outcome


def _is_whole(held: _Held) -> None:
    """Nothing is lost, nothing is left half said, and the interview went the way it goes without a model."""
    sitting = held.sitting
    assert sitting.answers_kept == sitting.answers_sent
    assert held.last.over
    assert all(moment.interview.awaits_candidate for moment in (*held.broken[:2], *held.after))
    assert sitting.course == _undisturbed()[0]
    assert all(_is_said_whole(spoke) for spoke in sitting.spoken)
    assert breaches(held.last, ROLE) == []


def _is_said_whole(spoke: Spoke) -> bool:
    """Whether a turn is the model's whole utterance or the whole written form, and no mixture."""
    return spoke.text.startswith(MODELS_OWN) == (spoke.wording != "written") and spoke.text.rstrip()[-1] in ".?"


def _is_harmless(gave: object) -> bool:
    """Whether a fault put nothing into a reading, and nothing but the model's true wording into a suggestion."""
    if isinstance(gave, ModelReading):
        return gave.proposals == ()
    return not isinstance(gave, Suggestion) or gave.text == FAITHFUL


def _keeps_to_itself(held: _Held, logged: str) -> None:
    """Neither the vendor's words nor the key stand in anything stored, shown or logged."""
    seen = f"{vars(held.sitting.ledger)}{held.sitting.heard}{logged}"
    assert DETAIL not in seen
    assert KEY not in seen


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_no_fault_costs_an_answer_or_a_question(
    fault: ModelFault, server: OpenAIServer, caplog: pytest.LogCaptureFixture
) -> None:
    """At whatever turn a server fails: the next question is there in time, nothing is lost, and it is left alone."""
    caplog.set_level(logging.INFO)
    with ThreadPoolExecutor(len(SITES)) as pool:
        sittings = {name: pool.submit(_held_in_time, site, server, fault) for name, site in SITES.items()}
    for name, held in ((name, future.result()) for name, future in sittings.items()):
        heard = "written" if SITES[name].after else held.sitting.wording
        due = fault.structured if SITES[name].structured else fault.streamed
        _is_whole(held)
        _keeps_to_itself(held, caplog.text)
        assert all(_is_harmless(moment.gave) for moment in (*held.broken, *held.after)), name
        for moment in held.broken:
            assert moment.seconds <= _limit(fault), name
            assert {(_outcome(call, fault), call.attempts) for call in moment.calls} == {(due.name, due.attempts)}, name
            phrased = {spoke.wording for spoke in moment.said} - {"written"}
            assert phrased == ({heard} if fault.heard else set()) - {"written"}, name
            assert moment.requests == sum(call.attempts for call in moment.calls), name
        assert [moment.requests == 0 for moment in held.after] == [due.rests, due.rests], name
        if due.rests:
            assert [len(moment.calls) for moment in held.broken] == [1, 1, 1], name
    assert server.fetched == []


def test_broken_words_are_replaced(server: OpenAIServer) -> None:
    """What was heard of a stream that then broke is followed by the whole written question, which alone is stored."""
    held = _hold(SITES["voice"], server, FAULTS["ended as if whole"])
    _is_whole(held)
    last = held.sitting.spoken[-1]
    assert last.wording == "written"
    assert held.sitting.heard[-1] == last.text


@pytest.mark.parametrize("site", SITES.values(), ids=SITES)
def test_a_refused_connection_costs_nothing(site: CallSite, server: OpenAIServer) -> None:
    """With nobody at the address every call is tried as often as the terms say, and the interview goes on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        held = _hold(site, server, None, address=f"http://127.0.0.1:{free.getsockname()[1]}/v1")
    _is_whole(held)
    due = Outcome(FailureKind.UNREACHABLE.value, 2)
    for moment in held.broken:
        assert [(call.outcome, call.attempts) for call in moment.calls] == [(due.name, due.attempts)]
        assert moment.requests == 0
    assert [moment.calls for moment in held.after] == [(), ()]


@pytest.mark.parametrize("site", SITES.values(), ids=SITES)
def test_a_spent_budget_costs_nothing(site: CallSite, server: OpenAIServer) -> None:
    """The call that spends the budget is the last one; the interview goes on in the written form."""
    held = _hold(site, server, None, price=Price(prompt=1e6, reply=1e6), budget=Budget(interview=1.0))
    _is_whole(held)
    assert [call.outcome for call in held.sitting.ledger.calls] == ["ok"]
    assert len(held.sitting.line.requests) == 1
