"""The contract's enumerations, as the columns CHECK them (CONTRACT.md: a list may only gain values)."""

from __future__ import annotations

CHANNELS = ("voice", "voice_notice", "text", "email", "letter", "app", "visit")
PURPOSES = (
    "collect", "remind", "callback", "answer_request", "answer_objection", "answer_complaint", "locate",
    "legal_notice", "litigation", "resume_dropped", "prevent_harm", "safety",
)  # fmt: skip
ORG_KINDS = ("lender", "agency", "buyer", "law_firm")
DEBT_TYPES = (
    "credit_card", "consumer_loan", "online_consumer_loan", "auto", "mortgage", "student", "medical",
    "business", "utility", "other",
)  # fmt: skip
DEBT_STATUSES = ("open", "settled", "recalled", "assigned")
ROLES = (
    "debtor", "co_debtor", "guarantor", "spouse", "parent", "guardian", "heir", "agent", "attorney", "contact",
    "employer", "bureau", "creditor", "other",
)  # fmt: skip
CAPACITIES = ("full", "limited", "none", "unknown")
NUMBER_CLASSES = ("mobile", "landline", "voip", "unknown")
PLACES = ("home", "work", "other", "none", "unknown")
NUMBER_SOURCES = (
    "contract", "application", "authorisation", "public", "told_by_contact", "bureau_authorised", "debtor",
    "unknown",
)  # fmt: skip
NUMBER_STATUSES = ("ok", "invalid", "wrong", "unknown")
ZONE_SOURCES = ("address", "mobile_code", "landline_code", "told", "creditor", "fixed")
EVENT_KINDS = ("call", "message", "visit")
DIRECTIONS = ("out", "in")
LINES = (
    "answered", "dropped", "no_answer", "rejected", "busy", "switched_off", "unreachable", "suspended",
    "void_number", "voicemail", "voicemail_full", "ringless", "carrier_blocked", "network_failed",
    "not_dialled", "unknown",
)  # fmt: skip
TALKS = ("none", "brief", "conversation", "unknown")
IDENTITIES = ("verified", "failed", "refused", "not_asked")
ENDED_BY = ("us", "them", "line", "unknown")
MESSAGES = ("none", "limited", "naming_debt")
CONSENT_WAYS = ("call", "writing", "email", "app", "contract")
DESIGNATION_WAYS = ("debtor", "agent", "creditor_note")
DESIGNATION_KINDS = ("barred", "only")
HOLD_KINDS = (
    "cease", "attorney", "dispute", "objection", "complaint", "plan", "promise", "hardship", "moratorium",
    "disaster", "bereavement", "debt_adjustment", "bankruptcy", "litigation", "deceased", "incapacity", "minor",
    "settled", "recalled", "contact_refused", "emergency", "other",
)  # fmt: skip
NOTICE_KINDS = (
    "collection_start", "validation", "debt", "outsourcing", "assignment", "adverse_credit", "dispute_and_sue",
)  # fmt: skip
PERMIT_STATES = ("granted", "shown", "resolved", "lapsed", "refused")
STAFF_ROLES = ("collector", "lead", "admin", "officer", "script")
STAFF_STATUSES = ("active", "suspended", "removed")
QUALIFICATIONS = ("vetting", "confidentiality", "exam")
ADOPTABLE = (
    "rulebook", "calendar", "callscript", "wording", "codes", "reactions", "consequences", "safety", "template",
    "course", "scorecard",
)  # fmt: skip
ID_KINDS = (
    "resident", "resident_15", "hk_macao_permit", "taiwan_permit", "passport", "foreign_resident", "business",
    "other",
)  # fmt: skip
DRIVERS = ("terminal", "json", "rehearsal", "import")
REFERRALS = ("legal", "mediation", "court", "address_check")
PROMISE_STATES = ("open", "kept", "partly_kept", "broken", "expired", "withdrawn")
PREPARATIONS = ("brief", "plan", "materials")
COMPLAINT_CHANNELS = ("call", "hotline", "letter", "email", "app", "visit", "creditor", "regulator", "other")
COMPLAINT_STATES = ("waiting", "in_hand", "extending", "decided", "replied", "closed")
COMPLAINT_OUTCOMES = ("upheld", "dismissed", "withdrawn")
OBJECTION_STATES = ("open", "verified", "answered", "closed")
OBJECTION_FINDINGS = ("founded", "partly", "unfounded")
OBJECTION_WAYS = ("call", "letter", "email", "app", "text", "visit", "creditor", "regulator")
EMERGENCY_STATES = ("open", "acknowledged", "release_asked", "closed")
HOOK_STATES = ("none", "started", "failed")
CONDUCT_SOURCES = ("wording", "complaint", "review")
CONDUCT_STATES = ("recorded", "decided", "appealed", "final")
CONDUCT_OUTCOMES = ("none", "warned", "retrain", "suspended")
SUSPENSION_CAUSES = ("grave", "repeated", "decided", "inquiry", "capability", "absence", "other")
ADMISSION_STATES = ("open", "admitted", "refused")
VETTING_RESULTS = ("clear", "concern")
EXAM_STATES = ("open", "passed", "failed", "lapsed", "void")
QUALITY_STATES = (
    "waiting", "claimed", "told", "recheck", "rechecking", "differing", "confirmed", "replied", "answered", "final",
)  # fmt: skip
QUALITY_RULES = (
    "consent", "complaint", "violation", "wording", "refused_then_called", "new_staff", "share", "asked",
)  # fmt: skip
QUALITY_LEVELS = ("full", "part", "none", "not_applicable", "clear", "found")
PLAN_KINDS = ("equal", "step_up", "balloon", "extension")
PLAN_STATES = (
    "draft", "submitted", "returned", "approved", "active", "broken", "completed", "rejected", "withdrawn",
)  # fmt: skip
PLAN_FORMS = ("signed", "oral")
DIFFICULTIES = (
    "income_lost", "income_reduced", "wages_late", "business_trouble", "medical", "family_burden", "bereavement",
    "disaster", "other_debts", "other",
)  # fmt: skip
EVIDENCE = (
    "income", "unemployment", "wages", "business", "medical", "family", "disaster", "debts", "bank_statement",
    "declaration", "other",
)  # fmt: skip
EVIDENCE_STATES = ("asked", "received", "sufficient", "insufficient")
RECORDING_STATES = ("owed", "named", "kept", "absent", "purge_asked", "purged")
RECORDING_FORMATS = ("wav", "mp3", "ogg", "flac", "m4a")
RECORDING_FAULTS = ("altered", "vanished", "unreadable")
FOUND_STATES = ("ambiguous", "unmatched", "duplicate", "chosen", "dismissed", "destroyed")
DESTRUCTION_KINDS = ("recordings", "case_returned", "case_destroyed")
DESTRUCTION_STATES = ("asked", "approved", "refused", "withdrawn", "done")
DESTRUCTION_ITEMS = ("asked", "destroyed", "gone", "stays")
DIAL_FINDINGS = ("no_permit", "other_number", "no_dial", "result", "duration", "no_inbound", "no_incoming")
DIAL_FINDING_STATES = ("open", "explained", "closed")
LETTER_STATES = ("made", "void", "sent", "received", "returned")
LETTER_ORIGINS = ("rendered", "outside", "imported")
LETTER_WAYS = ("letter", "hand", "email", "app", "text")
LICENCES = ("bank", "consumer_finance", "other")
