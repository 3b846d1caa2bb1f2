"""Words of people and documents in Markdown, as they stand: no markup, no link, no image comes alive in them."""

import re

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
_LINE_START = re.compile(r"^(\s*)(?=[-+=])|^(\s*\d+)(?=[.)])", re.MULTILINE)
_ADDRESS = re.compile(r"(?i)(?<=[a-z])(:)(?=//)|(?<=www)(\.)")


def escaped(text: str) -> str:
    """Text that Markdown shows as it stands: no markup, no link, no image, no HTML."""
    plain = _ADDRESS.sub(r"\\\g<0>", _MARKUP.sub(r"\\\1", text))
    return _LINE_START.sub(r"\g<0>\\", plain)


def one_line(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())


def quoted(text: str) -> str:
    """The text as a quotation of its own lines."""
    lines = escaped(text).splitlines() or ["(nothing)"]
    return "\n".join(f"> {line}  " if line.strip() else ">" for line in lines)
