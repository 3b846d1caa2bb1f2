"""The built wheel, installed into an empty environment and used outside the checkout."""

import json
import os
import subprocess
import sysconfig
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

CHECKOUT = Path(__file__).parents[2]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built in this process from the checkout without any network."""
    from hatchling import build

    target = tmp_path_factory.mktemp("dist")
    before = Path.cwd()
    try:
        os.chdir(CHECKOUT)
        return target / build.build_wheel(str(target))
    finally:
        os.chdir(before)


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of a new environment that holds the wheel and sees third-party packages alone."""
    place = tmp_path_factory.mktemp("installed")
    venv.create(place, with_pip=True)
    programs = place / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run(
        [programs / "python", "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", wheel],
        env=_outside(place),
        check=True,
    )
    # A path in a .pth file is searched for packages, but the .pth files in it, such as the checkout's, are not read.
    own_packages = Path(sysconfig.get_path("purelib", vars={"base": str(place)}))
    (own_packages / "third_party.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return programs


def _outside(place: Path) -> dict[str, str]:
    hidden = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}
    return {
        **{name: value for name, value in os.environ.items() if name not in hidden},
        "PREPBOT_DATA_DIR": str(place / "data"),
        "PREPBOT_CACHE_DIR": str(place / "cache"),
    }


def _run(programs: Path, folder: Path, *command: str) -> str:
    done = subprocess.run(
        [programs / command[0], *command[1:]],
        cwd=folder,
        env=_outside(folder),
        capture_output=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode("utf-8")


@pytest.mark.parametrize(
    "name",
    [
        "app.py",
        ".streamlit/config.toml",
        "static/favicon.svg",
        "knowledge/ecommerce_specialist.txt",
        "knowledge/metrics.toml",
        "knowledge/stages.toml",
        "knowledge/follow_ups.toml",
        "knowledge/guard.toml",
        "knowledge/analyst.json",
        "knowledge/minilm/tokenizer.json",
        "knowledge/tiktoken/fb374d419588a4632f3f557e76b4b70aebbca790",
        "prompts/voice.v1.md",
        "prompts/coach.v1.md",
        "knowledge/model_use.toml",
        "prompts/voice.v2.md",
    ],
)
def test_what_the_product_needs_travels(name: str, wheel: Path) -> None:
    """Each shipped file is in the wheel, byte for byte that of the checkout."""
    with ZipFile(wheel) as archive:
        assert archive.read(f"prepbot/_shipped/{name}") == (CHECKOUT / name).read_bytes()


def test_what_the_product_does_not_need_stays(wheel: Path) -> None:
    """Tests, measurements and training answers are not in the wheel."""
    with ZipFile(wheel) as archive:
        names = archive.namelist()
    assert not [name for name in names if name.split("/")[0] in {"tests", "evals", "benchmarks", "docs"}]
    assert not [name for name in names if "training_answers" in name]
    assert {name.split("/")[0].split("-")[0] for name in names} == {"prepbot"}


def test_the_installed_command_reads_a_role(installed: Path, tmp_path: Path) -> None:
    """Outside the checkout the installed command prints the whole seed page."""
    role = json.loads(_run(installed, tmp_path, "prepbot", "role", "ecommerce-specialist", "--json"))
    assert [len(role[key]) for key in ("activities", "kpis", "stages", "questions")] == [9, 16, 7, 20]
    assert role["warnings"] == []


def test_the_installed_package_is_the_wheels(installed: Path, tmp_path: Path) -> None:
    """What was imported above is the wheel's package and not the checkout's."""
    where = _run(installed, tmp_path, "python", "-c", "import prepbot; print(prepbot.__file__)").strip()
    assert Path(where).is_relative_to(installed.parent)


def test_the_installed_command_interviews_and_searches(installed: Path, tmp_path: Path) -> None:
    """The embedded model, its tokenizer, the stages and the analyst are all found from the wheel."""
    hits = json.loads(
        _run(installed, tmp_path, "prepbot", "search", "ecommerce-specialist", "abandoned carts", "--json")
    )
    assert "Cart Abandonment Rate" in hits[0]["text"]
    script = tmp_path / "answers.txt"
    script.write_text("I tested the checkout and conversion rose from 2 % to 3 %.\n", encoding="utf-8")
    record = json.loads(
        _run(
            *(installed, tmp_path, "prepbot", "interview", "ecommerce-specialist"),
            *("--script", str(script), "--seed", "1", "--json"),
        )
    )
    assert [turn["speaker"] for turn in record["turns"]][:4] == [
        "interviewer",
        "interviewer",
        "candidate",
        "interviewer",
    ]


def test_the_installed_page_opens(installed: Path, tmp_path: Path) -> None:
    """The page that travels in the wheel runs without an exception and shows something."""
    code = (
        "from streamlit.testing.v1 import AppTest; from prepbot.resources import resource; "
        "page = AppTest.from_file(str(resource('app.py')), default_timeout=60).run(); "
        "print(len(page.exception), len(page.main) > 0)"
    )
    assert _run(installed, tmp_path, "python", "-W", "ignore", "-c", code).split() == ["0", "True"]


def test_the_installed_doctor_misses_nothing(installed: Path, tmp_path: Path) -> None:
    """The doctor of the installed command finds everything that it looks for."""
    findings = json.loads(_run(installed, tmp_path, "prepbot", "doctor", "--json"))
    assert [finding for finding in findings if finding["state"] == "missing"] == []
