"""Amounts as people write and say them: grouped digits of several countries, number words, fractions, magnitudes."""

import re

from text_to_num import text2num

ONES = "one|two|three|four|five|six|seven|eight|nine"
TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_BIG = "hundred|thousand|million|billion"
NUMBER_WORDS = frozenset(f"{ONES}|{TEENS}|{TENS}|{_BIG}|zero".split("|"))

_WORD = rf"(?:{TEENS}|{TENS}|{ONES}|{_BIG}|zero)"
_AND = r"(?:(?<=hundred)|(?<=thousand)|(?<=million))\s+and\s+"
WORDS = (
    rf"(?:an?\s+(?=(?:{_BIG})\b))?\b{_WORD}\b(?:(?:\s+|-|{_AND})(?:a\s+(?=(?:{_BIG})\b))?{_WORD}\b)*"
    rf"(?:\s+point(?:\s+(?:{ONES}|zero|oh)\b)+)?"
    rf"|\b(?:oh\s+)?point(?:\s+(?:{ONES}|zero|oh)\b)+|\ban?\s+(?:dozen|grand|couple(?:\s+of)?(?:\s+hundred|\s+thousand)?)\b"
)
DIGITS = (
    r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])"  # 17,180.5
    r"|\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}(?!\d)"  # 1.234,50 and 1.234.567
    r"|\d{1,3}(?:[ ']\d{3})+(?:[.,]\d+)?(?!\d)"  # 1 234,5 and 1'250
    r"|\d{1,2}(?:,\d{2})+,\d{3}(?!\d)"  # 1,50,000
    r"|\d+\s+point\s+\d+|\d+\s[13]/[248](?!\d)|\d*[½¼¾⅓⅔]|\d+(?:[.,]\d+)?|[.,]\d+)"
)
MAGNITUDE = r"(?:\s?(?:k|m|mn|mio|bn|mil|millions?|billions?|thousands?|hundred|grand|lakhs?|dozens?)\b)"
FRACTION = r"(?:half|third|quarter|fifth|sixth|eighth|tenth)s?"

_SIZES = {
    "k": 1e3,
    "thousand": 1e3,
    "grand": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "mio": 1e6,
    "mil": 1e6,
    "million": 1e6,
    "bn": 1e9,
    "billion": 1e9,
    "hundred": 1e2,
    "lakh": 1e5,
    "dozen": 12.0,
}
_VULGAR = {"½": 1 / 2, "¼": 1 / 4, "¾": 3 / 4, "⅓": 1 / 3, "⅔": 2 / 3}
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_SET_WORDS = {"dozen": 12.0, "couple": 2.0, "grand": 1000.0}
_DIGIT_WORDS = dict(zip(ONES.split("|"), range(1, 10), strict=True)) | {"zero": 0, "oh": 0}


def digits_value(digits: str, *, dot_groups: bool) -> float:
    """The value of an amount in digits. `dot_groups` says that "12.500" is twelve thousand and five hundred."""
    if "/" in digits:
        whole, top, bottom = re.split(r"[\s/]", digits)
        return int(whole) + int(top) / int(bottom)
    if digits[-1] in _VULGAR:
        return float(digits[:-1] or 0) + _VULGAR[digits[-1]]
    plain = re.sub(r"\s+point\s+", ".", digits).replace(" ", "").replace("'", "")
    commas, dots = plain.count(","), plain.count(".")
    if commas and dots:
        decimal = max(plain.rfind(","), plain.rfind("."))
        return float(re.sub("[.,]", "", plain[:decimal]) + "." + plain[decimal + 1 :])
    if commas > 1 or (commas and re.fullmatch(r"[1-9]\d{0,2},\d{3}", plain) and len(digits) == len(plain)):
        return float(plain.replace(",", ""))
    if dots > 1 or (dot_groups and re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", plain)):
        return float(plain.replace(".", ""))
    return float(plain.replace(",", "."))


def words_value(words: str) -> float | None:
    """The value of a number in words, None where the words are no number after all."""
    set_words = words.lower().split()
    if len(set_words) > 1 and set_words[1] in _SET_WORDS:
        return _SET_WORDS[set_words[1]] * magnitude_value(set_words[-1] if len(set_words) > 2 else "")
    words = re.sub(r"(?i)^(?:oh\s+)?point\b", "zero point", words)
    whole, _, decimals = re.sub(r"[\s-]+", " ", words.lower()).partition(" point ")
    whole = re.sub(r"\ban? (?=hundred|thousand|million|billion)", "one ", whole)
    whole = re.sub(r"^(?=(?:hundred|thousand|million|billion)\b)", "one ", whole)
    try:
        value = float(text2num(whole, "en"))
    except ValueError:
        return None
    places = "".join(str(_DIGIT_WORDS[word]) for word in decimals.split())
    return value + (float(f"0.{places}") if places else 0.0)


def magnitude_value(word: str) -> float:
    """What "k", "million" or "dozens" multiplies by; 1 for nothing."""
    name = word.strip().lower()
    return _SIZES.get(name, _SIZES.get(name.removesuffix("s"), 1.0))


def fraction_value(count: str, part: str) -> float:
    """The value of "three" and "quarters", of "" and "half"."""
    top = _DIGIT_WORDS.get(count.strip().lower(), 1)
    return top / _PARTS[part.lower().removesuffix("s") if part.lower() not in _PARTS else part.lower()]
