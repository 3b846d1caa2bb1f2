"""The house's rules that a machine can check: imports run one way, vendors stay in their rooms."""

import ast
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "prepbot"
MODULES = sorted(PACKAGE.rglob("*.py"))

ROOMS_OF_VENDORS = {
    "streamlit": ("ui/",),
    "langchain": ("language/", "speech/", "retrieval/"),
    "openai": ("language/", "speech/", "retrieval/"),
    "chromadb": ("retrieval/",),
    "sqlalchemy": ("storage/",),
    "alembic": ("storage/",),
    "fsrs": ("spaced_repetition.py",),
}
ADAPTERS = ("reading", "retrieval", "analysis", "language", "storage", "speech")
USE_CASES = (
    "interviewer",
    "grader",
    "coaching",
    "planner",
    "practice",
    "progress",
    "roles",
    "resume_check",
    "advert_check",
    "stories",
    "nearness",
    "offer_desk",
    "second_reading",
)
MAY_IMPORT_ADAPTERS = ("wiring.py", "doctor.py", "cli.py")


def _imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return found | {
        node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module and not node.level
    }


def _place(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=_place)
def test_vendors_stay_in_their_rooms(path: Path) -> None:
    """A vendor's package is imported only in the folders that wrap it."""
    for name in _imports(path):
        for vendor, rooms in ROOMS_OF_VENDORS.items():
            if name.split(".")[0].startswith(vendor):
                assert _place(path).startswith(rooms), f"{_place(path)} imports {name}"


@pytest.mark.parametrize("path", sorted((PACKAGE / "domain").glob("*.py")), ids=_place)
def test_the_domain_knows_the_standard_library_only(path: Path) -> None:
    """A domain module imports the standard library, the domain itself and the error tree."""
    for name in _imports(path):
        own = name.startswith("prepbot.domain") or name == "prepbot.errors"
        assert own or name.split(".")[0] in sys.stdlib_module_names, f"{_place(path)} imports {name}"


@pytest.mark.parametrize("name", USE_CASES)
def test_use_cases_reach_adapters_through_ports(name: str) -> None:
    """A use case imports no adapter, no page and no command line."""
    forbidden = tuple(f"prepbot.{room}" for room in (*ADAPTERS, "ui", "cli", "wiring"))
    assert not [found for found in _imports(PACKAGE / f"{name}.py") if found.startswith(forbidden)]


@pytest.mark.parametrize("path", MODULES, ids=_place)
def test_adapters_do_not_know_who_uses_them(path: Path) -> None:
    """No module but a page and the command line imports a page; no adapter imports a use case."""
    place, imports = _place(path), _imports(path)
    if not place.startswith(("ui/", "cli.py")):
        assert not [name for name in imports if name.startswith("prepbot.ui")]
    if place.split("/")[0] in ADAPTERS:
        upward = tuple(f"prepbot.{name}" for name in (*USE_CASES, "wiring", "cli"))
        assert not [name for name in imports if name.startswith(upward)]


@pytest.mark.parametrize("path", MODULES, ids=_place)
def test_only_the_wiring_joins_adapters(path: Path) -> None:
    """Outside an adapter's own folder only the wiring, the doctor and the command line import adapters."""
    place = _place(path)
    if place in MAY_IMPORT_ADAPTERS:
        return
    own = place.split("/")[0]
    others = tuple(f"prepbot.{room}" for room in ADAPTERS if room != own)
    assert not [name for name in _imports(path) if name.startswith(others)]


def test_nothing_is_an_async_twin() -> None:
    """The code is synchronous throughout."""
    for path in MODULES:
        assert not [n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.AsyncFunctionDef)]


def test_only_one_module_reads_the_session_state() -> None:
    """st.session_state and st.query_params are read in ui/state.py alone."""
    readers = {
        _place(path)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"session_state", "query_params"}
    }
    assert readers <= {"ui/state.py"}
