"""The Progress page: what to practise next, coverage, trends and decisions, and what it says where there is nothing."""

from prepbot.domain.plan import Length
from prepbot.wiring import Prepbot, open_prepbot
from tests.app.pages import GOOD, press, shown, the_page

VAGUE = "We did some marketing with the whole team and it went rather well."
NO_QUESTIONS = "# Baker\n\nFunction: Retail\n\n## Key Performance Indicators\n\n- Waste Rate: bread thrown away\n"


def _sat(*answers: str) -> Prepbot:
    """An interview in the first room with these answers, ended, whose grades were seen."""
    bot = open_prepbot()
    role = bot.roles.get("ecommerce-specialist").role
    interview_id = bot.interviewer.start(bot.planner.interview(role, Length.SHORT, ["Phone screening"], seed=3))
    for number, text in enumerate(answers):
        bot.interviewer.answer(interview_id, text, f"m{number}")
    bot.interviewer.end(interview_id)
    bot.grader.review(interview_id)
    return bot


def test_without_an_interview_the_page_says_what_to_do() -> None:
    """The empty page names the next step and leads to it."""
    app = the_page("Progress")
    assert "Nothing to look back on yet for E-commerce Specialist." in shown(app)
    assert [button.label for button in app.button] == ["Sit an interview"]


def test_an_interview_without_an_answer_is_nothing_to_look_back_on() -> None:
    """A started interview alone shows no progress."""
    _sat()
    assert "Nothing to look back on yet" in shown(the_page("Progress"))


def test_every_kpi_stands_at_the_level_it_reached() -> None:
    """The map groups the role's KPIs by how far they got and counts each group."""
    _sat(GOOD, VAGUE)
    text = shown(the_page("Progress"))
    assert "From 1 interview, drills included." in text
    assert "with a number <b>1</b>" in text
    assert "not said yet <b>15</b>" in text


def test_trends_and_decisions_are_shown() -> None:
    """Each criterion has its chart with words for it, each stage its latest verdict."""
    bot = _sat(GOOD, GOOD)
    text = shown(the_page("Progress"))
    assert text.count('class="plot" role="img" aria-label=') == 5
    (found,) = bot.progress.of(bot.roles.get("ecommerce-specialist").role).stages
    assert f" {found.decisions[0].words}</span>" in text
    assert "From 6 interviews on you read here whether a level moved." in text


def test_an_answer_that_was_not_graded_leaves_the_criteria_empty() -> None:
    """Where nothing was graded the page says what to do instead of drawing a chart."""
    _sat("   ")
    text = shown(the_page("Progress"))
    assert "No answer was graded yet." in text
    assert 'class="plot"' not in text


def test_the_queue_starts_a_drill() -> None:
    """An item of the queue begins a drill of itself."""
    bot = _sat(VAGUE)
    app = the_page("Progress")
    item = bot.progress.of(bot.roles.get("ecommerce-specialist").role).queue[0].item
    app.button(key=f"drill_{item.kind.value}_{item.name}").click().run()
    newest = bot.interviewer.open(bot.store.interviews()[0].id)
    assert newest.plan.length is Length.DRILL
    assert newest.plan.focus == item.title


def test_a_drill_of_a_criterion_asks_what_was_not_asked_before() -> None:
    """Two drills in a row put different bank questions."""
    bot = open_prepbot()
    role = bot.roles.get("ecommerce-specialist").role
    item = next(q.item for q in _sat(VAGUE).progress.of(role).queue if q.item.kind.value == "criterion")
    first = [question.id for question in bot.planner.practice(role, item).questions]
    then = [question.id for question in bot.planner.practice(role, item, first).questions]
    assert first
    assert not set(first) & set(then)


def test_a_page_without_questions_has_nothing_to_drill() -> None:
    """A role page without a question bank says so and offers no button."""
    bot = open_prepbot()
    role = bot.roles.add("baker.txt", NO_QUESTIONS.encode()).role
    interview_id = bot.interviewer.start(bot.planner.interview(role, Length.SHORT, seed=3))
    bot.interviewer.answer(interview_id, VAGUE, "m0")
    bot.interviewer.end(interview_id)
    app = the_page("Progress")
    app = app.selectbox(key="progress_role").set_value(role).run()
    assert not app.exception
    assert "This page has no questions of its own to drill." in shown(app)
    assert not [button for button in app.button if button.label == "Drill it"]


def test_the_way_from_the_empty_page_leads_to_practise() -> None:
    """The button of the empty page opens the first visit."""
    assert not press(the_page("Progress"), "Sit an interview").exception
