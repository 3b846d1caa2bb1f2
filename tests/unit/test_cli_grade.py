"""`prepbot grade`: JSON Lines in, one graded line out for each, in order."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from prepbot.batch import LONGEST_LINE, parse_line, read_lines
from prepbot.cli import main
from prepbot.errors import BadInput

ROLE = "ecommerce-specialist"
ANSWER = (
    "Last spring 🙂 sessions in our shop fell by 30 % in a week. My job was to find out why. I compared the channels "
    "and found that a release had blocked the crawler, so I rolled it back. Website traffic came back to 12,000 "
    "sessions a week. Next time I would put a check into the release."
)
GOOD = {"id": "a1", "question": "How would you handle a sudden drop in website traffic?", "answer": ANSWER}


@pytest.fixture(autouse=True)
def _lexical(monkeypatch: pytest.MonkeyPatch) -> None:
    """Grade by words alone: these tests are about the lines, not about the analyst."""
    monkeypatch.setenv("PREPBOT_EMBEDDINGS", "false")


def _file(tmp_path: Path, *lines: object) -> str:
    path = tmp_path / "answers.jsonl"
    text = "".join(f"{line if isinstance(line, str) else json.dumps(line, ensure_ascii=False)}\n" for line in lines)
    path.write_text(text, encoding="utf-8")
    return str(path)


def _graded(capsys: pytest.CaptureFixture[str], path: str, status: int = 0) -> tuple[list[Any], list[Any]]:
    assert main(["grade", ROLE, "--answers", path]) == status
    out, err = capsys.readouterr()
    return [json.loads(line) for line in out.splitlines()], [json.loads(line) for line in err.splitlines()]


def test_a_line_has_exactly_the_promised_keys(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The output line has the contract's keys in its order, and no key more where no follow-up was given."""
    (row,), errors = _graded(capsys, _file(tmp_path, GOOD))
    assert list(row) == [
        *("id", "engine", "rubric", "graded", "reason", "band", "criteria", "kpis", "structure"),
        *("ownership", "relevance", "reflection", "flags"),
    ]
    assert errors == []
    assert row["graded"] is True
    assert row["reason"] is None
    assert row["band"] in {1, 2, 3, 4, 5}
    assert set(row["structure"]) == {"situation", "task", "action", "result"}
    assert {tuple(criterion) for criterion in row["criteria"].values()} == {("level", "spans", "why")}


def test_offsets_are_code_points_into_the_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A span after an emoji cuts the words themselves, not words one place off."""
    (row,), _ = _graded(capsys, _file(tmp_path, GOOD))
    start, end = row["structure"]["action"]
    assert ANSWER[start:end].startswith("I compared")
    assert any("Website traffic" in ANSWER[kpi["start"] : kpi["end"]] for kpi in row["kpis"])


def test_an_answer_that_is_not_graded_has_no_band(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An empty answer is not graded: no band, no criterion, and a reason."""
    (row,), _ = _graded(capsys, _file(tmp_path, {**GOOD, "answer": ""}))
    assert (row["graded"], row["band"], row["criteria"]) == (False, None, {})
    assert row["reason"]
    assert "empty" in row["flags"]


def test_what_a_follow_up_earned_stands_beside_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Spans of a follow-up's answer point into that answer, and never into the first one."""
    reply = "I wrote the test plan myself, and the conversion rate rose from 1.8 % to 2.4 %."
    line = {**GOOD, "answer": "We tested it.", "follow_ups": [{"question": "What changed?", "answer": reply}]}
    (row,), _ = _graded(capsys, _file(tmp_path, line))
    assert row["kpis"] == []
    (earned,) = row["follow_ups"]
    assert [reply[kpi["start"] : kpi["end"]] for kpi in earned["kpis"] if "conversion rate" in reply[kpi["start"] :]]
    assert row["criteria"]["kpis"]["spans"] == []
    assert earned["criteria"]["kpis"] == [[kpi["start"], kpi["end"]] for kpi in earned["kpis"]]


def test_bad_lines_are_named_and_the_others_graded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each bad line is one JSON line on stderr with its number; the good ones are graded in order; the end is 2."""
    path = _file(tmp_path, GOOD, "not json", {**GOOD, "kpis": []}, {"id": "x"}, "[1]", {**GOOD, "id": "a2"})
    rows, errors = _graded(capsys, path, status=2)
    assert [row["id"] for row in rows] == ["a1", "a2"]
    assert [error["line"] for error in errors] == [2, 3, 4, 5]
    assert [set(error) for error in errors] == [{"line", "error"}] * 4
    assert "kpis" in errors[1]["error"]
    assert "question" in errors[2]["error"]


def test_blank_lines_are_passed_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A blank line is no answer and no error; it counts as a line."""
    rows, errors = _graded(capsys, _file(tmp_path, "", GOOD, "   ", "?"), status=2)
    assert len(rows) == 1
    assert [error["line"] for error in errors] == [4]


def test_out_writes_the_file_instead(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With `--out` the lines go to the file and stdout stays empty."""
    target = tmp_path / "grades.jsonl"
    assert main(["grade", ROLE, "--answers", _file(tmp_path, GOOD), "--out", str(target)]) == 0
    assert capsys.readouterr().out == ""
    assert json.loads(target.read_text(encoding="utf-8"))["id"] == "a1"


def test_the_answers_are_never_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--out` may not be the file of answers, which stays as it was."""
    path = _file(tmp_path, GOOD)
    before = Path(path).read_bytes()
    assert main(["grade", ROLE, "--answers", path, "--out", path]) == 2
    assert path in capsys.readouterr().err
    assert Path(path).read_bytes() == before


def test_half_a_character_is_written_as_its_escape(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Half a character in an id, which JSON can hold and UTF-8 cannot, comes back as valid JSON."""
    (row,), _ = _graded(capsys, _file(tmp_path, '{"id": "\\ud800", "question": "Why?", "answer": "I did it."}'))
    assert row["id"] == "\ud800"


@pytest.mark.parametrize(
    ("line", "named"),
    [
        (b"\xff\xfe", "UTF-8"),
        (b"[" * 100_000, "nested"),
        (b'{"id": ' + b"9" * 5000 + b"}", "number"),
        (b'{"id": 7, "question": "q", "answer": "a"}', "id"),
        (b'{"id": "x", "question": "", "answer": "a"}', "question"),
        (b'{"id": "x", "question": "q", "answer": null}', "answer"),
        (rb'{"id": "x", "question": "q", "answer": "\ud800"}', "half a character"),
        (b'{"id": "x", "question": "q", "answer": "a", "follow_ups": [{"answer": "b"}]}', "follow_ups.0.question"),
        (b'{"id": "x", "question": "q", "answer": "' + b"a" * 20_001 + b'"}', "answer"),
        (b"x" * (LONGEST_LINE + 1), "longer"),
    ],
)
def test_a_hostile_line_is_refused_by_its_fault(line: bytes, named: str) -> None:
    """Whatever a line holds, it becomes an answer or a sentence that says what is wrong."""
    with pytest.raises(BadInput, match=named):
        parse_line(line)


def test_a_line_without_end_is_cut_and_the_next_one_read() -> None:
    """A line of megabytes costs the memory of its limit, and the numbering goes on after it."""
    file = io.BytesIO(b"x" * (3 * LONGEST_LINE) + b"\nsecond\n")
    lines = list(read_lines(file))
    assert [number for number, _ in lines] == [1, 2]
    assert [len(line) for _, line in lines] == [LONGEST_LINE + 1, len("second")]
