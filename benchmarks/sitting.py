"""How long a turn takes and what a process holds, over whole interviews with the embedded model."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import psutil

from benchmarks.candidate import WORDS, answer
from benchmarks.figures import Figure, percentile
from prepbot.domain.plan import Length
from prepbot.domain.role import Role
from prepbot.settings import Settings
from prepbot.wiring import Prepbot, open_prepbot

TURNS = 60
INTERVIEWS = 10
_MEGABYTE = 1_000_000
_STILL = 10.0  # MB: the bounded cache of sentence vectors (6 MB when full) may still fill, nothing else may grow


def figures() -> Iterator[Figure]:
    """The figures of a turn, and of a process after ten and after twenty interviews."""
    seconds = _turn_seconds()
    name = f"answer of {WORDS} words to stored next question"
    for percent, limit in ((50, 80.0), (95, 200.0)):
        yield percentile(name, [second * 1000 for second in seconds], percent, "ms", limit)
    turns = [second * 1000 for second in _full_turn_seconds()]
    yield percentile("the same in full interviews, every shipped role", turns, 95, "ms", 250.0)
    first, second = _memory_of_a_process()
    yield Figure(f"process after {INTERVIEWS} interviews, Streamlit loaded", first, "MB", 500.0, "resident set")
    yield Figure(f"growth over the next {INTERVIEWS}", second - first, "MB", _STILL, "resident set")


def _turn_seconds() -> list[float]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        bot = opened(folder)
        random = Random(1)
        sit(bot, random, seed=0)  # a first interview loads what is loaded once
        seconds: list[float] = []
        seed = 1
        while len(seconds) < TURNS:
            seconds += sit(bot, random, seed)
            seed += 1
        return seconds[:TURNS]


def _full_turn_seconds() -> list[float]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        bot = opened(folder)
        random = Random(3)
        roles = [entry.role for entry in bot.roles.all()]
        for seed, role in enumerate(roles):
            sit(bot, random, seed, role)  # what is loaded once for a role is loaded here
        return [second for seed, role in enumerate(roles) for second in sit(bot, random, 100 + seed, role, Length.FULL)]


def sit(
    bot: Prepbot, random: Random, seed: int, role: Role | None = None, length: Length = Length.SHORT
) -> list[float]:
    """Sit one interview to its end, on the first role page unless another is given; the seconds of each turn."""
    role = role or bot.roles.get("ecommerce-specialist").role
    interview_id = bot.interviewer.start(bot.planner.interview(role, length, seed=seed))
    interview = bot.interviewer.open(interview_id)
    seconds = []
    while interview.awaits_candidate:
        said = answer(random)
        began = time.perf_counter()
        interview = bot.interviewer.answer(interview_id, said, f"{seed}-{len(seconds)}")
        seconds.append(time.perf_counter() - began)
    bot.grader.review(interview_id)
    return seconds


def _memory_of_a_process() -> tuple[float, float]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.sitting"], check=True, capture_output=True, text=True, timeout=1800
    )
    first, second = json.loads(done.stdout.splitlines()[-1])
    return first, second


def _resident_after_interviews() -> tuple[float, float]:
    import streamlit.web.bootstrap  # noqa: F401, PLC0415  the page's process holds it too

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        bot = opened(folder)
        random = Random(2)
        held = []
        for batch in range(2):
            for seed in range(INTERVIEWS):
                sit(bot, random, batch * INTERVIEWS + seed)
            held.append(psutil.Process().memory_info().rss / _MEGABYTE)
    return held[0], held[1]


def opened(folder: str) -> Prepbot:
    """The product as it ships, offline, with its data in `folder`."""
    place = Path(folder)
    return open_prepbot(Settings(data_dir=place / "data", cache_dir=place / "cache", model="", database_url=""))


if __name__ == "__main__":
    print(json.dumps(_resident_after_interviews()))
