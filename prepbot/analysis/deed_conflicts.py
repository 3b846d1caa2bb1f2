"""Who did it: the same deed claimed for oneself in one answer and told of somebody else, or of a group, in another."""

from collections.abc import Sequence, Set
from functools import cache

from prepbot.analysis.contradiction_cues import raw, word_set
from prepbot.analysis.deed_claims import Actor, Deed
from prepbot.analysis.subjects import agreement, stem

_SAME_VERB, _LIKE_VERB, _ANY_VERB = 1.0, 0.7, 0.3
_LEAST_THING = 1.0


def deeds_disagree(one: Deed, other: Deed, likeness: float = 0.0) -> float:
    """How surely two tellings give one deed to two doers, 0 where they do not.

    `likeness` is how near the two sentences are by an embedder, 0 without one.
    """
    mine, theirs = (one, other) if one.actor is Actor.ME else (other, one)
    if mine.actor is not Actor.ME or theirs.actor is Actor.ME:
        return 0.0
    if theirs.actor is Actor.WE and not (mine.alone and (theirs.together or mine.verbs & theirs.verbs - _plain_verbs())):
        return 0.0
    left, right = mine.remark, theirs.remark
    if left.place and right.place and not left.place & right.place:
        return 0.0
    done, things = _same_verb(mine, theirs), _same_things(mine, theirs)
    if done == 0.0 or things < _LEAST_THING:
        return 0.0
    around = agreement(mine.about, {**left.near, **left.far}, theirs.about, {**right.near, **right.far})
    return min((things + (around - things) / 2 + done + mine.alone + max(0.0, likeness - 0.3)) / 5, 1.0)


def _same_verb(mine: Deed, theirs: Deed) -> float:
    """How much the two do the same: by one verb, by verbs of one kind, or by "did" and "was mine", which fit any."""
    if mine.verbs & theirs.verbs - _plain_verbs():
        return _SAME_VERB
    if any(mine.verbs & kind and theirs.verbs & kind for kind in _kinds_of_verbs()):
        return _LIKE_VERB
    fits_any = _any_verbs()
    free = [not deed.verbs or bool(deed.verbs & fits_any) for deed in (mine, theirs)]
    return _ANY_VERB if any(free) or theirs.together else 0.0


def _same_things(mine: Deed, theirs: Deed) -> float:
    """What both speak of, besides the verbs."""
    shared: Set[str] = mine.about.keys() & theirs.about.keys() - mine.verbs - theirs.verbs
    return sum(mine.about[one] for one in shared)


def told_before(one: Deed, other: Deed, ones: Sequence[Deed], others: Sequence[Deed]) -> bool:
    """Whether either answer, read whole, tells the deed as the other one does, so that nothing is contradicted."""
    shared = _overlap(one, other)
    return _same_doer(one, others) >= shared or _same_doer(other, ones) >= shared


def _overlap(one: Deed, other: Deed) -> float:
    return sum(one.about[word] for word in one.about.keys() & other.about.keys())


def _same_doer(deed: Deed, deeds: Sequence[Deed]) -> float:
    """The most that deeds by the same doer share with this one; who stresses to be alone shares with nobody."""
    if deed.alone:
        return 0.0
    same = (one for one in deeds if one.actor is deed.actor)
    return max((sum(deed.own[word] for word in deed.own.keys() & one.own.keys()) for one in same), default=0.0)


@cache
def _plain_verbs() -> frozenset[str]:
    return frozenset(stem(word) for word in word_set("words", "empty"))


@cache
def _any_verbs() -> frozenset[str]:
    return frozenset(stem(word) for word in word_set("deed", "any"))


@cache
def _kinds_of_verbs() -> tuple[frozenset[str], ...]:
    lines = raw("deed", "kinds").strip().splitlines()
    return tuple(frozenset(stem(word) for word in line.split()) for line in lines)
