"""What the page and every export say of a language model's reading: what it added, and why a band became a range."""

from prepbot.domain.checks import QUESTIONS
from prepbot.domain.hybrid import Gain
from prepbot.domain.quoting import quotation
from prepbot.domain.report import AnswerCard
from prepbot.domain.rubric import Grade

_SAYS = {"on_question": "answers the question that was asked.", "own_part": "says what you did yourself."}


def read_between_the_lines(card: AnswerCard) -> tuple[str, ...]:
    """One sentence for each check that models ticked, with the candidate's own words; empty without any."""
    if card.second is None:
        return ()
    who = read_by(card)
    return tuple(f"Read between the lines by {who}: “{_words(card, gain)}” {_says(gain)}" for gain in card.second.gains)


def why_a_range(card: AnswerCard) -> str:
    """One short sentence where a disagreement widened the band; empty elsewhere."""
    if card.second is None or not isinstance(card.grade, Grade) or not card.grade.disputed:
        return ""
    disputed = card.grade.disputed
    named = " and ".join(f"“{QUESTIONS[check]}”" for check in disputed)
    among = any(one.among_models for one in card.second.disagreements if one.check in disputed)
    if among:
        return f"A range, because the models that read it do not agree on {named}."
    sees = "see" if len(card.second.engines) > 1 else "sees"
    return f"A range, because {read_by(card)} {sees} this differently: {named}."


def read_by(card: AnswerCard) -> str:
    """The models whose reading is in the grade, by name; empty where it is the rules' alone."""
    return _models(card.second.engines) if card.second else ""


def _models(engines: tuple[str, ...]) -> str:
    """The models' names without their prompts: "openai:one and openai:another"."""
    return " and ".join(dict.fromkeys(engine.rpartition(" ")[0] for engine in engines))


def _words(card: AnswerCard, gain: Gain) -> str:
    answer = card.answers[gain.span.turn].text
    return quotation(gain.span, answer, card.evidence.set_aside if card.evidence else ())


def _says(gain: Gain) -> str:
    if gain.kpi:
        return f"puts {gain.kpi} to use."
    return _SAYS[gain.check]
