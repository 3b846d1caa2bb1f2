"""Open answers with one invention put in by a program: more cases than anybody writes, none written for the rules."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from evals.labelled import LabelledAnswer, load_rows
from evals.sets import DATASETS

_FILES = ("answers_dev.jsonl", "answers_dev2.jsonl")
_WORDS = (25, 150)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_NUMBER = re.compile(r"(?<![\w.,])[1-9]\d*(?![\w.,]\d|\w)")
_NOT = re.compile(r"\b(?:did|do|was|were|had|have|is|are) not\b|\b(?:not|never) ")
_WE = re.compile(r"\b[Ww]e\b")
_NAMES = ("Contoso", "Salesforce", "Berlin", "Maria")
_SENTENCES = (
    "I led the team.",
    "The result was great.",
    "Sales rose a lot.",
    "My boss was happy.",
    "I used Excel for it.",
    "I will do it for you too.",
    "It worked well and everyone liked it.",
)


@dataclass(frozen=True, slots=True)
class Mutation:
    """An open answer as a reply with one thing changed; `kind` says what."""

    kind: str
    row: LabelledAnswer
    reply: str


def mutations() -> Iterator[Mutation]:
    """Every mutation of every open answer of a usual length, the same on every run."""
    rows = [row for name in _FILES for row in load_rows(DATASETS / name)]
    usual = [row for row in rows if _WORDS[0] <= len(row.answer.split()) <= _WORDS[1]]
    random = Random(1)
    for row in usual:
        yield from _mutated(row, random, usual)


def _mutated(row: LabelledAnswer, random: Random, others: Sequence[LabelledAnswer]) -> Iterator[Mutation]:
    text = row.answer if row.answer.rstrip()[-1:] in ".?!" else f"{row.answer}."
    foreign = [sentence for other in others if other.question != row.question for sentence in _sentences(other.answer)]
    yield Mutation("a sentence of another answer", row, f"{text} {random.choice(foreign)}")
    yield Mutation("a made-up sentence", row, f"{text} {random.choice(_SENTENCES)}")
    words = text.split(" ")
    place = random.randrange(3, len(words))
    yield Mutation("a name put in", row, " ".join([*words[:place], random.choice(_NAMES), *words[place:]]))
    numbers = list(_NUMBER.finditer(text))
    if numbers:
        found = random.choice(numbers)
        yield Mutation("a number doubled", row, f"{text[: found.start()]}{int(found.group()) * 2}{text[found.end() :]}")
    if _NOT.search(text):
        yield Mutation("a not left out", row, _NOT.sub("", text, count=1))
    if _WE.search(text) and not re.search(r"\bI\b", text):
        yield Mutation("we told as I", row, _WE.sub("I", text))


def _sentences(answer: str) -> list[str]:
    return [sentence for sentence in _SENTENCE.split(answer) if len(sentence.split()) > 5 and sentence[-1] in ".?!"]
