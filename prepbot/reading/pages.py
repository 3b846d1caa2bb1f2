"""Role pages from files, uploads, kept text and the library that travels with prepbot."""

from functools import lru_cache
from pathlib import Path

from prepbot.errors import NotFound
from prepbot.ports import RolePage
from prepbot.reading.files import read_text, read_upload
from prepbot.reading.role_page import read_role_page, role_id_of
from prepbot.resources import resource

_LIBRARY = "knowledge"


class DocumentPages:
    """Reads documents of the user and the shipped library; satisfies the RolePageReader port."""

    def shipped(self) -> tuple[RolePage, ...]:
        """The shipped pages in the order of their file names."""
        return _shipped()

    def from_file(self, path: Path) -> RolePage:
        """A page from a file; its name gives the role's id."""
        return _page(read_text(path), role_id_of(path.name))

    def from_upload(self, name: str, data: bytes) -> RolePage:
        """A page from uploaded bytes; `name` gives the format and the role's id."""
        return _page(read_upload(name, data), role_id_of(name))

    def from_text(self, text: str, role_id: str) -> RolePage:
        """A page from text that was read before."""
        return _page(text, role_id)


def find_page(role: str) -> RolePage:
    """A page by its id in the shipped library or by its path, without a store.

    Raises NotFound for neither, UnreadableFile or NotARolePage for a file that is no role page.
    """
    shipped = {page.role.id: page for page in _shipped()}
    if role in shipped:
        return shipped[role]
    path = Path(role).expanduser()
    if path.is_file():
        return DocumentPages().from_file(path)
    raise NotFound(f"No role “{role}”: it is neither a file nor one of {', '.join(shipped)}.")


@lru_cache(maxsize=1)
def _shipped() -> tuple[RolePage, ...]:
    paths = sorted(resource(_LIBRARY).glob("*.txt"))
    return tuple(DocumentPages().from_file(path) for path in paths)


def _page(text: str, role_id: str) -> RolePage:
    role, report = read_role_page(text, role_id)
    return RolePage(role, report, text)
