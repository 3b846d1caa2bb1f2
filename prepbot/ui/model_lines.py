"""What language models cost and whether they take part, each in one sentence."""

from collections.abc import Sequence

from prepbot.model_ports import Estimate, Limit, ModelInUse, Spending

_CENT = 0.01
_MILLION = 1_000_000


def dollars(amount: float) -> str:
    """An amount of US dollars as a person says it: "$0.02", "less than $0.01"."""
    if not amount:
        return "nothing"
    return f"${amount:,.2f}" if amount >= _CENT else "less than $0.01"


def about(amount: float) -> str:
    """The same for an amount that was counted by a price table."""
    return dollars(amount) if amount < _CENT else f"about {dollars(amount)}"


def estimate(found: Estimate) -> str:
    """What an interview will most likely take."""
    return f"With {_names(found)} this interview takes about {_tokens_and_cost(found)}"


def reading(found: Estimate) -> str:
    """What it will most likely take to have answers read."""
    return f"With {_names(found)} that takes about {_tokens_and_cost(found)}"


def tally(spent: Spending) -> str:
    """What an interview has taken; empty where no model was asked."""
    if not spent.calls:
        return ""
    return f"Language models in this interview: {sums(spent)}."


def sums(spent: Spending) -> str:
    """Calls, tokens and dollars: "34 calls, 21,300 tokens, about $0.01"."""
    tokens = f"{spent.prompt_tokens + spent.reply_tokens:,} tokens"
    cost = "free" if not spent.microdollars else about(spent.dollars)
    return f"{spent.calls:,} call{'' if spent.calls == 1 else 's'}, {tokens}, {cost}"


def limit(found: Limit) -> str:
    """A budget with what is left of it."""
    if found.dollars is None:
        return "no limit"
    return f"${found.dollars:,.2f}, {dollars(found.left)} left"


def purposes(model: ModelInUse) -> str:
    """What a model does: "voice, analyst and coach"."""
    return _listed([purpose.value for purpose in model.purposes])


def _names(found: Estimate) -> str:
    return _listed([model.name for model in found.models])


def _listed(words: Sequence[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def _tokens_and_cost(found: Estimate) -> str:
    tokens = f"{_rounded(found.tokens):,} tokens"
    if all(model.free for model in found.models):
        return f"{tokens}, free on this machine."
    if any(not model.listed for model in found.models):
        return f"{tokens}, at most {dollars(found.microdollars / _MILLION)}, counted at the dearest price we know."
    return f"{tokens}, {about(found.microdollars / _MILLION)}."


def _rounded(tokens: int) -> int:
    """Two figures are what an estimate knows."""
    return int(float(f"{tokens:.2g}"))
