"""A role page's KPIs -> their entries in the KPI catalogue, by name. Exact names go before loose ones."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from prepbot.domain.metric import Metric, TrackedKpi
from prepbot.domain.role import Kpi

_LONGEST_NAME = 200
_BRACKETS = re.compile(r"[(\[]([^()\[\]]{0,80})[)\]]")
_AMERICAN = {
    "fulfilment": "fulfillment",
    "labour": "labor",
    "metre": "meter",
    "colour": "color",
    "centre": "center",
    "programme": "program",
    "behaviour": "behavior",
    "licence": "license",
    "defence": "defense",
    "enrolment": "enrollment",
    "cheque": "check",
    "catalogue": "catalog",
    "instalment": "installment",
    "cancelled": "canceled",
    "ageing": "aging",
}
_FILLERS = frozenset(("the", "a", "an", "of", "for", "in", "to", "and", "per", "by", "on", "our", "your"))
# Words that say how a measure is expressed, not what it measures.
_MANNER = frozenset(
    ("rate", "score", "ratio", "percentage", "percent", "index", "level", "average", "mean", "total", "overall")
)
_Key = Callable[[str], str]


def track(kpis: Sequence[Kpi], metrics: Sequence[Metric]) -> tuple[TrackedKpi, ...]:
    """Each KPI beside its catalogue entry, in the page's order; `metric` is None where the catalogue lacks it.

    Two KPIs share an entry only if their names are equal but for case and punctuation.
    """
    found: dict[int, Metric] = {}
    taken: dict[str, str] = {}
    for variants, key in ((_exact, _name_key), (_bracketed, _name_key), (_slashed, _name_key), (_slashed, _loose_key)):
        by_key = _by_key(metrics, key)
        for place, kpi in enumerate(kpis):
            if place in found:
                continue
            name = kpi.name[:_LONGEST_NAME]
            metric = _first_free(variants(name), key, by_key, taken, _name_key(name))
            if metric:
                found[place] = metric
                taken[metric.id] = _name_key(name)
    return tuple(TrackedKpi(kpi, found.get(place)) for place, kpi in enumerate(kpis))


def _by_key(metrics: Iterable[Metric], key: _Key) -> dict[str, list[Metric]]:
    """The metrics under each of their names; those called so come before those only also known so."""
    by_key: dict[str, list[Metric]] = {}
    known = list(metrics)
    for metric in known:
        by_key.setdefault(key(metric.name), []).append(metric)
    for metric in known:
        for name in (*metric.aliases, *metric.abbreviations):
            entries = by_key.setdefault(key(name), [])
            if metric not in entries:
                entries.append(metric)
    by_key.pop("", None)
    return by_key


def _first_free(
    names: Iterable[str], key: _Key, by_key: dict[str, list[Metric]], taken: dict[str, str], own: str
) -> Metric | None:
    for name in names:
        for metric in by_key.get(key(name), ()):
            if taken.get(metric.id, own) == own:
                return metric
    return None


def _exact(name: str) -> Iterator[str]:
    yield name
    yield _BRACKETS.sub(" ", name)


def _bracketed(name: str) -> Iterator[str]:
    """What stands in brackets, where it is an abbreviation: "NRR", not "4 weeks"."""
    for inside in _BRACKETS.findall(name):
        if sum(letter.isupper() for letter in inside) >= 2:
            yield inside


def _slashed(name: str) -> Iterator[str]:
    """The name with each side of its first slash: "Damage/Shrinkage Rate" is two names."""
    bare = _BRACKETS.sub(" ", name).replace(" / ", "/")
    yield bare
    words = bare.split()
    for place, word in enumerate(words):
        if "/" in word.strip("/"):
            for side in word.split("/"):
                yield " ".join([*words[:place], side, *words[place + 1 :]])
            return


def _name_key(name: str) -> str:
    return " ".join(_words(name))


def _loose_key(name: str) -> str:
    """The words that say what is measured, in order, in the singular."""
    words = [word for word in _words(name) if word not in _FILLERS]
    telling = [word for word in words if word not in _MANNER]
    return " ".join(map(_singular, telling)) if telling and len("".join(telling)) > 3 else ""


def _words(name: str) -> list[str]:
    spread = name.casefold().replace("&", " and ").replace("%", " percent ").replace("'", "").replace("’", "")
    letters = "".join(letter if letter.isalnum() else " " for letter in spread)
    return [_american(word) for word in letters.split()]


def _american(word: str) -> str:
    known = _AMERICAN.get(word)
    if known:
        return known
    for british, american in (("isation", "ization"), ("ising", "izing"), ("ise", "ize"), ("ised", "ized")):
        if word.endswith(british) and len(word) > len(british) + 3:
            return word.removesuffix(british) + american
    return word


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word
