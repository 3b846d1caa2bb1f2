"""Levels, reasons and coverage as HTML: the band with its anchors, first answer against after probing."""

from collections.abc import Sequence
from html import escape
from itertools import starmap

from prepbot.domain.checks import Check, checks
from prepbot.domain.evidence import Evidence, KpiLevel
from prepbot.domain.exercise_report import score_words
from prepbot.domain.marking import LEVEL_LABELS, MarkKind
from prepbot.domain.report import AnswerCard, Fix, KpiCoverage
from prepbot.domain.rubric import BAND_ANCHORS, CRITERIA, Grade
from prepbot.domain.second_words import why_a_range
from prepbot.domain.wording import band_words, caution, likely_words, outcome, with_words
from prepbot.ui.marks import PART_CLASS, dot, letter
from prepbot.ui.pictures import icon
from prepbot.ui.tables import table, table_of_cells


def in_a_word(card: AnswerCard) -> str:
    """A card's outcome: "band 4", "2 of 4 tasks right", "offer accepted", "not graded", "skipped"."""
    if card.talk is not None and not card.skipped:
        return card.talk.outcome
    if card.exercise is not None:
        return score_words(card.exercise)
    return outcome(card.grade) or "skipped"


def fix(found: Fix, *, first: bool = True) -> str:
    """One thing to do next time, with the words it is about and a line to rehearse."""
    eyebrow = f'<p class="eyebrow">{icon("flag")} First fix</p>' if first else ""
    heading = "h2" if first else "h3"
    quote = f'<p class="quote">“{escape(found.quote)}”</p>' if found.quote else ""
    missing = f"<p>What is missing: {escape(found.missing)}.</p>"
    aloud = escape(found.rehearsal).replace(" …", "&nbsp;…")
    rehearsal = f'<p class="rehearsal"><span class="dim">Say it aloud:</span> {aloud}</p>'
    return (
        f'<div class="todo">{eyebrow}{quote}{missing}<{heading}>{escape(found.directive)}</{heading}>{rehearsal}</div>'
    )


def _unbroken(outcome: str) -> str:
    """A short outcome that a narrow column leaves on one line."""
    return outcome.replace(" ", "\N{NO-BREAK SPACE}")


def ladder(card: AnswerCard, grade: Grade) -> str:
    """All five bands with their anchors: the one reached, the first answer's, and the next rung by name.

    Where the interval is known it stands beside the band, and a band that says little carries a caution.
    """
    before = card.first.band if isinstance(card.first, Grade) else None
    said = (why_a_range(card) or _range(grade), caution(card))
    rungs = "".join(_rung(band, grade.band, before) for band in sorted(BAND_ANCHORS, reverse=True))
    remarks = "".join(f'<p class="dim">{escape(remark)}</p>' for remark in said if remark)
    return f'<h2>{escape(_title(grade))}</h2>{remarks}<ol class="ladder" reversed>{rungs}</ol>'


def reasons(grade: Grade, answers: Sequence[str]) -> str:
    """Level and anchor on each criterion with its checks, ticked and open, and what held the band down."""
    criteria = {criterion.id: criterion for criterion in CRITERIA}
    rows = "".join(
        f"<h3>{escape(criteria[reached.criterion].title)}: {reached.level} of "
        f"{len(criteria[reached.criterion].anchors) - 1}</h3><p>{escape(reached.why)}</p>"
        f'<ul class="checks">{"".join(starmap(_check, with_words(reached.checks, answers)))}</ul>'
        for reached in grade.criteria
    )
    caps = "".join(f"<p>{escape(cap)}</p>" for cap in grade.caps)
    return f'<div class="reasons">{caps}{rows}</div>'


def comparison(first: Evidence, after: Evidence) -> str:
    """What the follow-ups brought out: the first answer beside the whole unit."""
    rows = [_part_row(kind, first, after) for kind in PART_CLASS]
    numbers = [sum(r.level is KpiLevel.QUANTIFIED for r in evidence.kpis) for evidence in (first, after)]
    gain = f' <b class="gain">+{numbers[1] - numbers[0]}</b>' if numbers[1] > numbers[0] else ""
    acts = [who_acts(evidence) for evidence in (first, after)]
    counted = f"<td>{numbers[0]}</td><td>{numbers[1]}{gain}</td>"
    rows.append(f'<th scope="row">{dot(KpiLevel.QUANTIFIED)} KPIs with a number</th>{counted}')
    rows.append(f'<th scope="row">Who acts</th><td>{acts[0]}</td><td>{acts[1]}</td>')
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    head = '<tr><td></td><th scope="col">First</th><th scope="col">After probing</th></tr>'
    return (
        f'<h2>What the follow-ups brought out</h2><table class="cmp"><thead>{head}</thead><tbody>{body}</tbody></table>'
    )


def overview(cards: Sequence[AnswerCard]) -> str:
    """Every question of the interview with its room and outcome."""
    rows = (
        (
            str(card.number),
            card.stage_name,
            card.question.heading,
            *map(_unbroken, (_first_band(card), in_a_word(card))),
        )
        for card in cards
    )
    return table(("No.", "Room", "Question", "First answer", "After probing"), rows)


def coverage(found: Sequence[KpiCoverage]) -> str:
    """How far each KPI of the role got, and in which answers."""
    rows = ((escape(row.kpi), _level(row.level), ", ".join(str(card) for card in row.cards) or "–") for row in found)
    said = sum(1 for row in found if row.level is not None)
    return f"<p>{said} of {len(found)} KPIs of this role were said.</p>" + table_of_cells(
        ("KPI", "How far", "Answers"), rows
    )


def _title(grade: Grade) -> str:
    return band_words(grade) if likely_words(grade) else f"{band_words(grade)} of 5"


def _range(grade: Grade) -> str:
    """What the interval means."""
    return "In four of five answers checked, the band lay within that." if likely_words(grade) else ""


def _check(check: Check, quotes: Sequence[str]) -> str:
    sign = icon("check_circle" if check.holds else "radio_button_unchecked")
    state = '<span class="unseen">ticked: </span>' if check.holds else '<span class="unseen">open: </span>'
    words = "".join(f" <q>{escape(quote)}</q>" for quote in quotes)
    kind = "ticked" if check.holds else "open"
    return f'<li class="{kind}">{sign}<span>{state}{escape(check.question)}{words}</span></li>'


def who_acts(evidence: Evidence) -> str:
    """Who does things in an answer: “I”, “we” or nobody yet."""
    found = checks(evidence)
    if found["own_part"].holds:
        return "“I”"
    return "“we”" if found["somebody_acts"].holds else "nobody yet"


def _level(level: KpiLevel | None) -> str:
    return f"{dot(level)} {LEVEL_LABELS[level]}" if level else '<span class="dim">not said yet</span>'


def _first_band(card: AnswerCard) -> str:
    return "–" if card.talk or card.exercise is not None else outcome(card.first) or "–"


def _rung(band: int, reached: int, before: int | None) -> str:
    place = "at" if band == reached else "next" if band == reached + 1 else "below" if band < reached else "above"
    note = {"at": "you are here", "next": "next"}.get(place, "")
    if before is not None and before != reached:
        note = "after follow-ups" if place == "at" else "first answer" if band == before else note
    badge = f"<i>{note}</i>" if note else ""
    return f'<li class="rung {place}" value="{band}"><b>{band}</b><span>{escape(BAND_ANCHORS[band])}</span>{badge}</li>'


def _part_row(kind: MarkKind, first: Evidence, after: Evidence) -> str:
    had, has = (has_part(kind, evidence) for evidence in (first, after))
    gain = ' <b class="gain">gained</b>' if has and not had else ""
    return f'<th scope="row">{letter(kind)} {kind.label}</th><td>{tick(had)}</td><td>{tick(has)}{gain}</td>'


def has_part(kind: MarkKind, evidence: Evidence) -> bool:
    """Whether a part of the structure, or the looking back, is there."""
    spans = {
        MarkKind.SITUATION: evidence.situation,
        MarkKind.TASK: evidence.task,
        MarkKind.ACTION: evidence.action,
        MarkKind.RESULT: evidence.result,
        MarkKind.REFLECTION: evidence.reflection,
    }
    return spans[kind] is not None


def tick(present: bool) -> str:
    """A tick or a dash, with its words for those who hear the page."""
    words = "there" if present else "not there"
    sign = icon("check") if present else '<span aria-hidden="true">–</span>'
    return f'{sign}<span class="unseen">{words}</span>'
