"""The texts that come with the program: ``data/`` inside the wheel, or beside the package in a checkout.

Only ``init``, ``rules``, ``calendar`` and ``doctor`` read them; what binds a desk was adopted into its database.
"""

from __future__ import annotations

from pathlib import Path

from collectdesk.errors import N_, InternalProblem, NotFound

_PACKAGE = Path(__file__).resolve().parent.parent


def directory() -> Path:
    """Where the shipped texts lie.

    Raises:
        InternalProblem: the installation lacks them.
    """
    for place in (_PACKAGE / "data", _PACKAGE.parent / "data"):
        if (place / "rulebooks").is_dir():
            return place
    raise InternalProblem(
        "data_missing",
        N_("The texts that come with the program are missing from this installation."),
        hint=N_("Install it anew."),
    )


def shipped(path: str) -> bytes:
    """The content of one shipped file, such as ``rulebooks/house.toml``.

    Raises:
        NotFound: there is no such file.
    """
    try:
        return (directory() / path).read_bytes()
    except FileNotFoundError:
        raise NotFound(
            "not_shipped",
            N_("The program ships no such text."),
            hint=N_("`collectdesk rules list` names what there is."),
        ) from None


def listed(pattern: str) -> list[str]:
    """The shipped files that match ``pattern``, as paths for ``shipped``, in order; examples are not among them."""
    root = directory()
    found = (path for path in root.glob(pattern) if not path.name.endswith(".examples.toml"))
    return sorted(path.relative_to(root).as_posix() for path in found)
