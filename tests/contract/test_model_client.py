"""What every call of a language model owes its caller, on a scripted model."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from langchain_core.messages import AIMessage
from pydantic import BaseModel, Field

from prepbot.errors import BadInput
from prepbot.language.call import Request, Tally
from prepbot.language.circuit import LONG_REST_SECONDS, REST_SECONDS, Circuit
from prepbot.language.deadline import within
from prepbot.language.endpoints import Endpoints
from prepbot.language.failure import AGAIN, ENDPOINT, FailureKind, ModelFailed, bad_ending, ending, failed
from prepbot.language.prices import FREE, Budget, Price, load_prices, price_of
from prepbot.language.rung import Rung
from prepbot.model_ports import ModelCall, Purpose
from prepbot.storage.memory import MemoryStore
from prepbot.tokens import count_tokens
from tests.models import NAME, scripted_client

REQUEST = Request(Purpose.COACH, "coach.v1", "You help.", "Help me.", "i1")


class _Form(BaseModel):
    """A form as a model fills it in."""

    word: str = Field(max_length=5)


class _Limited(Exception):
    """A vendor's error with a status and a header."""

    def __init__(self, status: int, retry_after: str) -> None:
        super().__init__("no")
        self.status_code = status
        self.response = self
        self.headers = {"retry-after": retry_after}


def test_a_reply_is_whole_and_tallied() -> None:
    """A reply is what the model said; its call is kept with tokens, price, purpose and prompt."""
    ledger = MemoryStore()
    client, _ = scripted_client("Do it like this.", ledger=ledger, price=Price(prompt=2, reply=10))
    assert client.text(REQUEST) == "Do it like this."
    spent = ledger.spending("i1")
    said = count_tokens("Do it like this. ")
    assert spent.calls == 1
    assert spent.reply_tokens == said
    assert spent.microdollars == 2 * spent.prompt_tokens + 10 * said


@pytest.mark.parametrize(("told", "least", "most"), [(-1_000_000, 1, 20), (10**30, 1, 10**9)])
def test_a_servers_own_count_is_taken_within_reason(told: int, least: int, most: int) -> None:
    """A count below nought gives no budget back and is counted anew; an endless one can still be stored."""
    tally = Tally()
    tally.add(AIMessage("Yes.", usage_metadata={"input_tokens": told, "output_tokens": told, "total_tokens": told}))
    tally.estimate([("user", "Ready?")], "Yes.")
    assert least <= tally.prompt_tokens <= most
    assert least <= tally.reply_tokens <= most


def test_a_failure_before_the_first_word_is_tried_again() -> None:
    """A connection that fails once costs nothing but a moment."""
    client, chat = scripted_client(ConnectionError("down"), "Here.", attempts=2)
    assert client.text(REQUEST) == "Here."
    assert len(chat.history) == 2


def test_attempts_are_bounded() -> None:
    """No more attempts are made than the terms allow, and the failure is one calm sentence."""
    client, chat = scripted_client(*[ConnectionError("secret detail")] * 5, attempts=3)
    with pytest.raises(ModelFailed) as raised:
        client.text(REQUEST)
    assert raised.value.kind is FailureKind.UNREACHABLE
    assert "secret" not in str(raised.value)
    assert len(chat.history) == 3


def test_a_server_that_asks_for_an_hour_is_not_waited_for() -> None:
    """A Retry-After beyond the deadline ends the call at once."""
    client, chat = scripted_client(_Limited(429, "3600"), "never", attempts=3)
    with pytest.raises(ModelFailed) as raised:
        client.text(REQUEST)
    assert (raised.value.kind, raised.value.wait) == (FailureKind.RATE_LIMITED, 3600)
    assert len(chat.history) == 1


def test_a_failed_endpoint_is_left_alone_and_tried_once_after_it() -> None:
    """After a failure nothing is sent for a minute; then one call tries, and a success closes the circuit."""
    now = [0.0]
    client, chat = scripted_client(ConnectionError("down"), "one", "two", clock=lambda: now[0])
    for at, sent in ((0.0, 1), (REST_SECONDS - 1, 1)):
        now[0] = at
        with pytest.raises(ModelFailed):
            client.text(REQUEST)
        assert len(chat.history) == sent
    now[0] = REST_SECONDS + 1
    assert [client.text(REQUEST), client.text(REQUEST)] == ["one", "two"]


@pytest.mark.parametrize(
    ("failure", "rest"),
    [
        (ModelFailed(FailureKind.TIMEOUT), REST_SECONDS),
        (ModelFailed(FailureKind.NOT_ALLOWED), LONG_REST_SECONDS),
        (ModelFailed(FailureKind.RATE_LIMITED, wait=1.0), REST_SECONDS),
        (ModelFailed(FailureKind.RATE_LIMITED, wait=200.0), 200.0),
        (ModelFailed(FailureKind.RATE_LIMITED, wait=3_600.0), LONG_REST_SECONDS),
    ],
)
def test_an_endpoint_rests_as_long_as_its_failure_asks_for(failure: ModelFailed, rest: float) -> None:
    """A minute, ten for a wrong key or name, and what a server asks for between the two."""
    now = [0.0]
    circuit = Circuit(lambda: now[0])
    circuit.failed(failure)
    now[0] = rest - 0.1
    assert circuit.resting
    now[0] = rest
    assert not circuit.resting


def test_an_open_circuit_lets_one_call_try() -> None:
    """While a half-open circuit is being tried, others wait."""
    now = [0.0]
    circuit = Circuit(lambda: now[0])
    circuit.failed(ModelFailed(FailureKind.TIMEOUT))
    now[0] = REST_SECONDS + 1
    circuit.enter()
    with pytest.raises(ModelFailed):
        circuit.enter()


@pytest.mark.parametrize("kind", FailureKind)
def test_only_endpoint_failures_open_the_circuit(kind: FailureKind) -> None:
    """A refused or unreadable reply says nothing about the endpoint; a wrong key rests it for ten minutes."""
    now = [0.0]
    circuit = Circuit(lambda: now[0])
    circuit.failed(ModelFailed(kind))
    if kind not in ENDPOINT:
        circuit.enter()
        return
    with pytest.raises(ModelFailed):
        circuit.enter()
    now[0] = LONG_REST_SECONDS + 1
    circuit.enter()


def test_a_spent_budget_sends_nothing() -> None:
    """Once an interview has spent its budget no request is made for it; another interview goes on."""
    client, chat = scripted_client("one", "two", price=Price(prompt=1e6, reply=0), budget=Budget(interview=1.0))
    client.text(REQUEST)
    with pytest.raises(ModelFailed) as raised:
        client.text(REQUEST)
    assert raised.value.kind is FailureKind.BUDGET_SPENT
    assert len(chat.history) == 1
    assert client.text(Request(Purpose.COACH, "coach.v1", "You help.", "Help me.", "i2")) == "two"


def test_a_day_has_a_budget_of_its_own() -> None:
    """The day's budget counts every interview, and only from midnight (UTC) on."""
    ledger = MemoryStore()
    client, _ = scripted_client("one", price=Price(prompt=1e6, reply=0), ledger=ledger)
    client.text(REQUEST)
    today = datetime.now(UTC)
    assert not Budget(day=1.0).left(ledger, "i2", today)
    assert Budget(day=1.0).left(ledger, "i2", today + timedelta(days=1))


def test_a_form_is_read_out_of_words_around_it() -> None:
    """On the lowest rung a fenced object among words is found; the schema stands in the prompt."""
    client, chat = scripted_client('Sure:\n```json\n{"word": "yes"}\n```')
    reply = client.structured(REQUEST, _Form)
    assert (reply.value.word, reply.rung) == ("yes", Rung.TEXT)
    assert '"maxLength":5' in str(chat.history[0][0].content)


@pytest.mark.parametrize(
    "said", ["no JSON", '{"word": "much too long"}', '{"word": ', "[]", '{"other": 1}', '{"word": ' + "[" * 90_000]
)
def test_a_form_that_does_not_fit_is_unreadable(said: str) -> None:
    """Whatever does not validate is refused as a whole."""
    client, _ = scripted_client(said)
    with pytest.raises(ModelFailed) as raised:
        client.structured(REQUEST, _Form)
    assert raised.value.kind is FailureKind.UNREADABLE


def test_a_form_amid_endless_words_is_not_kept() -> None:
    """A reply that would fill the database is a failure, though a form stands in it."""
    client, _ = scripted_client('{"word": "yes"} ' + "and so on " * 20_000)
    with pytest.raises(ModelFailed) as raised:
        client.structured(REQUEST, _Form)
    assert raised.value.kind is FailureKind.ENDLESS


def test_a_rung_is_remembered_across_starts(tmp_path: Path) -> None:
    """What a probe found is read again from its file; a damaged file is as good as none."""
    file = tmp_path / "cache" / "endpoints.json"
    Endpoints(file).remember("one", Rung.JSON_OBJECT)
    assert Endpoints(file).rung("one") is Rung.JSON_OBJECT
    Endpoints(file).remember("one", None)
    assert Endpoints(file).rung("one") is None
    file.write_text("[1, 2")
    assert Endpoints(file).rung("one") is None


def test_an_iterator_ends_at_its_deadline() -> None:
    """A moment that has passed gives a TimeoutError, an open one everything in order."""
    assert list(within(float("1e12"), lambda: iter("abc"))) == ["a", "b", "c"]
    with pytest.raises(TimeoutError):
        list(within(float("-inf"), lambda: iter("abc")))
    with pytest.raises(ZeroDivisionError):
        list(within(float("1e12"), lambda: iter([1 // 0])))


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, FailureKind.NOT_ALLOWED),
        (403, FailureKind.NOT_ALLOWED),
        (404, FailureKind.NOT_FOUND),
        (429, FailureKind.RATE_LIMITED),
        (500, FailureKind.SERVER_ERROR),
        (503, FailureKind.BUSY),
        (307, FailureKind.NO_SUCH_SERVER),
        (400, FailureKind.OTHER),
    ],
)
def test_a_status_is_read_from_any_vendor(status: int, kind: FailureKind) -> None:
    """What a failure means is read from its status, whoever's exception carries it."""
    assert failed(_Limited(status, "soon")).kind is kind
    assert failed(_Limited(status, "soon")).wait is None


@given(st.sampled_from(["length", "max_tokens", "content_filter", "refusal", "odd reason"]))
def test_an_odd_ending_is_a_failure(reason: str) -> None:
    """Only a reply that ended by itself is whole."""
    assert bad_ending(reason) is not None
    assert bad_ending("stop") is None
    assert bad_ending(None) is None


def test_what_may_be_tried_again_says_something_about_the_endpoint() -> None:
    """Attempts are spent only on failures that also rest the endpoint."""
    assert AGAIN <= ENDPOINT


def test_a_price_is_found_by_the_plain_name() -> None:
    """A dated model costs what its plain name costs; a local server and a script cost nothing; others the dearest."""
    table = load_prices()
    assert table.price("openai:gpt-5-mini-2025-08-07") == table.models["openai:gpt-5-mini"]
    assert price_of("openai:gpt-5-mini") == table.models["openai:gpt-5-mini"]
    assert price_of("openai:anything", "http://127.0.0.1:8080/v1") == FREE
    assert price_of(NAME) == FREE
    assert price_of("openai:unheard-of") == table.dearest
    assert price_of("openai:unheard-of", own="0.5,1.5") == Price(prompt=0.5, reply=1.5)


@pytest.mark.parametrize("address", ["http://localhost.evil.example/v1", "https://models.example/v1", None])
def test_only_this_machine_is_free(address: str | None) -> None:
    """A model elsewhere costs what the table says, whatever its server is called; one on this machine costs nothing."""
    assert price_of("openai:gpt-5-mini", address) == load_prices().models["openai:gpt-5-mini"]
    assert price_of("openai:gpt-5-mini", "http://127.0.0.1:8080/v1") == FREE


@pytest.mark.parametrize("budget", [Budget(day=0.5), Budget(interview=0.5)])
def test_a_budget_that_is_spent_to_the_cent_is_spent(budget: Budget) -> None:
    """The call that takes the last of a budget is its last; one microdollar less leaves another."""
    for taken, left in ((499_999, True), (500_000, False)):
        ledger = MemoryStore()
        at = datetime(2026, 11, 23, 12, tzinfo=UTC)
        ledger.save_model_call(ModelCall(at, Purpose.VOICE, NAME, "voice.v1", "i1", 1, 1, taken, 0.1, 1, "ok"))
        assert budget.left(ledger, "i1", at) is left


@pytest.mark.parametrize("text", ["cheap", "1", "1,2,3", "-1,2", "1;2", "inf,1", "1,1e999", "nan,1"])
def test_a_price_of_ones_own_is_two_figures(text: str) -> None:
    """PREPBOT_PRICE that is no pair of figures is named in one sentence."""
    with pytest.raises(BadInput, match="PREPBOT_PRICE"):
        price_of("openai:x", own=text)


@given(prompt=st.integers(0, 10**6), reply=st.integers(0, 10**6))
def test_a_cost_is_never_rounded_down(prompt: int, reply: int) -> None:
    """A cost in microdollars is the exact figure or the next whole one above it."""
    price = Price(prompt=0.15, reply=0.6)
    exact = 0.15 * prompt + 0.6 * reply
    assert exact <= price.of(prompt, reply) + 1e-6
    assert price.of(prompt, reply) < exact + 1


@pytest.mark.parametrize("name", ["finish_reason", "stop_reason", "done_reason"])
def test_an_ending_is_read_under_any_vendors_name(name: str) -> None:
    """OpenAI, Anthropic and Ollama each call the reason for finishing otherwise; a message may carry none yet."""
    assert ending(AIMessage("", response_metadata={name: "max_tokens"})) == "max_tokens"
    assert ending(AIMessage("")) is None


@pytest.mark.parametrize(
    "words",
    [
        "This model's maximum context length is 8192 tokens.",
        "the request exceeds the available context size, try increasing it",
        "Error code: context_length_exceeded",
    ],
)
def test_too_long_a_prompt_is_told_in_many_words(words: str) -> None:
    """OpenAI, llama.cpp and vLLM each word it otherwise."""
    assert failed(ValueError(words)).kind is FailureKind.TOO_LONG


_words = st.text(alphabet=st.characters(exclude_characters='"'))


@given(before=_words, after=st.text())
def test_a_form_is_found_between_any_words(before: str, after: str) -> None:
    """The first object is read, whatever words and braces stand around it."""
    client, _ = scripted_client(f'{before}\n{{"word": "yes"}}{after}')
    assert client.structured(REQUEST, _Form).value.word == "yes"


@given(cut=st.integers(0, 29))
def test_a_part_of_a_form_is_no_form(cut: int) -> None:
    """Of a reply that breaks off nothing is taken, not even an object within it that is whole."""
    client, _ = scripted_client('{"all": {"word": "yes"}, "word": 1}'[:cut])
    with pytest.raises(ModelFailed) as raised:
        client.structured(REQUEST, _Form)
    assert raised.value.kind in {FailureKind.UNREADABLE, FailureKind.EMPTY}


def test_a_model_that_is_interrupted_is_kept_as_not_used() -> None:
    """A call that the process itself breaks off stands in the ledger, and the endpoint stays in use."""
    ledger = MemoryStore()
    client, chat = scripted_client("one two three", "whole", ledger=ledger)
    pieces = client.stream(REQUEST)
    next(pieces)
    with pytest.raises(KeyboardInterrupt):
        pieces.throw(KeyboardInterrupt)
    assert ledger.spending("i1").calls == 1
    assert client.text(REQUEST) == "whole"
    assert len(chat.history) == 2
