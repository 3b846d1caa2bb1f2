"""The house's order, rule by rule: each reads one finished interview and gives the words of every breach."""

import re
from collections import Counter
from collections.abc import Callable, Iterator

from evals.interviews.ear import ASKS_FOR, heard
from evals.interviews.holes import is_open
from prepbot.domain.exercise_marks import ExerciseMarks
from prepbot.domain.gap import REPLY_GAPS, GapKind
from prepbot.domain.interview import Interview, Status, Turn, Unit
from prepbot.domain.negotiation import MOST_MESSAGES, MOST_ROUNDS
from prepbot.domain.offer import letter, letter_lines
from prepbot.domain.role import Role
from prepbot.reading.offers import load_offers

Rule = Callable[[Interview, Role], Iterator[str]]

_LEAK = re.compile(
    r"\b(?:rubric|band|score[sd]?|scoring|grad(?:e|es|ed|ing)|points?|criteri(?:on|a)|KPIs?|STAR|level|rating|evidence|"
    r"structure|reflection|ownership)\b",
    re.IGNORECASE,
)
_PRAISE = re.compile(
    r"\b(?:great|excellent|perfect|impressive|fantastic|amazing|well done|nice(?:ly)?|interesting|"
    r"good (?:answer|point|job|example|question)|strong|wrong|poor|vague|unclear|disappointing|weak|unfortunately|"
    r"you (?:passed|failed)|not enough|too (?:short|long|little|general))\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NAME = re.compile(r"(?<![.?!:…“] )(?<!^)(?<!“)\b[A-ZÀ-Ý][\w’'-]*")
_QUOTED = re.compile(r"“[^”]*”")
_OWN_NAMES = {"I", "English"}


def breaches(interview: Interview, role: Role) -> list[tuple[str, str]]:
    """Every breach in one interview, as (rule, words)."""
    return [(rule, words) for rule, finds in RULES.items() for words in finds(interview, role)]


def _ends(interview: Interview, _: Role) -> Iterator[str]:
    if interview.status is not Status.FINISHED:
        yield f"it is {interview.status} after {len(interview.turns)} turns"


def _stages_in_order(interview: Interview, _: Role) -> Iterator[str]:
    """Greet, then questions, then close; the next room only after that."""
    told = [(turn.stage, turn.kind) for turn in interview.turns if turn.kind in {"greet", "close"}]
    due = [(place, kind) for place in range(len(interview.plan.stages)) for kind in ("greet", "close")]
    if told != due:
        yield str(told)
    stages = [turn.stage for turn in interview.turns]
    if stages != sorted(stages):
        yield f"stages {stages}"


def _every_question(interview: Interview, _: Role) -> Iterator[str]:
    asked = [turn.question_id for turn in interview.turns if turn.kind == "ask"]
    planned = [question.id for question in interview.plan.questions]
    if asked != planned:
        yield f"planned {planned}, asked {asked}"


def _words_advance_nothing(interview: Interview, _: Role) -> Iterator[str]:
    """A room closes after its last planned question and never before."""
    for place, stage in enumerate(interview.plan.stages):
        before = [turn for turn in interview.turns if turn.stage == place]
        asked = {turn.question_id for turn in before if turn.kind == "ask"}
        if missing := [question.text for question in stage.questions if question.id not in asked]:
            answers = [turn.text for turn in before if turn.kind == "answer"]
            yield f"{stage.name} closed without “{missing[0]}”, after: {answers[-1] if answers else 'nothing'}"


def _one_question_a_turn(interview: Interview, _: Role) -> Iterator[str]:
    """But for the talk about an offer: an employer may ask about two terms that were wished for."""
    for turn in _spoken(interview):
        if turn.seq in _about_the_offer(interview):
            continue
        planned = _question(interview, turn)
        marks = _own_words(turn, interview).count("?") + (planned in turn.text) * planned.count("?")
        due = 0 if turn.kind in {"greet", "close"} else max(1, (planned in turn.text) * planned.count("?"))
        ends = planned in turn.text and "?" not in planned
        if marks != due and not (ends and marks == 0):
            yield turn.text


def _no_question_twice(interview: Interview, _: Role) -> Iterator[str]:
    asked = Counter(_question(interview, turn) for turn in interview.turns if turn.kind == "ask")
    yield from (text for text, times in asked.items() if times > 1)


def _no_wording_twice(interview: Interview, _: Role) -> Iterator[str]:
    """A follow-up's own words, the quotation and the question taken out, come once in an interview."""
    said = Counter(_own_words(probe, interview) for unit in _questioned(interview) for probe in unit.probes)
    yield from (f"{times} times: {text}" for text, times in said.items() if times > 1)


def _hole_is_open(interview: Interview, _: Role) -> Iterator[str]:
    for unit in _questioned(interview):
        for place, probe in enumerate(unit.probes):
            answers = [answer.evidence for answer in unit.answers[: place + 1] if answer.evidence]
            if probe.gap is not None and probe.gap.kind is GapKind.OPEN_TASKS:
                if not _lacks_a_task(unit.answers[place].marks):
                    yield f"every task was tried: {probe.text}"
            elif probe.gap is None or not is_open(probe.gap, answers, unit.question.kind):
                yield f"{probe.gap and probe.gap.kind}: {probe.text}"


def _lacks_a_task(marks: ExerciseMarks | None) -> bool:
    """Whether a figure, the leak or the next step earned nothing."""
    tasks = [*marks.figures, marks.leak, marks.experiment] if marks else []
    return any(task is not None and task.credit == 0 for task in tasks)


def _no_gap_twice(interview: Interview, _: Role) -> Iterator[str]:
    for unit in _questioned(interview):
        kinds = Counter(probe.gap.kind for probe in unit.probes if probe.gap)
        yield from (f"{kind} twice on “{unit.question.text}”" for kind, times in kinds.items() if times > 1)


def _asks_for_the_hole(interview: Interview, _: Role) -> Iterator[str]:
    for unit in _questioned(interview):
        for probe in unit.probes:
            wish = heard(probe.text, unit.question.text)
            if probe.gap is None or wish is not ASKS_FOR[probe.gap.kind]:
                yield f"heard {wish}, meant {probe.gap and probe.gap.kind}: {probe.text}"


def _about_the_answer(interview: Interview, _: Role) -> Iterator[str]:
    """A follow-up holds words of the answers, the KPI or open tasks; after a reply that was none, the question."""
    for unit in _questioned(interview):
        for place, probe in enumerate(unit.probes):
            if probe.gap is None or probe.gap.kind in REPLY_GAPS:
                continue
            if probe.gap.tasks and probe.gap.tasks in probe.text:
                continue
            told = " ".join(" ".join(answer.text.split()) for answer in unit.answers[: place + 1])
            quoted = bool(probe.gap.quote) and probe.gap.quote in told and probe.gap.quote in probe.text
            if not quoted and not (probe.gap.kpi and probe.gap.kpi in probe.text):
                yield probe.text


def _quotes_are_the_candidates(interview: Interview, _: Role) -> Iterator[str]:
    for unit in _questioned(interview):
        for place, probe in enumerate(unit.probes):
            told = " ".join(" ".join(answer.text.split()) for answer in unit.answers[: place + 1])
            quotes = re.findall(r"“([^”]*)”", probe.text.replace(unit.question.text, ""))
            yield from (f"“{quote}” in: {probe.text}" for quote in quotes if quote not in told)


def _earlier_words_once(interview: Interview, _: Role) -> Iterator[str]:
    """A question that nobody planned quotes answers that were given before it, and there is one of a kind at most."""
    taken = [unit for unit in interview.units if unit.question.takes_up]
    kinds = Counter(unit.question.takes_up for unit in taken)
    yield from (f"{times} times {kind}" for kind, times in kinds.items() if times > 1)
    for unit in taken:
        before = [turn.text for turn in interview.turns if turn.speaker == "candidate" and turn.seq < unit.asked.seq]
        told = [" ".join(text.split()) for text in before]
        quotes = re.findall(r"“([^”]*)”", unit.question.text)
        if not quotes or not all(any(quote in text for text in told) for quote in quotes):
            yield unit.question.text
        yield from (probe.text for probe in unit.probes)


def _budget(interview: Interview, _: Role) -> Iterator[str]:
    for place, stage in enumerate(interview.plan.stages):
        units = [unit for unit in _questioned(interview) if unit.stage == place]
        spent = sum(len(unit.probes) for unit in units)
        if spent > stage.follow_ups:
            yield f"{spent} follow-ups of {stage.follow_ups} in {stage.name}"
        yield from (_over_budget(unit) for unit in units if len(unit.probes) > stage.follow_ups_per_question)


def _over_budget(unit: Unit) -> str:
    return f"{len(unit.probes)} follow-ups on “{unit.question.text}”"


def _no_leak(interview: Interview, _: Role) -> Iterator[str]:
    yield from (turn.text for turn in _spoken(interview) if _LEAK.search(_own_words(turn, interview)))


def _no_verdict(interview: Interview, _: Role) -> Iterator[str]:
    yield from (turn.text for turn in _spoken(interview) if _PRAISE.search(_own_words(turn, interview)))


def _nothing_invented(interview: Interview, role: Role) -> Iterator[str]:
    """Numbers and names come from the plan, the role page's KPIs, or what the candidate has said before."""
    known = [interview.plan.role_title, *(kpi.name for kpi in role.kpis)]
    for stage in interview.plan.stages:
        known += [stage.name, stage.greeting, stage.closing, stage.interviewer.name, stage.interviewer.title]
        known += [text for seat in stage.panel for text in (seat.interviewer.label, seat.counter)]
        known += [question.text for question in stage.questions if not question.takes_up]
        known += [line for values in _on_the_table(interview) for line in values]
    for turn in interview.turns:
        if turn.speaker == "candidate":
            known.append(turn.text)
            continue
        source = " ".join(known)
        for word in (*_NUMBER.findall(turn.text), *_NAME.findall(turn.text)):
            if word not in source and word not in _OWN_NAMES:
                yield f"“{word}” in: {turn.text}"


def _whole(interview: Interview, _: Role) -> Iterator[str]:
    for turn in _spoken(interview):
        text = turn.text.strip()
        if not text or "{" in _own_words(turn, interview) or text[-1] not in ".?!…" or "“”" in text:
            yield turn.text or f"an empty {turn.kind}"


def _within_the_limits(interview: Interview, _: Role) -> Iterator[str]:
    """An employer keeps the limits, three rounds and eight messages, and a stage closes when the talk is over."""
    for unit in interview.units:
        talk = unit.talk
        if talk is None:
            continue
        for exchange in talk.exchanges:
            for term in talk.offer.terms:
                low, high = sorted((term.floor, term.limit))
                if not low <= exchange.terms[term.item] <= high:
                    yield f"{term.item} at {exchange.terms[term.item]}, outside {low} to {high}"
        if talk.rounds > MOST_ROUNDS or len(talk.exchanges) > MOST_MESSAGES:
            yield f"{talk.rounds} rounds, {len(talk.exchanges)} messages"
        if unit.closed and not talk.over and not unit.skipped:
            yield f"closed while the talk was {talk.status}"


def _questioned(interview: Interview) -> Iterator[Unit]:
    """The units that are followed up: a talk about an offer has an order of its own."""
    return (unit for unit in interview.units if unit.talk is None)


def _about_the_offer(interview: Interview) -> set[int]:
    """The turns in which the employer speaks: the letter, the answers to messages, and the last word."""
    seqs: set[int] = set()
    for unit in interview.units:
        if unit.talk is not None:
            closes = [turn.seq for turn in interview.turns if turn.stage == unit.stage and turn.kind == "close"]
            seqs |= {unit.asked.seq, *(probe.seq for probe in unit.probes), *closes}
    return seqs


def _on_the_table(interview: Interview) -> Iterator[tuple[str, ...]]:
    """The letter of each talk, as it read before and after each message, and how a figure was read."""
    rules = load_offers().rules
    for unit in interview.units:
        if unit.talk is None:
            continue
        yield letter(unit.talk.offer, rules)
        for exchange in unit.talk.exchanges:
            yield tuple(line.text for line in letter_lines(unit.talk.offer, rules, exchange.terms))
            yield tuple(act.about for act in exchange.acts)


def _spoken(interview: Interview) -> Iterator[Turn]:
    return (turn for turn in interview.turns if turn.speaker == "interviewer")


def _question(interview: Interview, turn: Turn) -> str:
    return next((q.text for q in interview.plan.questions if q.id == turn.question_id), "")


def _own_words(turn: Turn, interview: Interview) -> str:
    """What the interviewer said without the planned question, the candidate's words and the KPI's name."""
    text = turn.text
    if turn.seq in _about_the_offer(interview):
        text = _QUOTED.sub("“…”", text)
    for others, mark in ((turn.gap.quote if turn.gap else "", "“…”"), (_question(interview, turn), "…")):
        if others:
            text = text.replace(f"“{others}”", mark).replace(others, mark)
    return text.replace(turn.gap.kpi, "…") if turn.gap and turn.gap.kpi else text


RULES: dict[str, Rule] = {
    "an interview always ends": _ends,
    "stages come in their legal order": _stages_in_order,
    "every planned question is asked once, in order": _every_question,
    "nothing typed advances a stage": _words_advance_nothing,
    "one question a turn": _one_question_a_turn,
    "no question is asked twice": _no_question_twice,
    "no follow-up wording comes twice": _no_wording_twice,
    "no gap is followed up twice on one question": _no_gap_twice,
    "a follow-up closes a hole that the evidence has": _hole_is_open,
    "a follow-up asks for what its gap lacks": _asks_for_the_hole,
    "a follow-up is about the answer": _about_the_answer,
    "a quotation is the candidate's own words": _quotes_are_the_candidates,
    "earlier words are taken up once, word for word": _earlier_words_once,
    "the follow-up budget is kept": _budget,
    "an employer stays within the stored limits": _within_the_limits,
    "the rubric does not leak": _no_leak,
    "no praise and no verdict": _no_verdict,
    "no number and no name is invented": _nothing_invented,
    "every turn says something whole": _whole,
}
"""What every interview is held to, by the name a breach is reported under."""
