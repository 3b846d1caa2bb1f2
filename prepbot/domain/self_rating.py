"""What a candidate thought of an answer before the grade was shown, and how far that lay from the grade over time.

A gap is the own band minus the graded one: above 0 the answer was thought better than it was graded. The interval is a
percentile bootstrap over whole sittings, since answers of one evening are no independent cases; `python -m evals`
resamples in the same way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean

from prepbot.domain.bootstrap import FEWEST_SITTINGS, percentile_interval
from prepbot.domain.interview import Interview, Status, Unit
from prepbot.domain.rubric import Grade, NotGraded
from prepbot.errors import BadInput

LOWEST, HIGHEST = 1, 5


@dataclass(frozen=True, slots=True)
class SelfRating:
    """The band that somebody gave their own answer to a question, before they saw the grade."""

    interview_id: str
    question_id: str
    band: int
    at: datetime


@dataclass(frozen=True, slots=True)
class SittingGap:
    """The mean gap of one interview's answers, and how many they are."""

    interview_id: str
    at: datetime
    gap: float
    answers: int


@dataclass(frozen=True, slots=True)
class MeanGap:
    """The mean gap over answers with its 95 % interval, None where too few sittings stand behind it."""

    value: float
    interval: tuple[float, float] | None
    answers: int
    sittings: int


Rated = tuple[SelfRating, Grade | NotGraded | None]
"""A self-rating beside the grade of the same answer, None where it has none yet."""


def self_rating(interview_id: str, question_id: str, said: str, at: datetime) -> SelfRating:
    """A rating as it was typed or chosen. Raises BadInput for anything but a band from 1 to 5."""
    words = said.strip()
    if words not in {str(band) for band in range(LOWEST, HIGHEST + 1)}:
        raise BadInput(f"“{words[:20]}” is no band; choose a whole number from {LOWEST} to {HIGHEST}.")
    return SelfRating(interview_id, question_id, int(words), at)


def to_rate(interview: Interview) -> tuple[Unit, ...]:
    """The units that somebody may give a band of their own: answered, and graded by the rubric."""
    return tuple(unit for unit in interview.units if unit.answers and unit.has_band)


def rating_to_come(interview: Interview, *, seen: bool) -> bool:
    """Whether somebody is still to rate answers of an interview, so that nothing may show their levels before.

    `seen` says that its grades were shown. An interview that was ended by hand is not asked about.
    """
    return interview.status is not Status.ENDED and not seen and bool(to_rate(interview))


def gap(rating: SelfRating, grade: Grade | NotGraded | None) -> int | None:
    """The own band minus the graded one; None where nothing was graded."""
    return rating.band - grade.band if isinstance(grade, Grade) else None


def gaps_by_sitting(rated: Sequence[Rated]) -> tuple[SittingGap, ...]:
    """The mean gap of every interview, the earliest first; one without a graded answer is left out."""
    found: dict[str, list[tuple[datetime, int]]] = {}
    for rating, grade in rated:
        if (one := gap(rating, grade)) is not None:
            found.setdefault(rating.interview_id, []).append((rating.at, one))
    sittings = (
        SittingGap(interview, min(at for at, _ in gaps), fmean(one for _, one in gaps), len(gaps))
        for interview, gaps in found.items()
    )
    return tuple(sorted(sittings, key=lambda sitting: (sitting.at, sitting.interview_id)))


def mean_gap(sittings: Sequence[SittingGap]) -> MeanGap | None:
    """The mean over all answers; None for none. The same sittings give the same interval."""
    if not sittings:
        return None
    answers = sum(sitting.answers for sitting in sittings)
    interval = _interval(sittings) if len(sittings) >= FEWEST_SITTINGS else None
    return MeanGap(_mean(sittings), interval, answers, len(sittings))


def gap_words(mean: MeanGap) -> str:
    """The mean gap in one sentence, with its interval where there is one."""
    value = round(mean.value, 1)
    count = f"{mean.answers} answer{'s' if mean.answers != 1 else ''}"
    if value == 0:
        said = f"Over {count} you rated yourself as the grade did, on average"
    else:
        side = "above" if value > 0 else "below"
        said = f"Over {count} you rated yourself {abs(value):.1f} bands {side} the grade, on average"
    if mean.interval is None:
        return f"{said}; {FEWEST_SITTINGS} interviews or more will show how sure that is."
    low, high = mean.interval
    return f"{said}; the true gap most likely lies between {low:+.1f} and {high:+.1f}."


def _mean(sittings: Sequence[SittingGap]) -> float:
    answers = sum(sitting.answers for sitting in sittings)
    return sum(sitting.gap * sitting.answers for sitting in sittings) / answers


def _interval(sittings: Sequence[SittingGap]) -> tuple[float, float]:
    return percentile_interval(lambda random: _mean(random.choices(sittings, k=len(sittings))))
