"""A KPI as the trade knows it, and its match to a KPI of a role page."""

from dataclasses import dataclass

from prepbot.domain.role import Kpi


@dataclass(frozen=True, slots=True)
class Metric:
    """One entry of the KPI catalogue (knowledge/metrics.toml).

    `direction` is the better way: "up", "down" or "target". `inverse` names the complementary measure, which
    counts as this one. `confusions` are phrases that share a word with it and do not count.
    """

    id: str
    name: str
    functions: tuple[str, ...]
    aliases: tuple[str, ...]
    abbreviations: tuple[str, ...]
    unit: str
    direction: str
    formula: str | None
    inverse: tuple[str, ...]
    paraphrases: tuple[str, ...]
    confusions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TrackedKpi:
    """A role page's KPI beside its catalogue entry; `metric` is None where the catalogue lacks it."""

    kpi: Kpi
    metric: Metric | None
