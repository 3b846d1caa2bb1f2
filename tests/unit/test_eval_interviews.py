"""The scripted candidates and the checker: each candidate reacts to what is asked, and each rule finds its breach."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from random import Random

import pytest

from evals.interviews import candidates, run
from evals.interviews.desk import open_desk
from evals.interviews.ear import ASKS_FOR, heard
from evals.interviews.rules import RULES, breaches
from evals.interviews.sheets import FactSheet, Wish, load_sheets
from evals.interviews.sitting import sit
from prepbot.domain.evidence import KpiLevel, KpiReference, Span
from prepbot.domain.gap import REPLY_GAPS, GapKind
from prepbot.domain.interview import Interview, Status, Turn
from prepbot.domain.offer import Item
from prepbot.domain.plan import Length, Plan, TakeUpKind, plan_drill
from prepbot.domain.role import Question, QuestionKind, Role
from prepbot.reading.catalogue import load_stage_profiles
from prepbot.written_voice import written_templates

SHEETS = load_sheets()


def test_there_are_fourteen_candidates_over_all_four_roles() -> None:
    """Fourteen people, no two of one manner, at least three for each role page."""
    assert len({sheet.manner for sheet in SHEETS}) == 14
    assert min(Counter(sheet.role for sheet in SHEETS).values()) >= 3
    assert len({sheet.role for sheet in SHEETS}) == 4


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.id)
def test_a_sheet_has_facts_with_numbers(sheet: FactSheet) -> None:
    """Eight to fifteen facts each, most of them with a number to tell when it is asked for."""
    assert 8 <= len(sheet.facts) <= 15
    assert sum(Wish.NUMBER in fact.told for fact in sheet.facts) >= len(sheet.facts) / 2


def test_no_two_candidates_share_a_sentence() -> None:
    """Every sentence of four words and more is one person's own, none a template."""
    said = Counter(line for sheet in SHEETS for line in set(sheet.sentences()) if len(line.split()) > 3)
    assert [line for line, times in said.items() if times > 1] == []


@cache
def _role() -> Role:
    return open_desk(None).roles["ecommerce-specialist"]


def _asked(question: str, kind: QuestionKind, topic: str, candidate: str) -> Interview:
    desk = open_desk(None)
    bank = [Question("q01", question, (topic,), kind, 1)]
    plan = plan_drill(_role(), load_stage_profiles(), 3, bank, topic)
    return sit(desk, plan, candidate, Random(1), astray=False)


CHECKOUT = "How would you ensure a seamless checkout process for customers on an e-commerce website?"


def test_a_candidate_answers_from_the_fact_that_the_question_points_to() -> None:
    """Asked about the checkout, Petra tells of her checkout, in the way she would plan or tell it."""
    interview = _asked(CHECKOUT, QuestionKind.HYPOTHETICAL, "Checkout Process", "petra_novak")
    assert interview.units[0].answers[0].text == "Let people buy as a guest. Fewer fields."


@pytest.mark.parametrize(
    ("turn", "wish"),
    [
        ("You mention “open rate”. What figure did you see for Email Open Rate, before and after?", Wish.NUMBER),
        ("You say “I'd call them”. When did you last do something like that, and what changed?", Wish.LAST_TIME),
        ("“we rebuilt it”: what did you do in it yourself?", Wish.OWN_PART),
        ("Staying with “I moved it”: what came of it?", Wish.RESULT),
        ("Let me stay with “I moved it”. What was the first thing you did?", Wish.STEPS),
        ("Not knowing is fine. Where would you begin if it landed on your desk tomorrow?", Wish.NEAREST),
        (f"I did not hear anything. Take your time: {CHECKOUT}", Wish.ANSWER),
        ("Tell me about your holidays.", None),
    ],
)
def test_what_a_turn_asks_for_is_heard_from_its_words(turn: str, wish: Wish | None) -> None:
    """A listener names the wish without knowing the gap, and not from the words that are quoted."""
    assert heard(turn, CHECKOUT) is wish


def test_every_written_follow_up_is_understood() -> None:
    """Each line that the interviewer can say asks a listener for what its gap lacks."""
    misheard = [
        (name, line)
        for name, forms in written_templates().items()
        if name != "ask"
        for lines in forms.values()
        for line in lines
        if heard(line.format(quote="we moved it", kpi="Conversion Rate", tasks="task 2", question=CHECKOUT), CHECKOUT)
        is not ASKS_FOR[GapKind(name)]
    ]
    assert misheard == []


def test_asked_for_a_number_a_candidate_gives_that_number_or_says_that_there_is_none() -> None:
    """The reaction to a follow-up is the fact's own sentence for it, or words for not knowing."""
    for sheet in SHEETS:
        interview = sit(open_desk(None), _short_plan(sheet.role), sheet.id, Random(2), astray=False)
        for unit in interview.units:
            for answer in unit.answers[1:]:
                assert answer.probe is not None
                wish = heard(answer.probe.text, unit.question.text) or Wish.ANSWER
                own = {fact.told[wish] for fact in sheet.facts if wish in fact.told}
                assert answer.text in own | set(sheet.unknown[wish])


def _short_plan(role_id: str) -> Plan:
    desk = open_desk(None)
    return desk.planner.interview(desk.roles[role_id], Length.SHORT, seed=5)


def test_the_same_seed_gives_the_same_interviews() -> None:
    """Nothing is drawn from outside the seed."""
    assert run(len(candidates()), seed=11) == run(len(candidates()), seed=11)


@cache
def _whole_interview() -> Interview:
    """A clean short interview, the ground on which each rule is broken."""
    role = "ecommerce-specialist"
    return sit(open_desk(None), _short_plan(role), "dermot_keane", Random(1), astray=False)


def _retold(interview: Interview, old: Turn, new: Turn) -> Interview:
    def swap(turn: Turn) -> Turn:
        return new if turn.seq == old.seq else turn

    units = tuple(
        replace(unit, asked=swap(unit.asked), probes=tuple(swap(probe) for probe in unit.probes))
        for unit in interview.units
    )
    return replace(interview, turns=tuple(swap(turn) for turn in interview.turns), units=units)


def _reworded(text: str) -> Callable[[Interview], Interview]:
    """The first follow-up about the answer says these words instead."""

    def change(interview: Interview) -> Interview:
        probe = _probe(interview)
        assert probe.gap is not None
        return _retold(interview, probe, replace(probe, text=text.format(quote=probe.gap.quote)))

    return change


def _probe(interview: Interview) -> Turn:
    probes = [probe for unit in interview.units for probe in unit.probes]
    return next(probe for probe in probes if probe.gap and probe.gap.kind not in REPLY_GAPS)


def _all_budgets_nought(interview: Interview) -> Interview:
    stages = tuple(replace(stage, follow_ups=0) for stage in interview.plan.stages)
    return replace(interview, plan=replace(interview.plan, stages=stages))


def _a_question_left_out(interview: Interview) -> Interview:
    left_out = next(turn for turn in reversed(interview.turns) if turn.kind == "ask")
    return replace(interview, turns=tuple(turn for turn in interview.turns if turn is not left_out))


def _rooms_swapped(interview: Interview) -> Interview:
    first = next(turn for turn in interview.turns if turn.kind == "close")
    rest = [turn for turn in interview.turns if turn is not first]
    return replace(interview, turns=(*rest, first))


def _one_line_for_all(interview: Interview) -> Interview:
    for unit in interview.units:
        for probe in unit.probes:
            if probe.gap is None:
                continue
            interview = _retold(interview, probe, replace(probe, text=f"You say “{probe.gap.quote}”. What changed?"))
    return interview


def _one_question_for_all(interview: Interview) -> Interview:
    first = interview.plan.stages[0].questions[0]
    stages = tuple(
        replace(stage, questions=tuple(replace(question, text=first.text) for question in stage.questions))
        for stage in interview.plan.stages
    )
    return replace(interview, plan=replace(interview.plan, stages=stages))


def _hole_filled(interview: Interview) -> Interview:
    """Whatever was asked for is there already."""
    number = KpiReference("Conversion Rate", KpiLevel.QUANTIFIED, Span(0, 1))
    units = []
    for unit in interview.units:
        answers = [
            replace(
                answer,
                evidence=replace(
                    answer.evidence, action=Span(0, 1), result=Span(0, 1), steps=(Span(0, 1),), kpis=(number,)
                ),
            )
            for answer in unit.answers
            if answer.evidence
        ]
        units.append(replace(unit, answers=tuple(answers)))
    return replace(interview, units=tuple(units))


def _gap_probed_again(interview: Interview) -> Interview:
    probe = _probe(interview)
    units = [
        replace(unit, probes=(*unit.probes, probe), answers=(*unit.answers, unit.answers[-1]))
        if probe in unit.probes
        else unit
        for unit in interview.units
    ]
    return replace(interview, units=tuple(units))


def _earlier_words_unquoted(interview: Interview) -> Interview:
    """The first question claims to take up words that nobody had said."""
    first, *others = interview.units
    unquoted = replace(first.question, takes_up=TakeUpKind.WEAKEST)
    return replace(interview, units=(replace(first, question=unquoted), *others))


def _beyond_the_limit(interview: Interview) -> Interview:
    """The employer pays more than the offer's own limit."""
    unit = next(unit for unit in interview.units if unit.talk)
    assert unit.talk is not None
    first, *rest = unit.talk.exchanges
    terms = {**first.terms, Item.PAY: unit.talk.offer.term(Item.PAY).limit + 1}
    talk = replace(unit.talk, exchanges=(replace(first, terms=terms), *rest))
    return replace(
        interview, units=tuple(replace(unit, talk=talk) if other is unit else other for other in interview.units)
    )


BROKEN: dict[str, Callable[[Interview], Interview]] = {
    "an interview always ends": lambda interview: replace(interview, status=Status.RUNNING),
    "stages come in their legal order": _rooms_swapped,
    "every planned question is asked once, in order": _a_question_left_out,
    "nothing typed advances a stage": _a_question_left_out,
    "one question a turn": _reworded("You say “{quote}”. What did you do first? And then?"),
    "no question is asked twice": _one_question_for_all,
    "no follow-up wording comes twice": _one_line_for_all,
    "no gap is followed up twice on one question": _gap_probed_again,
    "a follow-up closes a hole that the evidence has": _hole_filled,
    "a follow-up asks for what its gap lacks": _reworded("You say “{quote}”. Is it raining?"),
    "a follow-up is about the answer": _reworded("What did you do first?"),
    "a quotation is the candidate's own words": _reworded("You say “{quote}” and “I sold the moon”. What did you do?"),
    "earlier words are taken up once, word for word": _earlier_words_unquoted,
    "the follow-up budget is kept": _all_budgets_nought,
    "an employer stays within the stored limits": _beyond_the_limit,
    "the rubric does not leak": _reworded("You say “{quote}”. Your score needs steps, so what did you do?"),
    "no praise and no verdict": _reworded("Great answer, “{quote}”. What did you do first?"),
    "no number and no name is invented": _reworded("You say “{quote}” like the 4711 of Zanzibar. What did you do?"),
    "every turn says something whole": _reworded("You say “{quote}”. What did you"),
}


def test_a_clean_interview_breaks_no_rule() -> None:
    """The ground that the next test breaks is whole."""
    assert breaches(_whole_interview(), _role()) == []


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_finds_its_breach(rule: str) -> None:
    """An interview that breaks a rule is reported under that rule's name, with words."""
    found = dict(breaches(BROKEN[rule](_whole_interview()), _role()))
    assert rule in found
    assert found[rule]
