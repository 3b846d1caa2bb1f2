"""A résumé check for the command line: as values, and as text to read."""

from collections.abc import Iterator, Sequence
from typing import Any

from prepbot.advert_check import AdvertCheck
from prepbot.domain.pick_up import PickUp
from prepbot.domain.resume_check import LineReading, ResumeCheck

MOST_QUESTIONS = 5


def resume_record(check: ResumeCheck, questions: Sequence[PickUp], advert: AdvertCheck | None) -> dict[str, Any]:
    """The check with the keys that the command line promises. Offsets are code points into a line's `text`."""
    return {
        "role": check.role_title,
        "engine": check.engine,
        "lines": [_line(reading) for reading in check.claims],
        "kpis": [
            {"kpi": row.kpi, "level": row.level.label if row.level else None, "lines": list(row.lines)}
            for row in check.kpis
        ],
        "missing": list(check.missing),
        "rewrites": [
            {"line": one.line.number, "text": one.line.text, "reasons": list(one.reasons), "skeleton": one.skeleton}
            for one in check.rewrites
        ],
        "questions": [{"line": one.line, "text": one.text, "quote": one.quote} for one in questions],
        "extra_topics": [
            {"topic": topic.name, "asked": topic.asked, "line": topic.line, "source": topic.source}
            for topic in (advert.topics if advert else ())
        ],
        "notices": [*check.notices, *(advert.notices if advert else ())],
    }


def resume_text(check: ResumeCheck, questions: Sequence[PickUp], advert: AdvertCheck | None) -> str:
    """The same to read in a terminal, the rewrites and questions to begin with."""
    blocks = [
        ("Lines", [_words(reading) for reading in check.claims]),
        ("KPIs of the role that appear nowhere", [f"- {kpi}" for kpi in check.missing]),
        ("Rewrite first", [line for one in check.first_rewrites for line in _rewrite(one.reasons, one.skeleton)]),
        ("An interviewer may ask", [f"- {one.text}" for one in questions[:MOST_QUESTIONS]]),
        ("Only the job advert asks for", [f"- {topic.name}" for topic in (advert.topics if advert else ())]),
    ]
    return "\n\n".join("\n".join([title, *lines]) for title, lines in blocks if lines)


def _line(reading: LineReading) -> dict[str, Any]:
    opening = reading.opening
    return {
        "line": reading.line.number,
        "text": reading.line.text,
        "kpis": [
            {"name": r.kpi, "level": r.level.label, "start": r.span.start, "end": r.span.end}
            for r in reading.evidence.kpis
        ],
        "numbers": [[span.start, span.end] for span in reading.numbers],
        "opening": opening.kind.value,
        "verb": [opening.span.start, opening.span.end] if opening.span else None,
    }


def _words(reading: LineReading) -> str:
    kpis = [f"{reference.kpi} ({reference.level.label})" for reference in reading.evidence.kpis]
    numbers = [span.cut(reading.line.text) for span in reading.numbers]
    found = "; ".join(filter(None, [", ".join(kpis), ", ".join(numbers), f"opens with {_OPENS[reading.opening.kind]}"]))
    return f"{reading.line.number:>4}  {reading.line.text}\n      {found}"


_OPENS = {"action": "an action", "duty": "a duty", "none": "no verb"}


def _rewrite(reasons: Sequence[str], skeleton: str) -> Iterator[str]:
    yield f"- {skeleton}"
    yield f"  {' '.join(reasons)}"
