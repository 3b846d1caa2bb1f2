"""The rubric: criteria with levels and written anchors, and the band that follows mechanically from their checks.

Source: the annotation guide (docs/annotation.md), sections 3 to 6. A level is reached when all of its checks hold;
each check that holds names the words that show it. `docs/rubric.md` and the page print the anchors from here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from prepbot.domain.checks import Check, checks
from prepbot.domain.evidence import HARD_FLAGS, Evidence, Flag, KpiReference, Ownership, Part, Span
from prepbot.domain.ladder import band_of, highest
from prepbot.domain.uncertainty import combined, interval

RUBRIC_VERSION = "2026-11.2"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing an answer is graded on.

    `anchors[n]` is what level n looks like, `needs[n]` the ids of the checks that it needs beside those of the levels
    below it: a level is the conjunction of them all.
    """

    id: str
    title: str
    anchors: tuple[str, ...]
    needs: tuple[tuple[str, ...], ...]


CRITERIA: tuple[Criterion, ...] = (
    Criterion(
        "relevance",
        "Answers the question",
        (
            "Speaks of something else, or there is nothing to assess.",
            "The right field, but another question, or it only brushes this one.",
            "Answers the question that was asked.",
        ),
        ((), ("assessable", "in_field"), ("on_question",)),
    ),
    Criterion(
        "structure",
        "Structure",
        (
            "No concrete action: opinions, adjectives, names of tools.",
            "An action is named, but nobody could repeat it from these words.",
            "Specific steps, or an action with one of situation, task or result.",
            "Situation, task, action and result are all there.",
        ),
        ((), ("action",), ("repeatable",), ("situation", "task", "result")),
    ),
    Criterion(
        "kpis",
        "KPI references",
        (
            "No KPI of the role.",
            "A KPI is named, but nothing is done with it.",
            "A KPI serves as goal, measure, reason or outcome.",
            "A KPI carries a number of your own case.",
            "A KPI carries a number in the result.",
        ),
        ((), ("kpi_named",), ("kpi_used",), ("kpi_number",), ("kpi_in_result",)),
    ),
    Criterion(
        "ownership",
        "Who acts",
        (
            "Nobody acts: no “I”, no “we”.",
            "“We” acts; your own part stays open.",
            "“I” acts: your own part is plain.",
        ),
        ((), ("somebody_acts",), ("own_part",)),
    ),
    Criterion(
        "reflection",
        "Looking back",
        (
            "No trade-off and no lesson.",
            "Says what it cost, what was not done, or what would be different next time.",
        ),
        ((), ("reflection",)),
    ),
)

BAND_ANCHORS: dict[int, str] = {
    1: "Off the question, or nothing to assess.",
    2: "On the topic, but vague: no concrete action.",
    3: "Relevant, with some structure: a part is missing, or no KPI is put to use.",
    4: "Complete: situation, task, action and result, and a KPI put to use.",
    5: "Complete, with a KPI's number in the result, and a look at what it cost or taught.",
}


@dataclass(frozen=True, slots=True)
class CriterionGrade:
    """The level reached on one criterion, the words that earned it, and why in one sentence.

    `checks` are all of the criterion's, ticked and open, lowest level first; a grade stored by an older version has
    none.
    """

    criterion: str
    level: int
    spans: tuple[Span, ...]
    why: str
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True)
class Grade:
    """The band (1 to 5) with its criteria. `caps` name what held the band down, in words.

    `interval` is the lowest and highest band that held the labelled one in 80 of 100 checked answers, None where the
    evidence carries no chances. `disputed` are the checks that a language model sees otherwise, where that widened it.
    """

    band: int
    criteria: tuple[CriterionGrade, ...]
    caps: tuple[str, ...] = ()
    rubric: str = RUBRIC_VERSION
    interval: tuple[int, int] | None = None
    disputed: tuple[str, ...] = ()

    def level(self, criterion: str) -> int:
        """The level reached on one criterion. Raises KeyError for a name the rubric lacks."""
        return {grade.criterion: grade.level for grade in self.criteria}[criterion]


@dataclass(frozen=True, slots=True)
class NotGraded:
    """No grade, and why. It is not a zero and counts nowhere."""

    reason: str
    rubric: str = RUBRIC_VERSION


def grade(evidence: Evidence) -> Grade | NotGraded:
    """Grade the evidence of one question, its follow-ups merged in.

    NotGraded where nothing was said or where it is in a language that the rules cannot read.
    """
    if Flag.EMPTY in evidence.flags:
        return NotGraded("Nothing was said to the question.")
    if Flag.OTHER_LANGUAGE in evidence.flags:
        return NotGraded("The answer is not in English, the only language graded so far.")
    found = checks(evidence)
    band, caps = band_of({name: check.holds for name, check in found.items()})
    spread = interval(band, evidence.chances) if evidence.chances else None
    return Grade(band, _criteria(found), caps, interval=spread)


def level_of(criterion: Criterion, found: Mapping[str, Check]) -> int:
    """The highest level of a criterion whose checks all hold, with those of the levels below it."""
    return highest(criterion.needs, {name: check.holds for name, check in found.items()})


def relevance_level(evidence: Evidence) -> int:
    """Relevance as labelled, 0 where hard evidence leaves nothing to assess."""
    return level_of(_CRITERION["relevance"], checks(evidence))


def structure_level(evidence: Evidence) -> int:
    """0 no action, 1 a thin one, 2 specific steps or one more part, 3 all four parts."""
    return level_of(_CRITERION["structure"], checks(evidence))


def kpi_criterion_level(evidence: Evidence) -> int:
    """0 none, then mentioned, used, quantified, and 4 for a number that stands in the result."""
    return level_of(_CRITERION["kpis"], checks(evidence))


_CRITERION = {criterion.id: criterion for criterion in CRITERIA}


def _criteria(found: Mapping[str, Check]) -> tuple[CriterionGrade, ...]:
    words = {
        "structure": tuple(span for part in Part for span in found[part.value].spans),
        "kpis": found["kpi_named"].spans,
        "ownership": found["somebody_acts"].spans,
        "reflection": found["reflection"].spans,
    }
    return tuple(_criterion_grade(criterion, words.get(criterion.id, ()), found) for criterion in CRITERIA)


def _criterion_grade(criterion: Criterion, spans: tuple[Span, ...], found: Mapping[str, Check]) -> CriterionGrade:
    level = level_of(criterion, found)
    ordered = tuple(found[name] for names in criterion.needs for name in names)
    return CriterionGrade(criterion.id, level, spans, criterion.anchors[level], ordered)


def merged(turns: Sequence[Evidence]) -> Evidence:
    """One question's answers as one unit: the best evidence counts once, wherever in the unit it stands.

    `turns[0]` is the first answer. Spans keep their place and gain their turn. The unit is as much to the question as
    the best of the answers that tell of an action, so that a fine story about something else, told to a follow-up,
    lifts nothing. A hard flag stays only where every answer carries it. Raises ValueError for no answer at all.
    """
    if not turns:
        raise ValueError("a unit has at least its first answer")
    placed = [_placed(evidence, turn) for turn, evidence in enumerate(turns)]
    counted = [evidence for evidence in placed if relevance_level(evidence) > 0] or placed[:1]
    hard = frozenset.intersection(*(evidence.flags & HARD_FLAGS for evidence in placed))
    soft = frozenset().union(*(evidence.flags - HARD_FLAGS for evidence in placed))
    relevance = max(evidence.relevance for evidence in [e for e in counted if e.action] or placed)
    if relevance == 2 and Flag.OFF_TOPIC_DOUBT not in turns[0].flags:
        soft -= {Flag.OFF_TOPIC_DOUBT}
    return Evidence(
        words=sum(evidence.words for evidence in placed),
        relevance=relevance,
        kpis=_best_references(counted),
        situation=_first(evidence.situation for evidence in counted),
        task=_first(evidence.task for evidence in counted),
        action=_first(evidence.action for evidence in counted),
        result=_first(evidence.result for evidence in counted),
        reflection=_first(evidence.reflection for evidence in counted),
        steps=tuple(step for evidence in counted for step in evidence.steps),
        ownership=_best_ownership(counted),
        unclear_kpis=_still_unclear(counted),
        set_aside=tuple(span for evidence in placed for span in evidence.set_aside),
        flags=hard | soft,
        chances=combined(weighed) if (weighed := [e.chances for e in counted if e.chances]) else None,
    )


def _placed(evidence: Evidence, turn: int) -> Evidence:
    if turn == 0:
        return evidence

    def move(span: Span | None) -> Span | None:
        return replace(span, turn=turn) if span else None

    def move_all(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple(replace(span, turn=turn) for span in spans)

    def move_references(references: tuple[KpiReference, ...]) -> tuple[KpiReference, ...]:
        return tuple(
            replace(reference, span=replace(reference.span, turn=turn), number=move(reference.number))
            for reference in references
        )

    return replace(
        evidence,
        kpis=move_references(evidence.kpis),
        unclear_kpis=move_references(evidence.unclear_kpis),
        situation=move(evidence.situation),
        task=move(evidence.task),
        action=move(evidence.action),
        result=move(evidence.result),
        reflection=move(evidence.reflection),
        steps=move_all(evidence.steps),
        set_aside=move_all(evidence.set_aside),
    )


def _best_references(turns: Sequence[Evidence]) -> tuple[KpiReference, ...]:
    best: dict[str, KpiReference] = {}
    for reference in (reference for evidence in turns for reference in evidence.kpis):
        known = best.get(reference.kpi)
        if known is None or (reference.level, reference.in_result) > (known.level, known.in_result):
            best[reference.kpi] = reference
    return tuple(best.values())


def _still_unclear(turns: Sequence[Evidence]) -> tuple[KpiReference, ...]:
    known = {reference.kpi for evidence in turns for reference in evidence.kpis}
    return tuple(reference for evidence in turns for reference in evidence.unclear_kpis if reference.kpi not in known)


def _best_ownership(turns: Sequence[Evidence]) -> Ownership:
    said = {evidence.ownership for evidence in turns}
    return next(o for o in (Ownership.I, Ownership.WE, Ownership.NONE) if o in said or o is Ownership.NONE)


def _first(spans: Iterable[Span | None]) -> Span | None:
    return next((span for span in spans if span is not None), None)
