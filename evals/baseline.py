"""The readings of the analyst that landed last, as labels only (evals/baselines/main.json), for paired differences."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.answers import Scored
from evals.labelled import LabelledAnswer
from evals.prediction import Prediction, from_json, to_json

MAIN = Path(__file__).parent / "baselines" / "main.json"


@dataclass(frozen=True, slots=True)
class Baseline:
    """Stored predictions, by set and answer id."""

    sets: Mapping[str, Mapping[str, Prediction]]

    def of(self, name: str, rows: Sequence[LabelledAnswer]) -> list[Prediction] | None:
        """The predictions for these rows of a set, None where any is missing: a difference needs all of them."""
        known = self.sets.get(name, {})
        said = [known.get(row.id) for row in rows]
        return [one for one in said if one is not None] if rows and None not in said else None


def load_baseline(path: Path = MAIN) -> Baseline:
    """The stored readings; nothing where there is no file yet."""
    if not path.exists():
        return Baseline({})
    stored = json.loads(path.read_text(encoding="utf-8"))
    return Baseline({name: {key: from_json(one) for key, one in rows.items()} for name, rows in stored.items()})


def write_baseline(readings: Mapping[str, Sequence[Scored]], path: Path = MAIN) -> None:
    """Store what was read, one line an answer. A set that was not read keeps its former lines."""
    stored = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    stored |= {name: {one.row.id: to_json(one.said) for one in scored} for name, scored in readings.items()}
    path.parent.mkdir(exist_ok=True)
    path.write_text(_as_text(stored), encoding="utf-8")


def _as_text(stored: Mapping[str, Mapping[str, object]]) -> str:
    def line(key: str, one: object) -> str:
        return f"  {json.dumps(key)}: {json.dumps(one, ensure_ascii=False)}"

    sets = [
        f" {json.dumps(name)}: {{\n" + ",\n".join(line(key, one) for key, one in rows.items()) + "\n }"
        for name, rows in sorted(stored.items())
    ]
    return "{\n" + ",\n".join(sets) + "\n}\n"
