"""Labelled answers, read from JSON lines, each beside the KPIs of its role."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from prepbot.analysis.words import form_key
from prepbot.domain.metric import TrackedKpi
from prepbot.domain.role import Kpi, Question, QuestionKind, Role
from prepbot.reading.catalogue import load_metrics, track
from prepbot.reading.library import find_role
from prepbot.resources import resource

_KINDS = {"behavioural": QuestionKind.PAST_BEHAVIOUR}


@dataclass(frozen=True, slots=True)
class LabelledKpi:
    """A KPI reference as labelled: the page's name, the words, the level.

    `form` is "paraphrase" where the words hold no word of the name, else "name".
    """

    name: str
    evidence: str
    level: str
    form: str


@dataclass(frozen=True, slots=True)
class LabelledAnswer:
    """One labelled answer. `sentences` holds (text, parts) where each sentence was labelled, else nothing.

    `kpi_list` names the role's KPIs where the role has no page. Of a row that is `only_relevance` nothing else was
    labelled: its KPIs, parts, ownership and band are empty and mean nothing.
    """

    id: str
    source: str
    role: str
    question: str
    kind: QuestionKind
    answer: str
    kpis: tuple[LabelledKpi, ...]
    parts: dict[str, str]
    ownership: str
    relevance: int
    band: int
    tags: frozenset[str]
    voice: str
    sentences: tuple[tuple[str, frozenset[str]], ...]
    kpi_list: tuple[str, ...]
    only_relevance: bool = False


def load_rows(path: Path) -> tuple[LabelledAnswer, ...]:
    """The rows of one file, in its order."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(_row(json.loads(line), path.stem) for line in lines if line.strip())


def _row(data: dict[str, Any], source: str) -> LabelledAnswer:
    parts = {name: span for name, span in data["star"].items() if span}
    if data.get("reflection"):
        parts["reflection"] = data["reflection"]
    return LabelledAnswer(
        id=data["id"],
        source=data.get("source") or source,
        role=data.get("role", "ecommerce-specialist").replace("_", "-"),
        question=data["question"],
        kind=_kind(data["question_kind"]),
        answer=data["answer"],
        kpis=tuple(LabelledKpi(k["name"], k["evidence"], k["level"], k.get("form") or _form(k)) for k in data["kpis"]),
        parts=parts,
        ownership=data["ownership"],
        relevance=data["relevance"],
        band=data["band"],
        tags=frozenset(data.get("tags", ())),
        voice=data.get("voice") or source,
        sentences=tuple((s["text"], frozenset(s["parts"])) for s in data.get("sentences", ())),
        kpi_list=tuple(data.get("kpi_list") or ()),
    )


def load_relevance(path: Path | None = None) -> tuple[LabelledAnswer, ...]:
    """The rows of knowledge/relevance_answers.jsonl, labelled for relevance alone."""
    path = path or resource("knowledge/relevance_answers.jsonl")
    empty = {"kpis": (), "star": {}, "ownership": "", "band": 0}
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return tuple(replace(_row(empty | data, path.stem), only_relevance=True) for data in rows)


def load_other_questions() -> tuple[LabelledAnswer, ...]:
    """Training answers beside questions that they were not given to, labelled for relevance to these."""
    answers = {row.id: row for row in load_training()}
    lines = (DATASETS / "other_questions.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(_beside(answers[data["answer_id"]], data) for data in map(json.loads, lines))


def _beside(answer: LabelledAnswer, data: dict[str, Any]) -> LabelledAnswer:
    return replace(
        answer,
        id=data["id"],
        question=data["question"],
        kind=_kind(data["question_kind"]),
        relevance=data["relevance"],
        kpis=(),
        parts={},
        ownership="",
        band=0,
        sentences=(),
        only_relevance=True,
    )


def _kind(name: str) -> QuestionKind:
    return _KINDS.get(name) or QuestionKind(name)


def _form(kpi: dict[str, str]) -> str:
    """How a reference is worded, where the file does not say."""
    shared = set(form_key(kpi["name"])) & set(form_key(kpi["evidence"]))
    return "name" if shared - {"rate", "time", "score", "average", "customer", "on"} else "paraphrase"


@dataclass(frozen=True, slots=True)
class RoleTexts:
    """What an analyst is built with: the tracked KPIs, the questions and the activities."""

    tracked: tuple[TrackedKpi, ...]
    questions: tuple[str, ...]
    activities: tuple[str, ...]


def role_texts(row: LabelledAnswer, rows: Sequence[LabelledAnswer]) -> RoleTexts:
    """The texts of a row's role: its page's, or for a role without one its KPI names and the questions met."""
    if row.kpi_list:
        questions = tuple(dict.fromkeys(other.question for other in rows if other.role == row.role))
        return RoleTexts(_tracked(row.kpi_list), questions, ())
    return _page_texts(row.role)


@cache
def _tracked(names: tuple[str, ...]) -> tuple[TrackedKpi, ...]:
    return tuple(track([Kpi(name, "", 0) for name in names], load_metrics()))


@cache
def _page_texts(role_id: str) -> RoleTexts:
    role = _role(role_id)
    activities = tuple(f"{activity.name}: {activity.text}" for activity in role.activities)
    questions = tuple(question.text for question in role.questions)
    return RoleTexts(tuple(track(role.kpis, load_metrics())), questions, activities)


@cache
def _role(role_id: str) -> Role:
    return find_role(role_id)[0]


def role_of(row: LabelledAnswer, among: Sequence[LabelledAnswer]) -> Role:
    """A row's role: its page's, or for a role without one its KPIs and the questions met."""
    if not row.kpi_list:
        return _role(row.role)
    questions = dict.fromkeys((other.question, other.kind) for other in among if other.role == row.role)
    return _pageless(row.role, row.kpi_list, tuple(questions))


@cache
def _pageless(name: str, kpis: tuple[str, ...], questions: tuple[tuple[str, QuestionKind], ...]) -> Role:
    asked = tuple(Question(f"q{n:02d}", text, (), kind, 0) for n, (text, kind) in enumerate(questions, start=1))
    title = name.replace("-", " ")
    return Role(name, title, "", "", 0, (), tuple(Kpi(kpi, "", 0) for kpi in kpis), (), asked, "")


TRAINING = resource("knowledge/training_answers.jsonl")
DATASETS = Path(__file__).parent / "datasets"
TRAINED_ON = (TRAINING, DATASETS / "answers_dev.jsonl", DATASETS / "answers_dev2.jsonl")


def load_training() -> tuple[LabelledAnswer, ...]:
    """Every answer that may be trained on, file by file."""
    return tuple(row for path in TRAINED_ON for row in load_rows(path))
