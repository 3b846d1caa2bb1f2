"""A reviewed exercise as HTML: the answers as given, then each task with its verdict, its words and its solution."""

from html import escape

from prepbot.domain.exercise import Exercise
from prepbot.domain.exercise_report import NO_BAND, TaskOutcome, outcomes, score_words, unread, what_counts
from prepbot.domain.report import AnswerCard
from prepbot.ui.exercise import figures_table
from prepbot.ui.exercise import tasks as tasks_alone
from prepbot.ui.pictures import icon
from prepbot.ui.transcript import probe

_SIGNS = {"right": "check_circle", "partly": "contrast", "not yet": "radio_button_unchecked"}


def summary(card: AnswerCard) -> str:
    """What was reached, what counts, and why no band is shown."""
    exercise, marks = card.question.exercise, card.exercise
    if exercise is None or marks is None:
        return ""
    nothing = unread(exercise, marks, [answer.text for answer in card.answers])
    said = f"<p>{escape(nothing)}</p>" if nothing else ""
    return (
        f"<h2>{escape(score_words(marks))}</h2>{said}<p>{escape(what_counts(exercise))}</p>"
        f'<p class="dim">{escape(NO_BAND)}</p>'
    )


def sheet(card: AnswerCard) -> str:
    """The situation and the table that the answers are about."""
    exercise = card.question.exercise
    if exercise is None:
        return ""
    shown = figures_table(exercise) if isinstance(exercise, Exercise) else ""
    return f'<p class="situation">{escape(exercise.situation)}</p>{shown}'


def answers(card: AnswerCard) -> str:
    """The answers as given, each under the follow-up that it replies to."""
    return "".join(
        f"{probe(answer, card.interviewer)}"
        f'<p class="tmeta"><b>{"You" if place else "Your answer"}</b></p>'
        f'<div class="answer given">{escape(answer.text) or "(nothing)"}</div>'
        for place, answer in enumerate(card.answers)
    )


def tasks(card: AnswerCard) -> str:
    """Every task with what became of it, then its worked solution; the tasks alone while the exercise is open."""
    exercise, marks = card.question.exercise, card.exercise
    if exercise is None:
        return ""
    if marks is None:
        return tasks_alone(exercise)
    return "".join(_task(one) for one in outcomes(exercise, marks, [answer.text for answer in card.answers]))


def _task(outcome: TaskOutcome) -> str:
    kind = {"right": "right", "partly": "partly"}.get(outcome.word, "open")
    solution = "<br>".join(map(escape, outcome.solution))
    return (
        f'<div class="task"><h3>{outcome.number}. {escape(outcome.text)}</h3>'
        f'<p><span class="badge {kind}">{icon(_SIGNS[outcome.word])} {outcome.word}</span> '
        f"{escape(outcome.sentence)}</p>" + (f'<p class="solution">{solution}</p>' if solution else "") + "</div>"
    )
