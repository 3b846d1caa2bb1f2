"""The eval gate: no measured figure falls below its floor, none gets worse, and a broken analyst would be stopped."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import pytest

from evals.baseline import Baseline
from evals.bootstrap import Difference, Figure
from evals.gate import Floor, Gate, load_gate
from evals.labelled import RoleTexts
from evals.readings import Readings, rules_analyst
from evals.sets import DATASETS
from evals.suite import Measured, Options, options_for
from evals.suites.families import FAMILIES
from evals.suites.integrity import Repeatable, Spans
from prepbot.domain.evidence import Evidence
from prepbot.domain.role import QuestionKind
from prepbot.ports import Analyst, AnswerScorer

GATE = load_gate()
NOTHING: tuple[Floor, ...] = ()


class _NamesNoKpi:
    """A broken analyst: it reads as ours does, and then forgets every KPI."""

    engine = "broken"

    def __init__(self, texts: RoleTexts, scorer: AnswerScorer) -> None:
        self._whole: Analyst = rules_analyst(texts, scorer)

    def analyse(self, question: str, kind: QuestionKind, answer: str, follow_up: str | None = None) -> Evidence:
        return replace(self._whole.analyse(question, kind, answer, follow_up), kpis=(), unclear_kpis=())


@cache
def options() -> Options:
    """Every set, read once for all tests of this module."""
    return replace(options_for(), naive=False)


def measured(chosen: Options) -> Sequence[Measured]:
    """What the gate looks at."""
    return [one for suite in FAMILIES for one in suite.run(chosen).figures]


def figure(name: str, high: float, change: Difference | None = None) -> Measured:
    """A figure on a set called "made up" that says nothing but how high its interval reaches."""
    return Measured(name, "made up", Figure(high, high, high, 60), change=change)


@pytest.fixture(scope="module")
def ours() -> Sequence[Measured]:
    """The analyst that ships, on every set."""
    return measured(options())


def test_no_figure_is_below_its_floor_or_worse_than_what_landed(ours: Sequence[Measured]) -> None:
    """Every figure of the grader reaches its floor and keeps what the last landed analyst reached."""
    assert GATE.breaches(ours) == []


def test_every_span_is_cut_from_its_answer() -> None:
    """On every labelled set each point's words are the candidate's own: all of them, not most."""
    found = {one.dataset: one.figure.value for one in Spans().run(options()).figures}
    assert found == {one.name: 1.0 for one in options().sets}


def test_two_runs_read_the_same() -> None:
    """New analysts and a new answer model read every answer as before, whatever the order."""
    assert [one.figure.value for one in Repeatable().run(options()).figures] == [0.0]


def test_an_analyst_that_names_no_kpi_is_stopped() -> None:
    """A broken analyst breaches the KPI floor as written, and loses KPIs and bands against what landed last."""
    whole = options()
    one = next(one for one in whole.sets if one.name == "answers_sealed_c")
    landed = Baseline({one.name: {scored.row.id: scored.said for scored in whole.readings.of(one)}})
    broken = Options((one,), Readings(_NamesNoKpi, scorer=whole.readings.scorer), landed, naive=False)
    found = [line for line in GATE.breaches(measured(broken)) if f" on {one.name}: " in line]
    assert [line for line in found if line.startswith("kpi F1 by name") and "is below" in line]
    for name in ("kpi F1 by name", "band kappa"):
        assert [line for line in found if line.startswith(name) and "landed last" in line]


def test_a_floor_is_held_against_the_upper_end() -> None:
    """A figure passes while its interval reaches the floor, and fails once all of it is below."""
    gate = Gate((Floor("x", ("made up",), 0.5, "why"),), -0.02, "")
    assert gate.breaches([figure("x", 0.5)]) == []
    assert gate.breaches([figure("x", 0.49)]) == ["x on made up: 0.490 [0.490, 0.490] is below 0.5. why"]


def test_an_undefined_figure_does_not_pass() -> None:
    """A figure that could not be computed breaches its floor: nothing is not enough."""
    assert len(Gate((Floor("x", ("*",), 0.5, ""),), -0.02, "").breaches([figure("x", float("nan"))])) == 1


def test_a_floor_that_measures_nothing_is_a_breach() -> None:
    """A floor for a set or figure that was renamed does not silently hold nothing."""
    assert len(Gate((Floor("x", ("elsewhere",), 0.5, ""),), -0.02, "").breaches([figure("x", 1.0)])) == 1


def test_a_loss_counts_once_all_of_its_interval_is_below() -> None:
    """A paired loss is a breach where its upper end is below -0.02, and luck where it is not."""
    gate = Gate(NOTHING, -0.02, "")
    assert gate.breaches([figure("x", 1.0, Difference(-0.05, -0.08, -0.02))]) == []
    assert len(gate.breaches([figure("x", 1.0, Difference(-0.05, -0.08, -0.021))])) == 1


def test_every_floor_has_its_reason() -> None:
    """A floor without a reason would be a number that nobody can argue with."""
    assert [floor for floor in GATE.floors if not floor.reason] == []


def test_the_sealed_sets_are_as_they_were_sealed() -> None:
    """The reported-only answers are, byte for byte, those whose hashes were written down."""
    lines = (DATASETS / "sealed.sha256").read_text(encoding="utf-8").splitlines()
    sealed = {name: digest for digest, name in (line.split() for line in lines)}
    assert sorted(sealed) == sorted(path.name for path in DATASETS.glob("answers_sealed_*.jsonl"))
    for name, digest in sealed.items():
        assert hashlib.sha256((DATASETS / name).read_bytes()).hexdigest() == digest
