"""What a call costs, from a table with a date on it, and whether a budget still allows one."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field

from prepbot.errors import BadInput
from prepbot.model_ports import Ledger
from prepbot.resources import resource

_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_MILLION = 1_000_000


class Price(BaseModel):
    """US dollars for a million tokens, which is millionths of a dollar (microdollars) a token."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    prompt: float = Field(ge=0, allow_inf_nan=False)
    reply: float = Field(ge=0, allow_inf_nan=False)

    def of(self, prompt_tokens: int, reply_tokens: int) -> int:
        """The cost in microdollars, rounded up."""
        return -int(-(self.prompt * prompt_tokens + self.reply * reply_tokens) // 1)


class PriceTable(BaseModel):
    """Prices by "provider:model", as read on a date."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    date: date
    models: Mapping[str, Price]

    def price(self, name: str) -> Price | None:
        """The price of a model; dated names ("gpt-5-mini-2025-08-07") cost what the plain one does. None: unlisted."""
        plain = max((listed for listed in self.models if _is_dated(name, listed)), key=len, default="")
        return self.models.get(name) or self.models.get(plain)

    @property
    def dearest(self) -> Price:
        """The highest figures of the table, for models that it does not list: no budget fails open."""
        return Price(
            prompt=max(one.prompt for one in self.models.values()),
            reply=max(one.reply for one in self.models.values()),
        )


FREE = Price(prompt=0, reply=0)


@cache
def load_prices() -> PriceTable:
    """The shipped table, knowledge/prices.toml."""
    return PriceTable.model_validate(tomllib.loads(resource("knowledge/prices.toml").read_text(encoding="utf-8")))


def price_of(name: str, base_url: str | None = None, own: str = "") -> Price:
    """What a model costs: `own` ("0.25,2") where it is set, nothing on this machine, else by the table.

    Raises BadInput for an `own` price that is not two figures.
    """
    return known_price(name, base_url, own) or load_prices().dearest


def known_price(name: str, base_url: str | None = None, own: str = "") -> Price | None:
    """The same, None for a model that is neither set, nor on this machine, nor in the table."""
    if own:
        return _own(own)
    if name.startswith("fake:") or (base_url and urlsplit(base_url).hostname in _LOOPBACK):
        return FREE
    return load_prices().price(name)


@dataclass(frozen=True, slots=True)
class Budget:
    """What may be spent, in US dollars; None for no limit. A day is a day in UTC."""

    interview: float | None = None
    day: float | None = None

    def left(self, ledger: Ledger, interview_id: str, now: datetime) -> bool:
        """Whether another call is within the budget. The call that crosses it is the last: its cost is known after."""
        if self.day is not None and ledger.spending(since=midnight(now)).microdollars >= self.day * _MILLION:
            return False
        if self.interview is not None and interview_id:
            return ledger.spending(interview_id).microdollars < self.interview * _MILLION
        return True


def midnight(now: datetime) -> datetime:
    """When the day of `now` began, in UTC: what a day's budget counts from."""
    return datetime.combine(now.astimezone(UTC).date(), time(), UTC)


def _is_dated(name: str, listed: str) -> bool:
    rest = name.removeprefix(listed)
    return rest != name and rest.startswith("-2") and rest[1:].replace("-", "").isdigit()


def _own(text: str) -> Price:
    try:
        prompt, reply = (float(figure) for figure in text.split(","))
        return Price(prompt=prompt, reply=reply)
    except ValueError as exc:
        raise BadInput(
            f"The setting PREPBOT_PRICE is “{text}”; write two figures, dollars for a million tokens of prompt and of "
            "reply, such as 0.25,2."
        ) from exc
