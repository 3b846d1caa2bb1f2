"""The written offer as a calm document, and the hints beside the talk about it, as HTML. Pure."""

from collections.abc import Iterable
from html import escape
from itertools import groupby

from prepbot.domain.employer_voice import terms_words
from prepbot.domain.negotiation import MOST_ROUNDS, Negotiation, TalkStatus
from prepbot.domain.offer import LetterLine, OfferRules, figures_note, letter_lines
from prepbot.domain.offer_rubric import OFFER_CRITERIA
from prepbot.domain.plan import PlannedQuestion
from prepbot.ui.pictures import icon

HOW_IT_MOVES = "Your own results, and what you give in return. Pressure moves nothing."


def document(talk: Negotiation, rules: OfferRules) -> str:
    """The letter as it stands now; a term that was changed in the talk is marked, with what it said at first.

    Once it was read it folds up under one line that says what is on the table.
    """
    lines = letter_lines(talk.offer, rules, talk.terms)
    body = "".join(_terms(run) if is_term else _sentences(run) for is_term, run in groupby(lines, key=_is_term))
    note = f'<p class="dim">{escape(figures_note(talk.offer, rules))}</p>'
    if not talk.exchanges:
        return f'<section class="letter" aria-label="The written offer">{body}{note}</section>'
    now = escape(terms_words(talk.offer, rules, talk.terms))
    return f'<details class="letter"><summary><b>On the table</b> {now}</summary><div>{body}{note}</div></details>'


def place(talk: Negotiation) -> str:
    """Where the talk stands, for the line under what was said."""
    if talk.status is TalkStatus.FINAL:
        return "The final offer"
    return f"Round {talk.rounds + 1} of {MOST_ROUNDS}. Questions cost no round."


def hints(question: PlannedQuestion) -> str:
    """What the talk is after, and what the employer listens to."""
    return (
        f'<div class="sec"><h3>What the talk is after</h3><p>{escape(question.after)}</p></div>'
        f'<div class="sec"><h3>What moves the offer</h3><p>{HOW_IT_MOVES}</p></div>'
    )


def anchors() -> str:
    """The four criteria with their levels."""
    criteria = "".join(
        f"<h3>{escape(criterion.title)}</h3>"
        f'<ol start="0">{"".join(f"<li>{escape(anchor)}</li>" for anchor in criterion.anchors)}</ol>'
        for criterion in OFFER_CRITERIA
    )
    return f'<div class="rubric">{criteria}</div>'


def _is_term(line: LetterLine) -> bool:
    return ": " in line.text


def _terms(lines: Iterable[LetterLine]) -> str:
    return f"<dl>{''.join(_term(line) for line in lines)}</dl>"


def _term(line: LetterLine) -> str:
    name, value = line.text.rstrip(".").split(": ", 1)
    before = line.first.rstrip(".").split(": ", 1)[-1]
    return f"<div><dt>{escape(name)}</dt><dd>{_value(value, before)}</dd></div>"


def _sentences(lines: Iterable[LetterLine]) -> str:
    return "".join(f"<p>{_value(line.text, line.first)}</p>" for line in lines)


def _value(now: str, before: str) -> str:
    if not before:
        return escape(now)
    badge = f'<span class="badge">{icon("edit")} changed</span>'
    return f'{escape(now)} {badge} <span class="dim before">at first: {escape(before)}</span>'
