"""The use case of the résumé check: a résumé's lines beside a role page, read as answers are read."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from prepbot.candidate_ports import Paper, PaperKind, ResumeReader, Surface
from prepbot.domain.advice import Advice
from prepbot.domain.evidence import Evidence, Span
from prepbot.domain.opening import Opening
from prepbot.domain.pick_up import PickUp, pick_ups
from prepbot.domain.resume import LineKind, Resume
from prepbot.domain.resume_check import LineReading, ResumeCheck, kpis_in, other_language, rewrites_of
from prepbot.domain.role import QuestionKind, Role
from prepbot.errors import BadInput
from prepbot.ports import Analyst, Clock, Store

PASTED = "pasted résumé"
QUESTION = "What have you done in your work so far?"
_READ = frozenset({LineKind.CLAIM, LineKind.OTHER})
_AT_ONCE = 2  # the reader's model lets other work go on while it reads
_LINES_KEPT = 1024

OnLine = Callable[[int, int], None]
"""Hears how many lines of how many are read."""

_Said = tuple[Evidence, tuple[Span, ...], Opening]


class ResumeChecker:
    """Reads résumés line by line, each as an answer is read, and keeps one for each role."""

    def __init__(
        self,
        store: Store,
        reader: ResumeReader,
        analyst_for: Callable[[Role], Analyst],
        surface: Surface,
        advice: Advice,
        clock: Clock,
    ) -> None:
        self._store = store
        self._reader = reader
        self._analyst_for = analyst_for
        self._surface = surface
        self._advice = advice
        self._clock = clock
        self._known: dict[tuple[str, str], _Said] = {}

    def read_file(self, path: Path) -> Resume:
        """The résumé in a file. Raises UnreadableFile or BadInput, with one sentence."""
        return self._reader.from_file(path)

    def read_upload(self, name: str, data: bytes) -> Resume:
        """The résumé in uploaded bytes. Raises UnreadableFile or BadInput, with one sentence."""
        return self._reader.from_upload(name, data)

    def read_pasted(self, text: str) -> Resume:
        """The résumé in pasted text. Raises BadInput, with one sentence."""
        return self._reader.from_text(text, PASTED)

    def keep(self, role: Role, resume: Resume) -> None:
        """Keep a résumé beside a role, without its personal lines, in place of the one before."""
        text = resume.impersonal_text
        self._store.save_paper(Paper(role.id, PaperKind.RESUME, resume.name, text, self._clock.now()))

    def kept(self, role: Role) -> Resume | None:
        """The résumé that was kept beside a role, None where there is none or it can no longer be read as one."""
        paper = next((paper for paper in self._store.papers(role.id) if paper.kind is PaperKind.RESUME), None)
        try:
            return self._reader.from_text(paper.text, paper.name) if paper else None
        except BadInput:
            return None

    def forget(self, role: Role) -> None:
        """Remove the résumé that was kept beside a role. Raises NotFound."""
        self._store.remove_paper(role.id, PaperKind.RESUME)
        self._known.clear()

    def check(self, role: Role, resume: Resume, on_line: OnLine | None = None) -> ResumeCheck:
        """The résumé against a role. Personal lines are not read; every other line counts for the KPIs.

        A line that was read before is not read again, so that a changed résumé takes as long as its changes.
        """
        analyst = self._analyst_for(role)
        lines = tuple(self._readings(role, resume, on_line))
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

    def _readings(self, role: Role, resume: Resume, on_line: OnLine | None) -> Iterator[LineReading]:
        analyst = self._analyst_for(role)
        lines = [line for line in resume.lines if line.kind in _READ]
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            found = pool.map(lambda line: self._said(analyst, role.sha256, line.text), lines)
            for number, (line, said) in enumerate(zip(lines, found, strict=True), start=1):
                yield LineReading(line, *said)
                if on_line is not None:
                    on_line(number, len(lines))

    def _said(self, analyst: Analyst, role_sha256: str, text: str) -> _Said:
        """What a line says for a role, from the lines read before where it is among them."""
        said = self._known.get((role_sha256, text))
        if said is None:
            # Read as a reply: whether it answers a question is not asked of a line in a résumé.
            evidence = analyst.analyse(QUESTION, QuestionKind.PAST_BEHAVIOUR, text, follow_up=QUESTION)
            said = evidence, self._surface.numbers(text), self._surface.opening(text)
            if len(self._known) >= _LINES_KEPT:
                self._known.clear()
            self._known[role_sha256, text] = said
        return said


def _notices(role: Role, resume: Resume, lines: tuple[LineReading, ...]) -> Iterator[str]:
    if not role.kpis:
        yield f"The page of {role.title} names no KPIs, so the check looks at numbers and verbs alone."
    if other_language(lines):
        yield f"Most of “{resume.name}” is not in English; only English lines can be read."
