"""Outside text in Streamlit's own elements, which read Markdown: no link, image or colour comes alive in it."""

import re

_SIGNS = re.compile(r"^[#+\-]|^\d+(?=[.)])|[\\`*_{}\[\]<>$:~|&]")


def plain(text: str) -> str:
    """The text on one line with every sign of Markdown escaped."""
    return _SIGNS.sub(_escaped, " ".join(text.split()))


def _escaped(sign: re.Match[str]) -> str:
    return f"{sign[0]}\\" if sign[0].isdigit() else f"\\{sign[0]}"
