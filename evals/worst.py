"""How badly an answer was read, and in what: for the worst cases of sets whose text may be shown."""

from evals.measures import STAR
from evals.prediction import Case


def kpi_errors(case: Case) -> tuple[float, str]:
    """One for each KPI missed or falsely read, a half for each wrong level."""
    true = {kpi.name: kpi for kpi in case.row.kpis}
    said = case.said.kpis
    lost = [f"missed {kpi.name}, {kpi.level} ({kpi.evidence!r})" for kpi in case.row.kpis if kpi.name not in said]
    false = [f"read {name}, {level}" for name, level in said.items() if name not in true]
    wrong = [
        f"{name}: {kpi.level} read as {said[name]}"
        for name, kpi in true.items()
        if said.get(name, kpi.level) != kpi.level
    ]
    return len(lost) + len(false) + len(wrong) / 2, "; ".join([*lost, *false, *wrong])


def structure_errors(case: Case) -> tuple[float, str]:
    """One for each part missed or falsely read."""
    wanted = {*STAR, "reflection"}
    lost = [
        f"missed {part} ({case.row.parts[part]!r})" for part in sorted(wanted & set(case.row.parts) - case.said.parts)
    ]
    false = [f"read {part}" for part in sorted(case.said.parts - set(case.row.parts))]
    return len(lost) + len(false), "; ".join([*lost, *false])


def ownership_error(case: Case) -> tuple[float, str]:
    """One where it differs."""
    return _differs(case.row.ownership, case.said.ownership)


def relevance_error(case: Case) -> tuple[float, str]:
    """By how many levels it differs."""
    return abs(case.row.relevance - case.said.relevance), f"{case.row.relevance} read as {case.said.relevance}"


def band_error(case: Case) -> tuple[float, str]:
    """By how many bands it differs, and the readings that led there."""
    _, parts = structure_errors(case)
    _, kpis = kpi_errors(case)
    why = "; ".join(part for part in (parts, kpis) if part)
    return abs(case.row.band - case.said.band), f"band {case.row.band} read as {case.said.band}. {why}"


def _differs(true: str, said: str) -> tuple[float, str]:
    return float(true != said), f"{true} read as {said}"
