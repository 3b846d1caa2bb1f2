"""What embeddings of a provider cost, kept like every call of a model and held to the day's budget."""

from collections.abc import Sequence

from prepbot.language.prices import Budget, Price
from prepbot.model_ports import Ledger, ModelCall, Purpose
from prepbot.ports import Clock
from prepbot.tokens import count_tokens


class EmbeddingMeter:
    """Satisfies the Meter of retrieval/openai_embedding.py. Tokens are counted by tiktoken."""

    def __init__(self, model: str, price: Price, budget: Budget, ledger: Ledger, clock: Clock) -> None:
        self._model = model
        self._price = price
        self._budget = budget
        self._ledger = ledger
        self._clock = clock

    def may_ask(self) -> bool:
        """Whether the day's budget allows another call."""
        return self._budget.left(self._ledger, "", self._clock.now())

    def keep(self, texts: Sequence[str], seconds: float, outcome: str) -> None:
        """Write down one call; one that failed is not paid for."""
        tokens = sum(map(count_tokens, texts)) if outcome == "ok" else 0
        call = ModelCall(
            at=self._clock.now(),
            purpose=Purpose.EMBEDDINGS,
            model=self._model,
            prompt="",
            interview_id="",
            prompt_tokens=tokens,
            reply_tokens=0,
            microdollars=self._price.of(tokens, 0),
            seconds=seconds,
            attempts=1,
            outcome=outcome,
        )
        self._ledger.save_model_call(call)
