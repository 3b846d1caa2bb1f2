"""Labelled utterances of an interviewer: harmless ones that the guard must let pass, and ones that it must block."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from prepbot.domain.gap import Gap, GapKind
from prepbot.domain.moves import Ask, CloseStage, Greet, Move, Probe
from prepbot.domain.plan import PlannedQuestion
from prepbot.domain.role import QuestionKind
from prepbot.language.guard import refusal
from prepbot.language.prompts import load_prompt
from prepbot.language.voice import PROMPT

UTTERANCES = Path(__file__).parent / "datasets" / "utterances.jsonl"


@dataclass(frozen=True, slots=True)
class Utterance:
    """What a model said for a move. `rule` is the one that should block it, empty where it is harmless.

    `move` and `gap` are those of prepbot.domain, `question` the planned question (the next one for an ask), `line` the
    written form, `answer` the candidate's last words.
    """

    id: str
    split: str
    rule: str
    move: str
    gap: str
    quote: str
    kpi: str
    question: str
    line: str
    answer: str
    terms: str
    text: str

    @property
    def read(self) -> bool:
        """Whether it may be looked at: the held halves are not, and only their figures are printed."""
        return not self.split.startswith("held")

    @property
    def harmless(self) -> bool:
        """Whether it must pass."""
        return not self.rule

    def meant(self) -> Move:
        """The move that it should say."""
        question = PlannedQuestion("q", self.question, QuestionKind.PAST_BEHAVIOUR, ())
        match self.move:
            case "greet":
                return Greet(0)
            case "ask":
                return Ask(0, question)
            case "probe":
                return Probe(0, question, Gap(GapKind(self.gap), self.quote, self.kpi))
            case _:
                return CloseStage(0)

    def refused(self) -> str | None:
        """The rule by which the shipped guard refuses it, None where it passes."""
        return refusal(self.text, self.meant(), self.line, self.answer, self.terms, load_prompt(PROMPT).system)


@cache
def load_utterances(path: Path = UTTERANCES) -> tuple[Utterance, ...]:
    """The utterances in the file's order."""
    lines = path.read_text(encoding="utf-8").split("\n")
    return tuple(_utterance(json.loads(line)) for line in lines if line)


def _utterance(row: dict[str, str]) -> Utterance:
    terms = "\n".join((row["role"], row["stage"], row["interviewer"], *row["kpis"]))
    names = ("id", "split", "rule", "move", "gap", "quote", "kpi", "question", "line", "answer", "text")
    return Utterance(**{name: row[name] for name in names}, terms=terms)
