"""Doors and portraits as data URIs: st.html strips inline SVG, and nothing is fetched from anywhere."""

from base64 import b64encode
from functools import cache
from html import escape

from prepbot.resources import resource


@cache
def picture(name: str, width: int, alt: str = "") -> str:
    """An img element of `width` px from static/<name>.svg. An empty `alt` marks it as decoration."""
    data = b64encode(resource(f"static/{name}.svg").read_bytes()).decode("ascii")
    return f'<img class="pic" width="{width}" alt="{escape(alt)}" src="data:image/svg+xml;base64,{data}">'


def portrait(name: str, width: int) -> str:
    """The drawing of an interviewer; a name without one gets a closed door. Decoration: the name stands beside it."""
    try:
        return picture(f"portrait-{name}", width)
    except FileNotFoundError:
        return picture("door-next", width)


def icon(name: str) -> str:
    """A Material symbol from the font that Streamlit ships; hidden from screen readers and translators."""
    return f'<span class="ms" aria-hidden="true" translate="no">{name}</span>'
