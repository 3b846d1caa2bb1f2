"""The eval gate: no measured figure falls below its floor in evals/floors.toml."""

import hashlib
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from evals.__main__ import DATASETS, Measured, measured_answers

FLOORS: list[dict[str, Any]] = tomllib.loads((DATASETS.parent / "floors.toml").read_text(encoding="utf-8"))["floor"]


@cache
def _measured(dataset: str) -> Measured:
    return measured_answers(DATASETS / f"{dataset}.jsonl")


@pytest.mark.parametrize("floor", FLOORS, ids=lambda floor: f"{floor['dataset']}, {floor['figure']}")
def test_no_figure_falls_below_its_floor(floor: dict[str, Any]) -> None:
    """A figure of the grader on labelled answers is at least its floor."""
    assert _measured(floor["dataset"])[floor["figure"]]["value"] >= floor["at_least"], floor["reason"]


@pytest.mark.parametrize("path", sorted(DATASETS.glob("answers_*.jsonl")), ids=lambda path: path.stem)
def test_every_span_lies_in_its_answer(path: Path) -> None:
    """On every labelled set each point's words are the candidate's own."""
    assert _measured(path.stem)["spans valid"]["value"] == 1.0


def test_every_floor_has_its_reason() -> None:
    """A floor without a reason would be a number that nobody can argue with."""
    assert [floor for floor in FLOORS if not floor.get("reason")] == []


def test_the_sealed_sets_are_as_they_were_sealed() -> None:
    """The reported-only answers are, byte for byte, those whose hashes were written down."""
    lines = (DATASETS / "sealed.sha256").read_text(encoding="utf-8").splitlines()
    sealed = {name: digest for digest, name in (line.split() for line in lines)}
    assert sorted(sealed) == sorted(path.name for path in DATASETS.glob("answers_sealed_*.jsonl"))
    for name, digest in sealed.items():
        assert hashlib.sha256((DATASETS / name).read_bytes()).hexdigest() == digest
