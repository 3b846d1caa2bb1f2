"""The registry of labelled sets decides what is shown, and baselines hold labels only."""

from dataclasses import replace
from pathlib import Path

import pytest

from evals.answers import Scored
from evals.baseline import Baseline, load_baseline, write_baseline
from evals.labelled import LabelledAnswer
from evals.prediction import Prediction
from evals.readings import Readings
from evals.render import as_json, as_markdown, as_text
from evals.sets import DATASETS, ROOT, DataSet, Status, fitted_on, load_sets
from evals.suite import Options
from evals.suites.families import FAMILIES
from prepbot.domain.evidence import Evidence
from prepbot.domain.rubric import Grade

SETS = load_sets()
UMBRELLAS = "Nobody may read that we sold umbrellas."


class _Remembered(Readings):
    """Readings that were made before: one answer, read wrongly in every way."""

    def of(self, one: DataSet) -> tuple[Scored, ...]:
        row = replace(
            fitted_on()[0], id="secret-id", source=one.name, answer=UMBRELLAS, band=5, relevance=2, ownership="we"
        )
        return (
            Scored(row, Evidence(0, 0), Grade(1, ())),
            Scored(replace(row, question="Why?"), Evidence(0, 0), Grade(1, ())),
        )


def shown_of(status: Status) -> str:
    """Everything that the suites of labelled answers print of a wrongly read set of this status."""
    one = DataSet("made_up", "", "author x", status, "MIT", "en")
    options = Options((one,), _Remembered(), Baseline({}))
    results = {family.name: family.run(options) for family in FAMILIES}
    printed = [form(name, result) for name, result in results.items() for form in (as_text, as_markdown)]
    return "\n".join([*printed, str(as_json(results))])


@pytest.mark.parametrize("status", [Status.SEALED, Status.UNREAD])
def test_nothing_of_an_unread_set_is_shown_but_figures(status: Status) -> None:
    """Of a sealed or unread set neither texts nor ids are printed, in no form, however badly it was read."""
    printed = shown_of(status)
    assert "band kappa" in printed
    assert UMBRELLAS not in printed
    assert "secret-id" not in printed


@pytest.mark.parametrize("status", [Status.TRAINED_ON, Status.READ])
def test_worst_cases_of_open_sets_are_shown(status: Status) -> None:
    """Of a set that may be read the worst cases are printed with their words."""
    assert UMBRELLAS in shown_of(status)


def test_every_set_of_answers_is_registered() -> None:
    """No file of labelled answers lies about without its author and status, and none is registered twice."""
    found = {path.relative_to(ROOT).as_posix() for path in DATASETS.glob("answers_*.jsonl")}
    found |= {path.relative_to(ROOT).as_posix() for path in (ROOT / "knowledge").glob("training_answers*.jsonl")}
    assert sorted(one.file for one in SETS) == sorted(found)


def test_a_sealed_file_is_registered_as_sealed() -> None:
    """What sealed.sha256 holds is what the registry calls sealed."""
    assert {one.name for one in SETS if "sealed" in one.file} == {
        one.name for one in SETS if one.status is Status.SEALED
    }


def test_floors_learn_from_open_sets_only() -> None:
    """What naive readers are fitted on is what the analyst was trained on, never a reported set."""
    open_rows = {row.id for one in SETS if one.status is Status.TRAINED_ON for row in one.rows()}
    assert {row.id for row in fitted_on()} == open_rows


def test_a_baseline_comes_back_as_it_was_stored(tmp_path: Path) -> None:
    """Band, KPIs with level, parts, ownership and relevance survive; of the answer no word is stored."""
    kept = _Remembered().of(SETS[0])
    path = tmp_path / "main.json"
    write_baseline({"made_up": kept}, path)
    rows: list[LabelledAnswer] = [one.row for one in kept]
    assert load_baseline(path).of("made_up", rows) == [one.said for one in kept]
    assert "umbrellas" not in path.read_text(encoding="utf-8")


def test_a_set_that_was_not_stored_whole_has_no_baseline() -> None:
    """A paired difference needs every answer on both sides."""
    row = fitted_on()[0]
    stored = Baseline({"made_up": {row.id: Prediction()}})
    assert stored.of("made_up", [row, replace(row, id="new")]) is None
    assert stored.of("elsewhere", [row]) is None


def test_the_stored_baseline_is_whole() -> None:
    """The last landed analyst was measured on every set that is measured today."""
    stored = load_baseline()
    assert [one.name for one in SETS if one.measured and stored.of(one.name, one.rows()) is None] == []
