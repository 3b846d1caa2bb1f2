"""What a résumé shows for a role, line by line: KPIs, numbers, verbs, what is missing, and what to rewrite first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from prepbot.domain.advice import Advice, Reason
from prepbot.domain.evidence import HARD_FLAGS, Evidence, Flag, KpiLevel, KpiReference, Span
from prepbot.domain.opening import Opening, OpeningKind
from prepbot.domain.resume import LineKind, ResumeLine

MOST_REWRITES = 5
_MOST_BRACKETS = 2


@dataclass(frozen=True, slots=True)
class LineReading:
    """What one line of a résumé shows. Spans are code points of `line.text`.

    `numbers` are figures that measure something: no dates, no version numbers.
    """

    line: ResumeLine
    evidence: Evidence
    numbers: tuple[Span, ...]
    opening: Opening

    @property
    def quotable(self) -> bool:
        """Whether the line may be advised on and asked about: a claim in plain words, none of them for a grader."""
        claim = self.line.kind is LineKind.CLAIM
        return claim and not self.evidence.set_aside and not self.evidence.flags & HARD_FLAGS

    @property
    def strongest(self) -> KpiReference | None:
        """The KPI reference that goes furthest, the first of equals."""
        return max(self.evidence.kpis, key=lambda reference: reference.level, default=None)


@dataclass(frozen=True, slots=True)
class KpiInResume:
    """How far one KPI of the role gets in a résumé, and on which lines. `level` None: it appears nowhere."""

    kpi: str
    level: KpiLevel | None
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A line worth rewriting: why, and its own words with a bracket where something is missing."""

    line: ResumeLine
    reasons: tuple[str, ...]
    skeleton: str


@dataclass(frozen=True, slots=True)
class ResumeCheck:
    """A résumé against one role. `rewrites` stand in the order in which they pay; `notices` are for people to read."""

    role_title: str
    engine: str
    lines: tuple[LineReading, ...]
    kpis: tuple[KpiInResume, ...]
    rewrites: tuple[Rewrite, ...]
    notices: tuple[str, ...] = ()

    @property
    def claims(self) -> tuple[LineReading, ...]:
        """The lines that say what was done."""
        return tuple(reading for reading in self.lines if reading.line.kind is LineKind.CLAIM)

    @property
    def missing(self) -> tuple[str, ...]:
        """The role's KPIs that appear nowhere, in the role page's order."""
        return tuple(row.kpi for row in self.kpis if row.level is None)

    @property
    def first_rewrites(self) -> tuple[Rewrite, ...]:
        """The few to begin with."""
        return self.rewrites[:MOST_REWRITES]


def kpis_in(lines: Sequence[LineReading], kpis: Iterable[str]) -> tuple[KpiInResume, ...]:
    """Each KPI's highest level over all lines, and the lines that refer to it."""
    rows = []
    for kpi in kpis:
        said = [
            (reading.line.number, reference.level)
            for reading in lines
            for reference in reading.evidence.kpis
            if reference.kpi == kpi
        ]
        level = max((level for _, level in said), default=None)
        rows.append(KpiInResume(kpi, level, tuple(dict.fromkeys(number for number, _ in said))))
    return tuple(rows)


def rewrites_of(lines: Sequence[LineReading], advice: Advice) -> tuple[Rewrite, ...]:
    """Every line worth rewriting, by the place of its first reason, then by how many it has, then from the top."""
    found = []
    for reading in lines:
        reasons = [reason for reason in advice.reasons if reading.quotable and _applies(reason.id, reading)]
        if reasons:
            rank = (advice.reasons.index(reasons[0]), -len(reasons), reading.line.number)
            found.append((rank, _rewrite(reading, reasons)))
    return tuple(rewrite for _, rewrite in sorted(found, key=lambda ranked: ranked[0]))


def other_language(lines: Sequence[LineReading]) -> bool:
    """Whether most lines are in another language than English, so that little can be read in them."""
    return 2 * sum(Flag.OTHER_LANGUAGE in reading.evidence.flags for reading in lines) > len(lines)


def _applies(reason: str, reading: LineReading) -> bool:
    kpis, unclear, opening = reading.evidence.kpis, reading.evidence.unclear_kpis, reading.opening
    bare = not kpis and not unclear
    holds = {
        "kpi_without_number": bool(kpis) and all(reference.level < KpiLevel.QUANTIFIED for reference in kpis),
        "kpi_unclear": bool(unclear) and not kpis,
        "weak_opening": opening.kind is OpeningKind.DUTY,
        "no_verb": opening.kind is OpeningKind.NONE and not opening.subject,
        "no_number": bare and not reading.numbers,
        "team": opening.team,
        "no_kpi": bare and bool(reading.numbers),
    }
    return holds[reason]


def _rewrite(reading: LineReading, reasons: Sequence[Reason]) -> Rewrite:
    words, opening = reading.line.text, reading.opening
    said = opening.span.cut(words) if opening.span else ""
    kpi = _kpi(reading)
    lead = [reason.bracket for reason in reasons if reason.at_start][:1]
    tail = [reason.bracket.format(kpi=kpi) for reason in reasons if not reason.at_start][:_MOST_BRACKETS]
    kept = words[opening.span.end :] if opening.kind is OpeningKind.DUTY and opening.span else words
    skeleton = " ".join([*lead, kept.strip(" \t:,;.–—-"), *tail])
    return Rewrite(reading.line, tuple(reason.says.format(kpi=kpi, opening=said) for reason in reasons), skeleton)


def _kpi(reading: LineReading) -> str:
    """The KPI that the line names, or else the one that it may mean."""
    named = reading.strongest or next(iter(reading.evidence.unclear_kpis), None)
    return named.kpi if named else ""
