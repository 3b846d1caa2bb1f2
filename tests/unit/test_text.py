"""Outside text in elements that read Markdown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from prepbot.ui.text import plain

SIGNS = [
    "![x](http://evil.example/x.png)",
    "[x](javascript:1)",
    "# big",
    "- item",
    "1. one",
    "> said",
    "`code` **b** _i_",
]


@pytest.mark.parametrize("text", [*SIGNS, "<img src=x>", "&amp;", "1) one"])
def test_no_sign_of_markdown_comes_alive(text: str) -> None:
    """A Markdown reader finds nothing but the text itself."""
    (paragraph, inline, _) = MarkdownIt("commonmark").parse(plain(text))
    assert paragraph.type == "paragraph_open"
    assert "".join(child.content for child in inline.children or []) == text
    assert not {child.type for child in inline.children or []} - {"text", "text_special"}


@given(st.text(st.characters(codec="ascii", categories=["L", "N", "P", "S", "Zs"]), min_size=1).filter(str.strip))
def test_any_ascii_text_reads_as_itself(text: str) -> None:
    """Whatever is typed, what is shown is the same words on one line."""
    (_, inline, _) = MarkdownIt("commonmark").parse(plain(text))
    assert "".join(child.content for child in inline.children or []) == " ".join(text.split())


@pytest.mark.parametrize("directive", [":red[x]", ":material/home:", "$x$"])
def test_streamlit_directives_are_escaped(directive: str) -> None:
    """Colours, icons and formulas of Streamlit's Markdown stay text."""
    assert plain(directive).startswith("\\")
