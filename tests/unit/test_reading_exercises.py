"""knowledge/exercises.toml: read whole, and every contradiction refused with one sentence."""

import pytest

from prepbot.errors import BadInput
from prepbot.reading.catalogue import load_metrics, track
from prepbot.reading.exercises import families_of, load_families
from prepbot.reading.library import library_roles

METRICS = {metric.id: metric for metric in load_metrics()}
GOOD = """
[[family]]
id = "shop"
title = "A shop's week"
functions = ["retail"]
situation = "You keep a shop."
rows_are = "day"
shown = 3
rows = [["Monday"], ["Tuesday"], ["Friday"]]
metrics = ["conversion_rate", "average_order_value"]
columns = [
    { id = "visitors", label = "Visits", from = [400, 900] },
    { id = "orders", label = "Orders", part_of = "visitors", by = [0.02, 0.03] },
    { id = "revenue", label = "Revenue", times = "orders", by = [40, 50], unit = "currency" },
]
[[family.leak]]
metric = "average_order_value"
column = "revenue"
by = [15, 20]
sentence = "{row} sells little."
example = "Try something on {row}."
"""


def test_a_family_is_read_as_it_is_written() -> None:
    """Rows, columns and leaks come back as values, other words for a row in lower case."""
    [family] = families_of(GOOD.replace('["Friday"]', '["Friday", "The FIFTH day"]'), METRICS)
    assert [row.name for row in family.rows] == ["Monday", "Tuesday", "Friday"]
    assert family.rows[2].words == ("the fifth day",)
    assert [(rule.column.id, rule.of, rule.part) for rule in family.columns] == [
        ("visitors", "", False),
        ("orders", "visitors", True),
        ("revenue", "orders", False),
    ]
    assert family.leaks[0].by == (15, 20)


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ('part_of = "visitors"', 'part_of = "sessions"', "orders: sessions is no column before it"),
        ("by = [0.02, 0.03]", "by = [0.02, 1.3]", "that of a part at most to 1"),
        ("by = [40, 50]", "by = [50, 40]", "a range runs from low to high"),
        ("from = [400, 900]", "from = [400, 900], times = 'orders'", "give exactly one of"),
        ('"conversion_rate", ', '"bounce_rate", ', "bounce_rate needs the column single_page_sessions"),
        ('"conversion_rate", ', '"footfall", ', "footfall has no formula"),
        ('"conversion_rate", ', '"happiness", ', "happiness has no formula"),
        ('column = "revenue"', 'column = "profit"', "no metric or no column of that name"),
        ('["Tuesday"]', '["Monday"]', "fewer rows than it shows, or one twice"),
        ('label = "Orders"', 'label = "Orders", also = ["visitors"]', "the name stands for another column as well"),
        ("shown = 3", "shown = 2", "breaks its format at family.0.shown"),
        ('unit = "currency"', 'unit = "euros"', "breaks its format at family.0.columns.2.unit"),
        ("id = ", "colour = 1\nid = ", "breaks its format at family.0.colour"),
        ('id = "shop"', "id = shop", "is not valid TOML"),
    ],
)
def test_a_contradiction_is_refused_with_its_place(wrong: str, right: str, said: str) -> None:
    """Each fault of a file gives one BadInput that names the file, the place and what to do."""
    with pytest.raises(BadInput, match=r"^knowledge/exercises\.toml .*; correct .*\.$") as caught:
        families_of(GOOD.replace(wrong, right, 1), METRICS)
    assert said in str(caught.value)


def test_two_families_need_two_ids() -> None:
    """An id that stands twice is refused."""
    with pytest.raises(BadInput, match="two families share an id"):
        families_of(GOOD + GOOD, METRICS)


def test_the_shipped_families_cover_the_shipped_roles() -> None:
    """Every KPI with a formula on the four role pages is yielded by a family that is written for it."""
    yielded = {metric for family in load_families() for metric in family.metrics}
    for role in library_roles():
        own = {one.metric.id for one in track(role.kpis, load_metrics()) if one.metric and one.metric.formula}
        assert own <= yielded


SCENE = """
[[family.scene]]
functions = ["logistics"]
situation = "You keep a warehouse."
rows = [["Early shift"], ["Late shift"], ["Night shift", "NIGHTS"]]
"""


def test_a_scene_is_read_with_its_family() -> None:
    """A scene brings its own situation and rows; for another function there is none."""
    [family] = families_of(GOOD + SCENE, METRICS)
    met = family.in_trade("logistics")
    assert met is not None
    assert (met.situation, met.rows[2].words) == ("You keep a warehouse.", ("nights",))
    assert family.in_trade("retail") == family
    assert family.in_trade("healthcare") is None


@pytest.mark.parametrize(
    ("scene", "said"),
    [
        (SCENE.replace("logistics", "retail"), "a function has two scenes"),
        (SCENE + SCENE, "a function has two scenes"),
        (SCENE.replace('"logistics"', "") * 2, "two scenes are for any function"),
        (SCENE.replace("Late", "Early"), "fewer rows than it shows, or one twice"),
    ],
)
def test_a_scene_that_contradicts_its_family_is_refused(scene: str, said: str) -> None:
    """One sentence names the family and what is wrong."""
    with pytest.raises(BadInput, match=said):
        families_of(GOOD + scene, METRICS)
