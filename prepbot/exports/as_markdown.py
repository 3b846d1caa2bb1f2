"""A review as Markdown. Whatever a person or a document wrote is escaped, so that it stays words."""

from collections.abc import Iterator

from prepbot.domain.decision import StageDecision
from prepbot.domain.exercise import Exercise
from prepbot.domain.exercise_report import NO_BAND, score_words
from prepbot.domain.marking import LEVEL_LABELS, marks
from prepbot.domain.offer_rubric import OFFER_CRITERIA
from prepbot.domain.report import AnswerCard, Review
from prepbot.domain.rubric import BAND_ANCHORS, CRITERIA, Grade, NotGraded
from prepbot.domain.second_words import read_between_the_lines, why_a_range
from prepbot.domain.wording import (
    NOT_A_ZERO,
    brought_out,
    caution,
    doubt,
    likely_words,
    outcome,
    retold,
    with_words,
)
from prepbot.exports.anchors import next_anchor
from prepbot.exports.escaping import escaped, one_line, quoted
from prepbot.exports.exercise import task_outcomes
from prepbot.exports.later_answer import later_markdown
from prepbot.exports.talk import talk_markdown


def review_markdown(review: Review) -> str:
    """The review as Markdown, with every level's anchor at its end."""
    return "\n".join([*_head(review), *_cards(review), *_coverage(review), *_anchors(review)]).rstrip() + "\n"


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
        yield from _known(review, card)
        yield from _card(card)


def _known(review: Review, card: AnswerCard) -> Iterator[str]:
    """What a stage knew before, in front of its first card."""
    found = next((one for one in review.known if one.cards[0] == card.number), None)
    if found is None:
        return
    yield f"**{escaped(card.stage_name)}: what they already knew**"
    yield ""
    for note in found.notes:
        yield from (f"- {escaped(note.name)}: “{escaped(claim.quoted.short)}”" for claim in note.claims)
    yield ""


def _own_questions(card: AnswerCard) -> Iterator[str]:
    for one in card.own_questions:
        yield f"- “{escaped(one.words)}” {escaped(one.remark)}"
    if card.own_questions:
        yield ""


def _decision(found: StageDecision) -> Iterator[str]:
    yield f"## {escaped(one_line(found.stage))}: {found.words}"
    yield ""
    if found.card.notice:
        yield escaped(one_line(found.card.notice))
    for reason in found.card.reasons:
        quote = f" “{escaped(one_line(reason.quote))}”" if reason.quote else ""
        side = "For" if reason.speaks_for else "Against"
        yield f"- **{side}: {reason.title}.** {reason.anchor}{quote} Question {reason.number}. {escaped(reason.why)}"
    if found.card.reasons:
        yield ""
        yield found.afterwards
    yield ""


def _card(card: AnswerCard) -> Iterator[str]:
    yield f"## {card.number}. {escaped(one_line(card.question.heading))}"
    yield ""
    yield f"{escaped(card.stage_name)} · {escaped(card.interviewer.name)}, {escaped(card.interviewer.title)}"
    yield ""
    if card.question.origin is not None:
        yield f"Asked because of {card.question.origin.label}."
        yield ""
    yield from _sheet(card)
    if card.skipped:
        yield f"Skipped. {NOT_A_ZERO}"
        yield ""
    for turn, answer in enumerate(card.answers):
        if answer.probe is not None:
            who = card.interviewer.name if card.talk else "Follow-up"
            yield f"**{escaped(who)}:** {escaped(one_line(answer.probe.text))}"
            yield ""
            if answer.because:
                yield f"*Asked because: {escaped(answer.because)}.*"
                yield ""
        yield quoted(answer.text)
        yield ""
        if answer.too_long:
            yield answer.too_long
            yield ""
        if card.talk is None:
            yield from _marks(card, turn)
    yield from _outcome(card)


def _outcome(card: AnswerCard) -> Iterator[str]:
    """What came of the answers: the marks of an exercise, the grade of a talk, or the band."""
    if card.exercise is not None:
        yield from _exercise(card)
    elif card.talk is not None and card.answers:
        yield from talk_markdown(card, card.talk)
    else:
        yield from _grade(card)
        yield from _own_questions(card)
    yield from later_markdown(card)
    yield from _earlier(card)
    yield from _fixes(card)
    yield from _ordered(card)
    yield from _after(card)


def _sheet(card: AnswerCard) -> Iterator[str]:
    """What an exercise showed before it was answered."""
    exercise = card.question.exercise
    if exercise is None:
        return
    yield escaped(one_line(exercise.situation))
    yield ""
    if isinstance(exercise, Exercise):
        yield f"| {' | '.join(map(escaped, exercise.table.header))} |"
        yield f"|---|{'---:|' * len(exercise.table.columns)}"
        yield from (f"| {' | '.join(map(escaped, line))} |" for line in exercise.table.lines())
        yield ""


def _exercise(card: AnswerCard) -> Iterator[str]:
    """The marks of an exercise task by task, each with its worked solution."""
    if card.exercise is None:
        return
    yield f"**{score_words(card.exercise)}.** {NO_BAND}"
    yield ""
    for one in task_outcomes(card):
        yield f"{one.number}. {escaped(one_line(one.text))}"
        yield f"   **{one.word}**: {escaped(one_line(one.sentence))}"
        yield from (f"   - {escaped(one_line(line))}" for line in one.solution)
    yield ""


def _marks(card: AnswerCard, turn: int) -> Iterator[str]:
    found = marks(card.evidence, turn) if card.evidence else ()
    for mark in found:
        yield f"- **{escaped(mark.label)}** “{escaped(one_line(mark.span.cut(card.answers[turn].text)))}”"
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
                yield f"| {known.title} | {reached} | {escaped(one_line(criterion.why))} | {next_anchor(criterion)} |"
            for cap in given.caps:
                yield ""
                yield cap
            yield ""
            yield from _checks(card, given)
        case NotGraded(reason):
            yield f"**Not graded.** {escaped(reason)} {NOT_A_ZERO}"
            yield ""


def _remarks(card: AnswerCard) -> Iterator[str]:
    for remark in (*read_between_the_lines(card), why_a_range(card), caution(card), doubt(card), retold(card)):
        if remark:
            yield escaped(one_line(remark))
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
        yield f"- {escaped(one_line(change.label))}: {change.became.value}"
    yield ""


def _fixes(card: AnswerCard) -> Iterator[str]:
    for number, fix in enumerate(card.fixes):
        name = "First fix" if number == 0 else "Then"
        quote = f" You said “{escaped(one_line(fix.quote))}”." if fix.quote else ""
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
            yield f"- line {line.line} of the role page: {escaped(one_line(line.text))}"
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
        yield f"| {escaped(one_line(row.kpi))} | {level} | {', '.join(map(str, row.cards))} |"
    yield ""


def _anchors(review: Review) -> Iterator[str]:
    yield "## What the levels mean"
    yield ""
    for band, anchor in BAND_ANCHORS.items():
        yield f"- Band {band}: {anchor}"
    talked = OFFER_CRITERIA if any(card.talk for card in review.cards) else ()
    for criterion in (*CRITERIA, *talked):
        yield ""
        yield f"**{criterion.title}**"
        yield ""
        for level, anchor in enumerate(criterion.anchors):
            yield f"- {level}: {anchor}"
    yield ""
