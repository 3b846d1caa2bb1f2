"""The Drills page: one room, one topic, one KPI, one question."""

from streamlit.testing.v1 import AppTest

from prepbot.ui.drills import KPI, QUESTION, TOPIC
from prepbot.wiring import open_prepbot
from tests.app.pages import shown, the_page


def _of(kind: str) -> AppTest:
    app = the_page("Drills")
    return app.get("button_group")[0].set_value(kind).run()


def _asked(app: AppTest) -> list[str]:
    (ready,) = [html.proto.body for html in app.get("html") if "<ul>" in html.proto.body]
    return ready.split("<li>")[1:]


def test_a_room_is_offered_with_what_will_be_asked() -> None:
    """The page opens with the first room and lists its questions beside its interviewer."""
    app = the_page("Drills")
    assert "Noor Haddad" in shown(app)
    assert len(_asked(app)) > 1
    assert app.button[-1].label == "Start with Noor"


def test_a_topic_drill_waits_for_a_topic() -> None:
    """Without a topic nothing can be started."""
    app = _of(TOPIC)
    assert "Choose one topic or several." in shown(app)
    assert not app.button


def test_a_topic_drill_asks_what_the_page_files_under_it() -> None:
    """A topic tag of the page picks its questions."""
    app = _of(TOPIC)
    app = app.get("button_group")[1].set_value(["Inventory Management"]).run()
    assert any("inventory" in question for question in _asked(app))


def test_a_kpi_drill_shows_the_definition_and_near_questions() -> None:
    """A KPI is shown with its definition, and questions near it are asked."""
    app = _of(KPI)
    assert app.selectbox[1].label == "KPI"
    assert _asked(app)


def test_the_topic_tags_filter_the_single_questions() -> None:
    """Choosing a tag leaves only its questions in the list."""
    app = _of(QUESTION)
    everything = len(app.selectbox[1].options)
    app = app.get("button_group")[1].set_value(["Inventory Management"]).run()
    assert everything == 20
    assert 1 <= len(app.selectbox[1].options) < everything
    assert len(_asked(app)) == 1


def test_a_drilled_room_is_told_apart_by_its_name() -> None:
    """The list of reviews names the room that was drilled, where it said no more than “full interview”."""
    bot = open_prepbot()
    plan = bot.planner.drill(bot.roles.get("ecommerce-specialist").role, stage="Reference check", seed=3)
    bot.interviewer.answer(bot.interviewer.start(plan), "My last manager, whom I reported to for two years.", "m0")
    assert '<p class="dim">Reference check · ' in shown(the_page("Review"))


def test_an_interview_without_an_answer_waits_without_a_count() -> None:
    """The way back says that nothing was answered, and no “0 answers”."""
    bot = open_prepbot()
    bot.interviewer.start(
        bot.planner.drill(bot.roles.get("ecommerce-specialist").role, stage="Reference check", seed=3)
    )
    assert "waits, nothing answered yet." in shown(the_page("Practise"))
