"""The tables, one concept a module; importing this package defines them all.

Column names are the contract's, except where SQL or Python has the word for itself: ``case`` is ``case_id``,
``group`` is ``debt_group``, ``from`` is ``from_at``, ``by`` is ``by_person`` or ``by_staff``, ``to`` is ``to_org``,
``only`` is ``only_in``; ``class`` is ``class_`` in Python only.
"""

from __future__ import annotations

from collectdesk.store.tables.call import Call, CallAnswer, CallPlan, LineShown, Preparation
from collectdesk.store.tables.callback import Callback
from collectdesk.store.tables.case import CaseConsequence, CaseFile, CaseParty, ContractTerm, Statement
from collectdesk.store.tables.complaint import Complaint, Grievance
from collectdesk.store.tables.conduct import ConductWarning, Suspension, Violation
from collectdesk.store.tables.contact import ContactEvent, HistoryCover
from collectdesk.store.tables.desk import Adoption, LoginFailure, Meta, Migration
from collectdesk.store.tables.emergency import Emergency, EmergencyAlert, EmergencyContact
from collectdesk.store.tables.facts import Consent, Designation, Hold, Notice
from collectdesk.store.tables.intake import Attestation, ImportBatch
from collectdesk.store.tables.journal import Journal
from collectdesk.store.tables.letter import Letter
from collectdesk.store.tables.note import Note
from collectdesk.store.tables.objection import Objection
from collectdesk.store.tables.org import Creditor, Org, PaymentChannel
from collectdesk.store.tables.payment import Payment
from collectdesk.store.tables.permit import Permit, Verdict
from collectdesk.store.tables.person import Number, Person, PersonZone
from collectdesk.store.tables.phone import DialFinding, DialRecord, Extension, PhoneSource
from collectdesk.store.tables.plan import Plan, PlanEvidence, PlanInstalment
from collectdesk.store.tables.promise import Promise
from collectdesk.store.tables.quality import QualityAnswer, QualityFinding, QualityReview, QualitySample
from collectdesk.store.tables.recording import (
    Destruction,
    DestructionItem,
    FoundRecording,
    Recording,
    RecordingKeeper,
)
from collectdesk.store.tables.referral import Referral
from collectdesk.store.tables.request import OutsideOfficer, Request
from collectdesk.store.tables.staff import Credential, Qualification, Staff, Team
from collectdesk.store.tables.step import Step
from collectdesk.store.tables.training import (
    Admission,
    ExamAnswer,
    ExamAttempt,
    ExamRound,
    Exchange,
    ExchangePart,
    Reading,
    Retraining,
    VettingCheck,
)

__all__ = [
    "Admission",
    "Adoption",
    "Attestation",
    "Call",
    "CallAnswer",
    "CallPlan",
    "Callback",
    "CaseConsequence",
    "CaseFile",
    "CaseParty",
    "Complaint",
    "ConductWarning",
    "Consent",
    "ContactEvent",
    "ContractTerm",
    "Credential",
    "Creditor",
    "Designation",
    "Destruction",
    "DestructionItem",
    "DialFinding",
    "DialRecord",
    "Emergency",
    "EmergencyAlert",
    "EmergencyContact",
    "ExamAnswer",
    "ExamAttempt",
    "ExamRound",
    "Exchange",
    "ExchangePart",
    "Extension",
    "FoundRecording",
    "Grievance",
    "HistoryCover",
    "Hold",
    "ImportBatch",
    "Journal",
    "Letter",
    "LineShown",
    "LoginFailure",
    "Meta",
    "Migration",
    "Note",
    "Notice",
    "Number",
    "Objection",
    "Org",
    "OutsideOfficer",
    "Payment",
    "PaymentChannel",
    "Permit",
    "Person",
    "PersonZone",
    "PhoneSource",
    "Plan",
    "PlanEvidence",
    "PlanInstalment",
    "Preparation",
    "Promise",
    "Qualification",
    "QualityAnswer",
    "QualityFinding",
    "QualityReview",
    "QualitySample",
    "Reading",
    "Recording",
    "RecordingKeeper",
    "Referral",
    "Request",
    "Retraining",
    "Staff",
    "Statement",
    "Step",
    "Suspension",
    "Team",
    "Verdict",
    "VettingCheck",
    "Violation",
]
