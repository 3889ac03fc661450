"""The kinds of rules. None is particular to a country: a rulebook gives the numbers, a kind the meaning.

A rulebook is read into these types, so what their fields are is said in types, not (``from __future__``) in text that
would have to be read and looked up whenever a program starts.
"""

from typing import TypeAlias

from collectdesk.gate.kinds.agreed import NeedsConsent
from collectdesk.gate.kinds.base import Ground, InForce, Reason, Rule, State
from collectdesk.gate.kinds.cap import Cap
from collectdesk.gate.kinds.designation import Designated
from collectdesk.gate.kinds.hold import NoHold
from collectdesk.gate.kinds.hours import AllowedHours, ClosedDays
from collectdesk.gate.kinds.never import Never
from collectdesk.gate.kinds.notice import NoticeStop, NoticeWait
from collectdesk.gate.kinds.one_channel import OneChannel
from collectdesk.gate.kinds.party import Parties
from collectdesk.gate.kinds.require import Require
from collectdesk.gate.kinds.rest import Gap, OneAtATime, Rest

AnyRule: TypeAlias = (
    AllowedHours
    | ClosedDays
    | Cap
    | Gap
    | Rest
    | OneAtATime
    | OneChannel
    | Designated
    | NeedsConsent
    | Never
    | NoHold
    | NoticeStop
    | NoticeWait
    | Parties
    | Require
)

__all__ = ["AnyRule", "Ground", "InForce", "Reason", "Rule", "State"]
