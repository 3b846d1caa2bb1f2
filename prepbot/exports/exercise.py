"""A marked exercise for the exports: as a record for JSON, as lines for Markdown and the terminal."""

from collections.abc import Iterator
from typing import Any

from prepbot.domain.exercise import Exercise, Table, WrittenCase
from prepbot.domain.exercise_report import TaskOutcome, outcomes, score_words
from prepbot.domain.report import AnswerCard


def task_outcomes(card: AnswerCard) -> tuple[TaskOutcome, ...]:
    """Every task of a card's exercise with its verdict; none for another question or a skipped one."""
    if card.question.exercise is None or card.exercise is None:
        return ()
    return outcomes(card.question.exercise, card.exercise, [answer.text for answer in card.answers])


def sheet_record(exercise: Exercise | WrittenCase) -> dict[str, Any]:
    """What the candidate looks at: title, situation, table and tasks. A written case has no table."""
    table = exercise.table if isinstance(exercise, Exercise) else None
    return {
        "title": exercise.title,
        "situation": exercise.situation,
        "table": {"header": list(table.header), "rows": [list(line) for line in table.lines()]} if table else None,
        "tasks": list(exercise.tasks),
    }


def exercise_record(card: AnswerCard) -> dict[str, Any] | None:
    """The sheet with each task's credit (0 to 1), sentence, words and worked solution; None without an exercise."""
    if card.question.exercise is None:
        return None
    texts = [answer.text for answer in card.answers]
    return {
        **sheet_record(card.question.exercise),
        "reached": score_words(card.exercise) if card.exercise else None,
        "marks": [
            {
                "task": one.number,
                "verdict": one.word,
                "credit": round(one.credit, 3),
                "sentence": one.sentence,
                "spans": [
                    {"answer": span.turn, "start": span.start, "end": span.end, "text": span.cut(texts[span.turn])}
                    for span in one.spans
                ],
                "solution": list(one.solution),
            }
            for one in task_outcomes(card)
        ],
    }


def table_text(table: Table) -> Iterator[str]:
    """The table in columns of plain text, figures set right."""
    lines = [table.header, *table.lines()]
    widths = [max(len(line[place]) for line in lines) for place in range(len(table.header))]
    for line in lines:
        first, *rest = (
            cell.rjust(width) if place else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        yield "  ".join([first, *rest])
