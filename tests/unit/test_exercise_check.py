"""Answers to exercises: figures bound to their tasks, slips told apart, the leak and the next step heard."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prepbot.analysis.exercise_check import check, check_case, check_experiment, check_figures, check_leak
from prepbot.domain.evidence import Span
from prepbot.domain.exercise import Exercise, FigureTask, SlipKind
from prepbot.domain.exercise_choice import written_case
from prepbot.domain.exercise_draw import draw
from prepbot.domain.exercise_marks import ExerciseMarks, FigureVerdict, LeakVerdict
from prepbot.domain.exercise_wording import (
    experiment_sentence,
    figure_sentence,
    leak_sentence,
    unread_sentence,
)
from prepbot.reading.catalogue import load_metrics
from prepbot.reading.exercises import load_families
from tests.examples import role

METRICS = {metric.id: metric for metric in load_metrics()}
FAMILIES = {family.id: family for family in load_families()}
SHOP = draw(FAMILIES["shop_channels"], METRICS, 3)
"""Bounce rate of all 39.1 %, average order value of social media $48.24, cart abandonment of all 68.8 %."""

exercises = st.builds(
    lambda family, seed: draw(FAMILIES[family], METRICS, seed), st.sampled_from(sorted(FAMILIES)), st.integers(0, 10**6)
)


def where(task: FigureTask) -> str:
    """The place of a task as a candidate names it."""
    return "overall" if task.where is None else f"of {task.where}"


def verdicts(answer: str, exercise: Exercise = SHOP) -> list[str]:
    """The verdict on each figure task."""
    return [mark.verdict.value for mark in check_figures(exercise, answer)]


def spans_of(marks: ExerciseMarks) -> list[Span]:
    """Every span of a whole set of marks."""
    found: list[Span | None] = [span for mark in marks.figures for span in (mark.span, mark.formula)]
    if marks.leak:
        found += [marks.leak.span, marks.leak.by]
    if marks.experiment:
        found += [marks.experiment.change, marks.experiment.measure, marks.experiment.rule]
    return [span for span in found if span is not None]


@pytest.mark.parametrize(
    ("expected", "answer"),
    [
        (3, "Bounce rate is 39.1 %, AOV $48.24 and cart abandonment 68.8%"),
        (3, "39.1 %, $48.24, 68.8 %"),
        (3, "68.8 percent, 39.1 percent, 48 dollars"),
        (3, "1. 39.1%\n2. 48.24\n3. 68.8"),
        (3, "39.1 percent bounce rate, 48.24 dollars average order value and about 69 percent cart abandonment"),
        (
            3,
            "Bounce rate 19,691 / 50,406 = 39.1 %. AOV 10,372 / 215 = $48.24. Cart abandonment 3,738 / 5,431 = 68.8 %",
        ),
        (1, "I first thought 40 for the bounce rate but no, it is 39.1 %"),
        (2, "average order forty-eight dollars twenty-four, cart abandonment sixty-eight point eight percent"),
    ],
)
def test_right_figures_are_right_however_they_are_said(expected: int, answer: str) -> None:
    """Names before or behind, numbered lines, workings, words and another order all find their tasks."""
    said = [verdict for verdict in verdicts(answer) if verdict != "missing"]
    assert said == ["right"] * expected


@pytest.mark.parametrize(
    ("answer", "verdict", "slip", "credit"),
    [
        ("bounce rate 39 %", FigureVerdict.RIGHT, None, 1.0),
        ("bounce rate 0.39", FigureVerdict.OTHER_UNIT, None, 0.75),
        ("bounce rate 39 out of 100", FigureVerdict.OTHER_UNIT, None, 1.0),
        ("bounce rate 0.39 %", FigureVerdict.SLIP, SlipKind.PERCENT_OF_SHARE, 0.5),
        ("bounce rate 60.9 %", FigureVerdict.SLIP, SlipKind.COMPLEMENT, 0.5),
        ("bounce rate 2.56", FigureVerdict.SLIP, SlipKind.INVERSE, 0.25),
        ("bounce rate 40.3 %", FigureVerdict.SLIP, SlipKind.OTHER_ROW, 0.5),
        ("bounce rate 391 %", FigureVerdict.SLIP, SlipKind.POWER_OF_TEN, 0.5),
        ("bounce rate $39.1", FigureVerdict.SLIP, SlipKind.WRONG_UNIT, 0.25),
        ("bounce rate 55 %", FigureVerdict.WRONG, None, 0.0),
        ("bounce rate: visits of one page divided by visits", FigureVerdict.FORMULA, None, 0.5),
        ("bounce rate = 19,691 / 50,406 = 55 %", FigureVerdict.FORMULA, None, 0.5),
        ("bounce rate: visits divided by visits of one page, 2.56", FigureVerdict.SLIP, SlipKind.INVERSE, 0.25),
        ("bounce rate, no idea", FigureVerdict.MISSING, None, 0.0),
    ],
)
def test_a_figure_beside_the_right_one_is_told_apart(
    answer: str, verdict: FigureVerdict, slip: SlipKind | None, credit: float
) -> None:
    """Another unit, a slip, the right formula alone, a wrong figure and none each have their verdict and credit."""
    mark = check_figures(SHOP, answer)[0]
    assert (mark.verdict, mark.slip.kind if mark.slip else None, mark.credit) == (verdict, slip, credit)


def test_minutes_for_hours_are_right_in_another_unit() -> None:
    """A time in another unit is right where the unit is said, and nearly so where a bare number fits only that unit."""
    exercise = draw(FAMILIES["help_desk"], METRICS, 1, {"first_response_time"})
    task = next(task for task in exercise.figures if task.metric.id == "first_response_time")
    place = exercise.figures.index(task)
    minutes = round(task.expected.value * 60)
    named = check_figures(exercise, f"first response time {minutes} minutes")[place]
    bare = check_figures(exercise, f"first response time {minutes}")[place]
    assert (named.verdict, named.credit) == (FigureVerdict.OTHER_UNIT, 1.0)
    assert (bare.verdict, bare.credit) == (FigureVerdict.OTHER_UNIT, 0.75)
    wrong = check_figures(exercise, f"first response time {task.expected.value:.2f} minutes")[place]
    assert wrong.slip is not None
    assert wrong.slip.kind is SlipKind.WRONG_UNIT


@pytest.mark.parametrize("answer", ["", "   ", "asdf", "???", "no idea", "visits carts orders", "one of them", "🙂"])
def test_an_answer_without_a_figure_is_missing_and_says_so(answer: str) -> None:
    """Nonsense and silence lead to "missing" for each task and one sentence that says what to write."""
    assert verdicts(answer) == ["missing"] * 3
    assert "Write " in unread_sentence(answer)
    assert answer.strip() in unread_sentence(answer)


def test_a_pile_of_numbers_finds_nothing_by_luck() -> None:
    """Far more numbers than tasks are taken in order, so that listing many does not hit the right ones."""
    assert verdicts("12 15 18 39.1 44 48.24 50 68.8") == ["wrong"] * 3


def test_the_last_figure_said_for_a_kpi_counts() -> None:
    """Somebody who corrects a figure is judged by the correction, for better and for worse."""
    assert verdicts("bounce rate 55 %, no wait, 39.1 %")[0] == "right"
    assert verdicts("bounce rate 39.1 %, no wait, 55 %")[0] == "wrong"


def test_figures_of_the_leak_and_the_test_do_not_replace_a_figure() -> None:
    """In one text for all tasks, figures of other rows and of the planned test leave the asked figure alone."""
    answer = (
        "Cart abandonment overall is 68.8 %. Social media stands out, its cart abandonment is 80.5 % while Email has "
        "64 %. I would keep the change if cart abandonment falls by 5 percent."
    )
    assert verdicts(answer)[2] == "right"


@settings(max_examples=200)
@given(
    exercises,
    st.sampled_from(["{name} {where} is {shown}", "{shown} {name} {where}", "{name} {where}: about {shown}."]),
)
def test_the_solutions_own_figures_are_right(exercise: Exercise, form: str) -> None:
    """Whatever the family, the shown figure said with its KPI's name is right."""
    answer = "\n".join(
        form.format(name=task.metric.name, where=where(task), shown=task.expected.shown) for task in exercise.figures
    )
    assert verdicts(answer, exercise) == ["right"] * len(exercise.figures)


@settings(max_examples=200)
@given(exercises)
def test_the_worked_solution_is_a_right_answer(exercise: Exercise) -> None:
    """The last lines of the worked solutions, given as an answer, are right throughout."""
    answer = "\n".join(task.solution[-1] for task in exercise.figures)
    assert verdicts(answer, exercise) == ["right"] * len(exercise.figures)


@settings(max_examples=200)
@given(exercises)
def test_a_formula_in_words_keeps_half(exercise: Exercise) -> None:
    """The right formula said in words is worth half where no figure follows; swapped it is worth nothing."""
    for place, task in enumerate(exercise.figures):
        if task.top is None or task.bottom is None or len(task.top.columns) > 1:
            continue
        above, below = task.top.columns[0].label, " and ".join(column.label for column in task.bottom.columns)
        said = check_figures(exercise, f"{task.metric.name}: {above} divided by {below}")[place]
        assert (said.verdict, said.credit) == (FigureVerdict.FORMULA, 0.5)


@settings(max_examples=200)
@given(exercises)
def test_every_leak_is_heard_by_name(exercise: Exercise) -> None:
    """The leaking row by its name with its figure is full credit, each other row none."""
    task = exercise.leak
    mark = check_leak(task, f"{task.row.name} is the worst, with {task.expected.shown}")
    assert (mark.verdict, mark.credit) == (LeakVerdict.NAMED, 1.0)
    for other in task.others:
        assert check_leak(task, f"I think it is {other.name}").verdict is LeakVerdict.OTHER_ROW
        compared = f"{task.row.name} is far worse than {other.name}"
        assert check_leak(task, compared).verdict is LeakVerdict.NAMED


@settings(max_examples=200)
@given(exercises)
def test_every_example_of_a_next_step_is_complete(exercise: Exercise) -> None:
    """The example that is shown afterwards has a change, a measure and a rule itself."""
    mark = check_experiment(exercise.experiment, exercise.experiment.example)
    assert mark.credit == 1.0


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        ("social", LeakVerdict.NAMED),
        ("The instagram and facebook visits", LeakVerdict.NAMED),
        ("While email is at 64 %, social is at 80 %", LeakVerdict.NAMED),
        ("Compared to Email and Paid search, social media loses most carts", LeakVerdict.NAMED),
        ("Social, because more carts are left there than on email or paid search", LeakVerdict.NAMED),
        ("Email and social are weak", LeakVerdict.AMONG_TWO),
        ("all of them: email, social, paid search, price comparison", LeakVerdict.OTHER_ROW),
        ("It isn't social, it's email", LeakVerdict.OTHER_ROW),
        ("antisocial", LeakVerdict.MISSING),
        ("not sure", LeakVerdict.MISSING),
        ("", LeakVerdict.MISSING),
    ],
)
def test_the_leak_is_heard_in_other_words(answer: str, verdict: LeakVerdict) -> None:
    """Other words for a row count; rows that are compared with or denied do not; naming all is naming none."""
    assert check_leak(SHOP.leak, answer).verdict is verdict


@pytest.mark.parametrize(
    ("answer", "parts"),
    [
        (
            "I'd A/B test free shipping on mobile and measure cart abandonment until it is significant",
            "change measure rule",
        ),
        (
            "Try a shorter checkout form; track completed checkouts; if no improvement in 14 days, revert.",
            "change measure rule",
        ),
        ("I would show the delivery cost earlier.", "change"),
        ("I would keep an eye on the bounce rate.", "measure"),
        ("I'd stop if it is not below 60 % after two weeks", "rule"),
        ("make it better and check if it works", ""),
        ("I would test something and look at the results", ""),
        ("asdf", ""),
        ("", ""),
    ],
)
def test_a_next_step_is_taken_apart(answer: str, parts: str) -> None:
    """A change, a measure and a rule are each heard on their own, and vague words are none of them."""
    mark = check_experiment(SHOP.experiment, answer)
    assert [name for name in ("change", "measure", "rule") if getattr(mark, name)] == parts.split()


@settings(max_examples=150)
@given(exercises, st.text(max_size=80) | st.text("0123456789.,%$/- hmins\n", max_size=60))
def test_any_text_is_marked_without_harm(exercise: Exercise, answer: str) -> None:
    """Any text leads to marks whose spans hold words of the answer, credits within 0 and 1, and plain sentences."""
    marks = check(exercise, answer, answer, answer)
    assert 0 <= marks.credit <= 1
    assert all(span.cut(answer).strip() for span in spans_of(marks))
    for mark, task in zip(marks.figures, exercise.figures, strict=True):
        assert figure_sentence(mark, task, answer).endswith(".")
    assert marks.leak is not None
    assert marks.experiment is not None
    assert exercise.leak.sentence in leak_sentence(marks.leak, exercise.leak, answer)
    assert exercise.experiment.example in experiment_sentence(marks.experiment, exercise.experiment)


def test_a_written_case_is_marked_by_its_next_step() -> None:
    """A case without a table has one mark, and a good answer to it is complete."""
    case = written_case(role(), seed=4)
    good = "I'd move the till to the door for half of the days, count the customers, and keep it if they rise by 10 %."
    assert check_case(case, good).credit == 1.0
    assert check_case(case, "asdf").credit == 0.0


def test_a_formula_ends_with_its_line() -> None:
    """Of two formulas on two lines each is quoted alone, from the words nearest to its sign."""
    letters = draw(FAMILIES["newsletters"], METRICS, 3, ("email_open_rate", "email_deliverability_rate"))
    answer = "Open rate: opened / delivered\nDeliverability rate: delivered / emails sent"
    quoted = {mark.formula.cut(answer) for mark in check_figures(letters, answer) if mark.formula}
    assert quoted == {"opened / delivered", "delivered / emails sent"}


@pytest.mark.parametrize(
    "answer",
    ["Set-up hours divided by displays built.", "Call time: minutes ÷ calls.", "Rate = show-ups / invites."],
)
def test_a_formula_is_no_next_step(answer: str) -> None:
    """What is reckoned is neither a change nor, by the KPI in it, a measure."""
    assert check_experiment(SHOP.experiment, answer).credit == 0


def test_stray_numbers_find_no_slip_by_luck() -> None:
    """A number without a name counts for the task whose turn it is, and is moved to another only where it is right."""
    tasks = SHOP.figures
    other = next(slip for slip in tasks[1].slips if slip.kind is SlipKind.OTHER_ROW)
    marks = check_figures(SHOP, f"{other.value:.2f} and 7 and 12345")
    assert [mark.verdict for mark in marks] == [FigureVerdict.WRONG] * 3
