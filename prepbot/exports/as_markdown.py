"""A review as Markdown. Whatever a person or a document wrote is escaped, so that it stays words."""

import re
from collections.abc import Iterator

from prepbot.domain.decision import GO_ON, StageDecision
from prepbot.domain.marking import LEVEL_LABELS, marks
from prepbot.domain.report import AnswerCard, Review
from prepbot.domain.rubric import BAND_ANCHORS, CRITERIA, Grade, NotGraded
from prepbot.domain.wording import (
    NOT_A_ZERO,
    brought_out,
    caution,
    doubt,
    likely_words,
    outcome,
    with_words,
)
from prepbot.exports.anchors import next_anchor

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
_LINE_START = re.compile(r"^(\s*)(?=[-+=])|^(\s*\d+)(?=[.)])", re.MULTILINE)
_ADDRESS = re.compile(r"(?i)(?<=[a-z])(:)(?=//)|(?<=www)(\.)")


def review_markdown(review: Review) -> str:
    """The review as Markdown, with every level's anchor at its end."""
    return "\n".join([*_head(review), *_cards(review), *_coverage(review), *_anchors()]).rstrip() + "\n"


def escaped(text: str) -> str:
    """Text that Markdown shows as it stands: no markup, no link, no image, no HTML."""
    plain = _ADDRESS.sub(r"\\\g<0>", _MARKUP.sub(r"\\\1", text))
    return _LINE_START.sub(r"\g<0>\\", plain)


def _head(review: Review) -> Iterator[str]:
    yield f"# {escaped(review.role_title)}: your interview"
    yield ""
    yield f"{_sort(review)} · {review.status.value} · interview `{review.interview_id}`"
    yield f"Graded by {escaped(review.engine) or 'nobody yet'}, rubric {review.rubric}."
    yield ""
    for notice in review.notices:
        yield f"> {escaped(notice)}"
        yield ""


def _sort(review: Review) -> str:
    return f"Drill: {escaped(review.focus)}" if review.focus else f"{review.length.value.capitalize()} interview"


def _cards(review: Review) -> Iterator[str]:
    if not review.cards:
        yield "Nothing was answered in this interview."
        yield ""
    for card in review.cards:
        decided = review.decision_before(card.number)
        if decided is not None:
            yield from _decision(decided)
        yield from _card(card)


def _decision(found: StageDecision) -> Iterator[str]:
    yield f"## {escaped(_line(found.stage))}: {found.words}"
    yield ""
    if found.card.notice:
        yield escaped(_line(found.card.notice))
    for reason in found.card.reasons:
        quote = f" “{escaped(_line(reason.quote))}”" if reason.quote else ""
        side = "For" if reason.speaks_for else "Against"
        yield f"- **{side}: {reason.title}.** {reason.anchor}{quote} Question {reason.number}. {escaped(reason.why)}"
    if found.card.reasons:
        yield ""
        yield GO_ON
    yield ""


def _card(card: AnswerCard) -> Iterator[str]:
    yield f"## {card.number}. {escaped(_line(card.question.text))}"
    yield ""
    yield f"{escaped(card.stage_name)} · {escaped(card.interviewer.name)}, {escaped(card.interviewer.title)}"
    yield ""
    if card.skipped:
        yield f"Skipped. {NOT_A_ZERO}"
        yield ""
    for turn, answer in enumerate(card.answers):
        if answer.probe is not None:
            yield f"**Follow-up:** {escaped(_line(answer.probe.text))}"
            yield ""
            yield f"*Asked because: {escaped(answer.because)}.*"
            yield ""
        yield _quoted(answer.text)
        yield ""
        if answer.too_long:
            yield answer.too_long
            yield ""
        yield from _marks(card, turn)
    yield from _grade(card)
    yield from _earlier(card)
    yield from _fixes(card)
    yield from _ordered(card)
    yield from _after(card)


def _marks(card: AnswerCard, turn: int) -> Iterator[str]:
    found = marks(card.evidence, turn) if card.evidence else ()
    for mark in found:
        yield f"- **{escaped(mark.label)}** “{escaped(_line(mark.span.cut(card.answers[turn].text)))}”"
    if found:
        yield ""
    gained = brought_out(card.evidence, turn) if card.evidence else ()
    if gained:
        yield f"Only after the follow-up: {escaped('; '.join(gained))}."
        yield ""


def _grade(card: AnswerCard) -> Iterator[str]:
    match card.grade:
        case Grade() as given:
            likely = likely_words(given)
            yield f"**Band {given.band} of 5{', ' if likely else ''}{likely}.** {BAND_ANCHORS[given.band]}"
            yield ""
            yield from _remarks(card)
            yield from _first(card)
            yield "| | level | what that is | the next level |"
            yield "|---|---|---|---|"
            for criterion, known in zip(given.criteria, CRITERIA, strict=True):
                reached = f"{criterion.level} of {len(known.anchors) - 1}"
                yield f"| {known.title} | {reached} | {escaped(_line(criterion.why))} | {next_anchor(criterion)} |"
            for cap in given.caps:
                yield ""
                yield cap
            yield ""
            yield from _checks(card, given)
        case NotGraded(reason):
            yield f"**Not graded.** {escaped(reason)} {NOT_A_ZERO}"
            yield ""


def _remarks(card: AnswerCard) -> Iterator[str]:
    for remark in (caution(card), doubt(card)):
        if remark:
            yield escaped(_line(remark))
            yield ""


def _checks(card: AnswerCard, given: Grade) -> Iterator[str]:
    texts = [answer.text for answer in card.answers]
    for check, quotes in (line for criterion in given.criteria for line in with_words(criterion.checks, texts)):
        words = " ".join(f"“{escaped(quote)}”" for quote in quotes)
        yield f"- [{'x' if check.holds else ' '}] {check.question}{f': {words}' if words else ''}"
    yield ""


def _first(card: AnswerCard) -> Iterator[str]:
    if len(card.answers) < 2 or card.first is None:
        return
    yield f"First answer: {outcome(card.first)}. After probing: {outcome(card.grade)}."
    yield ""


def _earlier(card: AnswerCard) -> Iterator[str]:
    if card.earlier is None:
        return
    yield f"Attempt before: {outcome(card.earlier.grade)}. This one: {outcome(card.grade)}."
    yield ""
    for change in card.earlier.changes:
        yield f"- {escaped(_line(change.label))}: {change.became.value}"
    yield ""


def _fixes(card: AnswerCard) -> Iterator[str]:
    for number, fix in enumerate(card.fixes):
        name = "First fix" if number == 0 else "Then"
        quote = f" You said “{escaped(_line(fix.quote))}”." if fix.quote else ""
        what = f"What is missing: {escaped(fix.missing)}. {escaped(fix.directive)}"
        yield f"- **{name}.**{quote} {what} Say it aloud: *{escaped(fix.rehearsal)}*"
    if card.fixes:
        yield ""


def _ordered(card: AnswerCard) -> Iterator[str]:
    if card.ordered:
        yield "**Your answer, put in order**"
        yield ""
        for line in card.ordered:
            yield f"- *{line.label}*: {escaped(line.text)}"
        yield ""


def _after(card: AnswerCard) -> Iterator[str]:
    if card.after:
        yield "What this question was after:"
        yield ""
        for line in card.after:
            yield f"- line {line.line} of the role page: {escaped(_line(line.text))}"
        yield ""


def _coverage(review: Review) -> Iterator[str]:
    if not review.coverage:
        return
    yield "## KPIs of the role"
    yield ""
    yield "| KPI | how far | answers |"
    yield "|---|---|---|"
    for row in review.coverage:
        level = LEVEL_LABELS[row.level] if row.level else "not said yet"
        yield f"| {escaped(_line(row.kpi))} | {level} | {', '.join(map(str, row.cards))} |"
    yield ""


def _anchors() -> Iterator[str]:
    yield "## What the levels mean"
    yield ""
    for band, anchor in BAND_ANCHORS.items():
        yield f"- Band {band}: {anchor}"
    for criterion in CRITERIA:
        yield ""
        yield f"**{criterion.title}**"
        yield ""
        for level, anchor in enumerate(criterion.anchors):
            yield f"- {level}: {anchor}"
    yield ""


def _quoted(text: str) -> str:
    lines = escaped(text).splitlines() or ["(nothing)"]
    return "\n".join(f"> {line}  " if line.strip() else ">" for line in lines)


def _line(text: str) -> str:
    return " ".join(text.split())
