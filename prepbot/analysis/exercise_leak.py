"""Whether an answer names the row that leaks, and the figure it is seen by."""

import re
from collections.abc import Sequence

from prepbot.analysis.exercise_figures import tracked_as
from prepbot.analysis.exercise_rows import RowHit, rows_in
from prepbot.analysis.figure_meant import figures_in, in_unit
from prepbot.analysis.kpi_names import KpiNames
from prepbot.analysis.normalise import PlainText, normalise
from prepbot.analysis.words import words_of
from prepbot.domain.evidence import Span
from prepbot.domain.exercise import LeakTask
from prepbot.domain.exercise_marks import LeakMark, LeakVerdict

_NEGATED = re.compile(r"(?i)\b(?:not|isn't|isnt|aren't|except|nor|neither|beside|next to)\s+(?:\w+\s+){0,2}$")
_WORDS_COMPARED = r"(?i)\b(?:than|unlike|versus|vs|against|while|whereas|compared (?:to|with)|the others?|the rest)\b"
_COMPARED = re.compile(_WORDS_COMPARED + r"[^,.;!?\n]*$")
_COMPARED_ON = re.compile(_WORDS_COMPARED + r"[^.;!?\n]*$")
_JOINED = re.compile(r"(?i)\s*(?:,|&|/|and|or|both)?\s*(?:and|or)?\s*(?:the\s+)?$")
_BAD = re.compile(
    r"(?i)\b(?:worst|worse|leak\w*|lowest|highest|problem\w*|weak\w*|stands? out|los(?:es|ing)|bad|poor\w*|fails?|"
    r"least|drop\w*|far (?:more|fewer|less|below|above)|only|outlier|bottleneck|clearly|twice|half|sick|behind|lags?)\b"
)
_SENTENCE_END = re.compile(r"(?<!\d)[.!?;]\s|[.!?;]\s+(?=[A-Z])|\n")
_MOST_NAMED = 2


def check_leak(task: LeakTask, answer: str) -> LeakMark:
    """The mark of the leak task: which row is blamed, and by which figure."""
    plain = normalise(answer)
    hits = rows_in(plain.text, [task.row, *task.others])
    blamed = _blamed(plain.text, hits)
    rows = {hit.row for hit in blamed}
    if not rows:
        return LeakMark(LeakVerdict.MISSING)
    if rows == {task.row.name}:
        return LeakMark(LeakVerdict.NAMED, _span(plain, blamed[0]), _by(plain, answer, task))
    own = [hit for hit in blamed if hit.row == task.row.name]
    if own and len(rows) <= _MOST_NAMED:
        return LeakMark(LeakVerdict.AMONG_TWO, _span(plain, own[0]))
    return LeakMark(LeakVerdict.OTHER_ROW, _span(plain, next(hit for hit in blamed if hit not in own)))


def _span(plain: PlainText, hit: RowHit) -> Span:
    return plain.span(hit.start, hit.end)


def _blamed(text: str, hits: Sequence[RowHit]) -> list[RowHit]:
    """The rows that are called bad: not those compared with, and of several those whose sentence says so."""
    standing: list[RowHit] = []
    for hit in hits:
        before = _sentence(text, hit)[0]
        led = any(hit.start - len(before) <= other.start for other in standing)
        if not _NEGATED.search(before) and not (_COMPARED_ON if led else _COMPARED).search(before):
            standing.append(hit)
    if len({hit.row for hit in standing}) <= 1:
        return standing
    called = [hit for hit in standing if _BAD.search(_near(text, hit, hits))]
    return called or standing


def _sentence(text: str, hit: RowHit) -> tuple[str, str]:
    """The hit's sentence before it and after it."""
    starts = [found.end() for found in _SENTENCE_END.finditer(text, 0, hit.start)]
    end = _SENTENCE_END.search(text, hit.end)
    return text[starts[-1] if starts else 0 : hit.start], text[hit.end : end.start() if end else len(text)]


def _near(text: str, hit: RowHit, hits: Sequence[RowHit]) -> str:
    """The words of the hit's sentence that stand nearer to it than to another row."""
    before, after = _sentence(text, hit)
    start, end = hit.start - len(before), hit.end + len(after)
    for other in hits:
        between = text[min(other.end, hit.end) : max(other.start, hit.start)]
        if other.row == hit.row or _JOINED.fullmatch(between):
            continue
        if start <= other.start < hit.start:
            start = other.end
        if hit.end <= other.start < end:
            end = other.start
    return text[start:end]


def _by(plain: PlainText, answer: str, task: LeakTask) -> Span | None:
    """The words that say by which figure the leak is seen: the KPI's name, or the row's own figure."""
    hits = KpiNames([tracked_as(task.metric)]).find(words_of(plain.text))
    if hits:
        return plain.span(hits[0].start, hits[0].end)
    for figure, span in figures_in(answer):
        read = in_unit(figure, task.expected.unit)
        if read is not None and task.expected.agrees(read.value):
            return span
    return None
