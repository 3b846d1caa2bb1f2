"""Readiness for a role: as values and text for the command line, and as an HTML page to print."""

from typing import Any

from prepbot.domain.readiness import Readiness
from prepbot.exports.template import template


def readiness_record(ready: Readiness) -> dict[str, Any]:
    """The page with the keys that the command line promises."""
    return {
        "role": ready.role_title,
        "questions": [
            {
                "id": row.question.id,
                "text": row.question.text,
                "story": row.story.title if row.story else None,
                "second": row.second.title if row.second else None,
            }
            for row in ready.questions
        ],
        "kpis_without_number": list(ready.kpis_without_number),
        "fixes": list(ready.fixes),
        "notices": list(ready.notices),
    }


def readiness_text(ready: Readiness) -> str:
    """The same to read and to print."""
    blocks = [
        ("Fix first", [f"{number}. {fix}" for number, fix in enumerate(ready.fixes, start=1)]),
        (
            f"Questions with a story: {ready.answered} of {len(ready.questions)}",
            [f"- {row.question.text}\n    {row.story.title if row.story else 'no story'}" for row in ready.questions],
        ),
        ("KPIs without a number", [f"- {kpi}" for kpi in ready.kpis_without_number]),
    ]
    return "\n\n".join("\n".join([title, *lines]) for title, lines in blocks if lines)


def readiness_html(ready: Readiness) -> str:
    """The page to print: one HTML document that needs nothing else. All text is escaped by the template."""
    return template("readiness.html.jinja").render(ready=ready)
