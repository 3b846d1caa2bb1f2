"""What was read from a role page, for the command line."""

from typing import Any

from prepbot.roles import LibraryEntry


def library_row(entry: LibraryEntry) -> dict[str, Any]:
    """One role of the library, in a line's worth of keys."""
    role = entry.role
    return {
        "id": role.id,
        "title": role.title,
        "function": role.function,
        "stages": len(role.stages),
        "questions": len(role.questions),
        "uploaded": entry.uploaded,
    }


def role_record(entry: LibraryEntry) -> dict[str, Any]:
    """A role with the keys that the command line promises."""
    role = entry.role
    return {
        "id": role.id,
        "title": role.title,
        "function": role.function,
        "about": role.about,
        "activities": [{"name": activity.name, "text": activity.text} for activity in role.activities],
        "kpis": [{"name": kpi.name, "definition": kpi.definition} for kpi in role.kpis],
        "stages": [{"name": s.name, "kind": s.kind.value, "description": s.description} for s in role.stages],
        "questions": [
            {"id": q.id, "text": q.text, "topics": list(q.topics), "kind": q.kind.value} for q in role.questions
        ],
        "warnings": [{"line": warning.line, "message": warning.message} for warning in entry.report.warnings],
    }


def role_text(entry: LibraryEntry) -> str:
    """The same to read in a terminal."""
    role = entry.role
    blocks = [
        (role.title, [f"{role.id}, {role.function}".rstrip(", "), role.about]),
        ("Activities", [f"- {activity.name}" for activity in role.activities]),
        ("KPIs", [f"- {kpi.name}" for kpi in role.kpis]),
        ("Stages", [f"{n}. {stage.name} ({stage.kind.value})" for n, stage in enumerate(role.stages, start=1)]),
        ("Questions", [f"{q.id}  {q.text} [{', '.join(q.topics)}]" for q in role.questions]),
        ("Not understood", [f"line {warning.line}: {warning.message}" for warning in entry.report.warnings]),
    ]
    return "\n\n".join("\n".join([title, *lines]) for title, lines in blocks if any(lines))
