"""HTML -> text: headings with "#", list items with "-", table rows between bars, one block a line."""

from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from prepbot.reading.layout import heading_line, list_lines, row_line

_LEFT_OUT = frozenset(
    {
        *(
            "head",
            "script",
            "style",
            "noscript",
            "template",
            "svg",
            "math",
            "nav",
            "footer",
            "aside",
            "iframe",
            "object",
        ),
        *("canvas", "video", "audio", "select", "button", "input", "textarea"),
    }
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = ("ul", "ol", "menu")
_BLOCKS = frozenset(
    {
        *("html", "body", "main", "div", "p", "section", "article", "header", "blockquote", "table", "dl", "dt", "dd"),
        *("li", "pre", "figure", "figcaption", "details", "summary", "address", "center", "form", "fieldset", "hr"),
        *("hgroup", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", *_LISTS, *_HEADINGS),
    }
)
_BOLD = ("b", "strong")


def html_text(source: str) -> str:
    """The visible text of a page."""
    soup = BeautifulSoup(source, "lxml")
    return "\n".join(_blocks(soup))


def _blocks(node: Tag) -> Iterator[str]:
    """The lines of a node: a blank line before each block, so that no two of them are joined later."""
    inline: list[str] = []
    for child in node.children:
        if not _is_visible(child):
            continue
        if not (isinstance(child, Tag) and (child.name in _BLOCKS or child.find(_is_block))):
            inline.append(_inline(child))
            continue
        yield from _flushed(inline)
        inline = []
        yield from _block(child)
    yield from _flushed(inline)


def _block(node: Tag) -> Iterator[str]:
    if node.name in _HEADINGS:
        yield from ("", heading_line(_HEADINGS[node.name], _joined(node)))
    elif node.name in _LISTS:
        for item in node.find_all("li", recursive=False):
            yield from ("", *_item(item))
    elif node.name == "dl":
        yield from _definitions(node)
    elif node.name == "pre":
        yield from ("", *node.get_text().split("\n"))
    elif node.name == "table" and not node.find([*_HEADINGS, "table"]):
        yield from ("", *_rows(node))
    elif _is_bold_alone(node):
        yield from ("", f"**{_joined(node)}**")
    else:
        yield from _blocks(node)


def _flushed(inline: list[str]) -> Iterator[str]:
    lines = [" ".join(line.split()) for line in "".join(inline).split("\n")]
    if any(lines):
        yield ""
        yield from filter(None, lines)


def _inline(node: PageElement) -> str:
    if isinstance(node, NavigableString):
        return str(node).replace("\n", " ")
    if not isinstance(node, Tag) or not _is_visible(node):
        return ""
    if node.name == "br":
        return "\n"
    return "".join(_inline(child) for child in node.children)


def _item(item: Tag) -> list[str]:
    lines = [line for line in _blocks(item) if line]
    if not lines:
        return []
    if len(lines) == 1 and item.find(_is_block) is None:
        return list_lines([_with_colon(item, lines[0])])
    if any(line.startswith("- ") for line in lines[1:]):  # a list in a list
        return [f"- {lines[0]}", *lines[1:]]
    return list_lines([_plain(line) for line in lines])


def _with_colon(item: Tag, line: str) -> str:
    """The line with a colon after a name that only its bold letters set apart."""
    first = next((child for child in item.children if _is_filled(child)), None)
    if not isinstance(first, Tag) or first.name not in _BOLD:
        return line
    name = _joined(first)
    rest = line.removeprefix(name).strip()
    if not rest or name.endswith((":", ".", "?")) or rest[0] in ":–—-,.(":
        return line
    return f"{name}: {rest}"


def _definitions(node: Tag) -> Iterator[str]:
    name = ""
    for child in node.find_all(["dt", "dd"]):
        if child.name == "dt":
            name = _joined(child).rstrip(":")
        elif name:
            yield from ("", f"- {name}: {_joined(child)}")


def _rows(table: Tag) -> Iterator[str]:
    for row in table.find_all("tr"):
        found = row.find_all(["td", "th"], recursive=False)
        texts = [_cell(cell) for cell in found]
        if not any(texts):
            continue
        yield row_line(texts)
        if all(cell.name == "th" for cell in found):
            yield row_line(["---"] * len(texts))


def _cell(cell: Tag) -> str:
    """A cell's text; tags or paragraphs side by side are several values."""
    children = [child for child in cell.children if _is_visible(child) and _is_filled(child)]
    if len(children) > 1 and all(
        isinstance(child, Tag) and child.name in ("span", "a", "div", "p") for child in children
    ):
        return ", ".join(filter(None, (_joined(child) for child in children)))
    return " ".join(_plain(line) for line in _blocks(cell) if line)


def _joined(node: PageElement) -> str:
    return " ".join(_inline(node).split())


def _plain(line: str) -> str:
    return line.lstrip("#-").replace("**", "").strip()


def _is_block(node: Tag) -> bool:
    return node.name in _BLOCKS


def _is_bold_alone(node: Tag) -> bool:
    children = [child for child in node.children if _is_filled(child)]
    return len(children) == 1 and isinstance(children[0], Tag) and children[0].name in _BOLD


def _is_filled(node: PageElement) -> bool:
    return isinstance(node, Tag) or bool(str(node).strip())


def _is_visible(node: PageElement) -> bool:
    if isinstance(node, PreformattedString):  # comments, doctypes, declarations
        return False
    if not isinstance(node, Tag):
        return True
    style = str(node.get("style") or "").replace(" ", "").casefold()
    return node.name not in _LEFT_OUT and not node.has_attr("hidden") and "display:none" not in style
