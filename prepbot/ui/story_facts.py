"""What a story shows when it is read as an answer is: its band, parts, KPIs with their numbers, and who acts. Pure."""

from html import escape

from prepbot.domain.evidence import KpiReference
from prepbot.domain.marking import LEVEL_LABELS
from prepbot.domain.rubric import NotGraded, grade
from prepbot.domain.story import Origin, Story
from prepbot.domain.wording import NOT_A_ZERO
from prepbot.ui.marks import PART_CLASS, dot, letter, marked_answer
from prepbot.ui.ratings import has_part, tick, who_acts


def told(story: Story) -> str:
    """The story with its marks, under its title and the question that it once answered."""
    asked = f'<p class="dim">You told it when asked: {escape(story.question)}</p>' if story.question else ""
    origin = asked if story.origin is Origin.ANSWER else ""
    return f"<h2>{escape(story.title)}</h2>{origin}{marked_answer(story.text, story.evidence)}"


def facts(story: Story) -> str:
    """The story's parts, KPIs and who acts, as a table under its band."""
    rows = [
        f'<th scope="row">{letter(kind)} {kind.label}</th><td>{tick(has_part(kind, story.evidence))}</td>'
        for kind in PART_CLASS
    ]
    rows.append(f'<th scope="row">Who acts</th><td>{who_acts(story.evidence)}</td>')
    rows += [_kpi(reference, story.text) for reference in story.evidence.kpis]
    if not story.evidence.kpis:
        rows.append('<th scope="row">KPIs of this role</th><td>none</td>')
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return f'{_band(story)}<table class="cmp"><tbody>{body}</tbody></table>'


def _band(story: Story) -> str:
    given = grade(story.evidence)
    if isinstance(given, NotGraded):
        return f"<h2>Not graded</h2><p>{escape(given.reason)} {NOT_A_ZERO}</p>"
    return f'<h2>Band {given.band} of 5</h2><p class="dim">On a question that it answers.</p>'


def _kpi(reference: KpiReference, text: str) -> str:
    number = f" “{escape(reference.number.cut(text))}”" if reference.number else ""
    return (
        f'<th scope="row">{dot(reference.level)} {escape(reference.kpi)}</th>'
        f"<td>{LEVEL_LABELS[reference.level]}{number}</td>"
    )
