"""The units behind a figure, as words and signs, and what a figure of one unit is in another."""

import re

from prepbot.analysis.quantities import Unit

MONEY_BEFORE = r"(?:(?:US|A|C)?[$€£¥₹]|\b(?:usd|eur|gbp|chf|inr|sek|nok|dkk|jpy|aud|cad)\b)"
_MONEY = (
    r"(?:[$€£¥₹]|(?:us\s)?dollars?\b|euros?\b|pounds?\b|quid\b|bucks?\b|rupees?\b|francs?\b|yen\b|kron(?:er|or|a)\b|"
    r"usd\b|eur\b|gbp\b|chf\b|inr\b|sek\b|nok\b|dkk\b|jpy\b|aud\b|cad\b)"
)
_CENTS = r"(?:cents?\b|pence\b|p\b|¢)"
_PERCENT = r"(?:%(?!\s?-?points?)|per\s?cent\b(?!age)|percent\b|pct\b|prozent\b|p\.c\.)"
_POINTS = r"(?:(?:percentage|percent|%)\s?-?points?\b|points?\b|pp\b|ppts?\b)"
_BASIS = r"(?:basis\s+points?\b|bps\b|bp\b)"
_MILLE = r"(?:‰|per\s?mil(?:le)?\b)"
_FACTOR = r"(?:(?:x\b|×)(?!\s*[\d(])|times\b(?!\s+(?:out|in)\b)|-?fold\b)"
_SCORE = r"(?:stars?\b)"
_SECONDS = {
    "ms": 0.001,
    "millisecond": 0.001,
    "s": 1.0,
    "sec": 1.0,
    "second": 1.0,
    "min": 60.0,
    "minute": 60.0,
    "h": 3600.0,
    "hr": 3600.0,
    "hour": 3600.0,
    "d": 86400.0,
    "day": 86400.0,
    "week": 604800.0,
    "wk": 604800.0,
    "fortnight": 1209600.0,
    "month": 2592000.0,
    "quarter": 7776000.0,
    "year": 31536000.0,
}
_PERIODS = "|".join(sorted((name if len(name) == 1 else f"{name}s?" for name in _SECONDS), key=len, reverse=True))
PERIOD = rf"(?:(?:business|working|calendar|full|whole|labou?r|man)[ -])?(?:{_PERIODS})\b"
PERIOD_WORDS = frozenset(f"{name}s" for name in _SECONDS if len(name) > 3) | {
    name for name in _SECONDS if len(name) > 3
}
MONEY_WORDS = frozenset({"dollars", "dollar", "euros", "euro", "pounds", "percent", "cents", "francs"})

SUFFIXES: tuple[tuple[str, str, Unit, float], ...] = (
    ("points", _POINTS, Unit.POINTS, 1.0),
    ("basis", _BASIS, Unit.PERCENT, 0.01),
    ("mille", _MILLE, Unit.PERCENT, 0.1),
    ("percent", _PERCENT, Unit.PERCENT, 1.0),
    ("money", _MONEY, Unit.CURRENCY, 1.0),
    ("cents", _CENTS, Unit.CURRENCY, 0.01),
    ("score", _SCORE, Unit.SCORE, 1.0),
    ("factor", _FACTOR, Unit.FACTOR, 1.0),
    ("period", PERIOD, Unit.TIME, 1.0),
)
"""The name of each suffix's group, its pattern, its unit, and what a figure before it is multiplied by."""

_TIME_UNITS = {"seconds": 1.0, "minutes": 60.0, "hours": 3600.0, "days": 86400.0, "weeks": 604800.0}


def seconds_in(period: str) -> float:
    """How many seconds "hrs" or "working days" hold; a month counts 30 days, a year 365."""
    name = re.split(r"[ -]", period.lower())[-1]
    return _SECONDS.get(name) or _SECONDS[name.removesuffix("s")]


def seconds_of_unit(unit: str) -> float | None:
    """The seconds in a catalogue unit of time; None for a unit that is no time."""
    return _TIME_UNITS.get(unit)
