"""Fits the network: batches of one role each, a warm-up and a cosine down, everything drawn from one seed."""

import math
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

import torch
from torch import nn

from evals.training.answer_model.examples import ClauseExample, Example, metric_texts
from evals.training.answer_model.losses import Questions, answer_losses, clause_losses
from evals.training.answer_model.network import Network
from evals.training.answer_model.padding import padded, silent_sentences
from prepbot.ports import KpiTexts

BATCH, CLAUSE_BATCH = 8, 24
EPOCHS, RATE, HEAD_RATE, WARM_UP = 6, 1.5e-4, 3e-3, 0.08


@dataclass(frozen=True, slots=True)
class Material:
    """What one network is trained on."""

    examples: tuple[Example, ...]
    clauses: tuple[ClauseExample, ...]


def trained(material: Material, seed: int = 20261125, epochs: int = EPOCHS) -> Network:
    """A network trained from MiniLM on `material`."""
    torch.manual_seed(seed)
    random = Random(seed)
    network = Network().train()
    lower = [weight for name, weight in network.named_parameters() if name.startswith("bert") and weight.requires_grad]
    heads = [weight for name, weight in network.named_parameters() if not name.startswith("bert")]
    groups = [{"params": lower, "lr": RATE}, {"params": heads, "lr": HEAD_RATE}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    questions, texts = _questions(material.examples), metric_texts()
    silent = silent_sentences(material.examples)
    steps = epochs * len(list(_batches(material, Random(0))))
    step = 0
    for epoch in range(epochs):
        start, total = time.monotonic(), 0.0
        for batch in _batches(material, random):
            _set_rate(optimizer, step, steps)
            step += 1
            if isinstance(batch[0], Example):
                padding = [padded(example, silent, random) for example in batch]
                loss = answer_losses(network, padding, questions, random)
            else:
                loss = clause_losses(network, batch, texts, random)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_([*lower, *heads], 1.0)
            optimizer.step()
            total += loss.item()
        sys.stdout.write(
            f"epoch {epoch + 1}: loss {total / step * (epoch + 1):.3f}, {time.monotonic() - start:.0f} s\n"
        )
        sys.stdout.flush()
    return network.eval()


def _questions(examples: Sequence[Example]) -> Questions:
    of_role: dict[str, dict[str, None]] = {}
    for example in examples:
        if example.kpis:
            of_role.setdefault(example.role, {})[example.question] = None
    return Questions({role: tuple(questions) for role, questions in sorted(of_role.items())})


def _batches(material: Material, random: Random) -> Iterator[Sequence[Example] | Sequence[ClauseExample]]:
    """Every answer and half of the clauses, in random order; a batch holds one role's answers of about one length."""
    by_role: dict[tuple[str, KpiTexts], list[Example]] = {}
    for example in material.examples:
        by_role.setdefault((example.role, example.kpis), []).append(example)
    batches: list[Sequence[Example] | Sequence[ClauseExample]] = []
    for examples in by_role.values():
        order = sorted(examples, key=lambda example: len(example.text) / 160 + 0.5 * random.random())
        batches += [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
    half = random.sample(material.clauses, len(material.clauses) // 2)
    clauses = sorted(half, key=lambda clause: len(clause.text) / 40 + random.random())
    batches += [clauses[start : start + CLAUSE_BATCH] for start in range(0, len(clauses), CLAUSE_BATCH)]
    random.shuffle(batches)
    yield from batches


def _set_rate(optimizer: torch.optim.Optimizer, step: int, steps: int) -> None:
    share = min(1.0, (step + 1) / (WARM_UP * steps)) * 0.5 * (1 + math.cos(math.pi * step / steps))
    for group, rate in zip(optimizer.param_groups, (RATE, HEAD_RATE), strict=True):
        group["lr"] = rate * share
