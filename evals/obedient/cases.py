"""Every text that may be put before a model: those aimed at the grader, and those aimed at models alone."""

import json
from dataclasses import dataclass
from functools import cache

from evals.gaming.cases import DATASETS, Sample, Split, load_attacks

FILE = DATASETS / "model_attacks.jsonl"
IN_ANSWERS = "answer"


@dataclass(frozen=True, slots=True)
class ModelAttack:
    """One string with where it stands: in an answer, on a role page, in a résumé or in an advert."""

    where: str
    sample: Sample


@cache
def load_model_attacks() -> tuple[ModelAttack, ...]:
    """The strings written for models, in the file's order."""
    lines = FILE.read_text(encoding="utf-8").split("\n")
    return tuple(_attack(json.loads(line)) for line in lines if line)


def _attack(row: dict[str, str]) -> ModelAttack:
    return ModelAttack(row["where"], Sample(row["id"], row["family"], row["text"], Split(row["split"])))


def in_answers() -> tuple[Sample, ...]:
    """Every string that an answer may carry; those for other places are no less worth a try in one."""
    return (*load_attacks(), *(attack.sample for attack in load_model_attacks()))


def placed_on(where: str) -> tuple[Sample, ...]:
    """The strings for one other place."""
    return tuple(attack.sample for attack in load_model_attacks() if attack.where == where)
