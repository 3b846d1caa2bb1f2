"""The decision card of a stage as HTML: the verdict, and the two reasons that counted with the words behind them."""

from html import escape

import streamlit as st

from prepbot.domain.decision import Reason, StageDecision, Verdict
from prepbot.domain.report import Review
from prepbot.ui.pictures import icon
from prepbot.ui.text import plain

VERDICT_CLASS = {Verdict.ADVANCE: "good", Verdict.BORDERLINE: "mid", Verdict.NOT_ADVANCE: "stop", None: "none"}
_SYMBOLS = {
    Verdict.ADVANCE: "check_circle",
    Verdict.BORDERLINE: "adjust",
    Verdict.NOT_ADVANCE: "do_not_disturb_on",
    None: "radio_button_unchecked",
}


def draw(review: Review, number: int) -> None:
    """Draw the decision of the stage that a card belongs to: open at the stage's first card, folded at the others."""
    found = review.decision_at(number)
    if found is None:
        return
    first = found.numbers[0] == number
    with st.expander(f"{plain(found.stage)}: {found.words}", expanded=first, icon=":material/gavel:", key="decision"):
        st.html(decision(found))


def decision(found: StageDecision) -> str:
    """What the card says; without a verdict, why there is none."""
    card = found.card
    if card.verdict is None:
        return f'<p class="dim">{escape(card.notice)}</p>'
    reasons = "".join(map(_reason, card.reasons))
    return f'<ul class="counted">{reasons}</ul><p class="dim">{escape(found.afterwards)}</p>'


def verdict(found: StageDecision) -> str:
    """The verdict alone, with its sign."""
    kind = VERDICT_CLASS[found.card.verdict]
    return f'<span class="verdict {kind}">{icon(_SYMBOLS[found.card.verdict])} {escape(found.words)}</span>'


def _reason(reason: Reason) -> str:
    sign = icon("add_circle" if reason.speaks_for else "remove_circle")
    side = "For" if reason.speaks_for else "Against"
    quote = f"<q>{escape(reason.quote)}</q>" if reason.quote else ""
    where = f'<span class="dim">Question {reason.number}.</span>'
    kind = "good" if reason.speaks_for else "stop"
    return (
        f'<li class="{kind}">{sign}<div><b>{side}: {escape(reason.title)}.</b> {escape(reason.anchor)} {quote} {where}'
        f'<br><span class="dim">{escape(reason.why)}</span></div></li>'
    )
