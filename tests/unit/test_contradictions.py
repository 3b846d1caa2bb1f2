"""Contradictions: found in words cut from both answers, and not where two answers only seem to disagree."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evals.contradictions import catalogue, shipped_finder
from prepbot.analysis.contradiction_sureness import load_sureness
from prepbot.analysis.contradictions import ContradictionFinder
from prepbot.domain.contradiction import Contradiction, ContradictionKind, Said
from prepbot.errors import ModelUnavailable
from prepbot.ports import Vectors
from prepbot.retrieval.embedding import HashingEmbedder

FINDER = ContradictionFinder()
KNOWING = ContradictionFinder(catalogue())
PRODUCT = shipped_finder()
SENTENCES = (
    "At the tea shop our conversion rate was 3.1 percent in 2023.",
    "In 2023 the conversion rate at the tea shop was 2.2 percent.",
    "I have been with the tea shop since 2019.",
    "I joined the tea shop in March 2021, after two years at a bank.",
    "I built the stock report alone, every line of it.",
    "My colleague Jens built the stock report.",
    "We are 35 people in the firm.",
    "My notice period is three months.",
    "I told you 2019 before, that was wrong.",
    "It took half a year.",
)
answers = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(SENTENCES), max_size=6).map(" ".join),
    st.lists(st.one_of(st.sampled_from(SENTENCES), st.text(max_size=20)), max_size=5).map("\n".join),
)
slowly = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def found(earlier: str, later: str, asked: tuple[str, str] = ("", "")) -> list[Contradiction]:
    """The contradictions between two answers, the questions being unknown unless given."""
    return list(KNOWING.find([Said(asked[0], earlier, seq=1)], [Said(asked[1], later, seq=2)]))


@pytest.mark.parametrize(
    ("earlier", "later", "kind", "quote_earlier", "quote_later"),
    [
        (
            "Our tea shop did well. Conversion rate was 3.1 percent in 2023, a record.",
            "The tea shop was small. In 2023 the conversion rate was 2.2 percent.",
            ContradictionKind.FIGURE,
            "3.1 percent",
            "2.2 percent",
        ),
        (
            "I handle 60 hotel accounts in the south.",
            "By colour. I have 25 hotel accounts, most of them green.",
            ContradictionKind.FIGURE,
            "60 hotel accounts",
            "25 hotel accounts",
        ),
        (
            "I became team lead in support in January 2020.",
            "In the autumn of 2022 I became team lead in support.",
            ContradictionKind.PERIOD,
            "January 2020",
            "autumn of 2022",
        ),
        (
            "The move to the new phone system took two weeks.",
            "Our new phone system took half a year until everybody used it.",
            ContradictionKind.PERIOD,
            "two weeks",
            "half a year",
        ),
        (
            "I built the stock dashboard entirely on my own.",
            "We built the stock dashboard together, three of us.",
            ContradictionKind.OWNERSHIP,
            "I built the stock dashboard",
            "We built the stock dashboard",
        ),
        (
            "I wrote the onboarding guide, all forty pages.",
            "The onboarding guide was written by my colleague Petra, all forty pages.",
            ContradictionKind.OWNERSHIP,
            "I wrote the onboarding guide",
            "written by my colleague Petra",
        ),
    ],
)
def test_two_answers_that_cannot_both_be_so_are_found(
    earlier: str, later: str, kind: ContradictionKind, quote_earlier: str, quote_later: str
) -> None:
    """A figure, a period or a deed told in two ways is found once, with the words of both answers."""
    [one] = found(earlier, later)
    assert one.kind is kind
    assert quote_earlier in one.earlier.words
    assert quote_later in one.later.words


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("In 2021 the shop made 640 thousand euros.", "In 2022 the shop made 410 thousand euros."),
        ("My target for 2023 was 1.5 million in the shop.", "We closed 2023 at 1.32 million in the shop."),
        ("When I joined, the return rate was 22 percent.", "The return rate was 15 percent in the end."),
        ("Pick accuracy was 99.4 percent in 2023.", "Inventory accuracy was 97.8 percent in 2023."),
        ("In the chat our rating was 4.7 of 5.", "Over all channels our rating was 4.2 of 5."),
        ("The tea shop had 22,000 subscribers.", "The spice shop had 6,000 subscribers."),
        ("We are around thirty people in accounting.", "There are 31 of us in accounting."),
        ("One in five customers of the shop buys again.", "20 percent of the customers of the shop buy again."),
        ("We sell for 50 thousand euros a month.", "We sell for 600 thousand euros a year."),
        ("The store in Cologne had 1,200 square metres.", "The store in Bonn had 180 square metres."),
        ("90 percent of the tours were on time.", "10 percent of the tours were on time the wrong way round."),
        ("I joined the bank in 2016.", "I left the bank in 2021."),
        ("The planning took four months.", "After the planning the switch took six weeks."),
        ("It took about a week to close the month.", "It took five working days to close the month."),
        ("I took over the group in 2019.", "I said 2019, but that was wrong: I took over the group in 2020."),
        ("I wrote the filter rules, Anke wrote the texts.", "The texts were written by Anke, the filters were mine."),
        ("I built the sales report alone.", "My colleague Jens built the stock report."),
        ("Our team bought a competitor.", "I mapped the addresses on my own."),
        ("I would need 40 people for the shop.", "We have 20 people in the shop."),
    ],
)
def test_what_only_looks_alike_is_no_contradiction(earlier: str, later: str) -> None:
    """Other years, targets, parts, places, rounding, before and after, corrections and shared work are left alone."""
    assert found(earlier, later) == []


def test_the_question_tells_what_a_bare_reply_is_about() -> None:
    """A bare "For eleven years" contradicts six years as a nurse where the question was about nursing."""
    later = "I have been a nurse for six years now."
    asked = "How long have you been a nurse?"
    assert [one.kind for one in found("For eleven years.", later, (asked, ""))] == [ContradictionKind.PERIOD]
    assert found("For eleven years.", later, ("How long did you sing in the choir?", "")) == []


def test_a_claim_is_part_of_one_finding_only() -> None:
    """Two earlier answers that contradict one later claim give one question, not two."""
    earlier = [Said("", f"I handle {n} hotel accounts in the south.", seq=n) for n in (60, 90)]
    assert len(FINDER.find(earlier, [Said("", "I have 25 hotel accounts.", seq=100)])) == 1


def test_an_embedder_that_fails_or_is_not_known_leaves_the_words_to_decide() -> None:
    """A model that is not to be had, or not the one whose cosines the coefficients are for, costs nothing."""

    class Broken(HashingEmbedder):
        version = load_sureness().embedder

        def embed(self, texts: Sequence[str]) -> Vectors:
            raise ModelUnavailable(f"gone, with {len(texts)} texts unread")

    said = (
        [Said("", "I handle 60 hotel accounts in the south.")],
        [Said("", "In the south I have 25 hotel accounts.", 2)],
    )
    [plain] = FINDER.find(*said)
    assert ContradictionFinder(embedder=HashingEmbedder()).find(*said) == (plain,)
    assert ContradictionFinder(embedder=Broken()).find(*said) == (plain,)


def test_sentences_that_are_nearer_in_meaning_are_surer_to_contradict() -> None:
    """The likeness of two sentences never takes from a finding: every kind counts it for one."""
    sureness = load_sureness()
    signs = {"near": 2.0, "half": 2.0, "things": 2.0, "noun": 1.0, "same verb": 1.0, "same kind": 1.0, "cover": 1.0}
    for kind in ContradictionKind:
        assert sureness.of(kind, signs, 0.9) > sureness.of(kind, signs, 0.5) > 0
        assert sureness.of(kind, {}, 0.5) == 0


def test_the_embedded_model_tells_one_subject_from_another() -> None:
    """The product's finder puts two figures of one desk side by side, and leaves those of another thing alone."""
    earlier = [Said("", "Our support desk in Riga handles 1,200 calls a week.", seq=1)]
    same = [Said("", "In Riga the support desk gets 700 calls a week.", seq=2)]
    other = [Said("", "My sister makes 30 calls a week for the choir.", seq=2)]
    assert [one.kind for one in PRODUCT.find(earlier, same)] == [ContradictionKind.FIGURE]
    assert PRODUCT.find(earlier, other) == ()


@slowly
@given(earlier=answers, later=answers, asked=st.text(max_size=40))
def test_any_strings_are_survived_and_quotes_are_cut_from_them(earlier: str, later: str, asked: str) -> None:
    """Whatever is typed, every quote lies in its own answer and holds words, and sureness is between 0 and 1."""
    for one in found(earlier, later, (asked, asked)):
        assert one.earlier.said.text == earlier
        assert one.later.said.text == later
        for quoted in (one.earlier, one.later):
            assert quoted.span.end <= len(quoted.said.text)
            assert quoted.words.strip()
            assert quoted.short
        assert 0 < one.sureness <= 1


@slowly
@given(answer=answers, asked=st.text(max_size=40))
def test_an_answer_never_contradicts_itself(answer: str, asked: str) -> None:
    """The same words said twice contradict nothing, whatever was asked."""
    assert found(answer, answer, (asked, "")) == []


@slowly
@given(earlier=answers, later=answers)
def test_who_spoke_first_changes_the_order_and_not_the_finding(earlier: str, later: str) -> None:
    """With the answers swapped the same words contradict, the earlier and the later quote changing places."""
    forward = {(one.kind, one.earlier.words, one.later.words) for one in found(earlier, later)}
    backward = {(one.kind, one.later.words, one.earlier.words) for one in found(later, earlier)}
    assert len(forward) == len(backward)
    assert bool(forward) == bool(forward & backward)
