"""`python -m benchmarks.model_use`: what models take for a question, counted in scripted interviews without a model.

A scripted model answers every request with words that no guard lets pass, so that each interview is the written one
while every prompt is built, sent and counted as it would be. A voice's reply is counted as the turn it would phrase.
What the analyst would be asked is counted without asking, with a reply of ordinary length.
`--write` stores the means in knowledge/model_use.toml.
"""

import argparse
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from benchmarks.candidate import answer
from benchmarks.grading_requests import grading_requests, ordinary_reply
from benchmarks.tokens import tokens
from prepbot.domain.events import Spoke
from prepbot.domain.plan import Length
from prepbot.language.usage import Use
from prepbot.model_ports import Purpose
from prepbot.settings import Settings
from prepbot.tokens import count_tokens
from prepbot.wiring import Prepbot, open_prepbot

FILE = Path(__file__).parents[1] / "knowledge" / "model_use.toml"
INTERVIEWS = ((Length.SHORT, 1), (Length.SHORT, 2), (Length.FULL, 3))
_ROLE = "ecommerce-specialist"
_LINES = 5_000
_WORDS = (15, 60, 150)
_NO_WORDS_OF_OURS = "```"
_HEAD = """\
# What language models take in an interview, for the estimate before it starts: means for one planned question, its
# follow-ups and its share of greetings and closings included. Measured on the date below by
# `python -m benchmarks.model_use --write`, which counts the calls of scripted interviews; a test keeps them near.
# calls: calls for a question; prompt, reply: tokens of one call (tiktoken).
"""


@dataclass(frozen=True, slots=True)
class Counted:
    """Tokens of prompt and reply of each call by purpose, how many questions there were, and tokens of spoken turns."""

    calls: Mapping[Purpose, Sequence[tuple[int, int]]]
    questions: int
    spoken: tuple[int, ...]

    def use(self, purpose: Purpose) -> Use:
        """The means of a purpose."""
        prompts, replies = zip(*self.calls[purpose], strict=True)
        said = self.spoken if purpose is Purpose.VOICE else replies
        return Use(
            calls=round(len(prompts) / self.questions, 2),
            prompt=round(sum(prompts) / len(prompts)),
            reply=round(sum(said) / len(said)),
        )


def counted(interviews: tuple[tuple[Length, int], ...] = INTERVIEWS) -> Counted:
    """Sit interviews of these lengths and seeds on the first role page, and count what is asked of models."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        settings = _settings(Path(folder))
        bot = open_prepbot(settings)
        questions = 0
        spoken: list[int] = []
        graded: list[tuple[int, int]] = []
        role, reply = bot.roles.get(_ROLE).role, count_tokens(ordinary_reply())
        for length, seed in interviews:
            interview_id = _sat(bot, length, seed)
            sat = bot.interviewer.open(interview_id)
            questions += len(sat.plan.questions)
            events = [stored.event for stored in bot.store.events(interview_id)]
            spoken += [count_tokens(event.text) for event in events if isinstance(event, Spoke)]
            graded += [(tokens(one.messages), reply) for one in grading_requests(role, sat)]
        return Counted({**_calls(settings), Purpose.ANALYST: graded}, questions, tuple(spoken))


def _settings(folder: Path) -> Settings:
    lines = folder / "lines.txt"
    lines.write_text(f"{_NO_WORDS_OF_OURS}\n" * _LINES, encoding="utf-8")
    model = f"fake:{lines}"
    return Settings(
        data_dir=folder / "data", cache_dir=folder / "cache", database_url="", embeddings=False, voice_model=model
    )


def _sat(bot: Prepbot, length: Length, seed: int) -> str:
    """An interview sat to its end with answers of every length, so that some are followed up."""
    role = bot.roles.get(_ROLE).role
    interview_id = bot.interviewer.start(bot.planner.interview(role, length, seed=seed))
    random, turn = Random(seed), 0
    while bot.interviewer.open(interview_id).awaits_candidate:
        bot.interviewer.answer(interview_id, answer(random, random.choice(_WORDS)), f"{seed}-{turn}")
        turn += 1
    bot.grader.review(interview_id)
    return interview_id


def _calls(settings: Settings) -> Mapping[Purpose, Sequence[tuple[int, int]]]:
    found: dict[Purpose, list[tuple[int, int]]] = defaultdict(list)
    with closing(sqlite3.connect(settings.data_dir / "prepbot.sqlite3")) as database:
        for purpose, prompt, reply in database.execute("SELECT purpose, prompt_tokens, reply_tokens FROM model_calls"):
            found[Purpose(purpose)].append((prompt, reply))
    return found


def _table(found: Counted) -> str:
    uses = ((purpose, found.use(purpose)) for purpose in Purpose if purpose in found.calls)
    tables = (f'[use."{p}"]\ncalls = {use.calls}\nprompt = {use.prompt:g}\nreply = {use.reply:g}\n' for p, use in uses)
    return "\n".join([f'{_HEAD}date = "{datetime.now(UTC).date()}"\n', *tables])


def main() -> None:
    """Count, and print or store the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.model_use", description=__doc__)
    parser.add_argument("--write", action="store_true", help="store the means in knowledge/model_use.toml")
    table = _table(counted())
    if parser.parse_args().write:
        FILE.write_text(table, encoding="utf-8")
    print(table)


if __name__ == "__main__":
    main()
