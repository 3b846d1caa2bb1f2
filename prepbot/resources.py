"""Where the data that travels with prepbot lies: beside the package in a checkout, inside it when installed."""

from functools import cache
from pathlib import Path

_INSIDE_WHEEL = Path(__file__).parent / "_shipped"
_CHECKOUT = Path(__file__).parent.parent


@cache
def resource(name: str) -> Path:
    """The path of a shipped file or folder, such as "knowledge/metrics.toml".

    Raises FileNotFoundError where the installation lacks it.
    """
    for root in (_INSIDE_WHEEL, _CHECKOUT):
        path = root / name
        if path.exists():
            return path
    raise FileNotFoundError(f"{name} is missing from this installation of prepbot; install it again.")
