"""The turns of a reviewed answer as HTML."""

from html import escape

from prepbot.domain.evidence import Evidence
from prepbot.domain.marking import MarkKind
from prepbot.domain.report import AnswerCard, CardAnswer
from prepbot.domain.stage_profile import Interviewer
from prepbot.domain.wording import brought_out
from prepbot.ui.marks import marked_answer
from prepbot.ui.pictures import icon, portrait

_ASIDE = f'<p class="dim below">{icon("lock")} {MarkKind.SET_ASIDE.label}. That part speaks to the grader.</p>'


def answer_turn(card: AnswerCard, place: int) -> str:
    """One answer with the marks of what counts in it, under a line that says which it is and what it brought."""
    answer = card.answers[place]
    name = "Your first answer" if place == 0 else "You"
    words = len(answer.text.split())
    said = f'<p class="tmeta"><b>{name}</b> · {words} {"word" if words == 1 else "words"}</p>'
    if card.evidence is None:
        return f'{said}<div class="answer">{escape(answer.text)}</div><p class="dim">Not read yet.</p>'
    long = f'<p class="dim">{icon("timer")} {escape(answer.too_long)}</p>' if answer.too_long else ""
    aside = any(span.turn == place for span in card.evidence.set_aside)
    return (
        f"{said}{_gain(card.evidence, place)}{marked_answer(answer.text, card.evidence, place)}{long}{_ASIDE * aside}"
    )


def probe(answer: CardAnswer, interviewer: Interviewer) -> str:
    """The follow-up that an answer replies to, with the reason it was asked."""
    if answer.probe is None:
        return ""
    because = (
        f'<span class="badge">{icon("contact_support")} Asked because: {escape(answer.because)}</span>'
        if answer.because
        else ""
    )
    words = f"<div><p>{escape(answer.probe.text)}</p>{because}</div>"
    return f'<div class="probe">{portrait(interviewer.portrait, 34)}{words}</div>'


def _gain(evidence: Evidence, place: int) -> str:
    """What counts here for the first time, so that nobody has to compare the answers."""
    if place == 0:
        return ""
    gained = brought_out(evidence, place)
    if not gained:
        return '<p class="gained dim">Nothing here counts for the grade yet.</p>'
    return f'<p class="gained">{icon("add_circle")} Only after the follow-up: {escape("; ".join(gained))}</p>'
