"""The colours of both themes and the style sheet that every page starts with."""

from functools import cache
from pathlib import Path

STYLE_SHEET = Path(__file__).parent / "prepbot.css"

# Name -> (light, dark). Parts: S situation, T task, A action, R result, F looking back, each with its wash (w);
# K is the KPI underline, Q the text that was set aside. Which pairs must hold which contrast is tested.
TOKENS: dict[str, tuple[str, str]] = {
    "bg": ("#F2F4F0", "#10191C"),
    "surface": ("#FDFDFB", "#18252A"),
    "sunk": ("#E6EAE4", "#0B1214"),
    "ink": ("#17282B", "#E8ECE4"),
    "ink2": ("#4A5C5E", "#A9B8B5"),
    "line": ("#D1D8D0", "#2D3E42"),
    "line3": ("#7A8B88", "#6F8582"),
    "primary": ("#17595F", "#86D3C9"),
    "onprimary": ("#FFFFFF", "#0E2326"),
    "lamp": ("#F3B544", "#F6C363"),
    "onlamp": ("#3B2600", "#3B2600"),
    "lampwash": ("#FFF3D8", "#2E2918"),
    "lampink": ("#6A4600", "#F6D592"),
    "dusk": ("#16343A", "#0B2329"),
    "ondusk": ("#EAF0EA", "#EAF0EA"),
    "ondusk2": ("#B4CAC8", "#A9C0BF"),
    "S": ("#3B5998", "#A3BBF2"),
    "Sw": ("#E3E9F6", "#222F4B"),
    "T": ("#774789", "#DBB0E6"),
    "Tw": ("#F0E5F4", "#382840"),
    "A": ("#13686A", "#86D6CE"),
    "Aw": ("#DAEDEA", "#163938"),
    "R": ("#48680F", "#BDD672"),
    "Rw": ("#E7EFD0", "#2B3514"),
    "F": ("#983B53", "#F4A9B6"),
    "Fw": ("#F9E3E8", "#43252D"),
    "K": ("#8A5200", "#F3BD6B"),
    "Q": ("#5C5A55", "#B4B0A7"),
    "Qw": ("#E9E8E3", "#2A2D2C"),
    "good": ("#48680F", "#BDD672"),
    "mid": ("#7A5200", "#F3BD6B"),
    "stop": ("#A03A2A", "#F2A08F"),
    "ontag": ("#FFFFFF", "#10191C"),
}


@cache
def style() -> str:
    """The style element: the tokens as custom properties, then the sheet.

    light-dark() follows the color-scheme that Streamlit sets on .stApp, so a change of theme needs no rerun.
    """
    properties = ";".join(f"--{name}:light-dark({light},{dark})" for name, (light, dark) in TOKENS.items())
    return f"<style>.stApp{{{properties}}}{STYLE_SHEET.read_text(encoding='utf-8')}</style>"
