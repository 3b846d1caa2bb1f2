"""What can be counted on the surface of an answer without understanding it: what naive floors know.

Nothing here uses the analyst's own code: a floor that borrowed from it would move with it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache, wraps
from typing import TypeVar

from rank_bm25 import BM25Okapi
from snowballstemmer import stemmer

from evals.labelled import LabelledAnswer, role_texts
from prepbot.domain.role import Kpi

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+(?:[.,]\d+)*")
_SENTENCE = re.compile(r"\S.*?(?:[.!?]+[\"'”’)]*(?=\s|\Z)|\n|\Z)", re.DOTALL)
_NUMBER = re.compile(
    r"\d+(?:[.,]\d+)*|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|"
    r"hundred|thousand|half|halved|doubled|tripled|third|quarter|dozen)\b",
    re.IGNORECASE,
)
_SELF = re.compile(r"\bI\b(?!-)")
_WE = re.compile(r"\b[Ww]e\b")
CUES = {
    "situation": r"when|at my|last year|in my|while|back in|used to|worked|problem|say|suppose|imagine",
    "task": r"goal|aim|objective|target|task|my job|responsible|needed to|asked to|had to|wanted to|purpose",
    "action": r"(?:I|we)(?:'d|'ll| would| will)? (?:\w+ly |also |then |first )?[a-z]+|first|then|next",
    "result": r"result|outcome|in the end|increased|decreased|rose|fell|dropped|grew|improved|led to|went from|success",
    "reflection": r"learn\w*|next time|looking back|in hindsight|trade-off|cost us|should have|would have|differently",
}
"""Words that usually introduce a part."""
_CUES = {part: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for part, words in CUES.items()}
_CONNECTIVE = re.compile(r"\b(?:because|so that|result|therefore|led to|in order to|goal|aim|learned)\b", re.IGNORECASE)

_Found = TypeVar("_Found")


def _once_a_row(count: Callable[[LabelledAnswer], _Found]) -> Callable[[LabelledAnswer], _Found]:
    """Counted once for each answer: floors ask for the same counts in every fold."""
    kept: dict[tuple[str, str, str], _Found] = {}

    @wraps(count)
    def counted(row: LabelledAnswer) -> _Found:
        key = (row.source, row.id, row.answer)
        if key not in kept:
            kept[key] = count(row)
        return kept[key]

    return counted


@dataclass(frozen=True, slots=True)
class Surface:
    """The six counts of the ridge floor."""

    words: int
    sentences: int
    numbers: int
    kpi_names: int
    self_and_we: int
    cues: int

    @property
    def counts(self) -> tuple[int, ...]:
        """All six, in the order of the fields."""
        return self.words, self.sentences, self.numbers, self.kpi_names, self.self_and_we, self.cues


@_once_a_row
def surface(row: LabelledAnswer) -> Surface:
    """The counts of one answer."""
    text = row.answer
    return Surface(
        len(text.split()),
        len(sentences(text)),
        len(_NUMBER.findall(text)),
        len(named_kpis(row)),
        len(_SELF.findall(text)) + len(_WE.findall(text)),
        len(_CONNECTIVE.findall(text)),
    )


def sentences(text: str) -> list[str]:
    """The sentences of a text, by `sentence_ranges`."""
    return [text[start:end] for start, end in sentence_ranges(text)]


def sentence_ranges(text: str) -> list[tuple[int, int]]:
    """Where sentences stand: up to full stops, question or exclamation marks before a space, and up to line ends."""
    return [found.span() for found in _SENTENCE.finditer(text)]


def pronouns(text: str) -> tuple[int, int]:
    """How often "I" and "we" are said."""
    return len(_SELF.findall(text)), len(_WE.findall(text))


def cued_parts(text: str) -> frozenset[str]:
    """The parts for which a cue word stands somewhere."""
    return frozenset(part for part, cue in _CUES.items() if cue.search(text))


@_once_a_row
def named_kpis(row: LabelledAnswer) -> dict[str, bool]:
    """The role's KPIs whose name or bracketed abbreviation stands in the answer, and whether a number is beside it.

    Beside means in the same sentence.
    """
    found: dict[str, bool] = {}
    for sentence in sentences(row.answer):
        for kpi in kpis_of(row):
            if _name_pattern(kpi.name).search(sentence):
                found[kpi.name] = found.get(kpi.name, False) or has_number(sentence)
    return found


def has_number(text: str) -> bool:
    """Whether a number stands in the text, in digits or as a common word."""
    return _NUMBER.search(text) is not None


def kpis_of(row: LabelledAnswer) -> tuple[Kpi, ...]:
    """The KPIs of the row's role."""
    return tuple(tracked.kpi for tracked in role_texts(row, ()).tracked)


@cache
def _name_pattern(name: str) -> re.Pattern[str]:
    bare = re.sub(r"\s*\(.*?\)", "", name)
    abbreviations = [word for word in re.findall(r"\(([^)]*)\)", name) if word.isupper()]
    return re.compile("|".join(rf"\b{re.escape(word)}\b" for word in (bare, *abbreviations)), re.IGNORECASE)


@_once_a_row
def similarity_to_question(row: LabelledAnswer) -> float:
    """BM25 of the question as a query, the answer's sentences being the documents: the best sentence counts."""
    documents = [words for sentence in sentences(row.answer) if (words := stems(sentence))]
    return max((float(score) for score in _scores(documents, stems(row.question))), default=0.0)


@_once_a_row
def similarity_to_kpis(row: LabelledAnswer) -> dict[str, tuple[float, bool]]:
    """For each KPI of the role the best BM25 of a sentence against "name definition", and whether it holds a number.

    A sentence is the query; the role's KPIs are the documents.
    """
    kpis, said = kpis_of(row), sentences(row.answer)
    ranking = _kpi_ranking(kpis)
    found = {kpi.name: (0.0, False) for kpi in kpis}
    for sentence in said:
        for kpi, score in zip(kpis, ranking.get_scores(stems(sentence)), strict=True):
            found[kpi.name] = max(found[kpi.name], (float(score), has_number(sentence)))
    return found


def _scores(documents: list[list[str]], query: list[str]) -> list[float]:
    """BM25 without inverse frequencies, which one answer's sentences cannot give: every shared stem counts alike."""
    mean = sum(map(len, documents)) / max(len(documents), 1)
    return [
        sum(_saturated(words.count(stem), len(words), mean) for stem in set(query) if stem in words)
        for words in documents
    ]


def _saturated(count: int, length: int, mean: float, k: float = 1.5, b: float = 0.75) -> float:
    return count * (k + 1) / (count + k * (1 - b + b * length / mean))


@lru_cache(maxsize=64)
def _kpi_ranking(kpis: tuple[Kpi, ...]) -> BM25Okapi:
    return BM25Okapi([stems(f"{kpi.name} {kpi.definition}") for kpi in kpis])


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    return str(stemmer("english").stemWord(word))


_FUNCTION_WORDS = (
    "a an the and or of to in for on at by with is are was were be been it its this that as from you your i we our my "
    "how what which do does did would have has had can could will if"
)
_EMPTY = frozenset(_FUNCTION_WORDS.split())


def stems(text: str) -> list[str]:
    """Stemmed words, function words left out."""
    return [_stem(word) for word in _WORD.findall(text.lower()) if word not in _EMPTY]
