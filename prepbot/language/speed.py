"""How soon a model begins and how fast it goes on, measured with one small streamed reply."""

from dataclasses import dataclass
from time import monotonic

from prepbot.language.call import Request
from prepbot.language.client import ModelClient
from prepbot.language.failure import FailureKind, ModelFailed
from prepbot.model_ports import Purpose
from prepbot.tokens import count_tokens

_REQUEST = Request(
    Purpose.PROBE, "speed", "You check a connection.", "Write the numbers from one to thirty in English words."
)


@dataclass(frozen=True, slots=True)
class Speed:
    """Seconds until the first word, and tokens a second after it; None where the reply came in one piece."""

    first_word: float
    tokens_a_second: float | None


def measure(client: ModelClient) -> Speed:
    """Ask for a short stream and time it, also where the server's limit ends it early. Raises ModelFailed."""
    began = first = last = monotonic()
    rest = []
    try:
        for place, piece in enumerate(client.stream(_REQUEST)):
            last = monotonic()
            if place == 0:
                first = last
            else:
                rest.append(piece)
    except ModelFailed as failure:
        if failure.kind is not FailureKind.CUT_OFF or not rest:
            raise
    rate = count_tokens("".join(rest)) / (last - first) if rest and last > first else None
    return Speed(first - began, rate)
