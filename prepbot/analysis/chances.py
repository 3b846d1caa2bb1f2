"""The chances behind a band: how likely each check is to hold, from the same probabilities that decide the checks."""

from collections.abc import Iterable, Mapping, Sequence
from math import prod

from prepbot.analysis.kpis import Weighed
from prepbot.analysis.passage import Passage
from prepbot.domain.evidence import Chances


def chances_of(
    passage: Passage,
    there: Mapping[str, float],
    result: Sequence[float],
    weighed: Sequence[Weighed],
    off_topic: float,
    other_question: float,
    mass: float,
) -> Chances:
    """The chances of an answer. `there` are its parts', `result` each segment's chance to state the result.

    `other_question` is the chance that the answer is on the topic but not on the question.
    """
    return Chances(
        situation=there["situation"],
        task=there["task"],
        action=there["action"],
        result=there["result"],
        reflection=there["reflection"],
        steps=there["step"],
        kpi_used=_any(one.refers * one.used for one in weighed),
        kpi_in_result=_any(one.refers * one.quantified * _in_result(one, passage, result) for one in weighed),
        off_topic=off_topic,
        other_question=other_question,
        mass=mass,
    )


def _any(chances: Iterable[float]) -> float:
    return 1 - prod(1 - chance for chance in chances)


def _in_result(one: Weighed, passage: Passage, result: Sequence[float]) -> float:
    """The chance that the result is stated where the mention stands."""
    return max(
        (
            chance
            for segment, chance in zip(passage.segments, result, strict=True)
            if segment.start < one.mention.end and one.mention.start < segment.end
        ),
        default=0.0,
    )
