"""The trained network as files: the encoder as an int8 ONNX model, the heads as JSON."""

import hashlib
import json
import tempfile
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from transformers import BertModel

from evals.training.answer_model.network import Network

_DIGITS = 5
_OPSET = 17
_NAMES = ("input_ids", "attention_mask", "token_type_ids")


class _Hidden(nn.Module):
    """The encoder alone: three integer matrices in, token vectors out."""

    def __init__(self, bert: BertModel) -> None:
        super().__init__()
        self.bert = bert

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        """Token vectors, shape (rows, tokens, 384)."""
        found = self.bert(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids)
        hidden: Tensor = found.last_hidden_state
        return hidden


def export(network: Network, folder: Path) -> None:
    """Write model.onnx and heads.json to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / "model.onnx"
    write_int8(network.bert, target)
    heads = {name: _layer(getattr(network, name)) for name in ("parts", "relevance", "ownership", "levels")}
    heads["model_sha256"] = hashlib.sha256(target.read_bytes()).hexdigest()
    (folder / "heads.json").write_text(
        json.dumps(heads, separators=(",", ":"), sort_keys=True) + "\n", encoding="utf-8"
    )


def write_int8(bert: BertModel, target: Path) -> None:
    """Write the encoder to `target` with int8 weights; activations are turned to eight bits as it runs."""
    with tempfile.TemporaryDirectory() as scratch:
        exact = Path(scratch) / "exact.onnx"
        _write_exact(bert, exact)
        # Seven bits for weights: eight would overflow on processors without VNNI and give other numbers there.
        quantize_dynamic(exact, target, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)


def _write_exact(bert: BertModel, path: Path) -> None:
    example = torch.ones(2, 12, dtype=torch.long)
    axes = {name: {0: "rows", 1: "tokens"} for name in (*_NAMES, "hidden")}
    torch.onnx.export(
        _Hidden(bert).eval(),
        (example, example, torch.zeros_like(example)),
        str(path),
        input_names=list(_NAMES),
        output_names=["hidden"],
        dynamic_axes=axes,
        opset_version=_OPSET,
        dynamo=False,
    )


def _layer(linear: nn.Linear) -> list[list[float]]:
    """Weights with the bias as a last column, rounded."""
    weights = np.hstack([linear.weight.detach().numpy(), linear.bias.detach().numpy()[:, None]])
    return [[round(float(value), _DIGITS) for value in row] for row in weights]
