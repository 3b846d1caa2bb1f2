"""The answer model's scores of each training answer, given by a model that never saw the answer's author."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from prepbot.errors import ModelUnavailable
from prepbot.ports import AnswerScores, KpiTexts, Vectors

_DIGITS = 3
Range = tuple[int, int]
Key = tuple[str, str]
"""The question and the plain text."""


class Scored(Protocol):
    """A text with the ranges that it was scored by."""

    @property
    def question(self) -> str:
        """The question answered."""

    @property
    def text(self) -> str:
        """The plain text."""

    @property
    def segments(self) -> tuple[Range, ...]:
        """Its segments."""

    @property
    def units(self) -> tuple[Range, ...]:
        """Its clauses."""


@dataclass(frozen=True, slots=True)
class OutOfFold:
    """Satisfies ports.AnswerScorer from stored scores; an answer that is now cut otherwise has none."""

    name: str
    version: str
    rows: Mapping[Key, Mapping[str, Any]]

    def knows(self, question: str, text: str) -> bool:
        """Whether an answer was scored at all."""
        return (question, text) in self.rows

    def score(
        self,
        question: str,
        kind: str,
        text: str,
        segments: Sequence[Range],
        units: Sequence[Range],
        kpis: KpiTexts,
        *,
        topic: bool = True,
    ) -> AnswerScores:
        """The stored scores. Raises ModelUnavailable where there are none for these ranges."""
        del kind, topic
        row = self.rows.get((question, text))
        if row is None or row["segments"] != [list(r) for r in segments] or row["units"] != [list(r) for r in units]:
            raise ModelUnavailable("An answer has changed since it was scored; run `make model`.")
        arrays = {name: np.array(row[name], dtype=np.float32) for name in ("parts", "relevance", "ownership", "levels")}
        nearness = np.array(row["kpis"], dtype=np.float32).reshape(len(units), len(kpis), 2)
        topics = {name: _vector(row.get(name)) for name in ("topic", "asked")}
        return AnswerScores(kpis=nearness, **arrays, **topics)


def _vector(values: Sequence[float] | None) -> Vectors | None:
    return None if values is None else np.array(values, dtype=np.float32)


def stored(scores: Mapping[Key, AnswerScores], examples: Sequence[Scored]) -> list[dict[str, Any]]:
    """The scores as JSON values, in the order of `examples`."""
    rows = []
    for example in examples:
        found = scores.get((example.question, example.text))
        if found is not None:
            row: dict[str, Any] = {"question": example.question, "text": example.text}
            row |= {"segments": example.segments, "units": example.units}
            for name in ("parts", "relevance", "ownership", "kpis", "levels"):
                row[name] = np.round(getattr(found, name).astype(float), _DIGITS).tolist()
            for name in ("topic", "asked"):
                vector = getattr(found, name)
                row[name] = None if vector is None else np.round(vector.astype(float), _DIGITS).tolist()
            rows.append(row)
    return rows


def write_scores(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write one JSON row a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def load_scores(path: Path, version: str) -> OutOfFold:
    """The stored scores; `version` is the shipped model's, whose coefficients they serve."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return OutOfFold("answer-model", version, {(row["question"], row["text"]): row for row in rows})
