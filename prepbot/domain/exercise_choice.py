"""Which exercises a role gets: drawn from the families that yield its KPIs, or a written case where none does."""

import random
from collections.abc import Mapping, Sequence

from prepbot.domain.exercise import Exercise, ExperimentTask, WrittenCase
from prepbot.domain.exercise_draw import draw
from prepbot.domain.exercise_family import Family
from prepbot.domain.exercise_plain import plain_family
from prepbot.domain.metric import Metric, TrackedKpi
from prepbot.domain.role import Role

FEWEST = 2
MOST = 3
_OWN_FUNCTION = 4  # how many KPIs a family of the role's own function counts for

CASE_QUESTION = (
    "What would you look at first, what would you change or test, what would you measure, "
    "and from which result on would you call it a success, or stop?"
)
CASE_EXAMPLE = (
    "Change one step for half of the cases, count one figure before and after for four weeks, "
    "and keep the change only if that figure is better by at least a tenth."
)


def exercises_for(
    role: Role,
    tracked: Sequence[TrackedKpi],
    families: Sequence[Family],
    metrics: Mapping[str, Metric],
    seed: int,
    count: int = FEWEST,
) -> tuple[Exercise | WrittenCase, ...]:
    """Two or three exercises that ask for KPIs the role tracks; the same arguments give the same ones.

    Families of another trade are left out where any fits the role's own. KPIs that none of these yields are put into a
    plain table where their formulas allow. A role with one exercise gets a written case besides, a role without any the
    written case alone.
    Raises ValueError for a count that is neither two nor three.
    """
    if not FEWEST <= count <= MOST:
        raise ValueError(f"{count} exercises were asked for; ask for {FEWEST} or {MOST}")
    rng = random.Random(f"{role.id}/{seed}")
    wanted = frozenset(one.metric.id for one in tracked if one.metric is not None)
    function = role.function.strip().lower().replace(" ", "_")
    fitting = _of_the_trade([family for family in families if wanted & set(family.metrics)], function, families)
    chosen = _families(fitting, wanted, count, function, rng)
    if len(chosen) < count and (plain := _plain(tracked, fitting)):
        chosen.append(plain)
    drawn = tuple(draw(family, metrics, rng.randrange(2**31), wanted) for family in chosen)
    return drawn if len(drawn) >= FEWEST else (*drawn, written_case(role, seed))


def written_case(role: Role, seed: int) -> WrittenCase:
    """A case about one of the role's activities, chosen by the seed; about the role itself where it lists none."""
    rng = random.Random(f"{role.id}/case/{seed}")
    activity = rng.choice(role.activities) if role.activities else None
    name = activity.name if activity else role.title
    part = f"{activity.name}: {activity.text}".strip(": ") if activity else role.about or role.title
    return WrittenCase(
        seed=seed,
        title=f"A written case: {name}",
        situation=(
            f"You have just taken over this part of the work: “{part}”. After four weeks it goes worse than "
            "expected, and nobody has kept figures so far."
        ),
        activity=name,
        experiment=ExperimentTask(CASE_QUESTION, (), CASE_EXAMPLE),
    )


def _of_the_trade(asking: Sequence[Family], function: str, families: Sequence[Family]) -> list[Family]:
    """Those of the families that fit a function, as it meets them.

    All of them where none fits, or where no family at all is of that function: nothing is known of its trade then.
    """
    known = any(function in family.functions for family in families)
    met = [(family, family.in_trade(function)) for family in asking]
    fitting = [scene for _, scene in met if scene is not None]
    return fitting if known and fitting else [scene or family for family, scene in met]


def _families(
    families: Sequence[Family], wanted: frozenset[str], count: int, function: str, rng: random.Random
) -> list[Family]:
    """Up to `count` families, each drawn by how many KPIs it adds to those before it."""
    left = list(families)
    chosen: list[Family] = []
    covered: set[str] = set()
    while left and len(chosen) < count:
        weights = [_weight(family, wanted - covered, function) for family in left]
        family = rng.choices(left, weights)[0] if any(weights) else rng.choice(left)
        left.remove(family)
        chosen.append(family)
        covered |= wanted & set(family.metrics)
    return chosen


def _plain(tracked: Sequence[TrackedKpi], families: Sequence[Family]) -> Family | None:
    """A plain family of the tracked KPIs that none of these families yields."""
    yielded = {metric for family in families for metric in family.metrics}
    return plain_family([one.metric for one in tracked if one.metric is not None and one.metric.id not in yielded])


def _weight(family: Family, wanted: frozenset[str], function: str) -> int:
    """How much a family is worth to the role: the KPIs that it adds, more where it is of the role's function."""
    added = len(wanted & set(family.metrics))
    return added * (_OWN_FUNCTION if function in family.functions else 1)
