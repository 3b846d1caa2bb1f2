"""Which story serves which question and which KPI, as HTML tables. Pure."""

from collections.abc import Iterator, Sequence
from html import escape

from prepbot.domain.evidence import KpiLevel
from prepbot.domain.marking import LEVEL_LABELS
from prepbot.domain.role import Question
from prepbot.domain.story import Story
from prepbot.domain.story_fit import Fit, KpiRow, QuestionRow, StoryMatrix
from prepbot.ui.marks import dot

MOST_NAMED = 5
"""With more stories than this their columns carry numbers alone, so that the table stays in its card."""

_NOTHING = "nothing yet"


def questions_table(found: StoryMatrix) -> str:
    """Each bank question with the story to tell, those that would do, and where there is nothing."""
    signs = f"<span>{_arch('best')} tell this one</span><span>{_arch('fit')} would do</span>"
    rows = (_question_row(row, found) for row in found.questions)
    return f'<h2>Questions</h2><div class="key">{signs}</div>{_table("Question", found, rows)}'


def kpis_table(found: StoryMatrix) -> str:
    """Each KPI of the role with how far every story takes it, and where there is nothing."""
    levels = sorted(KpiLevel, reverse=True)
    signs = "".join(f"<span>{dot(level)} {LEVEL_LABELS[level]}</span>" for level in levels)
    rows = (_kpi_row(row, found) for row in found.kpis)
    return f'<h2>KPIs of the role</h2><div class="key">{signs}</div>{_table("KPI", found, rows)}'


def story_numbers(stories: Sequence[Story]) -> str:
    """The numbers that the columns carry, with their titles, where a column has no room for them."""
    wide = "" if len(stories) > MOST_NAMED else " narrow"
    items = "".join(f"<li>{escape(story.title)}</li>" for story in stories)
    return f'<ol class="storykey{wide}">{items}</ol>'


def _table(name: str, found: StoryMatrix, rows: Iterator[str]) -> str:
    too_much = {one.story.id for one in found.overused}
    named = len(found.stories) <= MOST_NAMED
    heads = "".join(
        _head(number, story, named=named, hot=story.id in too_much)
        for number, story in enumerate(found.stories, start=1)
    )
    return (
        f'<div class="scroll" tabindex="0"><table class="mx"><thead><tr><th scope="col">{name}</th>{heads}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _head(number: int, story: Story, *, named: bool, hot: bool) -> str:
    title = escape(story.title)
    shown = f'<span class="wide">{title}</span>' if named else f'<span class="unseen">{title}</span>'
    return f'<th scope="col" class="{"hot" if hot else ""}" title="{title}"><b>{number}</b> {shown}</th>'


def _question_row(row: QuestionRow, found: StoryMatrix) -> str:
    name = _question_name(row.question)
    if row.best is None:
        return _gap(name, found)
    cells = "".join(f"<td>{_fit(fit, row)}</td>" for fit in row.fits)
    return f'<tr><th scope="row">{name}</th>{cells}</tr>'


def _question_name(question: Question) -> str:
    text = escape(question.text)
    topics = escape(", ".join(question.topics))
    return f'<b>{topics}</b><span class="wide">{text}</span>' if topics else text


def _fit(fit: Fit, row: QuestionRow) -> str:
    if not fit.level:
        return ""
    best = fit.story == row.best
    return f'{_arch("best" if best else "fit")}<span class="unseen">{"tell this one" if best else "would do"}</span>'


def _arch(kind: str) -> str:
    return f'<i class="{kind}" aria-hidden="true"></i>'


def _kpi_row(row: KpiRow, found: StoryMatrix) -> str:
    name = escape(row.kpi)
    if row.level is None:
        return _gap(name, found)
    cells = "".join(
        f'<td>{dot(level)}<span class="unseen">{LEVEL_LABELS[level]}</span></td>' if level else "<td></td>"
        for level in row.levels
    )
    return f'<tr><th scope="row">{name}</th>{cells}</tr>'


def _gap(name: str, found: StoryMatrix) -> str:
    nothing = f'<td class="none" colspan="{len(found.stories)}">{_NOTHING}</td>'
    return f'<tr class="gap"><th scope="row">{name}</th>{nothing}</tr>'
