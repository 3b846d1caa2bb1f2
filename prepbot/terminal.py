"""An interview without the page: talked through in a terminal, or answered by a script."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import click

from prepbot.domain.exercise import Exercise, WrittenCase
from prepbot.domain.interview import Interview, Status, Turn
from prepbot.domain.plan import Plan
from prepbot.domain.wording import written_instead
from prepbot.errors import UnreadableFile
from prepbot.exports.exercise import sheet_record, table_text
from prepbot.interviewer import Interviewer

COMMANDS = {
    "/repeat": "hear the question again",
    "/skip": "leave this question",
    "/pause": "take a break",
    "/end": "end the interview here",
}
HOW_TO = (
    "One line is one answer; a line that ends with \\ goes on in the next. An empty line sends nothing.\n"
    f"{'  '.join(f'{name}: {meaning}.' for name, meaning in COMMANDS.items())}"
)
_SCRIPT_LIMIT = 20_000_000


@dataclass(frozen=True, slots=True)
class Transcript:
    """An interview as a command prints it."""

    interview_id: str
    interview: Interview

    def record(self) -> dict[str, Any]:
        """The transcript with the keys that the command line promises. `stage` is the stage's name.

        Where a model's words were kept out, the turn's `instead_of` says by what. Where exercises were set, `exercises`
        holds what there was to look at, by the question's id.
        """
        sheets = {
            unit.question.id: sheet_record(unit.question.exercise)
            for unit in self.interview.units
            if unit.question.exercise is not None
        }
        return {
            "interview_id": self.interview_id,
            "finished": self.interview.status is Status.FINISHED,
            "turns": [self._turn(turn) for turn in self.interview.turns],
            **({"exercises": sheets} if sheets else {}),
        }

    def _turn(self, turn: Turn) -> dict[str, Any]:
        return {
            "seq": turn.seq,
            "stage": self.interview.plan.stages[turn.stage].name,
            "speaker": turn.speaker,
            "kind": turn.kind,
            "question_id": turn.question_id,
            "text": turn.text,
            "because": turn.gap.because if turn.gap else None,
            **({"instead_of": turn.instead_of} if turn.instead_of else {}),
        }

    def text(self) -> str:
        """The transcript to read."""
        return "\n".join(spoken(self.interview, turn) for turn in self.interview.turns)


def spoken(interview: Interview, turn: Turn) -> str:
    """One turn as a terminal shows it; a stage's first words come under its name."""
    if turn.speaker == "candidate":
        return f"\n> {turn.text}\n"
    stage = interview.plan.stages[turn.stage]
    door = f"\n{stage.name} · {stage.interviewer.name}, {stage.interviewer.title}\n\n" if turn.kind == "greet" else ""
    question = next((one for one in interview.plan.questions if one.id == turn.question_id), None)
    asker = f"{question.viewpoint}: " if question and question.viewpoint else ""
    exercise = _exercise_of(interview, turn)
    if isinstance(exercise, Exercise):
        situation, _, tasks = turn.text.partition("\n")
        sheet = "\n".join(table_text(exercise.table))
        return f"{door}{situation}\n\n{sheet}\n\n{tasks}\n"
    return f"{door}{asker}{turn.text}"


def _exercise_of(interview: Interview, turn: Turn) -> Exercise | WrittenCase | None:
    """The exercise that a turn sets; None for every other turn."""
    asked = (question.exercise for question in interview.plan.questions if question.id == turn.question_id)
    return next(asked, None) if turn.kind == "ask" else None


def read_script(path: Path) -> tuple[str, ...]:
    r"""The answers in a script file, one a line; `\n` in a line is a line break within the answer.

    Raises UnreadableFile for a file that is missing, too large or not UTF-8.
    """
    try:
        if path.stat().st_size > _SCRIPT_LIMIT:
            raise UnreadableFile(f"--script {path} is larger than {_SCRIPT_LIMIT // 1_000_000} MB; split it.")
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        raise UnreadableFile(f"--script {path} is not UTF-8 text (byte {exc.start}); save it as UTF-8.") from exc
    except OSError as exc:
        raise UnreadableFile(f"--script {path} cannot be read: {exc.strerror}.") from exc
    lines = text.replace("\r\n", "\n").split("\n")
    return tuple(line.replace(r"\n", "\n") for line in (lines[:-1] if lines[-1] == "" else lines))


def sit_by_script(interviewer: Interviewer, plan: Plan, answers: Sequence[str]) -> Transcript:
    """Sit an interview with these answers, until they run out or the interview ends."""
    interview_id = interviewer.start(plan)
    interview = interviewer.open(interview_id)
    for number, answer in enumerate(answers):
        if not interview.awaits_candidate:
            break
        interview = interviewer.answer(interview_id, answer, f"script-{number}")
    return Transcript(interview_id, interview)


def sit_in_terminal(interviewer: Interviewer, plan: Plan) -> None:
    """Talk the interview through, until it ends or the input does; it stays stored either way."""
    click.echo(HOW_TO, err=True)
    interview_id = interviewer.start(plan)
    interview = interviewer.open(interview_id)
    heard = _say_new(interview, 0)
    while interview.awaits_candidate:
        answer = _read_answer()
        if answer is None:
            click.echo("\nStopped here. The interview waits for you on the page: prepbot app", err=True)
            break
        interview = _after(interviewer, interview_id, interview, answer)
        heard = _say_new(interview, heard)
    click.echo(f"Your graded transcript: prepbot review {interview_id} --format md", err=True)


def _after(interviewer: Interviewer, interview_id: str, interview: Interview, answer: str) -> Interview:
    """The interview after one input: a command, an answer, or an empty line, which is neither."""
    match answer.strip().casefold():
        case "/skip":
            return interviewer.skip(interview_id)
        case "/end":
            return interviewer.end(interview_id)
        case "/pause":
            return _paused(interviewer, interview_id)
        case "/repeat" | "":
            return _repeated(interview)
        case _:
            return interviewer.answer(interview_id, answer, uuid4().hex)


def _paused(interviewer: Interviewer, interview_id: str) -> Interview:
    interview = interviewer.pause(interview_id)
    click.echo("Paused. Press Enter to go on; leave with Ctrl+D and come back on the page.", err=True)
    if _read_line("") is None:
        return interview
    return _repeated(interviewer.resume(interview_id))


def _repeated(interview: Interview) -> Interview:
    if interview.open_turn is not None:
        click.echo(interview.open_turn.text)
    return interview


def _say_new(interview: Interview, heard: int) -> int:
    """Print what the interviewer said since; returns how many turns have been heard now."""
    for turn in interview.turns[heard:]:
        if turn.speaker == "interviewer":
            click.echo(spoken(interview, turn))
            if written_instead(turn.instead_of):
                click.echo(written_instead(turn.instead_of), err=True)
    sys.stdout.flush()
    return len(interview.turns)


def _read_answer() -> str | None:
    r"""One answer: a line, and the next where it ends with a backslash. None at the end of the input."""
    lines: list[str] = []
    while (line := _read_line("… " if lines else "> ")) is not None:
        lines.append(line.removesuffix("\\"))
        if not line.endswith("\\"):
            break
    return "\n".join(lines) if lines else None


def _read_line(prompt: str) -> str | None:
    if sys.stdin.isatty() and sys.stdout.isatty():
        try:
            return input(prompt)
        except EOFError:
            return None
    click.echo(prompt, nl=False, err=True)
    line = sys.stdin.readline()
    return line.rstrip("\r\n") if line else None
