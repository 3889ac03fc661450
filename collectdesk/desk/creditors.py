"""Creditors (债权人): what proves a debtor's identity (article 5.1), the designated ways to pay (article 9.5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from collectdesk.desk import adoption, personal
from collectdesk.desk.importing.lacking import ASKED, ITEMS
from collectdesk.errors import N_, BadData, NotFound, UsageProblem
from collectdesk.store.words import LICENCES

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.store.tables import Creditor, Org, PaymentChannel

KEEPERS = ("lead", "admin", "officer")


@dataclass(frozen=True)
class CreditorView:
    """A creditor and its open ways to pay."""

    name: str
    kind: str | None
    identity_items: tuple[str, ...]
    hotline: str | None
    channels: tuple[PaymentChannel, ...]
    licence: str | None = None


@dataclass(frozen=True)
class Channel:
    """A designated way to pay: its code, its label in both languages, a company account if there is one."""

    code: str
    zh: str
    en: str
    account: str | None = None


def listing(session: Session) -> list[CreditorView]:
    """Every creditor, by name."""
    from sqlmodel import col, select

    from collectdesk.store.tables import Creditor, Org, PaymentChannel

    asked = select(Creditor, Org).join(Org, col(Org.id) == col(Creditor.org)).order_by(col(Org.name))
    open_ = select(PaymentChannel).where(col(PaymentChannel.until).is_(None)).order_by(col(PaymentChannel.code))
    channels = list(session.execute(open_).scalars())
    return [
        CreditorView(
            org.name,
            org.kind,
            tuple(creditor.identity_items),
            creditor.hotline,
            tuple(each for each in channels if each.creditor == creditor.org),
            _licence(creditor),
        )
        for creditor, org in session.execute(asked).all()
    ]


def configure(office: Office, name: str, identity: Sequence[str], hotline: str | None, licence: str = "") -> None:
    """Set a creditor's identity items, its hotline, what it is licensed as; one nobody knows yet is added.

    ``licence`` says how long recordings are kept at least (``recordings.retention``).

    Raises:
        NotPermitted: a collector's sign-in.
        UsageProblem: not two items, or unknown ones.
    """
    office.require_role(*KEEPERS)
    if identity and (len(set(identity)) != ASKED or not set(identity) <= set(ITEMS)):
        raise UsageProblem(
            "identity_items",
            N_("Two different items are asked: {items}."),
            hint=N_("Give --identity twice."),
            items=", ".join(ITEMS),
        )
    if licence and licence not in LICENCES:
        raise UsageProblem(
            "licence", N_("{name} must be one of: {choices}."), name="--licence", choices=", ".join(LICENCES)
        )
    with office.writing() as session:
        creditor, before = _of(session, name)
        if licence:
            creditor.settings = {**(creditor.settings or {}), "licence": licence}
        if identity:
            creditor.identity_items = list(identity)
        if hotline is not None:
            creditor.hotline = hotline or None
        session.add(creditor)
        after = _set(creditor)
        _journal(office, session, "creditor_set", creditor.org, before, after)


def add_channel(office: Office, name: str, channel: Channel) -> None:
    """Designate a way to pay; one of the same code is replaced.

    Raises:
        NotPermitted: only an administrator opens ways to pay.
        NotFound: no such creditor.
        BadData: the account or a label looks like a person's (articles 9.5, 9.7).
    """
    from sqlmodel import select

    from collectdesk.store.tables import PaymentChannel

    office.require_role("admin")
    with office.writing() as session:
        lists = adoption.wordings(session, office.now())
        personal.refuse(channel.account, (channel.zh, channel.en), lists, company=name)
        creditor, _before = _of(session, name, known=True)
        same = select(PaymentChannel).where(
            PaymentChannel.creditor == creditor.org, PaymentChannel.code == channel.code
        )
        row = session.execute(same).scalar_one_or_none()
        before = _facts(row) if row else None
        if row is None:
            row = PaymentChannel(
                creditor=creditor.org, code=channel.code, label_zh="-", label_en="-", from_at=office.now()
            )
        row.label_zh, row.label_en, row.account, row.until = channel.zh, channel.en, channel.account, None
        session.add(row)
        _journal(office, session, "channel_set", creditor.org, before, _facts(row))


def close_channel(office: Office, name: str, code: str) -> Channel:
    """End a way to pay; it stays on record. What it was.

    Raises:
        NotPermitted: only an administrator closes ways to pay.
        NotFound: no such creditor or channel.
    """
    from sqlmodel import col, select

    from collectdesk.store.tables import PaymentChannel

    office.require_role("admin")
    with office.writing() as session:
        creditor, _before = _of(session, name, known=True)
        asked = select(PaymentChannel).where(
            PaymentChannel.creditor == creditor.org, PaymentChannel.code == code, col(PaymentChannel.until).is_(None)
        )
        row = session.execute(asked).scalar_one_or_none()
        if row is None:
            raise NotFound(
                "no_such_channel", N_("This creditor has no such way to pay."), hint=N_("`collectdesk creditor list`")
            )
        before = _facts(row)
        row.until = office.now()
        _journal(office, session, "channel_close", creditor.org, before, _facts(row))
        return Channel(row.code, row.label_zh, row.label_en, row.account)


def _of(session: Session, name: str, *, known: bool = False) -> tuple[Creditor, dict[str, object] | None]:
    """The creditor of this name, and what it was; added unless it must be ``known``."""
    from sqlmodel import select

    from collectdesk.store.tables import Creditor, Org

    org = session.execute(select(Org).where(Org.name == name.strip())).scalar_one_or_none()
    creditor = session.get(Creditor, org.id) if org else None
    if creditor is None and known:
        raise NotFound(
            "no_such_creditor",
            N_("There is no creditor of that name."),
            hint=N_("`collectdesk creditor list` shows the names."),
        )
    if creditor is not None:
        return creditor, _set(creditor)
    return _added(session, org, name), None


def _added(session: Session, org: Org | None, name: str) -> Creditor:
    from collectdesk.store.tables import Creditor, Org

    if not name.strip():
        raise BadData("creditor_name", N_("A creditor needs a name."))
    if org is None:
        org = Org(name=name.strip(), kind="lender", own=False)
        session.add(org)
        session.flush()
    assert org.id is not None
    return Creditor(org=org.id, identity_items=[], languages=[])


def _set(creditor: Creditor) -> dict[str, object]:
    found: dict[str, object] = {"identity_items": list(creditor.identity_items), "hotline": creditor.hotline}
    return found | ({"licence": licence} if (licence := _licence(creditor)) else {})


def _licence(creditor: Creditor) -> str | None:
    found = (creditor.settings or {}).get("licence")
    return str(found) if found else None


def _facts(row: PaymentChannel) -> dict[str, object]:
    return {name: getattr(row, name) for name in ("code", "label_zh", "label_en", "account", "until")}


def _journal(
    office: Office, session: Session, action: str, org: int, before: dict[str, object] | None, after: dict[str, object]
) -> None:
    from collectdesk.store import journal

    session.flush()
    journal.append(
        session,
        at=office.now(),
        actor=office.staff.number,
        action=action,
        subject=f"creditor:{org}",
        before=before,
        after=after,
    )
