"""The use case of the résumé check: a résumé or a job advert beside a role page, read as answers are read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from prepbot.domain.advert import Advert, AskReading, ExtraTopic, extra_topics
from prepbot.domain.advice import Advice
from prepbot.domain.pick_up import PickUp, pick_ups
from prepbot.domain.resume import LineKind, Resume
from prepbot.domain.resume_check import LineReading, ResumeCheck, kpis_in, other_language, rewrites_of
from prepbot.domain.role import QuestionKind, Role
from prepbot.errors import ModelUnavailable
from prepbot.ports import Analyst, Embedder, Surface

QUESTION = "What have you done in your work so far?"
_READ = frozenset({LineKind.CLAIM, LineKind.OTHER})


@dataclass(frozen=True, slots=True)
class AdvertCheck:
    """What only the advert asks for. `notices` are for people to read."""

    topics: tuple[ExtraTopic, ...]
    notices: tuple[str, ...] = ()


class ResumeChecker:
    """Reads a résumé's lines as answers are read. `embedder` is None where there is none; words decide alone then."""

    def __init__(
        self,
        analyst_for: Callable[[Role], Analyst],
        surface: Surface,
        advice: Advice,
        embedder: Embedder | None = None,
    ) -> None:
        self._analyst_for = analyst_for
        self._surface = surface
        self._advice = advice
        self._embedder = embedder

    def check(self, role: Role, resume: Resume) -> ResumeCheck:
        """The résumé against a role. Personal lines are not read; every other line counts for the KPIs."""
        analyst = self._analyst_for(role)
        lines = tuple(self._readings(analyst, resume))
        return ResumeCheck(
            role_title=role.title,
            engine=analyst.engine,
            lines=lines,
            kpis=kpis_in(lines, [kpi.name for kpi in role.kpis]),
            rewrites=rewrites_of(lines, self._advice),
            notices=(*resume.notices, *_notices(role, resume, lines)),
        )

    def pick_ups(self, check: ResumeCheck) -> tuple[PickUp, ...]:
        """Interview questions about the résumé's claims, those that pay most first."""
        return pick_ups(check.lines, self._advice)

    def advert(self, role: Role, advert: Advert) -> AdvertCheck:
        """What an advert asks for that the role page does not name."""
        page = _page_items(role)
        readings = [
            AskReading(ask, self._surface.content(ask.topic), self._surface.content(" ".join(ask.names)))
            for ask in advert.asks
        ]
        nearness = self._nearness([ask.topic for ask in advert.asks], page)
        if nearness is not None:
            readings = [replace(reading, nearness=near) for reading, near in zip(readings, nearness, strict=True)]
        known = [self._surface.content(item) for item in page]
        topics = extra_topics(readings, known)
        nothing = f"The page of {role.title} names everything that “{advert.name}” asks for."
        return AdvertCheck(topics, (*advert.notices, *([nothing] if advert.asks and not topics else [])))

    def _readings(self, analyst: Analyst, resume: Resume) -> Iterator[LineReading]:
        for line in resume.lines:
            if line.kind in _READ:
                # Read as a reply: whether it answers a question is not asked of a line in a résumé.
                evidence = analyst.analyse(QUESTION, QuestionKind.PAST_BEHAVIOUR, line.text, follow_up=QUESTION)
                yield LineReading(line, evidence, self._surface.numbers(line.text), self._surface.opening(line.text))

    def _nearness(self, texts: list[str], page: list[str]) -> list[float] | None:
        """Each text's highest cosine to an item of the page; None without a model or without anything to compare."""
        if self._embedder is None or not texts or not page:
            return None
        try:
            vectors = self._embedder.embed([*texts, *page])
        except ModelUnavailable:
            return None
        cosines = vectors[: len(texts)] @ vectors[len(texts) :].T
        return [float(row.max()) for row in cosines]


def _page_items(role: Role) -> list[str]:
    return [
        *(f"{activity.name}: {activity.text}" for activity in role.activities),
        *(f"{kpi.name}: {kpi.definition}" for kpi in role.kpis),
        *(f"{question.text} {', '.join(question.topics)}" for question in role.questions),
        *([role.about] if role.about else []),
    ]


def _notices(role: Role, resume: Resume, lines: tuple[LineReading, ...]) -> Iterator[str]:
    if not role.kpis:
        yield f"The page of {role.title} names no KPIs, so the check looks at numbers and verbs alone."
    if other_language(lines):
        yield f"Most of “{resume.name}” is not in English; only English lines can be read."
