"""Whose sides a panel speaks for: two or three viewpoints drawn from the role page's own activities.

A department that the page names beside others ("marketing, IT, and logistics") comes first, then those that its
activities touch, then fallbacks, so that every page has a panel. Each asks a question of their own.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, cycle

from prepbot.domain.plan import Length, Plan, PlannedQuestion, PlannedStage, Seat
from prepbot.domain.role import Activity, QuestionKind, Role, Stage, StageKind
from prepbot.domain.stage_profile import Interviewer

FEWEST = 2
MOST = 3


@dataclass(frozen=True, slots=True)
class SideQuestion:
    """A question from one side. `text` may use {activity} and {role}; `after` says what it is after."""

    text: str
    kind: QuestionKind
    after: str


@dataclass(frozen=True, slots=True)
class Side:
    """A department as it may sit on a panel: its names, the words of activities that touch it, and what it asks.

    `questions` are for a side that an activity led to, `plain` for one without.
    """

    name: str
    title: str
    called: tuple[str, ...]
    about: tuple[str, ...]
    wants: str
    counter: str
    questions: tuple[SideQuestion, ...]
    plain: tuple[SideQuestion, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """A face of the panel. `portrait` names a drawing in static/."""

    name: str
    portrait: str


@dataclass(frozen=True, slots=True)
class PanelRules:
    """knowledge/viewpoints.toml: the people, the sides, those that serve any role, how others are introduced."""

    people: tuple[Person, ...]
    sides: tuple[Side, ...]
    fallback: tuple[str, ...]
    introduce: str


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """One of the panel. `activity` is the line of the role page that this side was drawn from, None for a fallback."""

    interviewer: Interviewer
    side: Side
    activity: Activity | None


def with_panels(plan: Plan, role: Role, rules: PanelRules) -> Plan:
    """The plan with viewpoints in its panel stages: the first sits in the chair, each asks a question of their own.

    A short interview hears two of them, in place of the stage's standard question. Other stages stay as they are.
    """
    met: dict[str, Person] = {}

    def seated(stage: PlannedStage) -> PlannedStage:
        return _seated_stage(stage, plan, role, rules, met) if stage.kind is StageKind.PANEL else stage

    return replace(plan, stages=tuple(seated(stage) for stage in plan.stages))


def panel(
    role: Role, rules: PanelRules, stage: Stage | None = None, met: Mapping[str, Person] | None = None
) -> tuple[Viewpoint, ...]:
    """Two or three viewpoints for a role's panel; `stage` is the panel's own entry on the page, where it has one.

    `met` are the people of earlier panels by their sides: a side that comes again sends the same person, a new one
    somebody new.
    """
    named = list(_named(role, rules, stage))
    sides = _seated([side for side, _ in named], role, rules)
    named_in = {side.name: activity for side, activity in reversed(named) if activity is not None}
    views: list[Viewpoint] = []
    for person, side in zip(_people(sides, rules, met or {}), sides, strict=True):
        own = [activity for _, activity in _activities(side, role)]
        own += [named_in[side.name]] if side.name in named_in else []
        taken = {view.activity for view in views}
        activity = next((one for one in own if one not in taken), own[0] if own else None)
        views.append(Viewpoint(Interviewer(person.name, side.title, person.portrait, side.wants), side, activity))
    return tuple(views)


def panel_questions(role: Role, viewpoints: Sequence[Viewpoint], seed: int) -> tuple[PlannedQuestion, ...]:
    """One question from each side, in the panel's order; which of a side's own, the seed decides."""
    return tuple(
        PlannedQuestion(
            id=f"panel-{view.side.name.replace(' ', '-')}",
            text=asked.text.format(role=role.title, activity=view.activity.name if view.activity else ""),
            kind=asked.kind,
            topics=(view.side.title,),
            after=asked.after,
            viewpoint=view.interviewer.label,
        )
        for place, view in enumerate(viewpoints)
        for asked in (_question(view, seed + place),)
    )


def _seated_stage(
    stage: PlannedStage, plan: Plan, role: Role, rules: PanelRules, met: dict[str, Person]
) -> PlannedStage:
    """The stage with its panel, whose people are added to those `met`."""
    named = next((one for one in role.stages if one.name == stage.name), None)
    most = FEWEST if plan.length is Length.SHORT else MOST
    views = panel(role, rules, named, met)[:most]
    met |= {view.side.name: Person(view.interviewer.name, view.interviewer.portrait) for view in views}
    first, *others = panel_questions(role, views, plan.seed)
    kept = tuple(question for question in stage.questions if question.line or plan.length is not Length.SHORT)
    chair, *beside = (view.interviewer for view in views)
    names = " and ".join(other.label for other in beside)
    return replace(
        stage,
        interviewer=chair,
        greeting=f"{stage.greeting} {rules.introduce.format(others=names)}",
        questions=(first, *kept, *others),
        panel=tuple(Seat(view.interviewer, view.side.counter) for view in views),
    )


def _people(sides: Sequence[Side], rules: PanelRules, met: Mapping[str, Person]) -> list[Person]:
    """Who sits for each side; where there are more sides than people, the faces begin again."""
    new = [person for person in rules.people if person not in met.values()]
    faces = chain(new, cycle(rules.people))
    return [met.get(side.name) or next(faces) for side in sides]


def _question(view: Viewpoint, place: int) -> SideQuestion:
    own = view.side.questions if view.activity else view.side.plain
    return own[place % len(own)]


def _seated(named: Sequence[Side], role: Role, rules: PanelRules) -> list[Side]:
    """The named sides, then the touched ones, three at most; fallbacks only where these are fewer than two."""
    drawn = list({side.name: side for side in (*named, *_touched(role, rules))}.values())
    fallback = [side for name in rules.fallback for side in rules.sides if side.name == name and side not in drawn]
    return [*drawn, *fallback[: max(FEWEST - len(drawn), 0)]][:MOST]


def _named(role: Role, rules: PanelRules, stage: Stage | None) -> Iterator[tuple[Side, Activity | None]]:
    """The sides that the page calls by their names as somebody to work with, in the order of its words."""
    texts: list[tuple[str, Activity | None]] = [(stage.description, None)] if stage else []
    texts += [(activity.text, activity) for activity in role.activities]
    for text, activity in texts:
        places = [(hit.start(), side) for side in rules.sides if (hit := _called(side).search(text))]
        yield from ((side, activity) for _, side in sorted(places, key=lambda place: place[0]))


def _called(side: Side) -> re.Pattern[str]:
    """A side's name after "with", "to" or in a list, and not in front of a noun ("product listings")."""
    names = "|".join(re.escape(name) if name.isupper() else f"(?i:{re.escape(name)})" for name in side.called)
    before = r"(?i:\b(?:with|to|for|from|such as|of|and|between|by)\s+(?:the\s+)?|,\s+)"
    return re.compile(
        rf"{before}(?:{names})(?=\s*(?:[,.;:]|$|and\b|or\b|teams?\b|departments?\b|to\s|in\s|on\s|so\s|for\s))"
    )


def _touched(role: Role, rules: PanelRules) -> list[Side]:
    """The sides whose words the activities use, the most used first."""
    totals = {side.name: sum(count for count, _ in _activities(side, role)) for side in rules.sides}
    return sorted((side for side in rules.sides if totals[side.name]), key=lambda side: -totals[side.name])


def _activities(side: Side, role: Role) -> list[tuple[int, Activity]]:
    """The activities that use a side's words, with how many they use, the most first."""
    words = re.compile(r"(?i)\b(?:" + "|".join(map(re.escape, side.about)) + r")\b")
    counted = [(len(words.findall(f"{activity.name} {activity.text}")), activity) for activity in role.activities]
    return sorted(((count, activity) for count, activity in counted if count), key=lambda found: -found[0])
