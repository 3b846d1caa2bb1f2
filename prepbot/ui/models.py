"""The Models page: which language models are in use, what they cost, and what they may cost."""

from html import escape

import streamlit as st

from prepbot.model_ports import Accounts, ModelInUse
from prepbot.ui import model_lines
from prepbot.ui.service import prepbot
from prepbot.ui.tables import table

_NONE = (
    "No language model is set, and none is needed: the questions are written, and a small reader on this computer "
    "grades. To use one, set PREPBOT_MODEL, such as openai:gpt-5-mini, and its key before you start prepbot."
)
_OTHERWISE = "When a budget is spent or a model does not answer, written questions and the rules go on."


def page() -> None:
    """Draw what is in use."""
    models = prepbot().models
    st.title("Models", anchor=False)
    if models is None:
        st.html(f'<p class="empty">{escape(_NONE)}</p>')
        return
    accounts = models.accounts()
    used = ((model.name, model_lines.purposes(model), _price(model)) for model in models.in_use())
    with st.container(key="models"):
        st.html(table(("Model", "Is used as", "Price"), used))
        st.header("What they took", anchor=False)
        st.html(table(("", "Calls", "Tokens", "US dollars"), _spent(accounts)))
        st.header("What they may cost", anchor=False)
        st.html(table(("Budget", "US dollars"), _budgets(accounts)))
    st.caption(f"Prices as of {accounts.prices_of:%-d %B %Y}; a day begins at midnight UTC. {_OTHERWISE}")


def _price(model: ModelInUse) -> str:
    if model.free:
        return "free on this machine"
    return "by the price table" if model.listed else "not in the table, counted as the dearest"


def _spent(accounts: Accounts) -> list[tuple[str, ...]]:
    return [
        (name, f"{spent.calls:,}", f"{spent.prompt_tokens + spent.reply_tokens:,}", model_lines.about(spent.dollars))
        for name, spent in (("Today", accounts.today), ("In all", accounts.ever))
    ]


def _budgets(accounts: Accounts) -> list[tuple[str, str]]:
    each = "no limit" if accounts.interview is None else f"${accounts.interview:,.2f}"
    return [("A day", model_lines.limit(accounts.day)), ("An interview", each)]
