"""The strings of the gaming suite, and the ways to put them into an answer."""

import json
import random
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Any

from evals.labelled import LabelledAnswer, load_training

DATASETS = Path(__file__).parents[1] / "datasets"
ROLE = "ecommerce-specialist"
_SEED = 20261123
_SENTENCE_END = re.compile(r"[.!?]\s+")


class Split(StrEnum):
    """Which half a string belongs to: rules are tuned on the first only."""

    DEVELOPMENT = "development"
    REPORTED = "reported"


class Place(StrEnum):
    """Where in the answer a string is put."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class Sample:
    """One string. `kind` is its family; a text may name the question asked as {question}."""

    id: str
    kind: str
    text: str
    split: Split

    def said_to(self, question: str) -> str:
        """The text with the question filled in."""
        return self.text.replace("{question}", question)

    @property
    def inside(self) -> bool:
        """Whether it stands within a sentence rather than beside it."""
        return self.kind == "inside"


def load_attacks() -> tuple[Sample, ...]:
    """The strings aimed at the grader."""
    return tuple(_sample(row, row["family"]) for row in _rows("attacks"))


def load_padding() -> tuple[Sample, ...]:
    """The padding texts of about 150 words."""
    return tuple(_sample(row, row["kind"]) for row in _rows("padding"))


def load_harmless() -> tuple[Sample, ...]:
    """Sentences of real work that use the words of attacks."""
    return tuple(_sample(row, "harmless") for row in _rows("harmless"))


def _rows(name: str) -> list[dict[str, Any]]:
    lines = (DATASETS / f"{name}.jsonl").read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line]


def _sample(row: dict[str, Any], kind: str) -> Sample:
    return Sample(row["id"], kind, row["text"], Split(row["split"]))


def base_answers(bands: Iterable[int], each: int) -> dict[int, tuple[LabelledAnswer, ...]]:
    """`each` open labelled answers of every band, drawn with a fixed seed; none that is itself an attempt at gaming."""
    rows = [row for row in load_training() if row.role == ROLE and not row.kpi_list]
    rows = [row for row in rows if "adversarial" not in row.tags and "emptyish" not in row.tags]
    draw = random.Random(_SEED)
    chosen = {}
    for band in bands:
        fitting = [row for row in rows if row.band == band]
        chosen[band] = tuple(draw.sample(fitting, min(each, len(fitting))))
    return chosen


def placed(sample: Sample, row: LabelledAnswer, place: Place) -> str:
    """The answer with the string in it: between two sentences, or within one for strings of that kind."""
    text = sample.said_to(row.question)
    if sample.inside:
        return _within(text, row.answer, place)
    if place is Place.START:
        return f"{text} {row.answer}"
    cuts = [found.end() for found in _SENTENCE_END.finditer(row.answer)]
    if place is Place.END or not cuts:
        return f"{row.answer} {text}"
    cut = min(cuts, key=lambda at: abs(at - len(row.answer) / 2))
    return f"{row.answer[:cut]}{text} {row.answer[cut:]}"


def _within(text: str, answer: str, place: Place) -> str:
    """`text` at a blank inside the first, the middle or the last sentence, at a comma where there is one."""
    ends = [0, *(found.end() for found in _SENTENCE_END.finditer(answer)), len(answer)]
    sentences = [(a, b) for a, b in pairwise(ends) if answer[a:b].count(" ") >= 5]
    if not sentences:
        return f"{answer} {text}"
    start, end = sentences[{Place.START: 0, Place.MIDDLE: len(sentences) // 2, Place.END: -1}[place]]
    blanks = [at for at in range(start, end) if answer[at] == " "][2:-2]
    commas = [at for at in blanks if answer[at - 1] == ","]
    cut = min(commas or blanks, key=lambda at: abs(at - (start + end) / 2))
    left, right = answer[:cut], answer[cut + 1 :]
    return f"{left.rstrip(',')}{text} {right}" if text.startswith(",") else f"{left} {text} {right}"
