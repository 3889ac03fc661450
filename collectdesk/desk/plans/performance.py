"""A plan in performance (方案履行): its hold, its instalments against payments, its end by rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def payments_changed(session: Session, case: int, now: int) -> None:
    """Bring the plan of a case forward after payments were brought in or taken back.

    Args:
        session: the open write transaction in which the payments changed.
        case: key of ``case_file``.
        now: UTC seconds.
    """
