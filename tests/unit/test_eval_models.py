"""Models measured on labelled answers, and the same as an inspect_ai task: with models that need no provider."""

from pathlib import Path

import pytest

from evals.__main__ import main
from evals.inspect.samples import samples
from evals.labelled import DATASETS, load_rows, load_training, role_of
from evals.models.reader import model_named
from evals.models.readings import Read, read_by, requests_for
from evals.models.report import MEASURED, Kept, estimate, report
from evals.obedient.chat import Questionnaire, filled, finding
from evals.readings import Readings, spread
from prepbot.domain.model_reading import Point
from prepbot.errors import BadInput
from prepbot.language.analyst import MAY_SPEAK_TO_IT, SAID_YES_TO_A_DECOY
from prepbot.language.prices import FREE, Price
from prepbot.settings import Settings

ROWS = load_rows(DATASETS / "answers_dev2.jsonl")
SOME = spread(ROWS, 8)
TASK = Path(__file__).parents[2] / "evals" / "inspect" / "task.py"


@pytest.fixture(scope="module")
def scored() -> list[object]:
    """Eight answers as the rules read them."""
    return Readings().each(SOME, ROWS)


def _read(name: str, scored: list[object], tmp_path: Path) -> tuple[list[Read], Kept]:
    kept = Kept()
    asked = model_named(name, SOME, Settings(cache_dir=tmp_path), kept)
    return read_by(asked.client(0), scored, ROWS), kept


def test_a_perfect_reader_answers_like_the_labels(scored: list[object], tmp_path: Path) -> None:
    """Its own relevance is the labelled one, and whoever is said to act is who was labelled to."""
    read, kept = _read("evals:perfect", scored, tmp_path)
    used = [one for one in read if one.reading and not one.reading.not_used]
    assert len(used) == len(kept.calls) >= 6
    for one in used:
        assert one.model.said.relevance == one.scored.row.relevance
        said = {proposal.point: proposal.holds for proposal in one.reading.proposals}
        assert said.get(Point.OWN_PART, False) <= (one.scored.row.ownership == "I")


def test_a_model_that_says_yes_to_all_adds_nothing(scored: list[object], tmp_path: Path) -> None:
    """Each of its readings is thrown away for its decoys: rules, model and both are the same."""
    read, _ = _read("evals:yes", scored, tmp_path)
    assert {one.failure for one in read if one.reading} <= {SAID_YES_TO_A_DECOY, MAY_SPEAK_TO_IT}
    assert sum(one.failure == SAID_YES_TO_A_DECOY for one in read) >= 6
    assert all(one.rules == one.both == one.model for one in read)


def test_a_scripted_file_is_a_model_like_any_other(scored: list[object], tmp_path: Path) -> None:
    """Its lines are asked for in order and kept: a second run of the same salt asks nothing."""
    file = tmp_path / "lines.txt"
    file.write_text('{"findings": []}\n' * len(SOME), encoding="utf-8")
    _, first = _read(f"fake:{file}", scored, tmp_path)
    _, again = _read(f"fake:{file}", scored, tmp_path)
    assert len(first.calls) >= 6
    assert again.calls == []


def test_a_model_that_is_none_is_named(tmp_path: Path) -> None:
    """The sentence says which there are."""
    with pytest.raises(BadInput, match=r"no model evals:wise; there are evals:perfect, evals:silent, evals:yes"):
        model_named("evals:wise", SOME, Settings(cache_dir=tmp_path), Kept())


def test_the_estimate_counts_calls_tokens_and_dollars(scored: list[object]) -> None:
    """Every request of every run, at the model's price."""
    requests = requests_for(scored, ROWS)
    told = estimate(requests, 3, Price(prompt=1_000_000, reply=0))
    assert told.startswith(f"At most {3 * len(requests)} calls, ")
    assert estimate(requests, 3, FREE).endswith("about $0.00.")


def test_the_report_sets_rules_model_and_both_side_by_side(scored: list[object], tmp_path: Path) -> None:
    """Every figure stands there for all three, with paired differences, and says how far the runs agree."""
    read, kept = _read("evals:perfect", scored, tmp_path)
    found = report("evals:perfect", "answers_dev2", [read, read, read], kept.calls)
    assert {one.name for one in found.figures} == {
        f"{m}, {who}" for m in MEASURED for who in ("rules", "model", "both")
    }
    assert [row[0] for row in found.tables[0].rows] == list(MEASURED)
    assert f"of {len(SOME)} answers the same band in 3 runs for 1.00" in found.notes[0]


def test_a_pageless_role_has_its_kpis_and_questions() -> None:
    """A row without a page brings its role along."""
    row = next(one for one in load_training() if one.kpi_list)
    role = role_of(row, (row,))
    assert tuple(kpi.name for kpi in role.kpis) == row.kpi_list
    assert [question.text for question in role.questions] == [row.question]


def test_the_inspect_samples_need_no_inspect() -> None:
    """Each holds the product's own prompt; a reply that says nothing leaves the rules' band."""
    for one in samples("answers_dev2", 4):
        assert Questionnaire.of(one.user).statements
        assert '"findings"' in one.system
        scores = one.scores(filled())
        assert scores["band exact, both"] == scores["band exact, rules"]
        assert scores["reading used"] == 1
        yes = filled(*(finding(code, one.scored.row.answer) for code in Questionnaire.of(one.user).statements.values()))
        assert one.scores(yes)["reading used"] == 0


def test_the_inspect_task_compiles() -> None:
    """Its module is Python, and names the task that the Makefile runs."""
    assert "prepbot_analyst" in compile(TASK.read_text(encoding="utf-8"), str(TASK), "exec").co_names


def test_the_command_prints_its_estimate_first(capsys: pytest.CaptureFixture[str]) -> None:
    """`python -m evals --model` says what it will take, and then gives the figures of the set."""
    assert main(["--dataset", "answers_dev2", "--most", "1", "--runs", "1", "--model", "evals:silent"]) == 0
    said = capsys.readouterr()
    assert said.err.startswith("At most 1 calls, about ")
    assert said.out.startswith("## evals:silent on answers_dev2")
    assert "paired differences" in said.out


def test_the_command_names_a_model_that_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    """One sentence, and nothing is printed as a figure."""
    assert main(["--dataset", "answers_dev2", "--most", "1", "--model", "evals:nobody"]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("There is no model evals:nobody")) == ("", 1)
