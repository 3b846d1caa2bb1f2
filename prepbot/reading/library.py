"""The shipped roles for callers that need no store: evals, benchmarks and one-shot commands."""

from prepbot.domain.role import ParseReport, Role
from prepbot.reading.pages import DocumentPages, find_page


def library_roles() -> tuple[Role, ...]:
    """Every role that travels with prepbot, in the order of the file names."""
    return tuple(page.role for page in DocumentPages().shipped())


def find_role(role: str) -> tuple[Role, ParseReport]:
    """A role by its id in the library ("ecommerce-specialist") or by the path of a role page.

    Raises NotFound for neither, UnreadableFile or NotARolePage for a file that is no role page.
    """
    page = find_page(role)
    return page.role, page.report
