"""What is asked of a model, on what terms, and what it has used: the values of one call."""

from dataclasses import dataclass
from typing import Any

from langchain_core.messages import BaseMessage

from prepbot.language.ladder import Messages
from prepbot.language.prices import Budget, Price
from prepbot.model_ports import Purpose
from prepbot.tokens import count_tokens

_BESIDE_A_MESSAGE = 4  # tokens that mark a message's role, about
_MOST_TOKENS = 10_000_000  # of one message: no model reads or says as much


@dataclass(frozen=True, slots=True)
class Request:
    """One thing asked of a model. `prompt` is the prompt's name and version; `interview_id` is empty outside one."""

    purpose: Purpose
    prompt: str
    system: str
    user: str
    interview_id: str = ""

    @property
    def messages(self) -> Messages:
        """The request as a chat."""
        return [("system", self.system), ("user", self.user)]


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms a model is asked: seconds for one whole call, attempts within them, the price and the budget."""

    deadline: float
    price: Price
    budget: Budget
    attempts: int = 2


@dataclass(slots=True)
class Tally:
    """What a call has used so far. `attempts` are the requests made, a repair's and a probe's among them."""

    prompt_tokens: int = 0
    reply_tokens: int = 0
    attempts: int = 0

    def add(self, message: BaseMessage) -> None:
        """Count the provider's own figures, where the message carries them."""
        usage: Any = getattr(message, "usage_metadata", None) or {}
        self.prompt_tokens += _within_reason(usage.get("input_tokens", 0))
        self.reply_tokens += _within_reason(usage.get("output_tokens", 0))

    def estimate(self, messages: Messages, reply: str) -> None:
        """Count by tiktoken where the provider gave no figures."""
        if not self.prompt_tokens:
            self.prompt_tokens = sum(count_tokens(text) + _BESIDE_A_MESSAGE for _, text in messages)
        if not self.reply_tokens:
            self.reply_tokens = count_tokens(reply)


def _within_reason(tokens: int) -> int:
    """A server's figure as far as it can be true: below nought it would give a budget back."""
    return min(max(0, tokens), _MOST_TOKENS)
