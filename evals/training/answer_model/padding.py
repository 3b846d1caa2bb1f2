"""Answers with sentences of other answers put between theirs that state no part: they must change nothing."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from evals.training.answer_model.examples import Example
from prepbot.analysis.structure import PARTS

_PADDED = 0.4
_FEWEST, _MOST = 2, 9
_SURE = 0.9
_WORDS = 4
_WINDOW = 1300  # characters: about the word pieces that are read at once
_NOTHING = ((0.0, 1.0),) * len(PARTS)


def silent_sentences(examples: Sequence[Example]) -> tuple[str, ...]:
    """The segments of four words and more that surely state no part."""
    return tuple(
        text
        for example in examples
        for (start, end), labels in zip(example.segments, example.parts, strict=True)
        if all(label == 0 and weight > _SURE for label, weight in labels)
        and len((text := example.text[start:end]).split()) >= _WORDS
    )


def padded(example: Example, sentences: Sequence[str], random: Random) -> Example:
    """The example, or four times in ten a padded one: sentences at its beginning, its end or between two of its own.

    The labels stay; the added sentences are labelled as stating nothing.
    """
    if not example.units or not sentences or random.random() >= _PADDED:
        return example
    added = random.sample(sentences, min(random.randint(_FEWEST, _MOST), len(sentences)))
    place = random.choice([0, len(example.segments), random.randint(0, len(example.segments))])
    if len(example.text) + sum(map(len, added)) > _WINDOW:
        return example
    at = len(example.text) if place == len(example.segments) else example.segments[place][0]
    talk = " ".join(added)
    before, after = example.text[:at].rstrip(), example.text[at:]
    start = len(before) + 1 if before else 0
    text = " ".join(piece for piece in (before, talk, after) if piece)
    shift = len(text) - len(after) - at
    return replace(
        example,
        text=text,
        segments=tuple(_moved(found, at, shift) for found in example.segments) + _places(added, start),
        parts=example.parts + (_NOTHING,) * len(added),
        units=tuple(_moved(found, at, shift) for found in example.units),
    )


def _moved(found: tuple[int, int], at: int, shift: int) -> tuple[int, int]:
    return (found[0] + shift, found[1] + shift) if found[0] >= at else found


def _places(added: Sequence[str], start: int) -> tuple[tuple[int, int], ...]:
    places = []
    for sentence in added:
        places.append((start, start + len(sentence)))
        start += len(sentence) + 1
    return tuple(places)
