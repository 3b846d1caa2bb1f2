"""`python -m evals.training.contradictions`: fit how sure a contradiction is, write knowledge/contradictions.json."""

import json
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, permutations

import numpy as np

from evals.contradictions import Pair, catalogue, is_labelled, load_pairs
from evals.sets import DATASETS, load_sets
from evals.training.cases import Case
from evals.training.fit import Floats, fit, out_of_fold
from prepbot.analysis.contradiction_sureness import LIKENESS, scaled
from prepbot.analysis.contradictions import Candidate, ContradictionFinder
from prepbot.domain.contradiction import ContradictionKind, Said
from prepbot.ports import Embedder
from prepbot.resources import resource
from prepbot.retrieval.embedding import MiniLmEmbedder

_STRENGTH = 1.0
_OF_ONE_PERSON, _OF_STRANGERS = 0.3, 0.1
"""What an unlabelled pair weighs beside a labelled one: there are many of them, and a few may contradict after all."""
_STRANGERS = ("answers_dev", "answers_dev2")
_PRECISION = 0.95
_SPOKEN = ("says", "would", "again", "number", "result", "own_part", "steps", "last_time")


def main() -> None:
    """Fit each kind with the cosine of its sentences and without, and print what a cross-validation found."""
    embedder = MiniLmEmbedder()
    finder = ContradictionFinder(catalogue())
    cases = {kind: _cases(kind, finder, embedder) for kind in ContradictionKind}
    models = {}
    for kind, of_kind in cases.items():
        models[kind.value] = _entry(kind.value, of_kind)
        models[f"{kind.value}_words"] = _entry(f"{kind.value}_words", [_without_likeness(case) for case in of_kind])
    trained = {"embedder": embedder.version, "models": models}
    target = resource("knowledge") / "contradictions.json"
    target.write_text(json.dumps(trained, separators=(",", ":"), sort_keys=True) + "\n", encoding="utf-8")


def _entry(name: str, cases: Sequence[Case]) -> Mapping[str, object]:
    scores = out_of_fold(cases, _STRENGTH)
    threshold = _precise_threshold(scores, cases)
    labelled = [
        (score >= threshold, case) for score, case in zip(scores, cases, strict=True) if case.weight > _OF_ONE_PERSON
    ]
    groups = {case.group for _, case in labelled if case.label}
    found = {case.group for said, case in labelled if case.label and said}
    false = [case for score, case in zip(scores, cases, strict=True) if score >= threshold and not case.label]
    by_source = {source: sum(case.source == source for case in false) for source in ("pair", "person", "strangers")}
    sys.stdout.write(f"{name}: finds {len(found)} of {len(groups)} from {threshold:.2f}, false {by_source}\n")
    return fit(cases, _STRENGTH).as_json(threshold)


def _precise_threshold(scores: Floats, cases: Sequence[Case]) -> float:
    """The least threshold, one half or more, from which labelled and personal pairs are found with enough precision."""
    labels = np.array([case.label for case in cases])
    counted = np.array([case.weight if case.label else float(case.source != "strangers") for case in cases])
    for cut in np.arange(0.5, 0.95, 0.01):
        said = scores >= cut
        right, all_said = counted[said & labels].sum(), counted[said].sum()
        if all_said and right / all_said >= _PRECISION:
            return float(cut)
    return 0.95


def _cases(kind: ContradictionKind, finder: ContradictionFinder, embedder: Embedder) -> list[Case]:
    pairs = load_pairs()
    cases = [case for pair in pairs for case in _labelled(pair, kind, finder, embedder)]
    for said in _interviews():
        found = (one for a, b in combinations(said, 2) for one in finder.candidates(a, b))
        cases += _negative(found, kind, embedder, _OF_ONE_PERSON, "person")
    of_files = (pair for pair in pairs if pair.split != "rules")
    found = (one for a, b in permutations(of_files, 2) for one in finder.candidates(a.earlier, b.later))
    cases += _negative(found, kind, embedder, _OF_STRANGERS, "strangers")
    of_strangers = combinations(_strangers(), 2)
    found = (one for a, b in of_strangers if a.question != b.question for one in finder.candidates(a, b))
    return cases + list(_negative(found, kind, embedder, _OF_STRANGERS, "strangers"))


def _labelled(pair: Pair, kind: ContradictionKind, finder: ContradictionFinder, embedder: Embedder) -> Iterator[Case]:
    """The claims that are labelled to contradict, sharing one weight; every other kind of finding is a false one."""
    found = [one for one in finder.candidates(pair.earlier, pair.later) if one.compared is kind]
    right = [one for one in found if is_labelled(one, pair)]
    for one in right:
        yield Case(_signs(one, embedder), label=True, weight=1 / len(right), group=pair.id, source="pair")
    if not right and pair.kind is not kind:
        yield from _negative(found, kind, embedder, 1.0, "pair", pair.id)


def _negative(
    found: Iterable[Candidate], kind: ContradictionKind, embedder: Embedder, weight: float, source: str, group: str = ""
) -> Iterator[Case]:
    for one in found:
        if one.compared is kind:
            name = group or one.earlier.words
            yield Case(_signs(one, embedder), label=False, weight=weight, group=name, source=source)


def _signs(one: Candidate, embedder: Embedder) -> Mapping[str, float]:
    left, right = embedder.embed(one.sentences)
    return {**one.signs, LIKENESS: scaled(float(left @ right))}


def _without_likeness(case: Case) -> Case:
    signs = {name: value for name, value in case.features.items() if name != LIKENESS}
    return Case(signs, case.label, case.weight, case.group, case.source)


def _strangers() -> list[Said]:
    """Answers of people who have only the trade in common."""
    rows = [row for one in load_sets() if one.name in _STRANGERS for row in one.rows()]
    return [Said(row.question, row.answer, seq=seq) for seq, row in enumerate(rows)]


def _interviews() -> Iterator[list[Said]]:
    """What each scripted candidate who tells the truth says, answer by answer."""
    for path in sorted((DATASETS / "candidates").glob("*.toml")):
        person = tomllib.loads(path.read_text(encoding="utf-8"))
        if person["manner"] != "contradicts herself":
            said = (fact[name] for fact in person["facts"] for name in _SPOKEN if fact.get(name))
            yield [Said("", text, seq=seq) for seq, text in enumerate(said)]


if __name__ == "__main__":
    main()
