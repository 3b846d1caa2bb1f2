"""The colours hold their contrast in both themes, and the style sheet asks for no colour that does not exist."""

import re

import pytest

from prepbot.ui.theme import STYLE_SHEET, TOKENS, style

TEXT, EDGE = 4.5, 3.0

# (foreground, background, least ratio by WCAG 2.2: 4.5 for text, 3 for marks and edges of controls)
PAIRS = [
    *(("ink", ground, TEXT) for ground in ("bg", "surface", "sunk", "lampwash", "Sw", "Tw", "Aw", "Rw", "Fw")),
    *(("ink2", ground, TEXT) for ground in ("bg", "surface", "sunk", "lampwash")),
    *(("line3", ground, EDGE) for ground in ("bg", "surface")),
    *(("primary", ground, TEXT) for ground in ("bg", "surface", "lampwash")),
    *(("onprimary", "primary", TEXT), ("lampink", "lampwash", TEXT), ("onlamp", "lamp", TEXT)),
    *(("lamp", "dusk", TEXT), ("ondusk", "dusk", TEXT), ("ondusk2", "dusk", TEXT)),
    *((part, "surface", EDGE) for part in "STARF"),
    *((part, f"{part}w", TEXT) for part in "STARF"),
    *(("ontag", part, TEXT) for part in "STARF"),
    *(("K", ground, EDGE) for ground in ("Sw", "Tw", "Aw", "Rw", "Fw", "Qw", "surface")),
    *(("Q", "Qw", TEXT), ("Q", "surface", TEXT)),
    *((name, "surface", TEXT) for name in ("good", "mid", "stop")),
]


def _luminance(colour: str) -> float:
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _ratio(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_ratio_is_the_one_of_the_standard() -> None:
    """Black on white is 21 to 1, the top of the scale."""
    assert _ratio("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("foreground", "background", "least"), PAIRS)
def test_a_pair_holds_its_contrast(foreground: str, background: str, least: float, theme: str) -> None:
    """Text reaches 4.5 to 1 on its ground, marks and control edges 3 to 1, in both themes."""
    place = ("light", "dark").index(theme)
    assert _ratio(TOKENS[foreground][place], TOKENS[background][place]) >= least


@pytest.mark.parametrize(("glow", "place"), [("#2b5254", 0), ("#1c4044", 1)])
def test_words_on_the_corridor_are_read_at_its_brightest(glow: str, place: int) -> None:
    """The corridor's second text holds 4.5 to 1 where its gradient is brightest, and the sheet uses that glow."""
    assert glow in STYLE_SHEET.read_text(encoding="utf-8")
    assert _ratio(TOKENS["ondusk2"][place], glow) >= TEXT


def test_the_sheet_uses_only_known_tokens() -> None:
    """Every custom property that the style sheet reads is defined by the tokens or by the sheet itself."""
    sheet = STYLE_SHEET.read_text(encoding="utf-8")
    known = set(TOKENS) | set(re.findall(r"--([\w-]+):", sheet))
    assert set(re.findall(r"var\(--([\w-]+)", sheet)) <= known


def test_the_sheet_holds_nothing_that_looks_like_a_tag() -> None:
    """The page's sanitizer drops a whole style element that holds a tag, even within a string."""
    assert re.search(r"<[a-z/!]", STYLE_SHEET.read_text(encoding="utf-8")) is None


def test_the_style_element_fetches_nothing() -> None:
    """No rule names an address, so that the sheet can make no request."""
    assert "url(" not in style()
    assert "@import" not in style()
