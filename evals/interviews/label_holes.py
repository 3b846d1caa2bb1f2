"""Whether the human labels of an answer lack what a follow-up asks for. Nothing the analyst read is looked at."""

import re
from collections.abc import Callable

from evals.labelled import LabelledAnswer
from prepbot.domain.gap import Gap, GapKind

Lack = Callable[[Gap, LabelledAnswer], bool]

# The labels do not say whether an act was done or is planned: the subject and its verb in the labelled action do.
_DONE = re.compile(
    r"\b(?:i|we)(?: \w+ly)? (?:\w+ed|was|were|had|did|built|made|ran|wrote|took|set|put|went|cut|sent|led)\b",
    re.IGNORECASE,
)


def missing(gap: Gap, row: LabelledAnswer) -> bool:
    """Whether the answer, by its labels, lacks what the gap names."""
    lack = _LACKS.get(gap.kind)
    return lack is not None and lack(gap, row)


def _no_action(_: Gap, row: LabelledAnswer) -> bool:
    """None, a thin one, or an answer that its rater found without a concrete action (band 2 and below)."""
    return "action" not in row.parts or "thin_action" in row.tags or row.band <= 2


def _unclear(gap: Gap, row: LabelledAnswer) -> bool:
    """Asked for the measure: no KPI is put to use yet, or the one named is what the words mean."""
    return any(kpi.name == gap.kpi for kpi in row.kpis) or all(kpi.level == "mentioned" for kpi in row.kpis)


def _no_number(gap: Gap, row: LabelledAnswer) -> bool:
    """The KPI is spoken of, and no KPI has a number yet."""
    levels = {kpi.name: kpi.level for kpi in row.kpis}
    return gap.kpi in levels and "quantified" not in levels.values()


_LACKS: dict[GapKind, Lack] = {
    GapKind.NO_ACTION: _no_action,
    GapKind.UNCLEAR_KPI: _unclear,
    GapKind.WE_WITHOUT_I: lambda _, row: row.ownership == "we",
    GapKind.NO_RESULT: lambda _, row: "result" not in row.parts,
    GapKind.LAST_TIME: lambda _, row: not _DONE.search(row.parts.get("action", "")),
    GapKind.KPI_WITHOUT_NUMBER: _no_number,
}
