"""A panel's viewpoints come from the role page, have faces that exist."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepbot.domain.plan import Length, Plan, plan_interview
from prepbot.domain.role import Activity, Role, Stage, StageKind
from prepbot.domain.viewpoints import FEWEST, MOST, panel, panel_questions, with_panels
from prepbot.reading.catalogue import load_stage_profiles
from prepbot.reading.library import find_role, library_roles
from prepbot.reading.viewpoints import load_viewpoints
from prepbot.resources import resource
from prepbot.settings import Settings
from prepbot.wiring import open_prepbot
from tests.examples import role as small_role

RULES = load_viewpoints()


def sides(role: Role, stage: Stage | None = None) -> list[str]:
    """The names of a panel's sides."""
    return [view.side.name for view in panel(role, RULES, stage)]


@pytest.mark.parametrize("role", library_roles(), ids=lambda role: role.id)
def test_every_page_of_the_library_has_a_panel_drawn_from_its_activities(role: Role) -> None:
    """Two or three sides, each led to by an activity of the page, asked by different people with existing portraits."""
    views = panel(role, RULES)
    assert FEWEST <= len(views) <= MOST
    assert all(view.activity in role.activities for view in views)
    assert len({view.interviewer.name for view in views}) == len(views)
    assert all(resource(f"static/portrait-{view.interviewer.portrait}.svg") for view in views)


def test_departments_that_the_page_names_sit_on_the_panel() -> None:
    """A page that names marketing, IT, and logistics makes a panel of these three, in that order."""
    assert sides(find_role("ecommerce-specialist")[0]) == ["marketing", "it", "logistics"]


def test_a_stage_may_name_its_own_panel() -> None:
    """Departments in the panel's own description come before those of the activities."""
    stage = Stage("Team meet", StageKind.PANEL, "A talk with people from finance and sales", 9)
    assert sides(find_role("ecommerce-specialist")[0], stage)[:2] == ["finance", "sales"]


def test_a_name_in_front_of_a_noun_names_no_department() -> None:
    """The words “product listings” and “it” are not the product team and the IT department."""
    activity = Activity("Keep The Shop", "Write product listings and see to it that they are read", 5)
    named = panel(replace(small_role(), activities=(activity,)), RULES)
    assert "it" not in [view.side.name for view in named]


def test_a_page_without_activities_still_has_a_panel() -> None:
    """Fallback sides ask questions that need no activity."""
    bare = replace(small_role(), activities=())
    views = panel(bare, RULES)
    assert len(views) == FEWEST
    assert all(view.activity is None for view in views)
    assert all("“”" not in question.text for question in panel_questions(bare, views, 0))


@given(st.lists(st.text(max_size=60), max_size=5), st.integers(0, 10**6))
def test_any_activities_give_a_panel_that_asks(texts: list[str], seed: int) -> None:
    """Whatever a page holds, each of two or three people asks one question of their own, without a bracket left."""
    activities = tuple(Activity(text or "Work", text, n) for n, text in enumerate(texts))
    role = replace(small_role(), activities=activities)
    views = panel(role, RULES)
    questions = panel_questions(role, views, seed)
    assert FEWEST <= len(views) <= MOST
    assert len({question.id for question in questions}) == len(views)
    assert all(question.text.endswith(("?", ".")) and question.after for question in questions)


def _people(plan: Plan) -> list[tuple[str, str]]:
    """Everybody of an interview by name and title, each once."""
    rooms = ((stage.interviewer, *(seat.interviewer for seat in stage.panel)) for stage in plan.stages)
    return list(dict.fromkeys((person.name, person.title) for room in rooms for person in room))


def _whole(role: Role, length: Length, seed: int) -> Plan:
    return with_panels(plan_interview(role, load_stage_profiles(), length, seed), role, RULES)


@pytest.mark.parametrize("length", [Length.SHORT, Length.FULL])
@pytest.mark.parametrize("role", library_roles(), ids=lambda role: role.id)
def test_nobody_sits_in_two_rooms_under_two_titles(role: Role, length: Length) -> None:
    """In every interview of the library a name has one title: who comes back is the same person."""
    for seed in range(5):
        names = [name for name, _ in _people(_whole(role, length, seed))]
        assert len(names) == len(set(names))


def test_no_face_serves_two_people() -> None:
    """Whoever may be met in one interview has a portrait of their own."""
    rooms = [profile.interviewer for kind, profile in load_stage_profiles().items() if kind is not StageKind.PANEL]
    faces = {(one.name, one.portrait) for one in (*rooms, *RULES.people)}
    assert len({name for name, _ in faces}) == len({portrait for _, portrait in faces}) == len(faces)


@given(st.lists(st.sampled_from(["finance", "sales", "IT", "marketing", "logistics"]), min_size=2, max_size=2))
def test_a_second_panel_brings_new_people_for_new_sides(called: list[str]) -> None:
    """Two panels of one interview share a person only where they share a side."""
    rooms = tuple(
        Stage(f"Panel {place}", StageKind.PANEL, f"A talk with {name}", 9 + place) for place, name in enumerate(called)
    )
    plan = _whole(replace(small_role(), stages=rooms), Length.FULL, 1)
    people = _people(plan)
    assert len({name for name, _ in people}) == len({title for _, title in people}) == len(people)


def test_words_that_come_in_are_heard_from_whoever_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    """While a panel speaks, each question is heard from its own seat, and the chair from the chair."""
    monkeypatch.setenv("PREPBOT_EMBEDDINGS", "false")
    bot = open_prepbot(Settings())
    plan = bot.planner.interview(
        bot.roles.get("ecommerce-specialist").role, Length.FULL, ["Second-round interview"], seed=3
    )
    (room,) = plan.stages
    interview_id, heard = bot.interviewer.start(plan), dict[str, str]()
    for number in range(40):
        interview = bot.interviewer.answer(
            interview_id, "I asked around.", f"m{number}", lambda who, words: heard.update({words: who.name})
        )
        if interview.over:
            break
    asked = [turn for turn in interview.turns if turn.kind in {"ask", "probe"} and turn.text in heard]
    questions = {question.id: question for question in interview.plan.questions}
    assert [heard[turn.text] for turn in asked] == [
        interview.plan.stages[0].asker(questions[turn.question_id or ""]).name for turn in asked
    ]
    assert len({heard[turn.text] for turn in asked}) > 1
    assert heard[interview.turns[-1].text] == room.interviewer.name
