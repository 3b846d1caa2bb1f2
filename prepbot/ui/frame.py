"""What surrounds every page: style, logo, navigation, and one calm sentence where something fails."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from prepbot.errors import PrepbotError
from prepbot.resources import resource
from prepbot.ui import state
from prepbot.ui.text import plain
from prepbot.ui.theme import style

_log = logging.getLogger(__name__)

_UNEXPECTED = (
    "Something failed on this page; the details are in the log. Every answer you sent is stored. Reload to go on."
)


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page by its name in the navigation and the function that draws it.

    `path` is its place in the address: the name in small letters, unless given.
    """

    name: str
    draw: Callable[[], None]
    path: str = ""

    @property
    def url_path(self) -> str:
        """The page's place in the address."""
        return self.path or self.name.lower()


def show(pages: Sequence[PageSpec]) -> None:
    """Draw the page that the address names; the first one is the default."""
    st.set_page_config(page_title="prepbot", page_icon=str(resource("static/favicon.svg")), layout="wide")
    st.html(style())
    theme = "dark" if st.context.theme.type == "dark" else "light"
    st.logo(str(resource(f"static/logo-{theme}.svg")), size="large")
    known = {
        spec.url_path: st.Page(_calm(spec.draw), title=spec.name, url_path=spec.url_path, default=place == 0)
        for place, spec in enumerate(pages)
    }
    state.keep_pages(known)
    st.navigation(list(known.values()), position="top").run()


def _calm(draw: Callable[[], None]) -> Callable[[], None]:
    def drawn() -> None:
        try:
            message = state.said()
            if message:
                st.info(message, icon=":material/info:")
            draw()
        except PrepbotError as error:
            st.error(plain(str(error)), icon=":material/error:")
        except Exception:  # noqa: BLE001  nobody should read a traceback in the middle of an interview
            _log.exception("a page failed")
            st.error(_UNEXPECTED, icon=":material/error:")

    return drawn
