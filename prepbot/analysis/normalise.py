"""Undo disguises of text, with every offset kept: zero-width characters, look-alike letters, typographic quotes."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from prepbot.domain.evidence import Span

# Letters of other alphabets that print like Latin ones: Cyrillic, Greek, then Armenian.
_LOOK_ALIKES = dict(
    zip(
        "АВСЕНІЈКМОРЅТХУасеіјорѕхуԁһԛԝгкптѵӏҮΑΒΕΖΗΙΚΜΝΟΡΤΥΧονιαεκρτυχοսօ",
        "ABCEHIJKMOPSTXYaceijopsxydhqwrkntvlYABEZHIKMNOPTYXoviaekptuxouo",
        strict=True,
    )
)
# Small capitals and letters of phonetic script that print like Latin ones wherever they stand.
_PHONETIC = dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢɡɑıʟ", "abcdefghijklmnoprstuvwyzgail", strict=True))
_ENCLOSED = (0x1F150, 0x1F170, 0x1F1E6)  # letters in black circles, in black squares, and of flags
_MOSTLY = 0.6
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
    """The plain form of `answer`; each of its characters knows which one of the answer it stands for."""
    chars: list[str] = []
    origin: list[int] = []
    for offset, char in enumerate(answer):
        plain = _plain_character(char)
        chars += plain
        origin += [offset] * len(plain)
    _replace_look_alikes(chars)
    return PlainText("".join(chars), tuple(origin))


def _plain_character(char: str) -> str:
    """The plain form of `char`: one character, two or three for a ligature, nothing where it is invisible."""
    if char in _PLAIN:
        return _PLAIN[char]
    if char in _PHONETIC:
        return _PHONETIC[char]
    if char.isascii():
        return char if char.isprintable() or char in "\n\t\r" else ""
    if unicodedata.category(char) in {"Cf", "Cc", "Mn", "Me"} or char in "\u115f\u1160\u3164\uffa0":
        return ""
    if block := next((first for first in _ENCLOSED if first <= ord(char) < first + 26), None):
        return chr(ord("A") + ord(char) - block)
    wide = unicodedata.normalize("NFKC", char)
    return wide if len(wide) == 1 or (wide.isascii() and wide.isalpha()) else char


def _replace_look_alikes(chars: list[str]) -> None:
    """Turn foreign look-alikes into Latin letters in place, word by word.

    A word that holds only look-alikes may be a word of its own language; it is turned only in a text mostly Latin.
    """
    foreign = {at for at, char in enumerate(chars) if char in _LOOK_ALIKES}
    if not foreign:
        return
    latin_text = _latin(chars) > _MOSTLY * sum(char.isalpha() for char in chars)
    start = 0
    for end in range(len(chars) + 1):
        if end < len(chars) and chars[end].isalpha():
            continue
        word = chars[start:end]
        only_alike = all(char in _LOOK_ALIKES for char in word)
        if (latin_text and only_alike) or (_latin(word) and any(char in _LOOK_ALIKES for char in word)):
            chars[start:end] = [_LOOK_ALIKES.get(char, char) for char in word]
        start = end + 1


def _latin(chars: Sequence[str]) -> int:
    return sum("a" <= char.lower() <= "z" for char in chars)
