"""Two attempts at one question, part by part: what was gained, kept and lost."""

from dataclasses import dataclass
from enum import StrEnum

from prepbot.domain.checks import checks
from prepbot.domain.evidence import Evidence, KpiLevel
from prepbot.domain.marking import LEVEL_LABELS, MarkKind
from prepbot.domain.rubric import Grade, NotGraded

OWN_PART = "Your own part, as “I”"


class Became(StrEnum):
    """What became of a part between two attempts. A KPI at a higher level is gained, at a lower one lost."""

    GAINED = "gained"
    KEPT = "kept"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class PartChange:
    """One part, or one KPI with the higher of its levels, and what became of it."""

    label: str
    became: Became


@dataclass(frozen=True, slots=True)
class EarlierAttempt:
    """The attempt before this one: its words, its grade, and what this one changed, parts first, then KPIs."""

    interview_id: str
    answers: tuple[str, ...]
    grade: Grade | NotGraded | None
    changes: tuple[PartChange, ...]


def compared(earlier: Evidence, now: Evidence) -> tuple[PartChange, ...]:
    """Everything that stands in one of the attempts, each named once; what neither has is left out."""
    parts = tuple(
        PartChange(name, _became(before, after))
        for (name, before), after in zip(_parts(earlier).items(), _parts(now).values(), strict=True)
        if before or after
    )
    had, has = _kpis(earlier), _kpis(now)
    kpis = []
    for name in dict.fromkeys([*had, *has]):
        before, after = had.get(name, 0), has.get(name, 0)
        level = LEVEL_LABELS[KpiLevel(max(before, after))]
        kpis.append(PartChange(f"{name}, {level}", _became(before, after)))
    return (*parts, *kpis)


def _became(before: int, after: int) -> Became:
    if before == after:
        return Became.KEPT
    return Became.GAINED if after > before else Became.LOST


def _parts(evidence: Evidence) -> dict[str, bool]:
    return {
        MarkKind.SITUATION.label: evidence.situation is not None,
        MarkKind.TASK.label: evidence.task is not None,
        MarkKind.ACTION.label: evidence.action is not None,
        MarkKind.RESULT.label: evidence.result is not None,
        MarkKind.REFLECTION.label: evidence.reflection is not None,
        OWN_PART: checks(evidence)["own_part"].holds,
    }


def _kpis(evidence: Evidence) -> dict[str, int]:
    best: dict[str, int] = {}
    for reference in evidence.kpis:
        best[reference.kpi] = max(reference.level, best.get(reference.kpi, 0))
    return best
