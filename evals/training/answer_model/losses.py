"""What the network is asked to get right, batch by batch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy, log_softmax, normalize, one_hot

from evals.training.answer_model.examples import ClauseExample, Example
from evals.training.answer_model.network import Network, answer_row, mean_matrix
from prepbot.analysis.words import form_key

OWNERS = ("I", "we", "none")
LEVELS = ("mentioned", "used", "quantified")
WEIGHTS = {"parts": 3.0, "relevance": 1.0, "ownership": 0.3, "kpis": 6.0, "levels": 0.3}
_SMOOTH = 0.06
_SWAPPED = 0.25
_MORE_METRICS = 12


@dataclass(frozen=True, slots=True)
class Questions:
    """The questions of each role, from which an answer may be given another one to learn what it does not answer."""

    of_role: Mapping[str, tuple[str, ...]]

    def another(self, example: Example, random: Random) -> tuple[str, tuple[float, float, float]] | None:
        """Another question and the chances of relevance 0, 1, 2 beside it; None where it is better left alone."""
        if example.relevance != 2 or len(example.text) < 60 or random.random() >= _SWAPPED:
            return None
        if random.random() < 0.6:
            far = [q for q in self.of_role.get(example.role, ()) if not _alike(q, example.question)]
            return (random.choice(far), (0.25, 0.6, 0.15)) if far else None
        roles = [role for role in self.of_role if role != example.role]
        return (random.choice(self.of_role[random.choice(roles)]), (0.75, 0.2, 0.05)) if roles else None


def _alike(left: str, right: str) -> bool:
    """Whether two questions share half of the shorter one's words, so that one answer may serve both."""
    common = set(form_key("how do you would what a in of on for and e-commerce website platform strategies steps take"))
    one, two = set(form_key(left)) - common, set(form_key(right)) - common
    return len(one & two) >= 0.5 * max(min(len(one), len(two)), 1)


def answer_losses(network: Network, batch: Sequence[Example], questions: Questions, random: Random) -> Tensor:
    """The loss of answers to questions of one role, or of single sentences."""
    swapped = [questions.another(example, random) for example in batch]
    rows = [
        answer_row(example.kind, other[0] if other else example.question, example.text)
        for example, other in zip(batch, swapped, strict=True)
    ]
    states = network.read(rows)
    kpis = _sampled_kpis(network, batch[0], random)
    losses: dict[str, list[Tensor]] = {name: [] for name in WEIGHTS}
    for example, other, row, hidden in zip(batch, swapped, rows, states, strict=True):
        tokens = hidden[row.first : row.first + len(row.offsets)]
        segments = mean_matrix(row.offsets, example.segments) @ tokens
        whole = tokens.mean(dim=0)
        losses["parts"] += _parts(network, example, segments, hidden[0])
        if example.relevance >= 0:
            losses["relevance"].append(_relevance(network, example, other, torch.cat([hidden[0], whole])))
        if example.ownership:
            owner = torch.tensor([OWNERS.index(example.ownership)])
            losses["ownership"].append(cross_entropy(network.ownership(whole)[None], owner))
        if kpis is not None and example.units:
            units = mean_matrix(row.offsets, example.units) @ tokens
            losses["kpis"].append(_kpis(network, example, units, kpis))
            losses["levels"] += _levels(network, example, units, segments)
    return torch.stack([WEIGHTS[name] * torch.stack(found).mean() for name, found in losses.items() if found]).sum()


def _sampled_kpis(network: Network, example: Example, random: Random) -> Tensor | None:
    """One of each KPI's texts, embedded: another one every time, so that none is learnt by heart."""
    if not example.kpis:
        return None
    return network.embed([random.choice(texts) for texts in example.kpis])


def _parts(network: Network, example: Example, segments: Tensor, opening: Tensor) -> list[Tensor]:
    labels = torch.tensor([[label for label, _ in row] for row in example.parts])
    weights = torch.tensor([[weight for _, weight in row] for row in example.parts])
    if not float(weights.sum()):
        return []
    logits = network.parts(torch.cat([segments, opening.expand_as(segments)], dim=1))
    return [(binary_cross_entropy_with_logits(logits, labels, reduction="none") * weights).sum() / weights.sum()]


def _relevance(
    network: Network, example: Example, other: tuple[str, tuple[float, float, float]] | None, vector: Tensor
) -> Tensor:
    target = one_hot(torch.tensor(example.relevance), 3).float() * (1 - _SMOOTH) + _SMOOTH / 3
    if other:
        target = torch.tensor(other[1])
    loss: Tensor = -(log_softmax(network.relevance(vector), dim=-1) * target).sum()
    return loss * (0.5 if other else 1.0)


def _kpis(network: Network, example: Example, units: Tensor, kpis: Tensor) -> Tensor:
    logits = network.kpi_logits(units, kpis)
    labels, weights = torch.zeros_like(logits), torch.ones_like(logits)
    for row, (referred, unsure) in enumerate(zip(example.referred, example.unsure, strict=True)):
        for kpi in referred:
            labels[row, kpi], weights[row, kpi] = 1.0, 2.0
        for kpi in unsure:
            weights[row, kpi] = 0.0
    loss = binary_cross_entropy_with_logits(logits, labels, reduction="none") * weights
    return loss.sum() / weights.sum().clamp(min=1)


def _levels(network: Network, example: Example, units: Tensor, segments: Tensor) -> list[Tensor]:
    found = []
    for row, referred in enumerate(example.referred):
        around = segments[example.unit_segments[row]]
        for level in referred.values():
            logits = network.levels(torch.cat([units[row], around]))
            found.append(cross_entropy(logits[None], torch.tensor([LEVELS.index(level)])))
    return found


def clause_losses(
    network: Network, batch: Sequence[ClauseExample], texts: Mapping[str, tuple[str, ...]], random: Random
) -> Tensor:
    """The loss of single clauses against their metrics and other ones."""
    rows = [answer_row("behavioural", "", example.text) for example in batch]
    states = network.read(rows)
    metrics = sorted({example.metric for example in batch} | set(random.sample(sorted(texts), _MORE_METRICS)))
    kpis = normalize(network.embed([random.choice(texts[metric]) for metric in metrics]), dim=-1)
    tokens = [hidden[row.first : row.first + len(row.offsets)] for row, hidden in zip(rows, states, strict=True)]
    units = torch.stack(
        [
            (mean_matrix(row.offsets, (example.clause,)) @ own)[0]
            for row, example, own in zip(rows, batch, tokens, strict=True)
        ]
    )
    logits = network.kpi_logits(units, kpis)
    labels, weights = torch.zeros_like(logits), torch.ones_like(logits)
    for index, example in enumerate(batch):
        for place, metric in enumerate(metrics):
            if metric == example.metric:
                labels[index, place], weights[index, place] = float(example.refers), 2.5
            elif metric in example.also:
                weights[index, place] = 0.0
    loss = binary_cross_entropy_with_logits(logits, labels, reduction="none") * weights
    total = WEIGHTS["kpis"] * loss.sum() / weights.sum()
    known = [index for index, example in enumerate(batch) if example.level]
    if known:
        around = torch.stack([tokens[index].mean(dim=0) for index in known])
        levels = network.levels(torch.cat([units[known], around], dim=1))
        total = total + WEIGHTS["levels"] * cross_entropy(
            levels, torch.tensor([LEVELS.index(batch[index].level) for index in known])
        )
    return total
