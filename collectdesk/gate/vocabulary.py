"""What a question is written in: the contract's enumerations, its values, and the shape of every piece.

An enumeration may only gain words. Rules (``kinds``) are written in the same ones.
"""

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct

# Python's \d knows the digits of every script, and its $ lets a line end follow
Amount: TypeAlias = Annotated[str, Meta(pattern=r"^-?[0-9]+(\.[0-9]+)?$(?!\n)")]
WallTime: TypeAlias = Annotated[str, Meta(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$(?!\n)")]
Weekday: TypeAlias = Annotated[int, Meta(ge=1, le=7)]
Seconds: TypeAlias = Annotated[float, Meta(ge=0)]

Channel: TypeAlias = Literal["voice", "voice_notice", "text", "email", "letter", "app", "visit"]
Purpose: TypeAlias = Literal[
    "collect", "remind", "callback", "answer_request", "answer_objection", "answer_complaint", "locate",
    "legal_notice", "litigation", "resume_dropped", "prevent_harm", "safety",
]  # fmt: skip
OrgKind: TypeAlias = Literal["lender", "agency", "buyer", "law_firm"]
DebtType: TypeAlias = Literal[
    "credit_card", "consumer_loan", "online_consumer_loan", "auto", "mortgage", "student", "medical",
    "business", "utility", "other",
]  # fmt: skip
DebtStatus: TypeAlias = Literal["open", "settled", "recalled", "assigned"]
Role: TypeAlias = Literal[
    "debtor", "co_debtor", "guarantor", "spouse", "parent", "guardian", "heir", "agent", "attorney", "contact",
    "employer", "bureau", "creditor", "other",
]  # fmt: skip
Line: TypeAlias = Literal[
    "answered", "dropped", "no_answer", "rejected", "busy", "switched_off", "unreachable", "suspended",
    "void_number", "voicemail", "voicemail_full", "ringless", "carrier_blocked", "network_failed",
    "not_dialled", "unknown",
]  # fmt: skip
NumberSource: TypeAlias = Literal[
    "contract", "application", "authorisation", "public", "told_by_contact", "bureau_authorised", "debtor",
    "unknown",
]  # fmt: skip
Opens: TypeAlias = Literal["hours", "cap", "rest", "place", "channel", "number", "contact", "workplace", "employer"]
HoldKind: TypeAlias = Literal[
    "cease", "attorney", "dispute", "objection", "complaint", "plan", "promise", "hardship", "moratorium",
    "disaster", "bereavement", "debt_adjustment", "bankruptcy", "litigation", "deceased", "incapacity", "minor",
    "settled", "recalled", "contact_refused", "emergency", "other",
]  # fmt: skip
NoticeKind: TypeAlias = Literal[
    "collection_start", "validation", "debt", "outsourcing", "assignment", "adverse_credit", "dispute_and_sue"
]


class Fact(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """A piece of the question: immutable, and strict about its field names.

    What cannot be altered cannot be made to hold itself, so there is no cycle for a collector to look for.
    """
