"""Find the KPIs of a role by name: names, aliases, abbreviations and inverse measures, on word boundaries."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from prepbot.analysis.words import ARTICLES, Word, form_key
from prepbot.domain.metric import TrackedKpi

_BRACKETS = re.compile(r"\s*\(([^)]*)\)")
# Words that only say "this is a measure": a KPI is known by what stands before them.
_MEASURE_WORDS = frozenset({"rate", "ratio", "score", "index", "percentage", "level", "number", "total", "average"})
# Abbreviations that are also plain words count in capitals only.
_PLAIN_WORDS = frozenset({"it", "car", "art", "pace", "nest", "era", "fit", "aid", "cost", "cap", "par", "arc", "ads"})


@dataclass(frozen=True, slots=True)
class NameHit:
    """A KPI found by words: its index among the tracked KPIs and its place in the plain text."""

    kpi: int
    start: int
    end: int
    via: str


@dataclass(frozen=True, slots=True)
class _Form:
    kpi: int
    via: str
    capitals: bool = False


class KpiNames:
    """The names of a role's KPIs, ready to be looked for in any number of answers."""

    def __init__(self, tracked: Sequence[TrackedKpi]) -> None:
        self._forms: dict[tuple[str, ...], list[_Form]] = {}
        for index, kpi in enumerate(tracked):
            for phrase, form in _forms_of(index, kpi):
                key = form_key(phrase)
                if key and all(known.kpi != index for known in self._forms.get(key, [])):
                    self._forms.setdefault(key, []).append(form)
        self._longest = max((len(key) for key in self._forms), default=0)

    def find(self, words: Sequence[Word]) -> tuple[NameHit, ...]:
        """The hits in `words`, longest first at each place, without those that a confusion covers."""
        counted = [word for word in words if word.form not in ARTICLES]
        hits: list[NameHit] = []
        vetoes: list[NameHit] = []
        for start in range(len(counted)):
            for form, first, last in self._at(counted, start):
                hit = NameHit(form.kpi, first.start, last.end, form.via)
                (vetoes if form.via == "confusion" else hits).append(hit)
        return _longest_only([hit for hit in hits if not _vetoed(hit, vetoes)])

    def _at(self, words: Sequence[Word], start: int) -> Iterator[tuple[_Form, Word, Word]]:
        key: tuple[str, ...] = ()
        for end in range(start, min(start + self._longest, len(words))):
            key = (*key, words[end].form)
            for form in self._forms.get(key, ()):
                if not form.capitals or words[start].text.isupper():
                    yield form, words[start], words[end]


def _forms_of(index: int, tracked: TrackedKpi) -> Iterator[tuple[str, _Form]]:
    """Every phrase that names the KPI or only seems to, the plainest first."""
    metric = tracked.metric
    if metric is not None:
        yield from ((phrase, _Form(index, "confusion")) for phrase in metric.confusions)
    for name in (tracked.kpi.name, metric.name if metric else ""):
        yield from ((phrase, _Form(index, "name")) for phrase in _names_in(name))
    for bracketed in _BRACKETS.findall(tracked.kpi.name):
        yield from _abbreviation(index, bracketed)
    if metric is None:
        return
    yield from ((alias, _Form(index, "name")) for alias in metric.aliases)
    for abbreviation in metric.abbreviations:
        yield from _abbreviation(index, abbreviation)
    yield from ((phrase, _Form(index, "inverse")) for phrase in metric.inverse)


def _abbreviation(index: int, text: str) -> Iterator[tuple[str, _Form]]:
    plain_word = text.lower() in _PLAIN_WORDS or len(text) < 3
    yield text, _Form(index, "name", capitals=plain_word)


def _names_in(name: str) -> Iterator[str]:
    """The name without brackets, and without a last word that only says "measure" if two words remain."""
    plain = _BRACKETS.sub("", name).strip()
    yield plain
    parts = plain.split()
    while len(parts) > 2 and parts[-1].lower() in _MEASURE_WORDS:
        parts = parts[:-1]
        yield " ".join(parts)
    if len(parts) > 2 and parts[0].lower() in _MEASURE_WORDS:
        yield " ".join(parts[1:])


def _vetoed(hit: NameHit, vetoes: Sequence[NameHit]) -> bool:
    return any(
        veto.kpi == hit.kpi
        and veto.start < hit.end
        and hit.start < veto.end
        and veto.end - veto.start >= hit.end - hit.start
        for veto in vetoes
    )


def _longest_only(hits: Sequence[NameHit]) -> tuple[NameHit, ...]:
    """Of overlapping hits the longest: "email open rate" is one KPI, not two."""
    kept: list[NameHit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start - hit.end, hit.start)):
        if all(hit.end <= other.start or other.end <= hit.start or _same_place(hit, other) for other in kept):
            kept.append(hit)
    return tuple(sorted(kept, key=lambda hit: hit.start))


def _same_place(left: NameHit, right: NameHit) -> bool:
    """Two KPIs that share one name are both meant."""
    return left.kpi != right.kpi and (left.start, left.end) == (right.start, right.end)
