"""What somebody says about an answer: the analyst, a naive floor or a stored baseline. Labels are set beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from evals.labelled import LabelledAnswer
from prepbot.domain.evidence import Evidence
from prepbot.domain.rubric import Grade, NotGraded, relevance_level


@dataclass(frozen=True, slots=True)
class Prediction:
    """One reading of an answer, in the labels of the annotation guide.

    `kpis` maps the page's KPI names to levels, `parts` may hold "reflection". `interval` is the grade's 80 % interval
    of bands, None where the grader gives none.
    """

    band: int = 1
    kpis: Mapping[str, str] = field(default_factory=dict)
    parts: frozenset[str] = frozenset()
    ownership: str = "none"
    relevance: int = 0
    interval: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled answer beside one reading of it."""

    row: LabelledAnswer
    said: Prediction


def from_evidence(evidence: Evidence, graded: Grade | NotGraded) -> Prediction:
    """The analyst's reading. What is not graded counts as band 1, as it is labelled (guide, section 4)."""
    relevance = relevance_level(evidence)
    return Prediction(
        band=graded.band if isinstance(graded, Grade) else 1,
        kpis={reference.kpi: reference.level.label for reference in evidence.kpis},
        parts=_parts(evidence) if relevance else frozenset(),
        ownership=evidence.ownership.value if relevance else "none",
        relevance=relevance,
        interval=graded.interval if isinstance(graded, Grade) else None,
    )


def _parts(evidence: Evidence) -> frozenset[str]:
    said = {part.value for part in evidence.parts}
    return frozenset(said | ({"reflection"} if evidence.reflection else set()))


def to_json(said: Prediction) -> dict[str, Any]:
    """A prediction as it is stored in a baseline: labels only, no word of the answer."""
    return {
        "band": said.band,
        "kpis": dict(sorted(said.kpis.items())),
        "parts": sorted(said.parts),
        "ownership": said.ownership,
        "relevance": said.relevance,
    }


def from_json(data: Mapping[str, Any]) -> Prediction:
    """The prediction that `to_json` stored."""
    return Prediction(data["band"], data["kpis"], frozenset(data["parts"]), data["ownership"], data["relevance"])
