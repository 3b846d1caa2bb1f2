"""The command line, called as a function: what it prints where, and how it ends."""

import json
from pathlib import Path

import pytest

from prepbot.cli import main
from prepbot.settings import ModelKeys

COMMANDS = ["app", "roles", "role", "search", "interview", "grade", "review", "resume", "stories", "doctor"]


@pytest.fixture(autouse=True)
def _lexical(monkeypatch: pytest.MonkeyPatch) -> None:
    """Search by words: these tests are about the command line, not about embeddings."""
    monkeypatch.setenv("PREPBOT_EMBEDDINGS", "false")


def _refused(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    """The one line that a refused command says; it prints no data."""
    assert main(argv) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "Traceback" not in err
    return err


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`--help` prints the command's usage on stdout and ends with 0."""
    assert main([command, "--help"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith(f"Usage: prepbot {command}")
    assert err == ""


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    """The first help names all commands of the contract."""
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    assert [command for command in COMMANDS if f"  {command} " not in out] == []


def test_roles_lists_the_library(capsys: pytest.CaptureFixture[str]) -> None:
    """One role a line, its id first."""
    assert main(["roles"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == [
        "customer-success-manager",
        "ecommerce-specialist",
        "visual-merchandiser",
        "warehouse-supervisor",
    ]


def test_roles_as_json_is_a_list(capsys: pytest.CaptureFixture[str]) -> None:
    """`--json` prints the same as a list of objects."""
    assert main(["roles", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["id"] for row in rows if row["questions"] == 20] == ["ecommerce-specialist"]


def test_role_has_the_promised_keys(capsys: pytest.CaptureFixture[str]) -> None:
    """`role --json` prints exactly the contract's keys, and the seed page whole."""
    assert main(["role", "ecommerce-specialist", "--json"]) == 0
    role = json.loads(capsys.readouterr().out)
    assert list(role) == [
        *("id", "title", "function", "about", "activities", "kpis", "stages", "questions", "warnings"),
    ]
    assert [len(role[key]) for key in ("activities", "kpis", "stages", "questions")] == [9, 16, 7, 20]
    assert set(role["activities"][0]) == {"name", "text"}
    assert set(role["kpis"][0]) == {"name", "definition"}
    assert set(role["stages"][0]) == {"name", "kind", "description"}
    assert set(role["questions"][0]) == {"id", "text", "topics", "kind"}


def test_role_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    """Without `--json` a role is text to read."""
    assert main(["role", "ecommerce-specialist"]) == 0
    assert capsys.readouterr().out.startswith("E-commerce Specialist\n")


def test_role_takes_a_path(capsys: pytest.CaptureFixture[str]) -> None:
    """ROLE may be a file, from which the id is made."""
    page = Path(__file__).parents[2] / "knowledge" / "visual_merchandiser.txt"
    assert main(["role", str(page), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "Visual Merchandiser"


def test_search_prints_the_pages_own_lines(capsys: pytest.CaptureFixture[str]) -> None:
    """Hits come best first, each with its line, and `text` stands on that line of the page."""
    page = Path(__file__).parents[2] / "knowledge" / "ecommerce_specialist.txt"
    lines = page.read_text(encoding="utf-8").splitlines()
    assert main(["search", "ecommerce-specialist", "cart abandonment", "-k", "3", "--json"]) == 0
    hits = json.loads(capsys.readouterr().out)
    assert 1 <= len(hits) <= 3
    assert [set(hit) for hit in hits] == [{"text", "section", "line", "score"}] * len(hits)
    assert [hit["score"] for hit in hits] == sorted((hit["score"] for hit in hits), reverse=True)
    assert "Cart Abandonment Rate" in hits[0]["text"]
    for hit in hits:
        assert hit["text"] in lines[hit["line"] - 1]


def test_what_is_degraded_is_said_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    """Without an embedding model the notice goes to stderr, and stdout stays JSON."""
    assert main(["search", "ecommerce-specialist", "loyalty", "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)
    assert err.strip()


@pytest.mark.parametrize(
    ("argv", "named"),
    [
        (["nope"], "nope"),
        (["roles", "--nope"], "--nope"),
        (["role"], "ROLE"),
        (["role", "nobody"], "nobody"),
        (["search", "ecommerce-specialist", "  "], "query"),
        (["search", "ecommerce-specialist", "x", "-k", "0"], "0"),
        (["search", "ecommerce-specialist", "x", "-k", "many"], "many"),
        (["interview", "ecommerce-specialist", "--length", "long"], "long"),
        (["interview", "ecommerce-specialist", "--seed", "-1"], "-1"),
        (["interview", "ecommerce-specialist", "--json"], "--script"),
        (["interview", "ecommerce-specialist", "--script", "no such file"], "no such file"),
        (["interview", "ecommerce-specialist", "--stage", "Nowhere", "--script", __file__], "nowhere"),
        (["interview", "ecommerce-specialist", "--topic", "Nothing", "--script", __file__], "Nothing"),
        (["grade", "ecommerce-specialist"], "--answers"),
        (["grade", "ecommerce-specialist", "--answers", "no such file"], "no such file"),
        (["review", "nobody"], "nobody"),
        (["review", "nobody", "--format", "pdf"], "pdf"),
        (["review", "nobody", "--format", "docx"], "docx"),
        (["review", "nobody", "--format", "xls"], "xls"),
        (["app", "--port", "99999999"], "99999999"),
    ],
)
def test_bad_input_gets_one_line_that_names_it(argv: list[str], named: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever is wrong, the command ends with 2 and one line on stderr that names the input."""
    assert named in _refused(capsys, *argv)


def test_a_document_that_is_no_role_page_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A shopping list is not read as a role page."""
    page = tmp_path / "shopping.txt"
    page.write_text("milk\nbread\n", encoding="utf-8")
    assert "shopping" in _refused(capsys, "role", str(page), "--json")


def test_a_setting_that_cannot_be_used_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A timeout that is no number is refused by the setting's name."""
    monkeypatch.setenv("PREPBOT_MODEL_TIMEOUT", "soon")
    assert "PREPBOT_MODEL_TIMEOUT" in _refused(capsys, "roles")


def test_an_unreachable_database_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A database that cannot be opened is said in one line, without its password."""
    blocker = tmp_path / "file"
    blocker.write_text("", encoding="utf-8")
    monkeypatch.setenv("PREPBOT_DATABASE_URL", f"sqlite:///{blocker}/prepbot.sqlite3")
    _refused(capsys, "roles")


def test_the_doctor_shows_what_is_in_use_and_no_secret(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The doctor names engine, model, database and index, and says of a key only that it is set."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-very-secret")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://user:hidden@127.0.0.1:9/v1?token=hidden")
    monkeypatch.setenv("PREPBOT_MODEL", "openai:some-model")
    assert main(["doctor"]) == 0
    out = capsys.readouterr().out
    for name in ("engine", "language model", "database", "index", "embedding model", "data folder"):
        assert f"{name}:" in out
    assert "OPENAI_API_KEY set" in out
    assert "http://127.0.0.1:9/v1" in out
    assert "secret" not in out
    assert "hidden" not in out


@pytest.mark.parametrize("address", ["http://me:sesame@[::1/v1", "me:sesame@here/v1", "ftp://me:sesame@here/v1"])
def test_an_address_that_is_none_is_named_without_its_password(
    address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """OPENAI_BASE_URL that is no address is refused in one line that shows nothing of it; its repr shows nothing."""
    monkeypatch.setenv("OPENAI_BASE_URL", address)
    said = _refused(capsys, "doctor")
    assert "OPENAI_BASE_URL" in said
    assert "sesame" not in said
    assert "sesame" not in repr(ModelKeys(openai_base_url="http://me:sesame@here/v1"))


def test_the_doctor_says_what_is_missing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A model without key and address is reported as missing, with what to do."""
    monkeypatch.setenv("PREPBOT_MODEL", "openai:some-model")
    assert main(["doctor", "--json"]) == 0
    (model,) = [row for row in json.loads(capsys.readouterr().out) if row["name"] == "language model"]
    assert model["state"] == "missing"
    assert model["advice"]
