"""What an utterance may take up: the words, numbers and names that the candidate, the line or the role brought in."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from text_to_num import text2num

_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " ", "\u202f": " "})
_QUOTED = re.compile(r"“([^”]{1,400})”|\"([^\"]{1,400})\"|‘([^’]{1,400})’(?!\w)|(?<!\w)'(\S[^']{2,400} [^']*\S)'(?!\w)")
_WORD = re.compile(r"[^\W_]+(?:['&./-][^\W_]+)*[+#]*")
_SENTENCES = re.compile(r"[.!?…:;]+(?=\s|$)|\n")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_SMALL = "one two three four five six seven eight nine ten"
_LARGE = (
    "eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty "
    "seventy eighty ninety hundred thousand million"
)
_NUMBER_WORD = rf"(?:{'|'.join((*_SMALL.split(), *_LARGE.split()))})"
_IN_WORDS = re.compile(rf"\b{_NUMBER_WORD}(?:(?:[ -]| and )(?={_NUMBER_WORD}\b){_NUMBER_WORD})*\b")
_MOST_ORDINARY = 10
_A_PAIR = 2
_STEM = 4
_UNSEEN = {"Cf", "Cc", "Co", "Cn", "Cs"}
_I_TO_YOU = {"i": "you", "my": "your", "mine": "yours", "me": "you", "myself": "yourself", "we": "you", "our": "your"}
_I_TO_YOU |= {"us": "you", "i'm": "you're", "i've": "you've", "i'd": "you'd", "we've": "you've", "am": "are"}


def folded(text: str) -> str:
    """The words in lower case with straight apostrophes and quotation marks."""
    return unicodedata.normalize("NFKC", text).translate(_STRAIGHT).casefold()


def flat(text: str) -> str:
    """The words folded, on one line."""
    return " ".join(folded(text).split())


def hidden(text: str) -> bool:
    """Whether a character stands in it that nobody sees."""
    return any(unicodedata.category(character) in _UNSEEN for character in text if character not in "\n\t")


def quotations(text: str) -> Iterator[re.Match[str]]:
    """What stands between quotation marks, with the marks."""
    return _QUOTED.finditer(text)


def inner(quotation: re.Match[str]) -> str:
    """The words of a quotation."""
    return next(group for group in quotation.groups() if group is not None)


def words(text: str) -> list[str]:
    """The words, as they are written."""
    return _WORD.findall(text)


@dataclass(frozen=True)
class Told:
    """`line` is the written form, `answer` the candidate's last one, `terms` the question and the role's terms."""

    line: str
    answer: str
    terms: str = ""

    @cached_property
    def _flat(self) -> str:
        return flat(f"{self.line} {self.answer} {self.terms}")

    @cached_property
    def _said(self) -> str:
        return flat(f"{self.line} {self.answer}")

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(_words(self._flat))

    @cached_property
    def _of_the_role(self) -> frozenset[str]:
        return frozenset(_words(folded(self.terms)))

    @cached_property
    def _pairs(self) -> frozenset[tuple[str, str]]:
        """Neighbouring words within a sentence, in the candidate's person and turned to the interviewer's."""
        found: set[tuple[str, str]] = set()
        for sentence in _sentences(f"{self.line}\n{self.answer}\n{self.terms}"):
            turned = [_I_TO_YOU.get(word, word) for word in sentence]
            for plain in (sentence, turned):
                found.update(pairwise(plain))
        return frozenset(found)

    @cached_property
    def _names(self) -> frozenset[str]:
        told = f"{self.line} {self.answer} {self.terms}"
        return frozenset(part for word in words(told) for part in _spellings(word))

    @cached_property
    def _numbers(self) -> frozenset[float]:
        return frozenset(value for _, value in numbers(folded(f"{self.line} {self.answer} {self.terms}")))

    def quoted(self, words: str) -> bool:
        """Whether the candidate or the line said just these words."""
        return flat(words).strip(" .,;:!?-") in self._said

    def names(self, found: re.Match[str]) -> bool:
        """Whether every word of a match has its stem among what was told."""
        stems = {word[:_STEM] for word in self._words}
        return all(word[:_STEM] in stems for word in _words(flat(found.group())))

    def holds(self, found: re.Match[str]) -> bool:
        """Whether words of an utterance stand like that in what was told: one alone only with a word beside it.

        A word of the role's own needs none; two words need not have stood together ("band two and three").
        """
        inside = _words(flat(found.group()))
        if len(inside) == _A_PAIR:
            return self._words.issuperset(inside)
        if len(inside) != 1:
            return flat(found.group()) in self._flat
        if inside[0] not in self._words:
            return False
        if inside[0] in self._of_the_role:
            return True
        start, end = _sentence_around(found)
        before = _words(found.string[start : found.start()])[-1:]
        after = _words(found.string[found.end() : end].removeprefix("'s"))[:1]
        return before == ["the"] or any(pair in self._pairs for pair in pairwise((*before, *inside, *after)))

    def knows_name(self, name: str) -> bool:
        """Whether a word with a capital was told, in any spelling of its case or with an "'s"."""
        return bool(_spellings(name) & self._names)

    def new_number(self, text: str, units: tuple[str, ...]) -> bool:
        """Whether a number stands in the text that nobody told; small ones in words count only before a unit."""
        told, plain = self._numbers, folded(text)
        for end, value in numbers(plain):
            if value in told:
                continue
            in_words = not plain[end - 1].isdigit()
            following = (_words(plain[end:]) or [""])[0]
            if not in_words or value > _MOST_ORDINARY or following in units:
                return True
        return False


def numbers(text: str) -> Iterator[tuple[int, float]]:
    """The numbers of a folded text, in digits or words: where each ends, and its value."""
    for found in _DIGITS.finditer(text):
        yield found.end(), _value(found.group())
    for found in _IN_WORDS.finditer(text):
        try:
            yield found.end(), float(text2num(found.group().replace(" and ", " "), "en"))
        except ValueError:
            continue


def _value(digits: str) -> float:
    if _THOUSANDS.fullmatch(digits):
        return float(re.sub(r"[.,]", "", digits))
    whole, _, rest = digits.replace(",", ".").partition(".")
    return float(f"{whole}.{rest.replace('.', '')}") if rest else float(whole)


def _spellings(word: str) -> frozenset[str]:
    plain = folded(word).removesuffix("'s").removesuffix("'")
    return frozenset({plain, plain.removesuffix("s"), *re.split(r"[./&-]", plain)}) - {""}


def _words(text: str) -> list[str]:
    return [word.removesuffix("'s") for word in _WORD.findall(text)]


def _sentences(text: str) -> Iterator[list[str]]:
    for sentence in _SENTENCES.split(folded(text)):
        yield _words(sentence)


def _sentence_around(found: re.Match[str]) -> tuple[int, int]:
    """Where the sentence of a match begins and ends in its text."""
    start = max((cut.end() for cut in _SENTENCES.finditer(found.string, 0, found.start())), default=0)
    cut = _SENTENCES.search(found.string, found.end())
    return start, cut.start() if cut else len(found.string)
