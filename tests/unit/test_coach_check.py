"""What a model's wording of an improved answer may say: the candidate's words, blanks, and nothing else."""

import tomllib
from time import process_time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from evals.baseline import Baseline
from evals.coach_mutations import Mutation, mutations
from evals.labelled import load_rows
from evals.readings import Readings
from evals.sets import DATASETS
from evals.suite import Options
from evals.suites.coach import HELD, MUTATED, Coach, load_replies
from prepbot.domain.coach_check import Material, refusal
from prepbot.domain.plain_numbers import numbers_of
from prepbot.domain.word_forms import stem
from prepbot.reading.coach_rules import load_coach_rules
from prepbot.resources import resource

RULES = load_coach_rules()
OPEN_ANSWERS = [row.answer for row in load_rows(DATASETS / "answers_dev.jsonl")]
ANSWER = (
    "Last spring I ran the till of a wine shop in Lyon. We moved the delivery cost, and I tested it for two weeks with "
    "half of the visitors. I did not ask the owner. Cart abandonment fell from 77 to 66 percent, on 1,200 orders. "
    "Next time I would call the supplier in May."
)
ORDERED = ("Last spring I ran the till of a wine shop in Lyon.", "[what you were asked, or wanted, to reach]")
MATERIAL = Material("Tell me about a time you improved a checkout.", (ANSWER,), ("Cart Abandonment Rate",), ORDERED)

FAITHFUL = [
    "Last spring I ran the till of a wine shop in Lyon. [what you were asked, or wanted, to reach]",
    "I tested it for 2 weeks. As a result, cart abandonment was down from 77% to 66%.",
    "In a wine shop in Lyon, last spring, my goal was [your goal]. I tested the delivery cost with half the visitors.",
    "Cart abandonment dropped from 77 percent to 66 percent on 1200 orders [your figure].",
    "I didn't ask the owner. Looking back, I'd phone the supplier in May.",
    "We moved the delivery cost, so the cart abandonment rate fell.",
]
INVENTED = [
    ("a new number", "I tested it for three weeks."),
    ("a new number", "I tested it for two weeks with ⅔ of the visitors."),
    ("a new number", "I tested it for two weeks³."),
    ("a new word", "I tested it for two weeks 我."),
    ("invisible characters", "I tested it for two weeks\x00."),
    ("invisible characters", "I tested it\x1b for two weeks."),
    ("a new number", "Cart abandonment fell from 77 to 60 percent."),
    ("a new number", "I tested it with a third of the visitors."),
    ("a new number", "Cart abandonment fell from 77 to 66 percent and doubled."),
    ("a number of another kind", "I tested it for two months."),
    ("a change turned round", "Cart abandonment went from 66 to 77 percent."),
    ("a new name", "Last spring I ran the till of a wine shop for Contoso in Lyon."),
    ("a new name", "In June I tested the till."),
    ("a new word", "I tested it for two weeks and trained the staff."),
    ("a new word", "Last spring I ran the till of a wine shop in lisbon."),
    ("a new word", "I ran the till of a wine shop, and turnover followed."),
    ("a new claim", "Cart abandonment improved from 77 to 66 percent."),
    ("a new deed", "I got 1,200 orders."),
    ("a new deed", "We then made the till."),
    ("a new deed", "I told the visitors."),
    ("promise", "I tested it. I guarantee that."),
    ("praise", "I tested it for two weeks with excellent care."),
    ("leadership", "I led the till of a wine shop."),
    ("markup", "- I tested it for two weeks."),
    ("markup", "I tested [it](http://127.0.0.1/) for two weeks."),
    ("markup", "I **tested** it for two weeks."),
    ("a denial told as a deed", "I asked the owner."),
    ("a plan told as done", "I called the supplier in May."),
    ("a deed of others told as one's own", "I moved the delivery cost."),
    ("a sentence of its own", "I tested it for two weeks. That worked."),
    ("a bracket that tells", "I tested it for two weeks [with 12 people]."),
    ("a bracket that tells", "I tested it for two weeks [an award for the shop]."),
    ("a bracket left open", "I tested it for two weeks [your figure."),
    ("unfinished", "I tested it for two"),
    ("empty", "   "),
    ("too long", "I tested it for two weeks. " * 40),
    ("invisible characters", "I tested it for two\u200b weeks."),
]


@pytest.mark.parametrize("words", FAITHFUL)
def test_the_candidates_own_words_may_be_put_otherwise(words: str) -> None:
    """Another order, another form of a number, linking words and blanks are no inventions."""
    assert refusal(words, MATERIAL, RULES) == ""


@pytest.mark.parametrize(("reason", "words"), INVENTED, ids=[f"{n} {one[0]}" for n, one in enumerate(INVENTED)])
def test_what_is_in_no_answer_is_refused(reason: str, words: str) -> None:
    """A number, a name, a claim or a sign that no answer holds refuses the wording, for a named reason."""
    assert refusal(words, MATERIAL, RULES) == reason


@pytest.mark.parametrize("answer", OPEN_ANSWERS)
def test_an_answer_is_a_wording_of_itself(answer: str) -> None:
    """Nothing that a candidate said is refused as an invention."""
    said = answer if answer.rstrip()[-1:] in ".?!" else f"{answer}."
    assert refusal(said, Material("Why?", (answer,)), RULES) in {"", "too long"}


@given(value=st.integers(2, 10**6))
def test_a_number_of_ones_own_is_refused_whatever_it_is(value: int) -> None:
    """No number passes but those of the answers."""
    known = {number.value for number in numbers_of(ANSWER)}
    assume(float(value) not in known)
    assert refusal(f"I tested it for two weeks with {value} orders.", MATERIAL, RULES) == "a new number"


@given(word=st.from_regex(r"[bcdfghjklmnpqrstvwxz]{3,6}[aeiou]{1,2}[bcdfghjklmnpqrstvwxz]{2,4}", fullmatch=True))
def test_a_word_of_ones_own_is_refused_whatever_it_is(word: str) -> None:
    """No word passes that stands in none of the lists and in no answer."""
    known = {stem(said) for said in f"{ANSWER} {MATERIAL.question}".replace(".", " ").split()}
    lists = RULES.function | RULES.linking | RULES.light | RULES.blank
    assume(stem(word) not in known and word not in lists and word not in RULES.forms)
    assert refusal(f"I tested the {word} for two weeks.", MATERIAL, RULES)


NUMBERS = [
    ("twelve people", 12.0, ""),
    ("12 people", 12.0, ""),
    ("two hundred and forty days", 240.0, "day"),
    ("twenty-six percent", 26.0, "percent"),
    ("1,200 orders", 1200.0, ""),
    ("€4,200", 4200.0, "euro"),
    ("4.2 k sessions", 4200.0, ""),
    ("half of them", "half", ""),
    ("the 23rd", "23th", ""),
    ("a hundred", 100.0, ""),
]


@pytest.mark.parametrize(("words", "value", "unit"), NUMBERS)
def test_a_number_is_the_same_in_digits_and_in_words(words: str, value: float | str, unit: str) -> None:
    """Every way to write a number gives its value and its unit."""
    (found,) = numbers_of(words)
    assert (found.value, found.unit) == (value, unit)


@pytest.mark.parametrize("said", ["1.", "1,", "from 1 to 2 ", "a.a"])
def test_an_answer_of_nothing_but_numbers_is_checked_at_once(said: str) -> None:
    """The longest answers and the longest wording take a second at most, whatever they consist of."""
    began = process_time()
    refusal((said * 2_000)[:2_400] + ".", Material("Why?", ((said * 20_000)[:20_000],) * 2), RULES)
    assert process_time() - began < 3


@pytest.mark.parametrize("words", ["supplier's", "supplier’s", "Supplier"])
def test_a_possessive_is_the_word_itself(words: str) -> None:
    """Whose something is changes no word."""
    assert stem(words) == stem("supplier")


def test_a_bracket_of_the_skeleton_may_stand_as_it_is() -> None:
    """What we ask for in a bracket may hold a number; the same bracket of a model's own tells something."""
    asked = "I tested it for two weeks. [the figure after 3 months]"
    given_by_us = Material(MATERIAL.question, (ANSWER,), ordered=("[the figure after 3 months]",))
    assert refusal(asked, given_by_us, RULES) == ""
    assert refusal(asked, MATERIAL, RULES) == "a bracket that tells"


def test_every_refusal_has_its_reason() -> None:
    """Each pattern of the file says why it stands."""
    file = tomllib.loads(resource("knowledge/coach.toml").read_text(encoding="utf-8"))
    assert all(one["why"].endswith(".") for one in file["refused"].values())
    assert not RULES.only_from_answers & (RULES.function | RULES.linking | RULES.light)


def test_the_scripted_replies_are_two_halves_of_the_size_promised() -> None:
    """Sixty faithful replies and sixty inventions at least, as many of either in the half that nobody reads."""
    replies = load_replies()
    assert min(sum(not one.invention for one in replies), sum(bool(one.invention) for one in replies)) >= 60
    held = [bool(one.invention) for one in replies if one.split == HELD]
    assert (len(held), sum(held)) == (64, 32)


def test_the_suite_shows_no_text_of_the_half_that_nobody_reads() -> None:
    """Every split has both figures; worst cases come from the open one alone."""
    found = Coach().run(Options((), Readings(), Baseline({})))
    written = [one for one in found.figures if one.dataset != MUTATED]
    assert {(one.name, one.dataset) for one in written} == {
        (name, split) for name in ("inventions refused", "faithful let through") for split in ("dev", "held")
    }
    assert {one.dataset for one in found.worst} <= {"dev"}
    assert min(one.figure.value for one in written if one.name == "inventions refused") == 1.0


def test_inventions_that_a_program_puts_in_are_refused() -> None:
    """Of each kind nineteen in twenty are refused; of a dropped "not" and of a "we" told as "I" seven in ten."""
    found = [(one.kind, _refused(one)) for one in mutations()]
    for kind in dict(found):
        refused = [one for other, one in found if other == kind]
        least = 0.7 if kind in {"a not left out", "we told as I"} else 0.95
        assert sum(refused) >= least * len(refused), kind


def _refused(one: Mutation) -> bool:
    return bool(refusal(one.reply, Material(one.row.question, (one.row.answer,)), RULES))
