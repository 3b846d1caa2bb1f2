"""The use case of choosing a role: the shipped library, uploads, files, and the role of an old interview."""

from dataclasses import dataclass
from pathlib import Path

from prepbot.domain.plan import Plan
from prepbot.domain.role import ParseReport, Role
from prepbot.errors import NotFound
from prepbot.ports import Clock, Document, RolePage, RolePageReader, Store


@dataclass(frozen=True, slots=True)
class LibraryEntry:
    """A role that can be practised, with what the reader made of its page."""

    role: Role
    report: ParseReport
    uploaded: bool


class RoleLibrary:
    """The roles at hand. A page that is in use is kept in the store, so that an interview outlives its file."""

    def __init__(self, store: Store, reader: RolePageReader, clock: Clock) -> None:
        self._store = store
        self._reader = reader
        self._clock = clock
        self._pages: dict[str, RolePage] = {}

    def all(self) -> tuple[LibraryEntry, ...]:
        """Every role, the shipped pages first, then the uploads, newest first. An upload may not hide a shipped id."""
        shipped = {page.role.id: LibraryEntry(page.role, page.report, uploaded=False) for page in self._shipped()}
        uploads: dict[str, LibraryEntry] = {}
        for kept in self._store.documents():
            page = self._parsed(kept)
            uploads.setdefault(kept.role_id, LibraryEntry(page.role, page.report, uploaded=True))
        return (*shipped.values(), *(entry for id_, entry in uploads.items() if id_ not in shipped))

    def get(self, role: str) -> LibraryEntry:
        """A role by its id in the library or by the path of a role page.

        Raises NotFound for neither, BadInput for a file that is no role page.
        """
        known = {entry.role.id: entry for entry in self.all()}
        if role in known:
            return known[role]
        if Path(role).is_file():
            page = self._remember(self._reader.from_file(Path(role)))
            return LibraryEntry(page.role, page.report, uploaded=False)
        raise NotFound(f"No role “{role}”: it is neither a file nor one of {', '.join(known)}.")

    def add(self, name: str, data: bytes) -> LibraryEntry:
        """Read an uploaded role page and keep it in the library. Raises BadInput."""
        page = self._remember(self._reader.from_upload(name, data))
        self._keep(page, library=True)
        return LibraryEntry(page.role, page.report, uploaded=True)

    def keep_for(self, plan: Plan) -> None:
        """Keep the document that a plan was made from, before its interview begins."""
        self._keep(self._page(plan.role_sha256), library=False)

    def role_of(self, plan: Plan) -> Role:
        """The role as its page was when the interview was planned. Raises NotFound."""
        try:
            return self._page(plan.role_sha256).role
        except NotFound:
            return self._parsed(self._store.document(plan.role_sha256)).role

    def _shipped(self) -> tuple[RolePage, ...]:
        return tuple(self._remember(page) for page in self._reader.shipped())

    def _page(self, sha256: str) -> RolePage:
        if sha256 not in self._pages:
            self._shipped()
        if sha256 not in self._pages:
            raise NotFound("This role page has not been read yet; choose the role once more.")
        return self._pages[sha256]

    def _parsed(self, kept: Document) -> RolePage:
        if kept.sha256 not in self._pages:
            self._remember(self._reader.from_text(kept.text, kept.role_id))
        return self._pages[kept.sha256]

    def _remember(self, page: RolePage) -> RolePage:
        return self._pages.setdefault(page.role.sha256, page)

    def _keep(self, page: RolePage, *, library: bool) -> None:
        role = page.role
        self._store.save_document(Document(role.sha256, role.id, role.title, page.text, library, self._clock.now()))
