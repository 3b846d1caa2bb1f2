"""The commands about the candidate's own texts: what they print, and how they refuse."""

import json
from pathlib import Path

import pytest

from prepbot.cli import main
from prepbot.wiring import open_prepbot

SEED = "ecommerce-specialist"

RESUME = """Jane Muster
jane.muster@example.com
EXPERIENCE
- Increased conversion rate from 1.8% to 2.6% by simplifying the checkout
- Responsible for the online shop of a furniture retailer in the north
"""
ADVERT = f"About us\n{'We are nice people. ' * 6}\nRequirements\n- Knowledge of HTML and CSS\n"
STORY = "Carts were left in our shop. I cut the checkout to one page, and the cart abandonment rate fell to 64%."


@pytest.fixture(autouse=True)
def _by_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Read by words, and keep what is kept in a folder of the test's own."""
    monkeypatch.setenv("PREPBOT_EMBEDDINGS", "false")
    monkeypatch.setenv("PREPBOT_DATA_DIR", str(tmp_path / "data"))


@pytest.fixture
def resume(tmp_path: Path) -> str:
    """The path of a résumé."""
    return _file(tmp_path / "cv.txt", RESUME)


def _file(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_resume_in_words(resume: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Without `--json` the check is text to read, and nothing personal is in it."""
    assert main(["resume", SEED, resume]) == 0
    out = capsys.readouterr().out
    assert "Conversion Rate (quantified); 1.8% to 2.6%; opens with an action" in out
    assert "- [what you did: a verb] the online shop of a furniture retailer in the north [your figure]" in out
    assert "- You write that you “increased conversion rate" in out
    assert "Jane" not in out


def test_resume_as_json_has_its_keys(resume: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--json` prints the same as one object; offsets cut the words out of the line."""
    advert = _file(tmp_path / "ad.txt", ADVERT)
    assert main(["resume", SEED, resume, "--advert", advert, "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert list(record) == [
        *("role", "engine", "lines", "kpis", "missing", "rewrites", "questions", "extra_topics", "notices"),
    ]
    first = record["lines"][0]
    assert first["text"][slice(*first["verb"])] == "Increased"
    assert [first["text"][slice(*place)] for place in first["numbers"]] == ["1.8% to 2.6%"]
    assert (first["kpis"][0]["name"], first["kpis"][0]["level"]) == ("Conversion Rate", "quantified")
    assert len(record["missing"]) == 15
    assert [(topic["topic"], topic["source"]) for topic in record["extra_topics"]] == [("HTML and CSS", "job advert")]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("cv.txt", "Jane Muster", "fewer than 20 words"),
        ("cv.xls", "a, b", "cannot be read"),
        ("cv.pdf", "", "is empty"),
    ],
)
def test_a_file_that_is_no_resume_is_refused(
    name: str, text: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that cannot be checked ends with 2 and one sentence that names it."""
    assert main(["resume", "ecommerce-specialist", _file(tmp_path / name, text)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert f"“{name}”" in err
    assert said in err


def test_stories_are_kept_and_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A story that was added is there at the next call, and the page says what to fix."""
    assert main(["stories", "ecommerce-specialist", "--add", _file(tmp_path / "story.txt", STORY)]) == 0
    capsys.readouterr()
    assert main(["stories", "ecommerce-specialist", "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert list(record) == ["role", "questions", "kpis_without_number", "fixes", "notices"]
    assert len(record["kpis_without_number"]) == 15
    assert "Carts were left in our shop" in {row["story"] for row in record["questions"]}
    assert len(record["fixes"]) == 3


def test_stories_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a story the page lists every question as open, and a notice says how to begin."""
    assert main(["stories", "ecommerce-specialist"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("Fix first\n1. ")
    assert "Questions with a story: 0 of 20" in out
    assert "There is no story yet" in err


def test_an_interview_takes_up_what_is_kept_beside_the_role(
    resume: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the terminal as on the page: the kept résumé and the kept advert are asked about, and with neither none is."""
    script = _file(tmp_path / "answers.txt", "I tested the checkout.\n" * 60)
    sit = ["interview", SEED, "--stage", "interview", "--seed", "3", "--script", script, "--json"]

    def asked() -> set[str]:
        assert main(sit) == 0
        ids = {turn["question_id"] for turn in json.loads(capsys.readouterr().out)["turns"]}
        return {name.split("-")[0] for name in ids if name} & {"resume", "advert"}

    assert asked() == set()
    bot = open_prepbot()
    role = bot.roles.get(SEED).role
    bot.resumes.keep(role, bot.resumes.read_file(Path(resume)))
    assert asked() == {"resume"}
    bot.adverts.keep(role, bot.adverts.read_pasted(ADVERT))
    assert asked() == {"resume", "advert"}


def test_a_drill_of_a_topic_leaves_the_papers_alone(
    resume: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With `--topic` the bank's questions on it are asked and nothing else."""
    bot = open_prepbot()
    role = bot.roles.get(SEED).role
    bot.resumes.keep(role, bot.resumes.read_file(Path(resume)))
    script = _file(tmp_path / "answers.txt", "I tested it.\n" * 60)
    assert main(["interview", SEED, "--topic", role.topics[0], "--script", script, "--json"]) == 0
    asked = {turn["question_id"] for turn in json.loads(capsys.readouterr().out)["turns"] if turn["kind"] == "ask"}
    assert asked <= {question.id for question in role.questions}
