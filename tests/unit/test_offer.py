"""The written offer and its employer: limits that hold, a talk that ends, pressure that gains nothing."""

from dataclasses import replace
from functools import reduce
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepbot.domain.bargaining import ActKind
from prepbot.domain.employer_voice import last_reply
from prepbot.domain.evidence import Span
from prepbot.domain.negotiation import (
    MOST_MESSAGES,
    MOST_ROUNDS,
    Negotiation,
    TalkStatus,
    answered,
    opened,
)
from prepbot.domain.offer import Item, Offer, draw_offer, letter, letter_lines
from prepbot.domain.offer_rubric import (
    OFFER_CRITERIA,
    OFFER_QUESTIONS,
    OFFER_RUBRIC_VERSION,
    OfferGrade,
    grade_offer,
    left_on_the_table,
)
from prepbot.domain.offer_talk import BARE, Message, Talk, TalkMove
from prepbot.domain.pay import MOST_PAY, NamedPay, Pay, Period
from prepbot.domain.rubric import NotGraded
from prepbot.errors import BadInput, IllegalMove
from prepbot.reading.offers import load_offers

BOOK = load_offers()
PAY = Pay(4_800_000, "€", "EUR", Period.YEAR)
NAMED = NamedPay(PAY, stage="Phone screening")

pays = st.builds(
    Pay,
    st.integers(1, MOST_PAY),
    st.sampled_from(["", "€", "euros"]),
    st.just("EUR"),
    st.sampled_from(Period),
)
named = st.none() | st.builds(NamedPay, pays, st.booleans(), st.just("Phone screening"))
offers = st.builds(lambda seed, pay: draw_offer(BOOK.rules, "Baker", seed, pay), st.integers(0, 10**6), named)
moves = st.builds(
    lambda kind, start, length, item, amount, about, tied, more: TalkMove(
        kind, Span(start, start + length), item, amount, about=about, tied=tied, more=more
    ),
    st.sampled_from(Talk),
    st.integers(0, 30),
    st.integers(1, 30),
    st.none() | st.sampled_from(Item),
    st.none() | st.integers(0, 10**9),
    st.sampled_from(["", "benefits", "a bonus", "extra_task", BARE]),
    st.booleans(),
    st.booleans(),
)
messages = st.builds(
    lambda text, found, unclear: Message(text, tuple(found), unclear),
    st.text("abcdefg hij", min_size=60, max_size=60),
    st.lists(moves, max_size=4),
    st.sampled_from(["", "", "", "I could not read that; write it in digits."]),
)
talks = st.lists(messages, min_size=1, max_size=MOST_MESSAGES + 2)


def said(kind: Talk, words: str, item: Item | None = None, amount: int | None = None, **more: object) -> Message:
    """A message of one move, its words the whole text."""
    return Message(words, (TalkMove(kind, Span(0, len(words)), item, amount, **more),))  # type: ignore[arg-type]


def both(*parts: Message) -> Message:
    """Several messages as one."""
    text, found = "", []
    for part in parts:
        found += [
            replace(move, span=Span(move.span.start + len(text), move.span.end + len(text))) for move in part.moves
        ]
        text += part.text + " "
    return Message(text, tuple(found))


MORE_PAY = said(Talk.ASK, "Could the pay be 60,000?", Item.PAY, 6_000_000)
RESULT = said(Talk.RESULT, "I cut returns by 12 percent.")
OTHER_RESULT = said(Talk.RESULT, "My team's orders grew from 40 to 55 a day.")
THREAT = said(Talk.PRESSURE, "Or I walk.")
GIVE = said(Talk.GIVE, "I could take over Saturdays.", about="extra_task", tied=True)


def offer_with_room(item: Item = Item.PAY) -> Offer:
    """The first offer around 48,000 a year whose employer has three steps of room on a term."""
    drawn = (draw_offer(BOOK.rules, "Baker", seed, NAMED) for seed in range(100))
    return next(o for o in drawn if o.term(item).towards(o.term(item).offered, 2) != o.term(item).limit)


def after(*said_messages: Message, offer: Offer | None = None) -> Negotiation:
    """The talk after some messages; those after its end are left out."""
    return reduce(
        lambda talk, message: talk if talk.over else answered(talk, message),
        said_messages,
        opened(offer or offer_with_room()),
    )


@given(offers, talks)
def test_no_talk_crosses_a_limit(offer: Offer, said_messages: list[Message]) -> None:
    """Whatever is said, every value on the table stays between what it can be traded down to and the limit."""
    talk = opened(offer)
    for message in said_messages:
        if talk.over:
            break
        talk = answered(talk, message)
        for term in offer.terms:
            low, high = sorted((term.floor, term.limit))
            assert low <= talk.terms[term.item] <= high


@given(offers, talks)
def test_a_talk_always_ends(offer: Offer, said_messages: list[Message]) -> None:
    """There are three rounds at most, and after eight messages the talk is over."""
    talk = opened(offer)
    for count in range(MOST_MESSAGES):
        if talk.over:
            break
        talk = answered(talk, said_messages[count % len(said_messages)])
        assert talk.rounds <= MOST_ROUNDS
        assert talk.rounds < MOST_ROUNDS or talk.status is not TalkStatus.OPEN
    assert talk.over
    with pytest.raises(IllegalMove):
        answered(talk, said_messages[0])


@given(offers, talks)
def test_pressure_gains_nothing(offer: Offer, said_messages: list[Message]) -> None:
    """Threats and bare wishes alone leave every term but the time to think as the letter has it."""
    kinds = {Talk.RESULT, Talk.GIVE}
    pressed = [Message(m.text, tuple(v for v in m.moves if v.kind not in kinds), m.unclear) for m in said_messages]
    talk = after(*pressed, offer=offer)
    assert all(talk.terms[term.item] == term.offered for term in offer.terms if term.item is not Item.DEADLINE)
    threatening = [both(message, THREAT) for message in pressed]
    assert all(after(*threatening, offer=offer).terms[term.item] == term.offered for term in offer.terms)


@given(offers, talks)
def test_pressure_beside_a_reason_adds_nothing(offer: Offer, said_messages: list[Message]) -> None:
    """A threat added to every message moves pay no further than the same messages without it."""
    plain = [Message(m.text, m.moves) for m in said_messages]
    pressed = [both(message, THREAT) for message in plain]
    assert after(*pressed, offer=offer).terms[Item.PAY] <= max(
        exchange.terms[Item.PAY] for exchange in _whole(offer, plain).exchanges
    )


def _whole(offer: Offer, said_messages: list[Message]) -> Negotiation:
    """The talk, with its yes and no taken out so that it goes on as long as it can."""
    kinds = {Talk.ACCEPT, Talk.DECLINE}
    return after(
        *(Message(m.text, tuple(v for v in m.moves if v.kind not in kinds)) for m in said_messages), offer=offer
    )


@given(offers, talks)
def test_every_reply_is_said(offer: Offer, said_messages: list[Message]) -> None:
    """The employer answers every message with words, and no bracket of a template is left in them."""
    talk = opened(offer)
    assert last_reply(talk, BOOK.rules, BOOK.replies) == ""
    for message in said_messages:
        if talk.over:
            break
        talk = answered(talk, message)
        reply = last_reply(talk, BOOK.rules, BOOK.replies)
        assert reply.strip()
        assert "{" not in reply
        assert "!" not in reply


@given(st.integers(), named)
def test_the_same_seed_draws_the_same_offer(seed: int, pay: NamedPay | None) -> None:
    """An offer is a function of its seed and figure, its letter shows no limit, and the ceiling lies above the pay."""
    offer = draw_offer(BOOK.rules, "Baker", seed, pay)
    assert offer == draw_offer(BOOK.rules, "Baker", seed, pay)
    assert all(term.limit == term.offered or term.better(term.limit, term.offered) for term in offer.terms)
    assert offer.term(Item.PAY).limit > offer.term(Item.PAY).offered
    assert all(line.strip() and "{" not in line for line in letter(offer, BOOK.rules))


def test_without_a_figure_the_pay_is_play_money_that_says_so() -> None:
    """No pay of the real world is claimed: the unit is invented, and the letter says it."""
    text = "\n".join(letter(draw_offer(BOOK.rules, "Baker", 3), BOOK.rules))
    assert "play coins a month" in text
    assert "play coins are no currency" in text


def test_the_pay_is_drawn_around_the_candidates_own_figure() -> None:
    """The letter keeps the currency and the period as they were said and stays within a tenth of the figure."""
    for seed in range(50):
        offer = draw_offer(BOOK.rules, "Baker", seed, NAMED)
        assert offer.pay.words.startswith("€4")
        assert offer.pay.words.endswith(" a year")
        assert 0.9 * PAY.amount < offer.pay.amount < PAY.amount
    with pytest.raises(BadInput, match="is no pay"):
        draw_offer(BOOK.rules, "Baker", 1, NamedPay(Pay(0)))


def test_an_own_result_gains_one_step_once() -> None:
    """A wish with a result moves one step; the same result told again moves nothing."""
    offer = offer_with_room()
    once = after(both(MORE_PAY, RESULT), offer=offer)
    again = after(
        both(MORE_PAY, RESULT), both(MORE_PAY, said(Talk.RESULT, "I cut returns by 12 percent!")), offer=offer
    )
    assert once.terms[Item.PAY] == offer.term(Item.PAY).towards(offer.pay.amount, 1)
    assert again.terms == once.terms
    assert after(both(MORE_PAY, RESULT), OTHER_RESULT, offer=offer).terms[Item.PAY] > once.terms[Item.PAY]


def test_a_result_told_first_waits_for_its_wish() -> None:
    """Evidence before the wish counts as evidence after it."""
    first = after(RESULT, MORE_PAY)
    assert [act.kind for act in first.exchanges[0].acts] == [ActKind.WAITING]
    assert first.terms == after(MORE_PAY, RESULT).terms == after(both(MORE_PAY, RESULT)).terms


def test_a_trade_is_item_for_item() -> None:
    """What is given goes a step down, what is wished for a step up; a free give costs no term."""
    offer = offer_with_room()
    leave = said(Talk.GIVE, "I would do without a day of leave.", Item.LEAVE, about="less_leave")
    traded = after(both(MORE_PAY, leave), offer=offer)
    assert traded.terms[Item.LEAVE] == offer.term(Item.LEAVE).offered - 1
    assert traded.terms[Item.PAY] == offer.term(Item.PAY).towards(offer.pay.amount, 1)
    free = after(both(MORE_PAY, GIVE), offer=offer)
    assert {item for item in Item if free.terms[item] != offer.term(item).offered} == {Item.PAY}


def test_time_to_think_is_granted_for_the_asking_and_not_under_pressure() -> None:
    """A plain wish moves the deadline a step; the same wish with a threat moves nothing."""
    time = said(Talk.ASK, "Could I have until Friday?", Item.DEADLINE)
    offer = offer_with_room(Item.DEADLINE)
    offered = offer.term(Item.DEADLINE).offered
    assert after(time, offer=offer).terms[Item.DEADLINE] > offered
    assert after(both(time, THREAT), offer=offer).terms[Item.DEADLINE] == offered


def test_never_more_than_was_asked() -> None:
    """A wish smaller than a step is met exactly, and one below the offer is in the offer already."""
    offer = offer_with_room()
    little = said(Talk.ASK, "A little more?", Item.PAY, offer.pay.amount + 100)
    assert after(both(little, RESULT), offer=offer).terms[Item.PAY] == offer.pay.amount + 100
    less = after(said(Talk.ASK, "44,000 would do.", Item.PAY, offer.pay.amount - 100), offer=offer)
    assert [act.kind for act in less.exchanges[0].acts] == [ActKind.IN_OFFER]


@pytest.mark.parametrize(
    "wish",
    [
        said(Talk.ASK, "9,000,000", Item.PAY, 900_000_000),
        said(Talk.ASK, "4,000 a month", Item.PAY, 400_000, period=Period.MONTH),
        said(Talk.ASK, "$50,000", Item.PAY, 5_000_000, code="USD"),
        said(Talk.ASK, "0", Item.PAY, 0),
    ],
)
def test_a_figure_that_cannot_be_meant_gets_a_sentence_and_costs_no_round(wish: Message) -> None:
    """A nought too many, another period, another currency: one sentence quotes it, and nothing is lost."""
    talk = after(wish)
    [act] = talk.exchanges[0].acts
    assert act.kind is ActKind.UNCLEAR
    assert f"“{wish.text}”" in act.about
    assert (talk.rounds, talk.status, talk.terms) == (0, TalkStatus.OPEN, opened(talk.offer).terms)


def test_an_offer_accepted_at_once_is_asked_back_a_single_time() -> None:
    """The first yes gets a question, the second settles the offer as the letter has it."""
    yes = said(Talk.ACCEPT, "I accept")
    talk = after(yes)
    assert (talk.status, talk.exchanges[0].acts[0].kind) == (TalkStatus.OPEN, ActKind.AT_ONCE)
    settled = after(yes, yes, offer=talk.offer)
    assert (settled.status, settled.terms) == (TalkStatus.ACCEPTED, opened(talk.offer).terms)


def test_a_nod_is_no_signature() -> None:
    """A bare “ok” in the middle of the talk is asked back; after the final offer it accepts."""
    nod = said(Talk.ACCEPT, "ok", about=BARE)
    middle = after(MORE_PAY, nod)
    assert (middle.status, middle.exchanges[-1].acts[-1].kind) == (TalkStatus.OPEN, ActKind.CONFIRM)
    assert after(MORE_PAY, nod, nod).status is TalkStatus.ACCEPTED
    assert after(MORE_PAY, RESULT, GIVE, nod).status is TalkStatus.ACCEPTED


def test_a_bare_no_declines_a_final_offer_only() -> None:
    """Before that it answers some other question: whether anything should be changed, or nothing at all."""
    no, yes = said(Talk.DECLINE, "no", about=BARE), said(Talk.ACCEPT, "I accept")
    assert after(yes, no).status is TalkStatus.OPEN
    assert after(yes, no, yes).status is TalkStatus.ACCEPTED
    assert after(MORE_PAY, no).status is TalkStatus.OPEN
    assert after(MORE_PAY, RESULT, GIVE, no).status is TalkStatus.DECLINED


def test_after_three_rounds_comes_the_final_offer() -> None:
    """The third round ends with it; one more wish leaves the offer standing, a question is still answered."""
    final = after(MORE_PAY, RESULT, GIVE)
    assert (final.status, final.exchanges[-1].acts[-1].kind) == (TalkStatus.FINAL, ActKind.FINAL)
    assert answered(final, MORE_PAY).status is TalkStatus.UNDECIDED
    asked = answered(final, said(Talk.QUESTION, "How many days of leave?", Item.LEAVE, about="leave"))
    assert (asked.status, asked.exchanges[-1].acts[0].kind) == (TalkStatus.FINAL, ActKind.ANSWER)


def test_what_the_letter_lacks_is_not_made_up() -> None:
    """A question about something outside the letter is answered by saying so."""
    talk = after(said(Talk.QUESTION, "Is there a bonus?", about="a bonus"))
    assert talk.exchanges[0].acts[0].kind is ActKind.NOT_IN_LETTER
    assert "a bonus" in last_reply(talk, BOOK.rules, BOOK.replies)


def test_the_employers_lines_do_not_repeat_at_once() -> None:
    """Two threats in a row get two different lines."""
    first, second = after(THREAT), after(THREAT, THREAT)
    assert last_reply(first, BOOK.rules, BOOK.replies) != last_reply(second, BOOK.rules, BOOK.replies)


@given(offers, talks)
def test_every_level_has_its_anchor_and_every_point_its_words(offer: Offer, said_messages: list[Message]) -> None:
    """A check holds where words tick it (but that nothing was threatened), and every span is cut from its message."""
    placed = [
        replace(m, moves=tuple(replace(v, span=replace(v.span, turn=turn)) for v in m.moves))
        for turn, m in enumerate(said_messages)
    ]
    talk = after(*placed, offer=offer)
    graded = grade_offer(talk)
    if isinstance(graded, NotGraded):
        return
    for criterion, reached in zip(OFFER_CRITERIA, graded.criteria, strict=True):
        assert reached.why == criterion.anchors[reached.level]
        assert (reached.level == 0) or reached.spans
        for check in reached.checks:
            assert check.id == "no_pressure" or check.holds == bool(check.spans)
            assert all(span.cut(talk.messages[span.turn].text) for span in check.spans)


def test_the_offers_rubric_asks_only_known_checks_and_each_of_them() -> None:
    """Levels name checks that exist, and no check is asked for nothing."""
    asked = {name for criterion in OFFER_CRITERIA for names in criterion.needs for name in names}
    assert asked == set(OFFER_QUESTIONS)
    assert all(len(criterion.needs) == len(criterion.anchors) for criterion in OFFER_CRITERIA)


def test_a_good_talk_reaches_every_top_and_a_threat_costs_the_closing() -> None:
    """Asking first, a result behind the wish, a tied give and a thankful yes; with a threat the closing stops at 2."""

    def placed(*said_messages: Message) -> list[Message]:
        return [
            replace(m, moves=tuple(replace(v, span=replace(v.span, turn=turn)) for v in m.moves))
            for turn, m in enumerate(said_messages)
        ]

    ask = said(Talk.QUESTION, "How many days of leave?", Item.LEAVE, about="leave")
    yes = both(said(Talk.ACCEPT, "I accept,"), said(Talk.THANKS, "thank you."))
    good = grade_offer(after(*placed(ask, both(MORE_PAY, RESULT), GIVE, yes)))
    assert isinstance(good, OfferGrade)
    assert [grade.level for grade in good.criteria] == [3, 3, 3, 3]
    rough = grade_offer(after(*placed(ask, both(MORE_PAY, RESULT, THREAT), GIVE, yes)))
    assert isinstance(rough, OfferGrade)
    assert rough.level("closing") == 2


def test_the_limits_are_shown_when_the_talk_is_over() -> None:
    """Nothing is told while it goes on; afterwards each term that could have gone further, with its limit."""
    talk = after(MORE_PAY)
    assert left_on_the_table(talk) == ()
    ended = answered(talk, said(Talk.DECLINE, "No, thank you."))
    assert Item.PAY in {left.item for left in left_on_the_table(ended)}
    assert all(left.agreed != left.limit for left in left_on_the_table(ended))


def test_nothing_said_is_not_graded() -> None:
    """A talk of which no word could be read has no levels at all."""
    assert isinstance(grade_offer(after(Message("asdf", unclear="I could not read “asdf”."))), NotGraded)


def test_a_yes_that_is_asked_back_late_does_not_prolong_the_talk() -> None:
    """A nod in the seventh message is asked back, and the eighth ends the talk whatever it says."""
    talk = after(*[Message("Well.")] * 6, said(Talk.ACCEPT, "ok", about=BARE))
    assert talk.exchanges[-1].acts[-1].kind is ActKind.CONFIRM
    assert answered(talk, Message("Hm.")).status is TalkStatus.UNDECIDED


def test_after_a_final_offer_nothing_is_asked_about_terms_any_more() -> None:
    """Words that say nothing after the last word hear it again."""
    talk = after(THREAT, THREAT, THREAT, Message("Whatever."))
    assert talk.status is TalkStatus.FINAL
    assert [act.kind for act in talk.exchanges[-1].acts] == [ActKind.FINAL]


def test_a_letter_shows_what_has_changed_beside_what_it_said() -> None:
    """Only the line of a term that moved carries what it said at first."""
    offer = offer_with_room(Item.LEAVE)
    first = {term.item: term.offered for term in offer.terms}
    lines = letter_lines(offer, BOOK.rules, {**first, Item.LEAVE: first[Item.LEAVE] + 1})
    changed = [line for line in lines if line.first]
    assert [(line.text, line.first) for line in changed] == [
        (f"Paid leave: {first[Item.LEAVE] + 1} days a year.", f"Paid leave: {first[Item.LEAVE]} days a year.")
    ]


def test_the_documented_criteria_are_the_rubrics() -> None:
    """docs/rubric.md prints each level of a talk with its anchor and checks as the rubric has them, and the version."""
    page = (Path(__file__).parents[2] / "docs" / "rubric.md").read_text(encoding="utf-8")
    talk = page.split("## The talk about an offer")[1]
    printed = [
        f"| {level} | {criterion.anchors[level]} | {'; '.join(OFFER_QUESTIONS[name] for name in needs) or '–'} |"
        for criterion in OFFER_CRITERIA
        for level, needs in enumerate(criterion.needs)
    ]
    assert [text for text in [*printed, OFFER_RUBRIC_VERSION] if text not in talk] == []
    assert talk.count("\n| ") == len(printed) + len(OFFER_CRITERIA)


def test_a_long_list_of_wishes_is_asked_to_be_put_in_order() -> None:
    """Instead of holding term after term the employer asks which of them come first."""
    wishes = [said(Talk.ASK, f"More {item} please.", item) for item in (Item.PAY, Item.LEAVE, Item.SIGNING, Item.START)]
    kinds = [act.kind for act in after(both(*wishes)).exchanges[0].acts]
    assert kinds.count(ActKind.CHOOSE) == 1
    assert ActKind.HOLDS not in kinds


def test_a_wish_without_a_term_is_about_the_term_wished_for_before() -> None:
    """“Let's meet in the middle” goes on about the pay; where nothing was wished for, the employer asks."""
    vague = said(Talk.ASK, "Let's meet in the middle.")
    assert after(MORE_PAY, vague).exchanges[1].acts[0].item is Item.PAY
    assert after(vague).exchanges[0].acts[0].kind is ActKind.PROMPT


def test_a_payment_on_signing_in_percent_is_one_of_a_years_pay() -> None:
    """Ten percent on signing is no share of the nought that is offered."""
    wish = said(Talk.ASK, "ten percent on signing", Item.SIGNING, 1000, more=True, percent=True)
    talk = after(wish)
    assert talk.spent.wishes == ((Item.SIGNING, talk.offer.pay.amount // 10),)


def test_a_bare_figure_beside_a_pay_in_thousands_is_in_thousands() -> None:
    """“47” to an offer of 45,500 is 47,000; a figure that fits as it stands is left alone."""
    offer = offer_with_room()
    wish = said(Talk.ASK, "47", Item.PAY, offer.pay.amount // 1000 + 100)
    assert after(wish, offer=offer).spent.wishes == ((Item.PAY, 1000 * wish.moves[0].amount),)


def test_thanks_alone_are_answered_with_a_way_on() -> None:
    """A courtesy is returned and the talk goes on."""
    acts = after(said(Talk.THANKS, "Thank you.")).exchanges[0].acts
    assert [act.kind for act in acts] == [ActKind.THANKS, ActKind.PROMPT]
