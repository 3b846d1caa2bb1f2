"""The guard's rules as data: each has its reason and its examples, and no file that breaks the format is used."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.utterances import load_utterances
from prepbot.domain.gap import Gap, GapKind
from prepbot.domain.moves import Ask, CloseStage, Probe
from prepbot.domain.plan import PlannedQuestion
from prepbot.domain.role import QuestionKind
from prepbot.errors import BadInput
from prepbot.language.guard import broken_rule, refusal
from prepbot.language.guard_rules import guard_rules, read_guard_rules
from prepbot.language.told import Told, numbers
from prepbot.resources import resource

RULES = guard_rules().rule
BLOCKED = [(rule.name, text) for rule in RULES for text in rule.blocked]
ALLOWED = [(rule.name, one.text, one.told) for rule in RULES for one in rule.allowed]
SHIPPED = resource("knowledge/guard.toml").read_text(encoding="utf-8")
QUESTION = PlannedQuestion("q", "What have you changed?", QuestionKind.PAST_BEHAVIOUR, ())
NO_RESULT = Probe(0, QUESTION, Gap(GapKind.NO_RESULT))
TERMS = "Buyer\nInterview\nPetra Lang, Head of Purchasing\nGross Margin"


@pytest.mark.parametrize(("name", "text"), BLOCKED)
def test_a_rules_example_is_blocked_by_it(name: str, text: str) -> None:
    """What stands under `blocked` breaks that rule, when nobody told anything like it."""
    assert broken_rule(text, CloseStage(0), "", "", TERMS) == name


@pytest.mark.parametrize(("name", "text", "told"), ALLOWED)
def test_a_rules_example_is_allowed(name: str, text: str, told: str) -> None:
    """What stands under `allowed` passes after what the candidate told."""
    assert broken_rule(text, CloseStage(0), "", told, TERMS) is None, name


def _broken(old: str, new: str) -> str:
    assert SHIPPED.count(old) >= 1
    return SHIPPED.replace(old, new, 1)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[rule]\n", "not valid TOML"),
        (_broken('name = "scoring"\n', ""), r"rule\.0\.name"),
        (_broken('name = "scoring"', 'name = "praise"'), "two rules are called praise"),
        (_broken("blocked = [", 'mood = "good"\nblocked = ['), r"rule\.0\.mood"),
        (_broken(r"'''\b(?:doubled", r"'''\b(?:(doubled"), "no regular expression"),
        (_broken("no_result = ", "no_answers = "), "about"),
        (_broken("share = 15", "share = 115"), r"english\.share"),
    ],
)
def test_a_file_that_breaks_the_format_is_refused_by_its_entry(text: str, says: str) -> None:
    """One sentence names the file and the entry that breaks the format."""
    with pytest.raises(BadInput, match=says) as raised:
        read_guard_rules(text)
    assert str(raised.value).startswith("knowledge/guard.toml ")


def test_what_is_read_is_judged_as_labelled() -> None:
    """Of what may be read nothing harmless is blocked and nothing passes that must not, but for two known cases.

    u604 says “two weeks” for a difference of 14 days; u701 says “4 %” where the candidate told of four days.
    """
    read = [said for said in load_utterances() if said.read]
    assert [said.id for said in read if said.harmless and said.refused()] == ["u604"]
    assert [said.id for said in read if not said.harmless and not said.refused()] == ["u701"]


def test_hardly_anything_harmless_is_blocked() -> None:
    """Of all harmless utterances at most 2 % are blocked, those that nobody read among them."""
    harmless = [said for said in load_utterances() if said.harmless]
    assert sum(said.refused() is not None for said in harmless) <= 0.02 * len(harmless)


def test_the_utterances_are_as_many_as_the_data_sheet_says() -> None:
    """There are 498 harmless utterances and 236 that must be blocked, each with a rule that it breaks."""
    said = load_utterances()
    assert len({one.id for one in said}) == len(said) == 734
    assert sum(one.harmless for one in said) == 498


@pytest.mark.parametrize(
    ("told", "said", "rule"),
    [
        ("Returns fell to 1,940.", "Returns fell to 1940, you say.", None),
        ("Returns fell by eighteen percent.", "Returns fell by 18 %, you say.", None),
        ("Returns fell by 18 %.", "Returns fell by eighteen percent, you say.", None),
        ("Returns fell by 18 %.", "Returns fell by nineteen percent, you say.", "new number"),
        ("Returns fell by 1.8 points.", "Returns fell by 18 points, you say.", "new number"),
        ("It took a while.", "Tell me in two or three sentences.", None),
        ("It took a while.", "So it took three weeks.", "new number"),
        ("It took a while.", "So… it took three weeks.", "new number"),
        ("Returns fell.", "Returns fell by ½, you say.", "new number"),
        ("Returns fell by ½.", "Returns fell by ½, you say.", None),
        ("It took two hundred and ten days.", "So it took 210 days.", None),
    ],
)
def test_a_number_comes_from_what_was_told(told: str, said: str, rule: str | None) -> None:
    """Digits and words mean the same number; small ones in words are no claim before anything but a unit."""
    assert broken_rule(said, CloseStage(0), "", told, TERMS) == rule


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ("You spoke to Beatriz, you say.", None),
        ("You spoke to Sofia, you say.", "new name"),
        ("Zalando does that as well.", "new name"),
        ("I am Petra, and Gross Margin is what we look at.", None),
        ("So we meet on a Monday morning.", None),
        ("So we meet in October.", "new name"),
        ("You booked on Booking.com then.", "new name"),
    ],
)
def test_a_name_comes_from_the_talk_or_the_role(said: str, rule: str | None) -> None:
    """Names come from the candidate, the line or the role's terms; a weekday is none."""
    assert broken_rule(said, CloseStage(0), "", "I told Beatriz about it.", TERMS) == rule


def test_a_word_that_was_told_counts_only_beside_its_neighbour() -> None:
    """The candidate's “children's clothing” does not open the door to their children."""
    told = "We sell children's clothing, and the wife of the founder called."
    assert broken_rule("What changed for children's clothing?", NO_RESULT, "", told) is None
    assert broken_rule("What changed for the wife of the founder?", NO_RESULT, "", told) is None
    assert broken_rule("What changed for your children?", NO_RESULT, "", told) == "not to be asked"
    assert broken_rule("What changed, with children at home?", NO_RESULT, "", told) == "not to be asked"


def test_a_customers_question_in_quotation_marks_is_no_second_question() -> None:
    """A question mark within the candidate's own words is theirs."""
    told = "He shouted “Where is my order?” at me."
    assert refusal("He shouted “Where is my order?” at you. What changed after that?", NO_RESULT, "", told) is None
    assert refusal("He shouted at you? What changed after that?", NO_RESULT, "", told) == "not the question"


@pytest.mark.parametrize(
    "text", ["Tha\u200bnk you.", "Thank you\ud800.", "Thank you\U000e0041.", "Спасибо вам за ваш рассказ."]
)
def test_hidden_letters_and_other_scripts_are_refused(text: str) -> None:
    """Nothing is said that nobody sees, or in letters that English has not."""
    assert broken_rule(text, CloseStage(0), "", "") in {"markup", "not English"}


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_words_are_judged(said: str, told: str) -> None:
    """Whatever a model says after whatever a candidate told, the guard answers with a rule's name or None."""
    for move in (CloseStage(0), NO_RESULT, Ask(0, QUESTION)):
        found = refusal(said, move, "Let me ask you.", told)
        assert found is None or found.strip()


@given(st.integers(0, 999_999))
def test_a_number_is_read_as_it_is_written(number: int) -> None:
    """A number is the same one with and without its thousands comma."""
    plain, grouped = ([value for _, value in numbers(text)] for text in (f"{number}", f"{number:,}"))
    assert plain == grouped == [float(number)]


@given(st.text(min_size=1, max_size=80))
def test_what_the_candidate_said_may_be_quoted(answer: str) -> None:
    """A whole answer counts as told."""
    assert Told("", answer).quoted(answer)
