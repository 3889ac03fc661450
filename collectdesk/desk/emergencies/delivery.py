"""How an alert leaves the desk: a command of the house's own, run detached, and an e-mail file to send.

Neither ever holds personal data: ids, and what to type. What fails is written down and holds nobody up; the banner
and ``today`` do not depend on it.
"""

from __future__ import annotations

import os
import shlex
import subprocess
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select, update
from sqlmodel import SQLModel, col

from collectdesk.desk.emergencies import alert_settings
from collectdesk.desk.emergencies.alert_settings import AlertSettings
from collectdesk.desk.steps import DESK
from collectdesk.errors import Problem
from collectdesk.store import files, journal
from collectdesk.store.engine import lock_row
from collectdesk.store.tables import EmergencyAlert, EmergencyContact, Staff

if TYPE_CHECKING:
    from collectdesk.desk.office import Office

OUTBOX = "outbox"
"""The directory of e-mail files inside the desk's."""
KEPT = ("PATH", "SYSTEMROOT", "LANG", "LC_ALL", "HOME")
"""All a hook is told of the environment besides the ids."""
SUBJECT = "collectdesk: {id} - 突发情况待确认 / emergency to be acknowledged"
BODY = """\
突发情况 {id} 等待确认。请登录系统后运行：
    collectdesk emergency show {id}
    collectdesk emergency ack {id}
本邮件不含任何客户信息，请勿在回复中写入。

Emergency {id} waits to be acknowledged. Sign in to the desk and run the commands above.
This message holds no personal data; please put none into an answer.
"""


def deliver(office: Office) -> None:
    """Send every alert that is owed, each in a transaction of its own; two processes do not send one twice."""
    with office.reader.connect() as connection:
        wanted = select(col(EmergencyAlert.id)).where(col(EmergencyAlert.delivered_at).is_(None))
        keys = connection.execute(wanted.order_by(col(EmergencyAlert.id))).scalars().all()
    for key in keys:
        if key is not None:
            with office.writer.begin() as connection:
                _deliver(connection, office, key)


def _deliver(connection: Connection, office: Office, key: int) -> None:
    lock_row(connection, "emergency_alert", key)
    table = SQLModel.metadata.tables["emergency_alert"]
    row = connection.execute(select(table).where(table.c.id == key)).one()
    if row.delivered_at is not None:
        return
    settings = alert_settings.read(connection)
    who, address = _whom(connection, row, settings)
    sent = {
        "delivered_at": office.now(),
        "hook": run_hook(settings, f"g{row.emergency}", who, row.level),
        "mail": write_mail(office.home.root, f"g{row.emergency}", who, row.level, address),
    }
    connection.execute(update(table).where(table.c.id == key).values(**sent))
    at = int(str(sent["delivered_at"]))
    journal.append(
        connection, at=at, actor=DESK, action="emergency.alerted", subject=f"emergency:{row.emergency}", after=sent
    )


def _whom(connection: Connection, row: Any, settings: AlertSettings) -> tuple[str, str | None]:  # noqa: ANN401
    """Whom an alert is to, by staff number or the department's key, and their address if there is one."""
    if row.staff is not None:
        number = str(connection.execute(select(col(Staff.number)).where(col(Staff.id) == row.staff)).scalar_one())
        return number, settings.address(number)
    asked = select(col(EmergencyContact.email)).where(col(EmergencyContact.id) == row.contact)
    return f"contact-{row.contact}", connection.execute(asked).scalar_one()


def run_hook(settings: AlertSettings, emergency: str, who: str, level: int) -> str:
    """Start the house's command and do not wait for it: ``none``, ``started`` or ``failed``.

    It gets the ids as arguments and in COLLECTDESK_EMERGENCY, COLLECTDESK_ALERTED and COLLECTDESK_LEVEL, and nothing
    else of the desk: no directory, no session.
    """
    if not settings.hook:
        return "none"
    environment = {name: os.environ[name] for name in KEPT if name in os.environ}
    environment |= {"COLLECTDESK_EMERGENCY": emergency, "COLLECTDESK_ALERTED": who, "COLLECTDESK_LEVEL": str(level)}
    try:
        subprocess.Popen(  # noqa: S603 - an administrator of the desk named it; no shell reads it
            [*shlex.split(settings.hook), emergency, who, str(level)],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except (OSError, ValueError):
        return "failed"
    return "started"


def write_mail(root: Path, emergency: str, who: str, level: int, address: str | None) -> str | None:
    """Leave an e-mail to send in the desk's outbox, for its owner alone; the file's name, none if it could not be."""
    if not root.is_dir():
        return None
    message = EmailMessage(policy=SMTP)
    message["Subject"] = SUBJECT.format(id=emergency)
    if address:
        message["To"] = address
    message["X-Unsent"] = "1"  # mail programs open such a file as a draft that can be sent
    message.set_content(BODY.format(id=emergency), charset="utf-8")
    name = f"{emergency}-{level}-{who}.eml"
    try:
        outbox = files.private_directory(root / OUTBOX)
        files.write_private(outbox / name, message.as_bytes())
    except (OSError, Problem):
        return None
    return name
