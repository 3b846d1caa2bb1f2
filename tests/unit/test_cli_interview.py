"""`prepbot interview` and `prepbot review`: by a script, and talked through on stdin."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from prepbot.cli import main
from prepbot.errors import UnreadableFile
from prepbot.terminal import read_script

ROLE = "ecommerce-specialist"
ANSWERS = [
    "I have run an online shop since 2020.",
    r"I rewrote the product pages.\nConversion rose from 1.8 % to 2.4 %.",
    "",
    "/skip is what I typed as an answer",
]


@pytest.fixture(autouse=True)
def _lexical(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read by words alone: these tests are about the talk, not about the analyst."""
    monkeypatch.setenv("PREPBOT_EMBEDDINGS", "false")


def _script(tmp_path: Path, *answers: str) -> str:
    path = tmp_path / "answers.txt"
    path.write_text("".join(f"{answer}\n" for answer in answers), encoding="utf-8")
    return str(path)


def _sat(capsys: pytest.CaptureFixture[str], script: str, *options: str) -> dict[str, Any]:
    assert main(["interview", ROLE, "--seed", "3", "--script", script, "--json", *options]) == 0
    record: dict[str, Any] = json.loads(capsys.readouterr().out)
    return record


def test_a_script_that_runs_out_leaves_the_interview_open(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The interview stops where the answers do, says so, and its turns have exactly the promised keys."""
    record = _sat(capsys, _script(tmp_path, *ANSWERS), "--length", "short")
    assert list(record) == ["interview_id", "finished", "turns"]
    assert record["finished"] is False
    assert {tuple(turn) for turn in record["turns"]} == {
        ("seq", "stage", "speaker", "kind", "question_id", "text", "because")
    }
    assert {turn["kind"] for turn in record["turns"]} <= {"greet", "ask", "probe", "close", "answer"}
    assert [turn["text"] for turn in record["turns"] if turn["speaker"] == "candidate"] == [
        ANSWERS[0],
        "I rewrote the product pages.\nConversion rose from 1.8 % to 2.4 %.",
        "",
        ANSWERS[3],
    ]


def test_a_follow_up_says_why_it_was_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`because` stands with every follow-up and with nothing else."""
    record = _sat(capsys, _script(tmp_path, *["I worked hard."] * 12), "--length", "short")
    reasons = {turn["kind"]: turn["because"] for turn in record["turns"]}
    assert reasons.pop("probe")
    assert set(reasons.values()) == {None}


def test_a_long_script_finishes_the_interview(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The interview ends by itself; answers that are left over are not used."""
    record = _sat(capsys, _script(tmp_path, *["I tested the checkout."] * 60), "--stage", "Phone screening")
    assert record["finished"] is True
    assert {turn["stage"] for turn in record["turns"]} == {"Phone screening"}
    assert sum(turn["kind"] == "answer" for turn in record["turns"]) < 60


def test_the_same_seed_asks_the_same_questions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two interviews of one seed ask the same questions in the same order."""
    script = _script(tmp_path, *["I tested the checkout."] * 40)
    first, second = (
        [turn["question_id"] for turn in _sat(capsys, script, "--length", "short")["turns"]] for _ in range(2)
    )
    assert first == second


def test_topics_choose_the_questions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With `--topic` only bank questions that carry it are asked."""
    main(["role", ROLE, "--json"])
    bank = json.loads(capsys.readouterr().out)["questions"]
    topic = bank[0]["topics"][0]
    record = _sat(capsys, _script(tmp_path, *["I tested it."] * 60), "--topic", topic)
    tagged = {question["id"] for question in bank if topic in question["topics"]}
    assert {turn["question_id"] for turn in record["turns"] if turn["kind"] == "ask"} <= tagged


def test_a_script_without_json_is_printed_to_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without `--json` the transcript is text, with the stage's name over its first words."""
    assert main(["interview", ROLE, "--seed", "3", "--script", _script(tmp_path, "I tested it.")]) == 0
    assert "\nPhone screening · " in f"\n{capsys.readouterr().out}"


@pytest.mark.parametrize(
    ("data", "answers"),
    [
        (b"one\ntwo\n", ("one", "two")),
        (b"one\r\ntwo", ("one", "two")),
        (b"\xef\xbb\xbfone\n\nthree\n", ("one", "", "three")),
        (rb"a\nb" + b"\n", ("a\nb",)),
        ("one\u2028still one\n".encode(), ("one\u2028still one",)),
        (b"", ()),
    ],
)
def test_a_script_holds_one_answer_a_line(data: bytes, answers: tuple[str, ...], tmp_path: Path) -> None:
    """Lines end at line feeds alone; an empty line is an empty answer; a mark at the start is no answer."""
    path = tmp_path / "script.txt"
    path.write_bytes(data)
    assert read_script(path) == answers


def test_a_script_in_another_encoding_is_refused(tmp_path: Path) -> None:
    """A file that is not UTF-8 is named, with the place where it stops being so."""
    path = tmp_path / "script.txt"
    path.write_bytes(b"caf\xe9\n")
    with pytest.raises(UnreadableFile, match=r"script\.txt.*byte 3"):
        read_script(path)


def _talk(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *lines: str) -> tuple[str, str]:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
    assert main(["interview", ROLE, "--seed", "3", "--stage", "Phone screening"]) == 0
    out, err = capsys.readouterr()
    return out, err


def _reviewed(capsys: pytest.CaptureFixture[str], err: str) -> dict[str, Any]:
    interview_id = err.rsplit("prepbot review ", 1)[1].split(maxsplit=1)[0]
    assert main(["review", interview_id]) == 0
    review: dict[str, Any] = json.loads(capsys.readouterr().out)
    return review


def test_the_commands_are_explained_at_the_start(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Skip, pause, repeat and end are named once, on stderr; the talk itself is on stdout."""
    out, err = _talk(monkeypatch, capsys)
    assert [command for command in ("/skip", "/pause", "/repeat", "/end") if err.count(f"{command}:") != 1] == []
    assert "What draws you" in out


def test_end_ends_the_interview(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """After /end nothing more is asked, and what was answered is in the review."""
    _, err = _talk(monkeypatch, capsys, "I like selling online.", "/end", "never read")
    review = _reviewed(capsys, err)
    assert review["status"] == "ended"
    assert [answer["text"] for card in review["cards"] for answer in card["answers"]] == ["I like selling online."]


def test_skip_leaves_a_question_ungraded(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """/skip is a command: the question is skipped, not answered, and has no grade."""
    _, err = _talk(monkeypatch, capsys, "/skip", "/end")
    (card,) = _reviewed(capsys, err)["cards"]
    assert (card["skipped"], card["answers"], card["grade"]) == (True, [], None)


def test_repeat_and_pause_say_the_question_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """/repeat, and coming back from /pause, print the open question once more and advance nothing."""
    out, err = _talk(monkeypatch, capsys, "/repeat", "/pause", "", "/end")
    assert out.count("What draws you") == 3
    assert _reviewed(capsys, err)["cards"] == []


def test_a_backslash_goes_on_in_the_next_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Lines joined by trailing backslashes are one answer."""
    _, err = _talk(monkeypatch, capsys, "First I looked.\\", "Then I fixed it.", "/end")
    (card,) = _reviewed(capsys, err)["cards"]
    assert card["answers"][0]["text"] == "First I looked.\nThen I fixed it."


def test_an_empty_line_sends_nothing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Pressing Enter alone is no answer: the question is said again and waits."""
    out, err = _talk(monkeypatch, capsys, "", "  ", "/end")
    assert out.count("What draws you") == 3
    assert _reviewed(capsys, err)["cards"] == []


def test_words_that_only_look_like_a_command_are_an_answer(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A line that begins with a slash and is no command is the candidate's answer."""
    _, err = _talk(monkeypatch, capsys, "/etc is where I looked first", "/end")
    (card,) = _reviewed(capsys, err)["cards"]
    assert card["answers"][0]["text"] == "/etc is where I looked first"


def test_an_input_that_ends_leaves_the_interview_waiting(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Closing the input is no error: the interview is stored and still running."""
    _, err = _talk(monkeypatch, capsys, "I like selling online.")
    assert _reviewed(capsys, err)["status"] == "running"


@pytest.mark.parametrize("kind", ["json", "md", "html"])
def test_a_review_is_written_to_a_file(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`review --out` writes each format to the file and prints nothing."""
    record = _sat(capsys, _script(tmp_path, "I tested the checkout."))
    target = tmp_path / f"review.{kind}"
    assert main(["review", record["interview_id"], "--format", kind, "--out", str(target)]) == 0
    assert capsys.readouterr().out == ""
    assert "I tested the checkout" in target.read_text(encoding="utf-8")
