"""The README's file map is complete."""

from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_file_map_names_every_module() -> None:
    """Every module of the package and of the evals stands in the README with its comment."""
    page = (ROOT / "README.md").read_text(encoding="utf-8").split("## Files")[1]
    named = {line.split()[0]: line.split()[1:] for line in page.splitlines() if line.strip()}
    modules = [
        path.name
        for folder in ("prepbot", "evals")
        for path in (ROOT / folder).rglob("*.py")
        if path.name != "__init__.py" and not {"migrations", "training"} & set(path.parts)
    ]
    assert [name for name in modules if not named.get(name)] == []
