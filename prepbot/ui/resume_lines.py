"""A résumé check as HTML: each line with its KPIs, numbers and verb, and the KPIs that appear nowhere. Pure."""

from collections.abc import Iterator, Sequence
from html import escape

from prepbot.domain.advert import ExtraTopic
from prepbot.domain.evidence import Span
from prepbot.domain.marking import LEVEL_LABELS
from prepbot.domain.opening import OpeningKind
from prepbot.domain.pick_up import PickUp
from prepbot.domain.plan import PlannedQuestion
from prepbot.domain.resume_check import KpiInResume, LineReading, ResumeCheck
from prepbot.ui.marks import dot
from prepbot.ui.pictures import icon
from prepbot.ui.tables import table_of_cells

_OPENS = {OpeningKind.ACTION: "opens with what you did", OpeningKind.DUTY: "opens with a duty"}
_NO_VERB = "opens with no verb"


def lines(check: ResumeCheck) -> str:
    """Every line that says what was done, with what was found in it."""
    return f'<ol class="lines">{"".join(map(_line, check.claims))}</ol>'


def kpis(check: ResumeCheck) -> str:
    """Each KPI of the role, how far it gets and where, those that appear nowhere last."""
    order = sorted(check.kpis, key=lambda row: row.level is None)
    head = f"<h2>{_kpis_appear(check)}</h2>"
    return head + table_of_cells(("KPI", "How far", "Line"), (_kpi(row) for row in order))


def questions(found: Sequence[PickUp | PlannedQuestion]) -> str:
    """What an interviewer may ask about the lines of a résumé or an advert."""
    return f'<ul class="asked">{"".join(f"<li>{escape(one.text)}</li>" for one in found)}</ul>'


def topics(found: Sequence[ExtraTopic]) -> str:
    """What only the job advert asks for, each marked as the advert's, with the advert's words."""
    return f'<ul class="topics">{"".join(map(_topic, found))}</ul>'


def summary(check: ResumeCheck) -> str:
    """The check in one sentence of counts."""
    claims = check.claims
    numbered = sum(bool(reading.numbers) for reading in claims)
    verbs = sum(reading.opening.kind is OpeningKind.ACTION for reading in claims)
    noun = "line says" if len(claims) == 1 else "lines say"
    opens, gives = "opens" if verbs == 1 else "open", "gives" if numbered == 1 else "give"
    kpis_said = f", and {_kpis_appear(check)}" if check.kpis else ""
    return f"{len(claims)} {noun} what you did; {verbs} {opens} with a verb, {numbered} {gives} a number{kpis_said}."


def _kpis_appear(check: ResumeCheck) -> str:
    said = len(check.kpis) - len(check.missing)
    return f"{said} of {len(check.kpis)} KPIs {'appears' if said == 1 else 'appear'}"


def _line(reading: LineReading) -> str:
    verb = reading.opening.span
    opens = _OPENS.get(reading.opening.kind, _NO_VERB)
    weak = "" if reading.opening.kind is OpeningKind.ACTION else " open"
    said = f": “{escape(verb.cut(reading.line.text))}”" if verb else ""
    found = [f'<span class="{weak.strip()}">{opens}{said}</span>', *_kpis_said(reading), *_numbers(reading)]
    number = reading.line.number
    return f'<li value="{number}"><p class="said">{_marked(reading)}</p><p class="dim found">{"".join(found)}</p></li>'


def _kpis_said(reading: LineReading) -> Iterator[str]:
    for reference in reading.evidence.kpis:
        yield f"<span>{dot(reference.level)} {escape(reference.kpi)}, {LEVEL_LABELS[reference.level]}</span>"


def _numbers(reading: LineReading) -> Iterator[str]:
    if not reading.numbers:
        yield '<span class="open">no number</span>'


def _marked(reading: LineReading) -> str:
    """The line's words, its numbers in bold."""
    text, made, left = reading.line.text, [], 0
    for span in sorted(_apart(reading.numbers), key=lambda span: span.start):
        made += [escape(text[left : span.start]), f"<b>{escape(span.cut(text))}</b>"]
        left = span.end
    return "".join([*made, escape(text[left:])])


def _apart(spans: Sequence[Span]) -> list[Span]:
    """The spans without those that begin inside an earlier one."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def _kpi(row: KpiInResume) -> tuple[str, str, str]:
    if row.level is None:
        return escape(row.kpi), '<span class="none">nowhere</span>', ""
    where = ", ".join(map(str, row.lines))
    return escape(row.kpi), f"{dot(row.level)} {LEVEL_LABELS[row.level]}", where


def _topic(topic: ExtraTopic) -> str:
    badge = f'<span class="badge">{icon("work")} {escape(topic.source)}</span>'
    asked = f'<p class="dim">“{escape(topic.asked)}”, line {topic.line}</p>' if topic.asked != topic.name else ""
    return f"<li><p><b>{escape(topic.name)}</b> {badge}</p>{asked}</li>"
