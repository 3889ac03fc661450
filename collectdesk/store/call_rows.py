"""What a call asks of the database at every answer: one SQL text a table, over the plain driver as in ``case_rows``.

Columns are called as the fields of what the desk makes of them, and stand in their order; a test holds them to that.
"""

from __future__ import annotations

CALL = (
    "SELECT permit, case_id, collector, direction, driver, language, number, state, started_at, connected_at, ended_at"
    " FROM call WHERE id = :call"
)
STATE = "SELECT state FROM call WHERE id = :call"
ANSWERS = "SELECT seq, step, field, value, at FROM call_answer WHERE call = :call ORDER BY seq"
COLLECTOR = "SELECT id, number, name, superior FROM staff WHERE id = :id"
PERMIT = "SELECT id, state, expires_at, allowed_until FROM permit WHERE id = :id"
PREPARED = (
    "SELECT kind, content FROM preparation"
    " WHERE collector = :collector AND case_id = :case_id AND day = :day ORDER BY id"
)
CASE = (
    "SELECT c.code, c.debtor, c.creditor, c.contract_no, c.product, c.type, c.status, c.signed_on, c.due_on,"
    " r.hotline, r.identity_items, r.languages, lender.name AS creditor_name, own.name AS company,"
    " own.kind AS company_kind"
    " FROM case_file c JOIN creditor r ON r.org = c.creditor JOIN org lender ON lender.id = c.creditor"
    " LEFT JOIN org own ON own.own WHERE c.id = :case_id"
)
DEBTOR = (
    "SELECT id AS person, name, capacity, id_kind, id_number, born_on, city, language, address, country,"
    " (SELECT zone FROM person_zone WHERE person = :debtor ORDER BY id LIMIT 1) AS zone FROM person"
    " WHERE id = :debtor"
)
PARTIES = (
    "SELECT p.id AS person, p.name, c.role, c.relation, p.capacity, p.id_kind, p.id_number, p.born_on, p.city,"
    " c.reserved, c.authority_from, c.authority_until, c.authority_evidence, c.may_know_basis"
    " FROM case_party c JOIN person p ON p.id = c.person WHERE c.case_id = :case_id ORDER BY c.id"
)
NUMBERS = (
    "SELECT id, person, number, class, place, source, status FROM number WHERE person = :debtor"
    " OR person IN (SELECT person FROM case_party WHERE case_id = :case_id) ORDER BY id"
)
STATEMENT = (
    "SELECT as_of, principal, interest, fees, total, currency, days_past_due FROM statement"
    " WHERE case_id = :case_id ORDER BY as_of DESC, imported_at DESC, id DESC LIMIT 1"
)
TERMS = "SELECT code, clause, content, params FROM contract_term WHERE case_id = :case_id ORDER BY id"
CONSEQUENCES = "SELECT code, params FROM case_consequence WHERE case_id = :case_id ORDER BY id"
CHANNELS = (
    "SELECT code, label_zh, label_en, account FROM payment_channel"
    " WHERE creditor = :creditor AND from_at <= :at AND (until IS NULL OR until > :at) ORDER BY id"
)
NOTICES = "SELECT debts, kind, sent_at, received_at, returned_at FROM notice WHERE debtor = :debtor ORDER BY id"
VOUCHED = (
    "SELECT at, scope FROM attestation WHERE kind = 'outsourcing_notice' AND (case_id = :case_id OR (case_id IS NULL"
    " AND (batch = (SELECT import_batch FROM case_file WHERE id = :case_id) OR batch = ("
    "SELECT import_batch FROM statement WHERE case_id = :case_id ORDER BY as_of DESC, imported_at DESC, id DESC LIMIT 1"
    ")))) ORDER BY id"
)
"""Notices of outsourcing a lead vouched for, for the case or a file that it or its newest statement came in."""
HOLDS = "SELECT debts, kind, received_at, until FROM hold WHERE debtor = :debtor AND lifted_at IS NULL ORDER BY id"
CONTACTS = (
    "SELECT e.id, e.at, e.kind, e.direction, o.name AS org, coalesce(o.own, false) AS own,"
    " e.line, e.talk, e.identity, c.outcome"
    " FROM contact_event e LEFT JOIN call c ON c.event = e.id LEFT JOIN org o ON o.id = e.org"
    " WHERE e.debtor = :debtor AND e.superseded_at IS NULL AND e.at <= :at"
    " ORDER BY e.at DESC, e.id DESC LIMIT 200"
)
"""The latest contacts, for the brief."""
PROMISES = "SELECT id, amount, currency, pay_on, status FROM promise WHERE case_id = :case_id ORDER BY id"
DISPUTED = (
    "SELECT id, category, content, evidence, status, due_on, written, finding, found, answer, by_person"
    " FROM objection WHERE case_id = :case_id AND status <> 'closed' ORDER BY id"
)
