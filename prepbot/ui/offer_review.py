"""A talk about an offer in the review, as HTML: what was said, its four criteria, how far the employer would go."""

from html import escape

from prepbot.domain.report import AnswerCard
from prepbot.domain.rubric import NotGraded
from prepbot.domain.stage_profile import Interviewer
from prepbot.domain.talk_card import LIMITS_HIDDEN, CriterionRow, TalkCard, criterion_rows, terms_table
from prepbot.domain.wording import NOT_A_ZERO
from prepbot.ui.pictures import icon, portrait
from prepbot.ui.tables import table


def transcript(card: AnswerCard, talk: TalkCard) -> str:
    """The messages with what the employer answered, and the terms under them."""
    said = "".join(
        (_employer(card.interviewer, answer.probe.text) if answer.probe else "")
        + f'<div class="turn"><p class="tmeta"><b>You</b></p><div class="answer">{escape(answer.text)}</div></div>'
        for answer in card.answers
    )
    last = _employer(card.interviewer, talk.last_word) if talk.last_word else ""
    return f"{said}{last}{terms(talk)}"


def terms(talk: TalkCard) -> str:
    """Every term in the letter and in the end, and what was left on the table."""
    heads, rows = terms_table(talk)
    hidden = "" if talk.over else f"<p>{LIMITS_HIDDEN}</p>"
    note = f'<p class="dim">{escape(talk.note)}</p>'
    return f'<div class="onthetable"><h2>What was on the table</h2>{table(heads, rows)}{hidden}{note}</div>'


def next_step(card: AnswerCard, talk: TalkCard) -> str:
    """The one thing to do next time: what to do about the criterion that is lowest."""
    rows = criterion_rows(talk, [answer.text for answer in card.answers])
    if isinstance(talk.grade, NotGraded):
        return f"<h2>Not graded</h2><p>{escape(talk.grade.reason)} {NOT_A_ZERO}</p>"
    lowest = min(rows, key=lambda row: row.level)
    if not lowest.fix:
        further = " Some terms would have gone further, as the table shows." if talk.left else ""
        return f"<h2>Nothing to fix</h2><p>All four criteria are at the top.{further}</p>"
    return (
        f'<div class="todo"><p class="eyebrow">{icon("flag")} First fix</p>'
        f"<p>{escape(lowest.title)}: {escape(lowest.why)}</p>"
        f"<h2>{escape(lowest.fix)}</h2></div>"
    )


def criteria(card: AnswerCard, talk: TalkCard) -> str:
    """How the talk ended, and each criterion with its level, its anchor and the candidate's words."""
    rows = criterion_rows(talk, [answer.text for answer in card.answers])
    reached = "".join(_criterion(row) for row in rows)
    return f'<h2>The talk: {escape(talk.outcome)}</h2><div class="reasons">{reached}</div>'


def _criterion(row: CriterionRow) -> str:
    quotes = "<br>".join(f"<q>{escape(quote)}</q>" for quote in row.quotes)
    return (
        f"<h3>{escape(row.title)}: {row.level} of {row.top}</h3><p>{escape(row.why)}</p>"
        f"{f'<p>{quotes}</p>' if quotes else ''}"
    )


def _employer(interviewer: Interviewer, words: str) -> str:
    return f'<div class="probe">{portrait(interviewer.portrait, 34)}<div><p>{escape(words)}</p></div></div>'
