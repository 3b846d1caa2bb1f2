"""Role pages as read, against what their author wrote down (tests/data/roles/expected.json)."""

import json
import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from evals.bootstrap import Counts, difference, figure
from evals.sets import ROOT
from evals.suite import FloorValue, Measured, Options, Result, WorstCase
from evals.values import f1
from prepbot.domain.role import Role
from prepbot.reading.role_page import read_role_page
from prepbot.resources import resource

TRUTH = ROOT / "tests" / "data" / "roles" / "expected.json"
Items = Mapping[str, frozenset[Hashable]]
"""What was read of a page: for each kind of item, the items."""
_BULLET = re.compile(r"^- ([^:]+):", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Pages:
    """F1 over the items of all pages. Pages are the clusters, so that three of them give a wide interval."""

    name: str = "reading"

    def run(self, options: Options) -> Result:
        """Every kind of item; the floor reads bullets as KPIs and activities alike, and question marks as questions."""
        pages = [page for page in truth() if options.role in (None, page.removesuffix(".txt").replace("_", "-"))]
        if not pages:
            return Result(notes=(f"no page of {options.role} has its truth written down",))
        true = [_true(truth()[page]) for page in pages]
        texts = [resource(f"knowledge/{page}").read_text(encoding="utf-8") for page in pages]
        said = [_read(read_role_page(text, "a-role")[0]) for text in texts]
        naive = [_naive(text) for text in texts]
        figures = tuple(_measured(kind, true, said, naive, pages) for kind in true[0])
        return Result(figures, worst=tuple(_worst(pages, true, said)))


@cache
def truth() -> Mapping[str, Any]:
    """The truth of every page, by its file name."""
    found: Mapping[str, Any] = json.loads(TRUTH.read_text(encoding="utf-8"))
    return found


def _true(page: Mapping[str, Any]) -> Items:
    return {
        "title and function": frozenset({page["title"], page["function"]}),
        "activities": frozenset(page["activity_names"]),
        "KPIs": frozenset(page["kpi_names"]),
        "stages": frozenset(page["stage_names"]),
        "questions": frozenset(one["question"] for one in page["questions"]),
        "questions with topics": frozenset((one["question"], tuple(one["topics"])) for one in page["questions"]),
    }


def _read(role: Role) -> Items:
    return {
        "title and function": frozenset({role.title, role.function}),
        "activities": frozenset(one.name for one in role.activities),
        "KPIs": frozenset(one.name for one in role.kpis),
        "stages": frozenset(one.name for one in role.stages),
        "questions": frozenset(one.text for one in role.questions),
        "questions with topics": frozenset((one.text, one.topics) for one in role.questions),
    }


def _naive(text: str) -> Items:
    """A reader without sections: first two lines, every "- Name:" and every line with a question mark."""
    lines = text.splitlines()
    bullets = frozenset(_BULLET.findall(text))
    asked = frozenset(line.strip(" |") for line in lines if "?" in line)
    return {
        "title and function": frozenset({lines[0], lines[1].removeprefix("Function: ")}),
        "activities": bullets,
        "KPIs": bullets,
        "stages": frozenset(lines[place + 1] for place, line in enumerate(lines[:-1]) if line.strip() == "-"),
        "questions": asked,
        "questions with topics": frozenset((line, ()) for line in asked),
    }


def _measured(
    kind: str, true: Sequence[Items], said: Sequence[Items], naive: Sequence[Items], pages: Sequence[str]
) -> Measured:
    ours, others = _counts(kind, true, said), _counts(kind, true, naive)
    floor = FloorValue(float(f1(others.sum(axis=0))), difference(ours, others, pages, f1))
    return Measured(f"{kind} F1", "role pages", figure(ours, pages, f1, ours.sum(axis=0)[2]), {"line shapes": floor})


def _counts(kind: str, true: Sequence[Items], said: Sequence[Items]) -> Counts:
    return np.array(
        [(len(t[kind] & s[kind]), len(s[kind]), len(t[kind])) for t, s in zip(true, said, strict=True)],
        dtype=np.float64,
    )


def _worst(pages: Sequence[str], true: Sequence[Items], said: Sequence[Items]) -> list[WorstCase]:
    return [
        WorstCase("role pages", page, f"{kind} {'missed' if item in t[kind] else 'falsely read'}", str(item))
        for page, t, s in zip(pages, true, said, strict=True)
        for kind in t
        for item in sorted(t[kind] ^ s[kind], key=str)
    ]
