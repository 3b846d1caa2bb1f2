"""Trends as HTML: one dot a sitting, with a bar where its interval is known, and what the trend says in words."""

from collections.abc import Sequence
from html import escape

from prepbot.domain.progress import Trend, TrendPoint, change_words

MOST_POINTS = 12


def trends(found: Sequence[Trend]) -> str:
    """A small chart for each criterion."""
    return f'<div class="trends">{"".join(map(_trend, found))}</div>'


def _trend(trend: Trend) -> str:
    points = trend.points[-MOST_POINTS:]
    dots = "".join(_point(point, trend.top) for point in points)
    now = points[-1].level
    said = f"{trend.title}: {', '.join(f'{point.level:.1f}' for point in points)} of {trend.top}, oldest first"
    changed = f'<p class="dim">{escape(change_words(trend.change))}</p>' if trend.change else ""
    return (
        f'<div class="trend"><p><b>{escape(trend.title)}</b> <span class="dim">{now:.1f} of {trend.top}</span></p>'
        f'<div class="plot" role="img" aria-label="{escape(said)}">{dots}</div>'
        f"{changed}</div>"
    )


def _point(point: TrendPoint, top: int) -> str:
    bar = ""
    if point.interval is not None:
        low, high = (100 * edge / top for edge in point.interval)
        bar = f'<i class="range" style="bottom:{low:.1f}%;height:{high - low:.1f}%"></i>'
    return f'<span>{bar}<i class="at" style="bottom:{100 * point.level / top:.1f}%"></i></span>'
