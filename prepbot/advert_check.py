"""The use case of the job advert: what it asks for that the role page does not name becomes extra topics."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from prepbot.candidate_ports import AdvertReader, Paper, PaperKind, Surface
from prepbot.domain.advert import Advert, Ask, AskReading, ExtraTopic, extra_topics
from prepbot.domain.advert_questions import AdvertForms, topic_questions
from prepbot.domain.opening import OpeningKind
from prepbot.domain.plan import PlannedQuestion
from prepbot.domain.role import Role
from prepbot.errors import BadInput
from prepbot.nearness import cosines
from prepbot.ports import Clock, Embedder, Store

PASTED = "pasted job advert"


@dataclass(frozen=True, slots=True)
class AdvertCheck:
    """What only the advert asks for. `notices` are for people to read."""

    topics: tuple[ExtraTopic, ...]
    notices: tuple[str, ...] = ()


class AdvertChecker:
    """Reads job adverts beside role pages and keeps one for each role.

    `forms` are how an interviewer asks about its topics. `embedder` is None where there is none; words decide alone
    then.
    """

    def __init__(
        self,
        store: Store,
        reader: AdvertReader,
        surface: Surface,
        forms: AdvertForms,
        clock: Clock,
        embedder: Embedder | None = None,
    ) -> None:
        self._store = store
        self._reader = reader
        self._surface = surface
        self._forms = forms
        self._clock = clock
        self._embedder = embedder

    def read_file(self, path: Path) -> Advert:
        """The advert in a file. Raises UnreadableFile or BadInput, with one sentence."""
        return self._reader.from_file(path)

    def read_upload(self, name: str, data: bytes) -> Advert:
        """The advert in uploaded bytes. Raises UnreadableFile or BadInput, with one sentence."""
        return self._reader.from_upload(name, data)

    def read_pasted(self, text: str) -> Advert:
        """The advert in pasted text. Raises BadInput, with one sentence."""
        return self._reader.from_text(text, PASTED)

    def keep(self, role: Role, advert: Advert) -> None:
        """Keep an advert beside a role, in place of the one before."""
        self._store.save_paper(Paper(role.id, PaperKind.ADVERT, advert.name, advert.text, self._clock.now()))

    def kept(self, role: Role) -> Advert | None:
        """The advert that was kept beside a role, None where there is none or it can no longer be read as one."""
        paper = next((paper for paper in self._store.papers(role.id) if paper.kind is PaperKind.ADVERT), None)
        try:
            return self._reader.from_text(paper.text, paper.name) if paper else None
        except BadInput:
            return None

    def forget(self, role: Role) -> None:
        """Remove the advert that was kept beside a role. Raises NotFound."""
        self._store.remove_paper(role.id, PaperKind.ADVERT)

    def check(self, role: Role, advert: Advert) -> AdvertCheck:
        """What an advert asks for that the role page does not name. Words for whoever reads it are left out."""
        page = _page_items(role)
        asks = [ask for ask in advert.asks if not self._surface.speaks_to_reader(ask.text)]
        topics = extra_topics(self._readings(asks, page), [self._surface.content(item) for item in page])
        nothing = f"The page of {role.title} names everything that “{advert.name}” asks for."
        return AdvertCheck(topics, (*advert.notices, *([nothing] if advert.asks and not topics else [])))

    def questions(self, check: AdvertCheck) -> tuple[PlannedQuestion, ...]:
        """Interview questions about the topics that only the advert names, those most worth asking first."""
        return topic_questions(check.topics, self._forms)

    def _readings(self, asks: Sequence[Ask], page: list[str]) -> list[AskReading]:
        readings = [self._reading(ask) for ask in asks]
        rows = cosines(self._embedder, [ask.topic for ask in asks], page)
        if rows is None:
            return readings
        return [replace(reading, nearness=max(row)) for reading, row in zip(readings, rows, strict=True)]

    def _reading(self, ask: Ask) -> AskReading:
        words, names = self._surface.content(ask.topic), self._surface.content(" ".join(ask.names))
        return AskReading(ask, words, names, deed=self._surface.opening(ask.topic).kind is OpeningKind.ACTION)


def _page_items(role: Role) -> list[str]:
    """Everything a role page names, item by item."""
    return [
        *(f"{activity.name}: {activity.text}" for activity in role.activities),
        *(f"{kpi.name}: {kpi.definition}" for kpi in role.kpis),
        *(f"{question.text} {', '.join(question.topics)}" for question in role.questions),
        *([role.about] if role.about else []),
    ]
