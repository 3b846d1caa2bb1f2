"""Grading a file: JSON Lines of answers in, one JSON line a grade out, in order and in constant memory."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from prepbot.domain.evidence import Evidence, Part, Span
from prepbot.domain.role import QuestionKind, Role
from prepbot.domain.rubric import Grade
from prepbot.errors import BadInput, PrepbotError
from prepbot.grader import AnswerGrade, Grader
from prepbot.interviewer import MAX_ANSWER

LONGEST_LINE = 1_000_000

_Text = Field(max_length=MAX_ANSWER)


class FollowUpLine(BaseModel):
    """A follow-up and its answer."""

    model_config = ConfigDict(extra="forbid", strict=True)

    question: str = _Text
    answer: str = _Text


class AnswerLine(BaseModel):
    """One line of the input. `stage` says where the question was asked; it does not change the grade."""

    model_config = ConfigDict(extra="forbid", strict=True)

    id: str
    question: str = Field(min_length=1, max_length=MAX_ANSWER)
    answer: str = _Text
    stage: str | None = None
    follow_ups: list[FollowUpLine] = Field(default_factory=list, max_length=20)


@dataclass(frozen=True, slots=True)
class Graded:
    """One line of the output; `refused` marks an input line that could not be graded."""

    json: str
    refused: bool = False


def read_lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, with their 1-based numbers. One beyond the limit comes cut, a byte too long."""
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            while (rest := file.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
        if line.strip():
            yield number, line.rstrip(b"\r\n") if len(line) <= LONGEST_LINE else line


def grade_lines(
    grader: Grader, role: Role, kind_of: Callable[[str], QuestionKind], lines: Iterator[tuple[int, bytes]]
) -> Iterator[Graded]:
    """Grade line after line. `kind_of` tells the kind of a question that is not in the role's bank."""
    bank = {_folded(question.text): question.kind for question in role.questions}
    for number, line in lines:
        try:
            asked = parse_line(line)
            kind = bank.get(_folded(asked.question)) or kind_of(asked.question)
            follow_ups = [(follow_up.question, follow_up.answer) for follow_up in asked.follow_ups]
            graded = grader.grade_answer(role, asked.question, kind, asked.answer, follow_ups)
        except PrepbotError as error:
            yield Graded(_dumped({"line": number, "error": str(error)}), refused=True)
        else:
            yield Graded(_dumped(record(asked, graded)))


def parse_line(line: bytes) -> AnswerLine:
    """An input line as values. Raises BadInput that says which field is wrong and how."""
    if len(line) > LONGEST_LINE:
        raise BadInput(f"The line is longer than {LONGEST_LINE:,} bytes; shorten the answer.")
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as exc:
        raise BadInput(f"The line is not UTF-8 text (byte {exc.start}); save the file as UTF-8.") from exc
    except json.JSONDecodeError as exc:
        raise BadInput(f"The line is not JSON ({exc.msg}, column {exc.colno}); write one object a line.") from exc
    except (RecursionError, ValueError) as exc:
        raise BadInput("The line is nested too deeply or holds an endless number; write one flat object.") from exc
    try:
        return AnswerLine.model_validate(value)
    except ValidationError as exc:
        raise BadInput("; ".join(_complaint(e["type"], e["loc"], e["msg"]) for e in exc.errors())) from exc


def _complaint(sort: str, place: tuple[int | str, ...], message: str) -> str:
    where = ".".join(str(step) for step in place)
    match sort:
        case "extra_forbidden":
            return f"the field “{where}” is not known; a line has {', '.join(AnswerLine.model_fields)}"
        case "missing":
            return f"the field “{where}” is missing"
        case "string_unicode":
            return f"the field “{where}” holds half a character (a lone surrogate); remove it"
        case "model_type":
            return "the line is no JSON object; write one object a line"
        case _:
            return f"the field “{where}”: {message[:1].lower()}{message[1:]}"


def record(asked: AnswerLine, graded: AnswerGrade) -> dict[str, Any]:
    """The output line's keys and values. Offsets are code points into `answer`.

    Where follow-ups were given, "follow_ups" holds what their answers earned, with offsets into those answers.
    """
    unit, given = graded.evidence, graded.grade
    row = {
        "id": asked.id,
        "engine": graded.engine,
        "rubric": graded.rubric,
        "graded": isinstance(given, Grade),
        "reason": None if isinstance(given, Grade) else given.reason,
        "band": given.band if isinstance(given, Grade) else None,
        "criteria": _criteria(given, turn=0) if isinstance(given, Grade) else {},
        **_earned(graded.turns[0]),
        "ownership": unit.ownership.value,
        "relevance": unit.relevance,
        "reflection": _range(graded.turns[0].reflection),
        "flags": sorted(flag.value for flag in unit.flags),
    }
    if asked.follow_ups:
        row["follow_ups"] = [_of_follow_up(graded, turn) for turn in range(1, len(graded.turns))]
    return row


def _of_follow_up(graded: AnswerGrade, turn: int) -> dict[str, Any]:
    evidence, given = graded.turns[turn], graded.grade
    return {
        **_earned(evidence),
        "reflection": _range(evidence.reflection),
        "criteria": {
            criterion.criterion: _ranges(criterion.spans, turn)
            for criterion in (given.criteria if isinstance(given, Grade) else ())
        },
    }


def _earned(evidence: Evidence) -> dict[str, Any]:
    return {
        "kpis": [
            {"name": r.kpi, "level": r.level.label, "start": r.span.start, "end": r.span.end} for r in evidence.kpis
        ],
        "structure": {part.value: _range(evidence.part(part)) for part in Part},
    }


def _criteria(given: Grade, turn: int) -> dict[str, Any]:
    return {
        criterion.criterion: {
            "level": criterion.level,
            "spans": _ranges(criterion.spans, turn),
            "why": criterion.why,
        }
        for criterion in given.criteria
    }


def _ranges(spans: tuple[Span, ...], turn: int) -> list[list[int]]:
    return [[span.start, span.end] for span in spans if span.turn == turn]


def _range(span: Span | None) -> list[int] | None:
    return [span.start, span.end] if span else None


def _folded(question: str) -> str:
    return " ".join(question.casefold().split())


def _dumped(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)
