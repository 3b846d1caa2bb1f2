"""Who did it: one deed claimed for oneself in one answer and told of somebody else, or of a group, in another."""

from collections.abc import Sequence
from functools import cache

from prepbot.analysis.contradiction_cues import raw, word_set
from prepbot.analysis.contradiction_sureness import Signs
from prepbot.analysis.deed_claims import Actor, Deed
from prepbot.analysis.subjects import shared_by_distance, stem

_LEAST_THING, _THINGS_WITHOUT_VERB = 1.0, 2.0
_REACH = 0.5  # what a word of the surroundings counts


def deed_signs(one: Deed, other: Deed) -> Signs | None:
    """What speaks for it that two tellings are of one deed; None where they give it to one doer or are of two."""
    mine, theirs = (one, other) if one.actor is Actor.ME else (other, one)
    if mine.actor is not Actor.ME or theirs.actor is Actor.ME:
        return None
    same, like = bool(mine.verbs & theirs.verbs - _plain_verbs()), _like(mine, theirs)
    if theirs.actor is Actor.WE and not (mine.alone and (theirs.together or same or like)):
        return None
    left, right = mine.remark, theirs.remark
    if left.place and right.place and not left.place & right.place:
        return None
    shared = mine.about.keys() & theirs.about.keys() - mine.verbs - theirs.verbs
    things = sum(mine.about[one] for one in shared)
    around = {**left.near, **left.far}, {**right.near, **right.far}
    further = shared_by_distance(mine.about, around[0], theirs.about, around[1], but=shared)
    verb = same or like or _fits_any(mine) or _fits_any(theirs)
    if things + (_REACH * further["half"] if same else 0.0) < (_LEAST_THING if verb else _THINGS_WITHOUT_VERB):
        return None
    own = min(sum(deed.about.values()) for deed in (mine, theirs))
    return {
        "same verb": float(same),
        "like verb": float(like and not same),
        "no verb": float(not verb),
        "things": things,
        "share": things / own if own else 0.0,
        **further,
        "alone": float(mine.alone),
        "group": float(theirs.actor is Actor.WE),
        "denied": float(theirs.actor is Actor.NOT_ME),
        "place": float(bool(left.place & right.place or left.names & right.names)),
    }


def _like(mine: Deed, theirs: Deed) -> bool:
    """Whether some verb of one is of one kind with some verb of the other."""
    return any(mine.verbs & kind and theirs.verbs & kind for kind in _kinds_of_verbs())


def _fits_any(deed: Deed) -> bool:
    """Whether the deed is told without a verb ("was mine"), or by one that fits any deed ("did")."""
    return not (deed.verbs and deed.plain) or bool(deed.verbs & _any_verbs())


def told_before(one: Deed, other: Deed, ones: Sequence[Deed], others: Sequence[Deed]) -> bool:
    """Whether either answer, read whole, tells the deed as the other one does, so that nothing is contradicted."""
    shared = sum(max(one.about[word], other.about[word]) for word in one.about.keys() & other.about.keys())
    return shared > 0 and (_same_doer(one, others) >= shared or _same_doer(other, ones) >= shared)


def _same_doer(deed: Deed, deeds: Sequence[Deed]) -> float:
    """The most that deeds by the same doer share with this one; who stresses to be alone shares with nobody."""
    if deed.alone:
        return 0.0
    same = (one for one in deeds if one.actor is deed.actor)
    return max(
        (sum(max(deed.own[word], one.own[word]) for word in deed.own.keys() & one.own.keys()) for one in same),
        default=0.0,
    )


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
