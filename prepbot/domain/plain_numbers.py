"""Numbers of a text as values with their unit, in digits or in words: to compare two texts, not to read a story.

analysis/quantities.py reads figures for the grader; this reader only has to give the same value for "twelve" and "12",
and to miss none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
)
_WORDS = {word: float(value) for value, word in enumerate(f"{_ONES} eighteen nineteen".split())}
_WORDS |= {
    word: 10.0 * (place + 2)
    for place, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"])
}
_SIZES = {
    "hundred": 100.0,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "dozen": 12.0,
    "k": 1e3,
    "m": 1e6,
    "bn": 1e9,
}
_SHARES = {
    "half": "half", "halves": "half", "halved": "half", "halving": "half", "third": "third", "thirds": "third",
    "quarter": "quarter", "quarters": "quarter", "fifth": "fifth", "fifths": "fifth", "tenth": "tenth",
    "tenths": "tenth", "double": "double", "doubled": "double", "doubles": "double", "doubling": "double",
    "twice": "double", "triple": "triple", "tripled": "triple", "thrice": "triple", "quadrupled": "quadruple",
    "twofold": "double", "threefold": "triple", "tenfold": "tenfold", "hundreds": "hundreds", "thousands": "thousands",
    "dozens": "dozens", "millions": "millions",
}  # fmt: skip
_UNITS = {
    "%": "percent", "percent": "percent", "pct": "percent", "percentage": "percent", "point": "points",
    "pp": "points", "€": "euro", "eur": "euro", "euro": "euro", "$": "dollar", "usd": "dollar", "dollar": "dollar",
    "£": "pound", "gbp": "pound", "pound": "pound", "second": "second", "minute": "minute", "min": "minute",
    "hour": "hour", "hr": "hour", "h": "hour", "day": "day", "week": "week", "month": "month", "year": "year",
    "star": "star", "x": "times", "time": "times",
}  # fmt: skip
_SPELLED = "|".join([*_WORDS, *_SIZES])
_NUMBER = re.compile(
    r"(?i)(?P<sign>[€$£])?\s?(?P<digits>(?<![\w.,])\d{1,3}(?:[,\u202f\u00a0 ]\d{3})+(?!\d)(?:\.\d+)?"
    # "9h" and "10x" count; "B2B", with letters on both sides, is a name.
    r"|(?<!\d)(?:(?<![^\W\d_])\d+(?:[.,]\d+)?|\d+(?:[.,]\d+)?\b))"
    rf"(?P<ordinal>(?:st|nd|rd|th)\b)?(?:[ ]?(?P<size>k|m|bn|hundred|thousand|million|billion|dozen)\b)?"
    rf"|\b(?P<words>(?:a[ ](?=hundred|thousand|million|dozen))?(?:{_SPELLED})"
    rf"(?:(?:[ -]|(?<=hundred)[ ]and[ ]|(?<=thousand)[ ]and[ ])(?:{_SPELLED}))*)\b"
    rf"|\b(?P<share>{'|'.join(_SHARES)})\b"
)
_UNIT = re.compile(r"(?i)^\s?-?(%|[€$£]|per ?cent\b|percent(?:age points?)?\b|[a-z]+)")
_RANGE = re.compile(r"^\s?(?:%|percent)?\s?(?:to|and|or|-|–|until)\s?$")


@dataclass(frozen=True, slots=True)
class PlainNumber:
    """A number where it stands. `value` is its value, or the name of a share ("half"); `unit` is empty for none."""

    start: int
    end: int
    value: float | str
    unit: str


def numbers_of(text: str) -> tuple[PlainNumber, ...]:
    """Every number of a text by place, the first of "from 77 to 66 percent" with the unit of the second."""
    found = list(_read(text))
    for place in range(len(found) - 2, -1, -1):
        this, following = found[place], found[place + 1]
        if not this.unit and following.unit and _RANGE.match(text[this.end : following.start]):
            found[place] = PlainNumber(this.start, this.end, this.value, following.unit)
    return tuple(found)


def _read(text: str) -> Iterator[PlainNumber]:
    for found in _NUMBER.finditer(text):
        value = _value(found)
        unit = _unit(found, text)
        if value == 1 and not unit and found["words"]:
            continue  # "the plain one" points, it does not count
        yield PlainNumber(found.start(), found.end(), value, unit)


def _value(found: re.Match[str]) -> float | str:
    if found["share"]:
        return _SHARES[found["share"].casefold()]
    if found["words"]:
        return _spelled(found["words"].casefold())
    digits = re.sub(r"[,\u202f\u00a0 ](?=\d{3}(?!\d))", "", found["digits"]).replace(",", ".")
    value = float(digits) * _SIZES.get((found["size"] or "").casefold(), 1.0)
    return f"{value:g}th" if found["ordinal"] else value


def _spelled(words: str) -> float:
    """The value of "two hundred and forty" or "twenty-six"; a row of separate numbers becomes its sum."""
    whole = current = 0.0
    for word in re.split(r"[ -]", words):
        if word in _SIZES:
            current = max(current, 1.0) * _SIZES[word]
            if _SIZES[word] >= 1e3:
                whole, current = whole + current, 0.0
        else:
            current += _WORDS.get(word, 0.0)
    return whole + current


def _unit(found: re.Match[str], text: str) -> str:
    if found["sign"]:
        return _UNITS[found["sign"]]
    following = _UNIT.match(text[found.end() : found.end() + 24])
    if following is None:
        return ""
    word = following[1].casefold().replace(" ", "")
    if word.startswith("percentagepoint"):
        return "points"
    return _UNITS.get(word) or _UNITS.get(word.removesuffix("s"), "")
