"""The turns of a reviewed answer as HTML."""

from html import escape

from prepbot.domain.evidence import Evidence
from prepbot.domain.report import CardAnswer
from prepbot.domain.rubric import relevance_level
from prepbot.domain.stage_profile import Interviewer
from prepbot.ui.marks import marked_answer
from prepbot.ui.pictures import icon, portrait


def answer_turn(answer: CardAnswer, place: int) -> str:
    """One answer with its marks, under a line that says which it is and how long."""
    name = "Your first answer" if place == 0 else "You"
    words = len(answer.text.split())
    return f'<p class="tmeta"><b>{name}</b> · {words} {"word" if words == 1 else "words"}</p>{_marked(answer)}'


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


def _marked(answer: CardAnswer) -> str:
    if answer.evidence is None:
        return f'<div class="answer">{escape(answer.text)}</div><p class="dim">Not read yet.</p>'
    return marked_answer(answer.text, _that_counts(answer.evidence))


def _that_counts(evidence: Evidence) -> Evidence:
    """Where nothing of an answer counts, only what was set aside is marked: a mark always means credit."""
    if relevance_level(evidence) > 0:
        return evidence
    return Evidence(evidence.words, evidence.relevance, set_aside=evidence.set_aside, flags=evidence.flags)
