"""What models in use cost and may cost, whether they take part, and that pages can warm them up without a call."""

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.model_use import counted
from prepbot.domain.plan import Length
from prepbot.language.accounts import ModelAccounts
from prepbot.language.call import Request
from prepbot.language.desk import ModelDesk
from prepbot.language.failure import ModelFailed
from prepbot.language.prices import load_prices
from prepbot.language.usage import load_usage
from prepbot.model_ports import Estimate, Limit, ModelCall, ModelInUse, Purpose, Spending
from prepbot.settings import ModelKeys, Settings
from prepbot.storage.memory import MemoryStore
from prepbot.ui import model_lines

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
YESTERDAY = datetime(2026, 11, 25, 12, tzinfo=UTC)
MINI = "openai:gpt-5-mini"
LOCAL = ModelKeys(openai_base_url="http://127.0.0.1:9/v1")


class _Noon:
    def now(self) -> datetime:
        return NOW


def _call(at: datetime, microdollars: int, interview_id: str = "i1") -> ModelCall:
    return ModelCall(at, Purpose.VOICE, MINI, "voice.v1", interview_id, 400, 40, microdollars, 0.8, 1, "ok")


def _accounts(
    settings: Settings, keys: ModelKeys | None = None, store: MemoryStore | None = None
) -> tuple[ModelAccounts, ModelDesk]:
    ledger = store or MemoryStore()
    desk = ModelDesk(settings, keys or ModelKeys(), ledger, _Noon())
    return ModelAccounts(desk, settings, ledger, _Noon()), desk


def test_every_model_is_named_once_with_what_it_does() -> None:
    """One model may serve three purposes; another for second opinions stands beside it."""
    settings = Settings(model=MINI, coach_model="fake:x", second_opinions="openai:unheard-of")
    dearest = load_prices().dearest
    found = _accounts(settings)[0].in_use()
    assert found == (
        ModelInUse(MINI, (Purpose.VOICE, Purpose.ANALYST), free=False, listed=True, reads=0.25, writes=2.0),
        ModelInUse("fake:x", (Purpose.COACH,), free=True, listed=True),
        ModelInUse("openai:unheard-of", (Purpose.OPINION,), False, False, dearest.prompt, dearest.reply),
    )


def test_a_script_for_all_is_the_voices_alone() -> None:
    """The lines of one file come in their order, so analyst and coach have files of their own or none."""
    used = (Purpose.VOICE, Purpose.ANALYST, Purpose.COACH)
    shared = Settings(model="fake:x")
    assert [shared.model_for(purpose) for purpose in used] == ["fake:x", "", ""]
    own = Settings(model="fake:x", analyst_model="fake:y", coach_model="openai:z")
    assert [own.model_for(purpose) for purpose in used] == ["fake:x", "fake:y", "openai:z"]
    assert [Settings(model=MINI).model_for(purpose) for purpose in used] == [MINI] * 3


def test_an_estimate_is_the_means_times_the_questions_at_the_models_price() -> None:
    """Twice the questions are twice the tokens and twice the money; a local model is free."""
    settings = Settings(voice_model=MINI)
    use, price = load_usage().use[Purpose.VOICE], load_prices().models[MINI]
    found = _accounts(settings)[0].estimate(20)
    assert found is not None
    assert found.tokens == round(20 * use.calls * (use.prompt + use.reply))
    assert found.microdollars == round(20 * use.calls * (use.prompt * price.prompt + use.reply * price.reply))
    local = _accounts(settings, LOCAL)[0].estimate(20)
    assert local == Estimate((ModelInUse(MINI, (Purpose.VOICE,), free=True, listed=True),), found.tokens, 0)


def test_reading_takes_one_call_an_answer_of_every_reader() -> None:
    """The analyst and each second opinion read every answer, in interviews too; the voice has no part in it."""
    use, price = load_usage().use[Purpose.ANALYST], load_prices().models[MINI]
    alone, _ = _accounts(Settings(model=MINI))
    found = alone.reading(4)
    assert found is not None
    assert found.tokens == round(4 * (use.prompt + use.reply))
    assert found.microdollars == round(4 * (use.prompt * price.prompt + use.reply * price.reply))
    two, _ = _accounts(Settings(model=MINI, second_opinions="fake:x"))
    both = two.reading(4)
    assert both is not None
    assert (both.tokens, both.microdollars) == (2 * found.tokens, found.microdollars)
    assert [model.name for model in both.models] == [MINI, "fake:x"]
    without, with_it = alone.estimate(20), two.estimate(20)
    assert without is not None
    assert with_it is not None
    assert with_it.tokens - without.tokens == round(20 * use.calls * (use.prompt + use.reply))
    assert _accounts(Settings(voice_model=MINI))[0].reading(4) is None


def test_a_coach_alone_takes_no_part_in_interviews() -> None:
    """There is nothing to estimate where a model is only asked on request."""
    assert _accounts(Settings(coach_model=MINI))[0].estimate(20) is None


@pytest.mark.slow
def test_the_shipped_means_are_near_what_is_counted() -> None:
    """A scripted interview takes what knowledge/model_use.toml says, within a fifth for each figure."""
    found = counted(((Length.SHORT, 4), (Length.FULL, 5)))
    assert set(found.calls) == set(load_usage().use)
    for purpose, shipped in load_usage().use.items():
        use = found.use(purpose)
        assert use.calls == pytest.approx(shipped.calls, rel=0.2)
        assert use.prompt == pytest.approx(shipped.prompt, rel=0.2)
        assert use.reply == pytest.approx(shipped.reply, rel=0.2)


def test_what_was_spent_today_and_in_all() -> None:
    """Yesterday's calls count in all and not today; the day's budget says what is left."""
    store = MemoryStore()
    for call in (_call(YESTERDAY, 900_000), _call(NOW, 250_000), _call(NOW, 250_000, "i2")):
        store.save_model_call(call)
    accounts, _ = _accounts(Settings(model=MINI, budget_day=2.0, budget_interview=0.3), store=store)
    found = accounts.accounts()
    assert (found.today.microdollars, found.ever.microdollars) == (500_000, 1_400_000)
    assert found.day == Limit(2.0, 0.5)
    assert found.day.left == pytest.approx(1.5)
    assert accounts.spent("i2") == Spending(1, 400, 40, 250_000)
    assert found.prices_of == load_prices().date


def test_a_spent_budget_is_told_to_the_interview_that_spent_it() -> None:
    """The interview over its budget gets the sentence, another does not."""
    store = MemoryStore()
    store.save_model_call(_call(NOW, 300_000))
    accounts, _ = _accounts(Settings(voice_model=MINI, budget_interview=0.3), store=store)
    assert accounts.notice("i1") == "The budget for language models is spent. Written questions go on."
    assert accounts.notice("i2") == ""


def test_a_resting_model_is_told_until_it_may_be_tried() -> None:
    """After a failed call the sentence stands there; asking for it sends nothing and changes nothing."""
    accounts, desk = _accounts(Settings(analyst_model=MINI))
    client = desk.client(Purpose.ANALYST)
    assert client is not None
    assert accounts.notice("i1") == ""
    with pytest.raises(ModelFailed):
        client.text(Request(Purpose.ANALYST, "analyst.v1", "You read.", "Read.", "i1"))
    sentence = "The language model does not answer just now. The rules go on reading."
    assert [accounts.notice("i1"), accounts.notice("i1")] == [sentence, sentence]


def test_warming_up_builds_the_model_and_sends_nothing(tmp_path: Path) -> None:
    """The model is there before the first call, which still gets the first line; a wrong setting costs nothing."""
    script = tmp_path / "lines.txt"
    script.write_text("first", encoding="utf-8")
    settings = Settings(voice_model=f"fake:{script}", coach_model="openai:without-a-key", cache_dir=tmp_path)
    accounts, desk = _accounts(settings)
    accounts.warm_up()
    for thread in threading.enumerate():
        if thread.name == "language-model-warm-up":
            thread.join()
    script.unlink()
    client = desk.client(Purpose.VOICE)
    assert client is not None
    assert client.text(Request(Purpose.VOICE, "voice.v1", "You speak.", "Speak.")) == "first"


def test_replies_are_kept_under_the_cache_folder(tmp_path: Path) -> None:
    """For evals and regrades the desk gives the same model with its replies kept, apart by salt."""
    script = tmp_path / "lines.txt"
    script.write_text("first\nsecond", encoding="utf-8")
    settings = Settings(analyst_model=f"fake:{script}", cache_dir=tmp_path / "cache")
    _, desk = _accounts(settings)
    request = Request(Purpose.ANALYST, "analyst.v1", "You read.", "Read.")
    clients = [desk.cached(Purpose.ANALYST, salt) for salt in ("1", "1", "2")]
    assert [client.text(request) for client in clients if client] == ["first", "first", "second"]
    assert desk.cached(Purpose.VOICE) is None
    assert list((tmp_path / "cache" / "replies").rglob("*.json"))


TAKES = f"With {MINI} this interview takes about"
LISTED = ModelInUse(MINI, (), free=False, listed=True)
LOCALLY = ModelInUse(MINI, (), free=True, listed=True)
SENTENCES = [
    (LISTED, 24_312, 19_000, f"{TAKES} 24,000 tokens, about $0.02."),
    (LISTED, 950, 900, f"{TAKES} 950 tokens, less than $0.01."),
    (LOCALLY, 24_312, 0, f"{TAKES} 24,000 tokens, free on this machine."),
]


@pytest.mark.parametrize(("model", "tokens", "microdollars", "sentence"), SENTENCES)
def test_an_estimate_is_one_sentence(model: ModelInUse, tokens: int, microdollars: int, sentence: str) -> None:
    """Tokens are rounded to two figures, money to cents, and a local model is free."""
    assert model_lines.estimate(Estimate((model,), tokens, microdollars)) == sentence


def test_a_model_without_a_price_is_counted_as_the_dearest() -> None:
    """The sentence says that the figure is an upper bound."""
    said = model_lines.estimate(Estimate((ModelInUse("openai:x", (), False, False),), 1000, 50_000))
    assert said.endswith("at most $0.05, counted at the dearest price we know.")


def test_a_tally_is_one_sentence() -> None:
    """Calls, tokens and money; nothing where no model was asked."""
    assert model_lines.tally(Spending(34, 20_000, 1_300, 10_000)).endswith("34 calls, 21,300 tokens, about $0.01.")
    assert model_lines.tally(Spending(1, 20, 3, 0)).endswith("1 call, 23 tokens, free.")
    assert model_lines.tally(Spending()) == ""
