"""Other readings of a sentence that hides its words: encodings, letters set apart, digits for letters, backwards."""

import base64
import binascii
import codecs
import html
import re
import unicodedata
from urllib.parse import unquote

_ENCODED = re.compile(r"(?:0x)?(?:[0-9a-f]{2} ?){10,}|[A-Za-z0-9+/]{24,}={0,2}|(?:[01]{8}\s?){4,}", re.IGNORECASE)
_ESCAPED = re.compile(r"(?:\\x[0-9a-f]{2}|\\u[0-9a-f]{4}|&#x?[0-9a-f]+;|%[0-9a-f]{2}){3,}", re.IGNORECASE)
_APART = re.compile(r"\b(?:\w[ .-]{1,2}){5,}\w\b")
_DIGITS_FOR_LETTERS = str.maketrans("013457@$", "oieastas")
_MIXED = re.compile(r"\b(?=\w*[a-z@$])(?=\w*\d|\w*[@$]\w)[\w@$]{3,}\b|\b\d[a-z]\d\b", re.IGNORECASE)
_BACKWARDS = re.compile(r"\b(?:cirbur|dnab|erocs|edarg|skram|redarg|erongi|rewsna)\b", re.IGNORECASE)
_ROTATED = re.compile(r"\b(?:gur|naq|guvf|nafjre|onaq|fpber|znex|tenqre|ehoevp)\b", re.IGNORECASE)


def hidden_text(text: str) -> str | None:
    """What a run of base64, hexadecimal or binary digits says, None where there is no such run or it says nothing."""
    for found in _ENCODED.finditer(text):
        decoded = _decoded(found.group())
        if decoded and " " in decoded and decoded.isascii() and decoded.isprintable():
            return decoded
    return None


def readings(text: str) -> list[str]:
    """The sentence itself, then whatever else it may be read as."""
    found = [text]
    if not text.isascii():
        found.append("".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)))
    if _ESCAPED.search(text):
        found.append(_unescaped(text))
    if _APART.search(text):
        found.append(re.sub(r"\s{2,}", "\n", text).replace(" ", "").replace("\n", " "))
        found.append(_APART.sub(lambda match: re.sub(r"[ .-]", "", match.group()), text))
    if _MIXED.search(text):
        found.append(_MIXED.sub(lambda match: match.group().translate(_DIGITS_FOR_LETTERS), text))
    if _BACKWARDS.search(text):
        found.append(text[::-1])
    if _ROTATED.search(text):
        found.append(codecs.encode(text, "rot13"))
    return found


def _unescaped(text: str) -> str:
    plain = re.sub(
        r"\\x([0-9a-f]{2})|\\u([0-9a-f]{4})", lambda m: chr(int(m[1] or m[2], 16)), text, flags=re.IGNORECASE
    )
    return unquote(html.unescape(plain))


def _decoded(run: str) -> str | None:
    """The text behind a run of digits or letters, tried as binary, hexadecimal and base64."""
    bare = run.replace(" ", "")
    digits = bare.removeprefix("0x")
    if set(bare) <= {"0", "1"}:
        return "".join(chr(int(bare[at : at + 8], 2)) for at in range(0, len(bare), 8))
    try:
        if re.fullmatch(r"(?:[0-9a-fA-F]{2})+", digits):
            return bytes.fromhex(digits).decode()
        return base64.b64decode(bare + "=" * (-len(bare) % 4), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return None
