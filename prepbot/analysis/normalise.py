"""Undo disguises of text, with every offset kept: zero-width characters, look-alike letters, typographic quotes."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from prepbot.domain.evidence import Span

# Letters of other alphabets that print like Latin ones; mapped only inside words that also hold Latin letters.
_LOOK_ALIKES = dict(
    zip(
        "АВСЕНІЈКМОРЅТХУасеіјорѕхуԁһԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧονι",
        "ABCEHIJKMOPSTXYaceijopsxydhqwABEZHIKMNOPTYXovi",
        strict=True,
    )
)
_PLAIN = {"‘": "'", "’": "'", "‛": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "‐": "-", "‑": "-", "‒": "-"}
_PLAIN |= {"–": "-", "—": "-", "−": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "…": "."}


@dataclass(frozen=True, slots=True)
class PlainText:
    """A text without disguises. `origin[i]` is the offset in the answer of its i-th character."""

    text: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The answer's span behind the plain range `start` to `end`, trimmed of blanks at both ends."""
        while start < end - 1 and self.text[start].isspace():
            start += 1
        while end - 1 > start and self.text[end - 1].isspace():
            end -= 1
        return Span(self.origin[start], self.origin[end - 1] + 1)

    def without(self, ranges: Sequence[tuple[int, int]]) -> "PlainText":
        """The text without some plain ranges; what is left keeps its place in the answer."""
        kept, left = [], 0
        for start, end in sorted(ranges):
            kept.append((left, max(start, left)))
            left = max(left, end)
            if self.text[:start].endswith((" ", ",")):  # the blank and the comma on its other side are now doubled
                left += len(self.text[left:]) - len(self.text[left:].lstrip(" ,"))
        kept.append((left, len(self.text)))
        text = "".join(self.text[a:b] for a, b in kept)
        return PlainText(text, tuple(offset for a, b in kept for offset in self.origin[a:b]))


def normalise(answer: str) -> PlainText:
    """The plain form of `answer`: one character for each visible one, so offsets survive."""
    chars: list[str] = []
    origin: list[int] = []
    for offset, char in enumerate(answer):
        plain = _plain_character(char)
        if plain:
            chars.append(plain)
            origin.append(offset)
    _replace_look_alikes(chars)
    return PlainText("".join(chars), tuple(origin))


def _plain_character(char: str) -> str:
    """The single plain character for `char`, or nothing where it is invisible."""
    if char in _PLAIN:
        return _PLAIN[char]
    if char.isascii():
        return char if char.isprintable() or char in "\n\t\r" else ""
    if unicodedata.category(char) in {"Cf", "Cc", "Mn", "Me"} or char in "\u115f\u1160\u3164\uffa0":
        return ""
    wide = unicodedata.normalize("NFKC", char)
    return wide if len(wide) == 1 else char


def _replace_look_alikes(chars: list[str]) -> None:
    """Turn foreign look-alikes into Latin letters in place, word by word, leaving words all in that script."""
    start = 0
    for end in range(len(chars) + 1):
        if end < len(chars) and chars[end].isalpha():
            continue
        word = chars[start:end]
        if any("a" <= c.lower() <= "z" for c in word) and any(c in _LOOK_ALIKES for c in word):
            chars[start:end] = [_LOOK_ALIKES.get(c, c) for c in word]
        start = end + 1
