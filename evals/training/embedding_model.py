"""`python -m evals.training.embedding_model`: write knowledge/minilm/model.onnx, MiniLM as it was published, in int8.

prepbot.retrieval.embedding holds it by its hash; write that anew where the file has changed.
"""

import hashlib
import sys

from evals.training.answer_model.export import write_int8
from evals.training.answer_model.network import load_base_model
from prepbot.resources import resource


def main() -> None:
    """Write the file and print its hash."""
    target = resource("knowledge/minilm") / "model.onnx"
    write_int8(load_base_model(), target)
    sys.stdout.write(f"{target.name} {hashlib.sha256(target.read_bytes()).hexdigest()}\n")


if __name__ == "__main__":
    main()
