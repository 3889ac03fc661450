CREATE TABLE meta (
    "key" TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY ("key"),
    CONSTRAINT ck_meta_key CHECK (length("key") > 0)
)
 STRICT
;;
CREATE TABLE migration (
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    applied_at INTEGER NOT NULL,
    PRIMARY KEY (number),
    CONSTRAINT ck_migration_name CHECK (length("name") > 0)
)
 STRICT
;;
CREATE TABLE login_failure (
    id INTEGER NOT NULL,
    slot TEXT NOT NULL,
    at INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT ck_login_failure_slot CHECK (length("slot") > 0),
    CONSTRAINT ck_login_failure_failures CHECK ("failures" >= 1)
)
 STRICT
;;
CREATE INDEX ix_login_failure_slot ON login_failure (slot, at)
;;
CREATE TABLE journal (
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    "before" TEXT,
    "after" TEXT,
    prev TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (seq),
    CONSTRAINT ck_journal_actor CHECK (length("actor") > 0),
    CONSTRAINT ck_journal_action CHECK (length("action") > 0),
    CONSTRAINT ck_journal_subject CHECK (length("subject") > 0),
    UNIQUE (prev),
    CONSTRAINT ck_journal_prev CHECK (length("prev") > 0),
    UNIQUE (hash),
    CONSTRAINT ck_journal_hash CHECK (length("hash") > 0)
)
 STRICT
;;
CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END
;;
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END
;;
CREATE TABLE org (
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    kind TEXT,
    licensed INTEGER,
    own INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (name),
    CONSTRAINT ck_org_name CHECK (length("name") > 0),
    CONSTRAINT ck_org_kind CHECK ("kind" IN ('lender', 'agency', 'buyer', 'law_firm')),
    CHECK (licensed IN (0, 1)),
    CHECK (own IN (0, 1))
)
 STRICT
;;
CREATE TABLE person (
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    id_kind TEXT,
    id_number TEXT,
    born_on TEXT,
    died_on TEXT,
    capacity TEXT,
    language TEXT,
    country TEXT,
    region TEXT,
    city TEXT,
    address TEXT,
    employer TEXT,
    PRIMARY KEY (id),
    CONSTRAINT ck_person_name CHECK (length("name") > 0),
    CONSTRAINT ck_person_id_kind CHECK ("id_kind" IN ('resident', 'resident_15', 'hk_macao_permit', 'taiwan_permit', 'passport', 'foreign_resident', 'business', 'other')),
    CONSTRAINT ck_person_born_on CHECK (length("born_on") = 10),
    CONSTRAINT ck_person_died_on CHECK (length("died_on") = 10),
    CONSTRAINT ck_person_capacity CHECK ("capacity" IN ('full', 'limited', 'none', 'unknown'))
)
 STRICT
;;
CREATE INDEX ix_person_document ON person (id_kind, id_number)
;;
CREATE INDEX ix_person_name ON person (name)
;;
CREATE TABLE team (
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (name),
    CONSTRAINT ck_team_name CHECK (length("name") > 0)
)
 STRICT
;;
CREATE TABLE creditor (
    org INTEGER NOT NULL,
    identity_items TEXT NOT NULL,
    hotline TEXT,
    languages TEXT NOT NULL,
    settings TEXT,
    PRIMARY KEY (org),
    FOREIGN KEY(org) REFERENCES org (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_creditor_identity_items_sqlite CHECK (json_valid("identity_items")),
    CONSTRAINT ck_creditor_languages_sqlite CHECK (json_valid("languages")),
    CONSTRAINT ck_creditor_settings_sqlite CHECK (json_valid("settings"))
)
 STRICT
;;
CREATE TABLE person_zone (
    id INTEGER NOT NULL,
    person INTEGER NOT NULL,
    zone TEXT NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (person, zone, source),
    FOREIGN KEY(person) REFERENCES person (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_person_zone_zone CHECK (length("zone") > 0),
    CONSTRAINT ck_person_zone_source CHECK ("source" IN ('address', 'mobile_code', 'landline_code', 'told', 'creditor', 'fixed'))
)
 STRICT
;;
CREATE TABLE number (
    id INTEGER NOT NULL,
    person INTEGER NOT NULL,
    number TEXT NOT NULL,
    class TEXT NOT NULL,
    place TEXT NOT NULL,
    source TEXT NOT NULL,
    status TEXT NOT NULL,
    status_at INTEGER,
    confirmed_at INTEGER,
    added_at INTEGER,
    PRIMARY KEY (id),
    UNIQUE (person, number),
    FOREIGN KEY(person) REFERENCES person (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_number_number CHECK (length("number") > 0),
    CONSTRAINT ck_number_class CHECK ("class" IN ('mobile', 'landline', 'voip', 'unknown')),
    CONSTRAINT ck_number_place CHECK ("place" IN ('home', 'work', 'other', 'none', 'unknown')),
    CONSTRAINT ck_number_source CHECK ("source" IN ('contract', 'application', 'authorisation', 'public', 'told_by_contact', 'bureau_authorised', 'debtor', 'unknown')),
    CONSTRAINT ck_number_status CHECK ("status" IN ('ok', 'invalid', 'wrong', 'unknown'))
)
 STRICT
;;
CREATE INDEX ix_number_number ON number (number)
;;
CREATE TABLE staff (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    team INTEGER,
    superior INTEGER,
    status TEXT NOT NULL,
    joined_at INTEGER NOT NULL,
    removed_at INTEGER,
    PRIMARY KEY (id),
    UNIQUE (number),
    CONSTRAINT ck_staff_number CHECK (length("number") > 0),
    CONSTRAINT ck_staff_name CHECK (length("name") > 0),
    CONSTRAINT ck_staff_role CHECK ("role" IN ('collector', 'lead', 'admin', 'officer', 'script')),
    FOREIGN KEY(team) REFERENCES team (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(superior) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_staff_status CHECK ("status" IN ('active', 'suspended', 'removed'))
)
 STRICT
;;
CREATE TABLE adoption (
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    digest TEXT NOT NULL,
    content TEXT NOT NULL,
    compiled TEXT NOT NULL,
    adopted_at INTEGER NOT NULL,
    by_staff INTEGER NOT NULL,
    effective_from INTEGER NOT NULL,
    withdrawn_at INTEGER,
    PRIMARY KEY (id),
    UNIQUE (kind, name, version, digest),
    CONSTRAINT ck_adoption_kind CHECK ("kind" IN ('rulebook', 'calendar', 'callscript', 'wording', 'codes', 'reactions', 'consequences', 'safety', 'template', 'course', 'scorecard')),
    CONSTRAINT ck_adoption_name CHECK (length("name") > 0),
    CONSTRAINT ck_adoption_version CHECK (length("version") > 0),
    CONSTRAINT ck_adoption_digest CHECK (length("digest") > 0),
    FOREIGN KEY(by_staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE
)
 STRICT
;;
CREATE INDEX ix_adoption_in_force ON adoption (kind, name, effective_from)
;;
CREATE TABLE emergency_contact (
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT,
    phone TEXT,
    set_by INTEGER NOT NULL,
    set_at INTEGER NOT NULL,
    removed_at INTEGER,
    PRIMARY KEY (id),
    CONSTRAINT ck_emergency_contact_kind CHECK (length("kind") > 0),
    CONSTRAINT ck_emergency_contact_name CHECK (length("name") > 0),
    FOREIGN KEY(set_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE
)
 STRICT
;;
CREATE INDEX ix_emergency_contact_kind ON emergency_contact (kind, removed_at)
;;
CREATE TABLE hold (
    id INTEGER NOT NULL,
    debtor INTEGER NOT NULL,
    kind TEXT NOT NULL,
    cause TEXT,
    debts TEXT NOT NULL,
    persons TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    until INTEGER,
    lifted_at INTEGER,
    lifted_by INTEGER,
    allows TEXT NOT NULL,
    counsel_known INTEGER,
    by_staff INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(debtor) REFERENCES person (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_hold_kind CHECK ("kind" IN ('cease', 'attorney', 'dispute', 'objection', 'complaint', 'plan', 'promise', 'hardship', 'moratorium', 'disaster', 'bereavement', 'debt_adjustment', 'bankruptcy', 'litigation', 'deceased', 'incapacity', 'minor', 'settled', 'recalled', 'contact_refused', 'emergency', 'other')),
    CONSTRAINT ck_hold_debts_sqlite CHECK (json_valid("debts")),
    CONSTRAINT ck_hold_persons_sqlite CHECK (json_valid("persons")),
    FOREIGN KEY(lifted_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_hold_allows_sqlite CHECK (json_valid("allows")),
    CHECK (counsel_known IN (0, 1)),
    FOREIGN KEY(by_staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE
)
 STRICT
;;
CREATE INDEX ix_hold_debtor ON hold (debtor, lifted_at)
;;
CREATE TABLE import_batch (
    id INTEGER NOT NULL,
    digest TEXT NOT NULL,
    at INTEGER NOT NULL,
    by_staff INTEGER NOT NULL,
    counts TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (digest),
    CONSTRAINT ck_import_batch_digest CHECK (length("digest") > 0),
    FOREIGN KEY(by_staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_import_batch_counts_sqlite CHECK (json_valid("counts"))
)
 STRICT
;;
CREATE TABLE payment_channel (
    id INTEGER NOT NULL,
    creditor INTEGER NOT NULL,
    code TEXT NOT NULL,
    label_zh TEXT NOT NULL,
    label_en TEXT NOT NULL,
    account TEXT,
    from_at INTEGER NOT NULL,
    until INTEGER,
    PRIMARY KEY (id),
    UNIQUE (creditor, code),
    FOREIGN KEY(creditor) REFERENCES creditor (org) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_payment_channel_code CHECK (length("code") > 0),
    CONSTRAINT ck_payment_channel_label_zh CHECK (length("label_zh") > 0),
    CONSTRAINT ck_payment_channel_label_en CHECK (length("label_en") > 0)
)
 STRICT
;;
CREATE TABLE phone_source (
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    offset_s INTEGER,
    learned INTEGER NOT NULL,
    added_at INTEGER NOT NULL,
    added_by INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (name),
    CONSTRAINT ck_phone_source_name CHECK (length("name") > 0),
    CONSTRAINT ck_phone_source_learned CHECK ("learned" >= 0),
    FOREIGN KEY(added_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE
)
 STRICT
;;
CREATE TABLE extension (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    staff INTEGER NOT NULL,
    from_at INTEGER NOT NULL,
    at INTEGER NOT NULL,
    by_staff INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (number, from_at),
    CONSTRAINT ck_extension_number CHECK (length("number") > 0),
    FOREIGN KEY(staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(by_staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE
)
 STRICT
;;
CREATE TABLE quality_sample (
    id INTEGER NOT NULL,
    month TEXT NOT NULL,
    seed INTEGER NOT NULL,
    considered INTEGER NOT NULL,
    picked INTEGER NOT NULL,
    by_staff INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT ck_quality_sample_month CHECK (length("month") > 0),
    CONSTRAINT ck_quality_sample_seed CHECK ("seed" >= 0),
    CONSTRAINT ck_quality_sample_considered CHECK ("considered" >= 0),
    CONSTRAINT ck_quality_sample_picked CHECK ("picked" >= 0),
    FOREIGN KEY(by_staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE
)
 STRICT
;;
CREATE INDEX ix_quality_sample_month ON quality_sample (month)
;;
CREATE TABLE recording_keeper (
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    folder TEXT NOT NULL,
    offset_s INTEGER,
    learned INTEGER NOT NULL,
    added_at INTEGER NOT NULL,
    added_by INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (name),
    CONSTRAINT ck_recording_keeper_name CHECK (length("name") > 0),
    CONSTRAINT ck_recording_keeper_folder CHECK (length("folder") > 0),
    CONSTRAINT ck_recording_keeper_learned CHECK ("learned" >= 0),
    FOREIGN KEY(added_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE
)
 STRICT
;;
CREATE TABLE outside_officer (
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    organisation TEXT NOT NULL,
    contact TEXT NOT NULL,
    registered_at INTEGER NOT NULL,
    registered_by INTEGER NOT NULL,
    ended_at INTEGER,
    PRIMARY KEY (id),
    CONSTRAINT ck_outside_officer_name CHECK (length("name") > 0),
    CONSTRAINT ck_outside_officer_organisation CHECK (length("organisation") > 0),
    CONSTRAINT ck_outside_officer_contact CHECK (length("contact") > 0),
    FOREIGN KEY(registered_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE
)
 STRICT
;;
CREATE TABLE credential (
    id INTEGER NOT NULL,
    staff INTEGER NOT NULL,
    verifier TEXT NOT NULL,
    scope TEXT,
    expires_at INTEGER,
    changed_at INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    failed_at INTEGER,
    PRIMARY KEY (id),
    UNIQUE (staff),
    FOREIGN KEY(staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_credential_verifier CHECK (length("verifier") > 0),
    CONSTRAINT ck_credential_scope_sqlite CHECK (json_valid("scope")),
    CONSTRAINT ck_credential_failures CHECK ("failures" >= 0)
)
 STRICT
;;
CREATE TABLE admission (
    id INTEGER NOT NULL,
    staff INTEGER NOT NULL,
    status TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    opened_by INTEGER NOT NULL,
    signed_on TEXT,
    pledge TEXT,
    decided_at INTEGER,
    decided_by INTEGER,
    PRIMARY KEY (id),
    UNIQUE (staff),
    FOREIGN KEY(staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_admission_status CHECK ("status" IN ('open', 'admitted', 'refused')),
    FOREIGN KEY(opened_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_admission_signed_on CHECK (length("signed_on") = 10),
    FOREIGN KEY(decided_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE
)
 STRICT
;;
CREATE TABLE exam_attempt (
    id INTEGER NOT NULL,
    staff INTEGER NOT NULL,
    course TEXT NOT NULL,
    section TEXT,
    version TEXT NOT NULL,
    digest TEXT NOT NULL,
    seed INTEGER NOT NULL,
    drawn TEXT NOT NULL,
    pass_mark INTEGER NOT NULL,
    status TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    until INTEGER NOT NULL,
    ended_at INTEGER,
    score INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_exam_attempt_course CHECK (length("course") > 0),
    CONSTRAINT ck_exam_attempt_version CHECK (length("version") > 0),
    CONSTRAINT ck_exam_attempt_digest CHECK (length("digest") > 0),
    CONSTRAINT ck_exam_attempt_seed CHECK ("seed" >= 0),
    CONSTRAINT ck_exam_attempt_drawn_sqlite CHECK (json_valid("drawn")),
    CONSTRAINT ck_exam_attempt_pass_mark CHECK ("pass_mark" >= 0),
    CONSTRAINT ck_exam_attempt_status CHECK ("status" IN ('open', 'passed', 'failed', 'lapsed', 'void')),
    CONSTRAINT ck_exam_attempt_score CHECK ("score" >= 0)
)
 STRICT
;;
CREATE INDEX ix_exam_attempt_staff ON exam_attempt (staff, course, started_at)
;;
CREATE TABLE exam_round (
    id INTEGER NOT NULL,
    staff INTEGER NOT NULL,
    course TEXT NOT NULL,
    reason TEXT NOT NULL,
    by_staff INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_exam_round_course CHECK (length("course") > 0),
    CONSTRAINT ck_exam_round_reason CHECK (length("reason") > 0),
    FOREIGN KEY(by_staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE
)
 STRICT
;;
CREATE INDEX ix_exam_round_staff ON exam_round (staff, course)
;;
CREATE TABLE reading (
    id INTEGER NOT NULL,
    staff INTEGER NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    digest TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (staff, kind, name, digest),
    FOREIGN KEY(staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_reading_kind CHECK (length("kind") > 0),
    CONSTRAINT ck_reading_name CHECK (length("name") > 0),
    CONSTRAINT ck_reading_version CHECK (length("version") > 0),
    CONSTRAINT ck_reading_digest CHECK (length("digest") > 0)
)
 STRICT
;;
CREATE TABLE exchange (
    id INTEGER NOT NULL,
    held_on TEXT NOT NULL,
    topic TEXT NOT NULL,
    minutes INTEGER,
    by_staff INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT ck_exchange_held_on CHECK (length("held_on") = 10),
    CONSTRAINT ck_exchange_topic CHECK (length("topic") > 0),
    CONSTRAINT ck_exchange_minutes CHECK ("minutes" >= 1),
    FOREIGN KEY(by_staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE
)
 STRICT
;;
CREATE TABLE case_file (
    id INTEGER NOT NULL,
    code TEXT NOT NULL,
    creditor INTEGER NOT NULL,
    debtor INTEGER NOT NULL,
    contract_no TEXT NOT NULL,
    product TEXT,
    type TEXT,
    debt_group TEXT,
    signed_on TEXT,
    due_on TEXT,
    status TEXT NOT NULL,
    placed_at INTEGER,
    assigned_at INTEGER,
    team INTEGER,
    collector INTEGER,
    frozen_at INTEGER,
    frozen_why TEXT,
    import_batch INTEGER,
    destroyed_at INTEGER,
    PRIMARY KEY (id),
    UNIQUE (creditor, contract_no),
    UNIQUE (code),
    CONSTRAINT ck_case_file_code CHECK (length("code") > 0),
    FOREIGN KEY(creditor) REFERENCES creditor (org) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(debtor) REFERENCES person (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_case_file_contract_no CHECK (length("contract_no") > 0),
    CONSTRAINT ck_case_file_type CHECK ("type" IN ('credit_card', 'consumer_loan', 'online_consumer_loan', 'auto', 'mortgage', 'student', 'medical', 'business', 'utility', 'other')),
    CONSTRAINT ck_case_file_signed_on CHECK (length("signed_on") = 10),
    CONSTRAINT ck_case_file_due_on CHECK (length("due_on") = 10),
    CONSTRAINT ck_case_file_status CHECK ("status" IN ('open', 'settled', 'recalled', 'assigned')),
    FOREIGN KEY(team) REFERENCES team (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(collector) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(import_batch) REFERENCES import_batch (id) DEFERRABLE INITIALLY IMMEDIATE
)
 STRICT
;;
CREATE INDEX ix_case_file_collector ON case_file (collector, status)
;;
CREATE INDEX ix_case_file_team ON case_file (team, status)
;;
CREATE INDEX ix_case_file_debtor ON case_file (debtor)
;;
CREATE TABLE contact_event (
    id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    org INTEGER,
    direction TEXT NOT NULL,
    debtor INTEGER NOT NULL,
    person INTEGER,
    answered_by INTEGER,
    number INTEGER,
    channel TEXT NOT NULL,
    automated INTEGER,
    line TEXT,
    talk TEXT,
    identity TEXT,
    ended_by TEXT,
    duration_s INTEGER,
    message TEXT,
    debts TEXT NOT NULL,
    discussed TEXT NOT NULL,
    purpose TEXT,
    reply_to INTEGER,
    by_staff INTEGER,
    external_id TEXT,
    import_batch INTEGER,
    corrects INTEGER,
    superseded_at INTEGER,
    PRIMARY KEY (id),
    CONSTRAINT ck_contact_event_kind CHECK ("kind" IN ('call', 'message', 'visit')),
    FOREIGN KEY(org) REFERENCES org (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_contact_event_direction CHECK ("direction" IN ('out', 'in')),
    FOREIGN KEY(debtor) REFERENCES person (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(person) REFERENCES person (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(answered_by) REFERENCES person (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(number) REFERENCES number (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_contact_event_channel CHECK ("channel" IN ('voice', 'voice_notice', 'text', 'email', 'letter', 'app', 'visit')),
    CHECK (automated IN (0, 1)),
    CONSTRAINT ck_contact_event_line CHECK ("line" IN ('answered', 'dropped', 'no_answer', 'rejected', 'busy', 'switched_off', 'unreachable', 'suspended', 'void_number', 'voicemail', 'voicemail_full', 'ringless', 'carrier_blocked', 'network_failed', 'not_dialled', 'unknown')),
    CONSTRAINT ck_contact_event_talk CHECK ("talk" IN ('none', 'brief', 'conversation', 'unknown')),
    CONSTRAINT ck_contact_event_identity CHECK ("identity" IN ('verified', 'failed', 'refused', 'not_asked')),
    CONSTRAINT ck_contact_event_ended_by CHECK ("ended_by" IN ('us', 'them', 'line', 'unknown')),
    CONSTRAINT ck_contact_event_duration_s CHECK ("duration_s" >= 0),
    CONSTRAINT ck_contact_event_message CHECK ("message" IN ('none', 'limited', 'naming_debt')),
    CONSTRAINT ck_contact_event_debts_sqlite CHECK (json_valid("debts")),
    CONSTRAINT ck_contact_event_discussed_sqlite CHECK (json_valid("discussed")),
    CONSTRAINT ck_contact_event_purpose CHECK ("purpose" IN ('collect', 'remind', 'callback', 'answer_request', 'answer_objection', 'answer_complaint', 'locate', 'legal_notice', 'litigation', 'resume_dropped', 'prevent_harm', 'safety')),
    FOREIGN KEY(reply_to) REFERENCES contact_event (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(by_staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(import_batch) REFERENCES import_batch (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(corrects) REFERENCES contact_event (id) DEFERRABLE INITIALLY IMMEDIATE
)
 STRICT
;;
CREATE INDEX ix_contact_event_dead ON contact_event (number) WHERE line IN ('void_number', 'suspended')
;;
CREATE UNIQUE INDEX ux_contact_event_external ON contact_event (org, external_id)
;;
CREATE INDEX ix_contact_event_person ON contact_event (person, at)
;;
CREATE INDEX ix_contact_event_number ON contact_event (number, at)
;;
CREATE INDEX ix_contact_event_debtor ON contact_event (debtor, at)
;;
CREATE INDEX ix_contact_event_at ON contact_event (at)
;;
CREATE TABLE qualification (
    id INTEGER NOT NULL,
    staff INTEGER NOT NULL,
    kind TEXT NOT NULL,
    passed_on TEXT NOT NULL,
    score INTEGER,
    by_whom TEXT NOT NULL,
    expires_on TEXT,
    attested_by INTEGER,
    attempt INTEGER,
    recorded_at INTEGER NOT NULL,
    revoked_at INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_qualification_kind CHECK ("kind" IN ('vetting', 'confidentiality', 'exam')),
    CONSTRAINT ck_qualification_passed_on CHECK (length("passed_on") = 10),
    CONSTRAINT ck_qualification_score CHECK ("score" >= 0),
    CONSTRAINT ck_qualification_by_whom CHECK (length("by_whom") > 0),
    CONSTRAINT ck_qualification_expires_on CHECK (length("expires_on") = 10),
    FOREIGN KEY(attested_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(attempt) REFERENCES exam_attempt (id) DEFERRABLE INITIALLY IMMEDIATE
)
 STRICT
;;
CREATE INDEX ix_qualification_staff ON qualification (staff, kind)
;;
CREATE TABLE vetting_check (
    id INTEGER NOT NULL,
    admission INTEGER NOT NULL,
    item TEXT NOT NULL,
    result TEXT NOT NULL,
    checked_on TEXT NOT NULL,
    evidence TEXT NOT NULL,
    by_staff INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(admission) REFERENCES admission (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_vetting_check_item CHECK (length("item") > 0),
    CONSTRAINT ck_vetting_check_result CHECK ("result" IN ('clear', 'concern')),
    CONSTRAINT ck_vetting_check_checked_on CHECK (length("checked_on") = 10),
    CONSTRAINT ck_vetting_check_evidence CHECK (length("evidence") > 0),
    FOREIGN KEY(by_staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE
)
 STRICT
;;
CREATE INDEX ix_vetting_check_admission ON vetting_check (admission, item)
;;
CREATE TABLE exam_answer (
    id INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    question TEXT NOT NULL,
    chosen TEXT NOT NULL,
    correct INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (attempt, question),
    FOREIGN KEY(attempt) REFERENCES exam_attempt (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_exam_answer_question CHECK (length("question") > 0),
    CONSTRAINT ck_exam_answer_chosen_sqlite CHECK (json_valid("chosen")),
    CHECK (correct IN (0, 1))
)
 STRICT
;;
CREATE TABLE exchange_part (
    id INTEGER NOT NULL,
    exchange INTEGER NOT NULL,
    staff INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (exchange, staff),
    FOREIGN KEY(exchange) REFERENCES exchange (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE
)
 STRICT
;;
CREATE TABLE preparation (
    id INTEGER NOT NULL,
    collector INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    day TEXT NOT NULL,
    kind TEXT NOT NULL,
    digest TEXT NOT NULL,
    content TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(collector) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_preparation_day CHECK (length("day") = 10),
    CONSTRAINT ck_preparation_kind CHECK ("kind" IN ('brief', 'plan', 'materials')),
    CONSTRAINT ck_preparation_digest CHECK (length("digest") > 0),
    CONSTRAINT ck_preparation_content_sqlite CHECK (json_valid("content"))
)
 STRICT
;;
CREATE INDEX ix_preparation_case ON preparation (case_id, collector, day)
;;
CREATE TABLE call_plan (
    id INTEGER NOT NULL,
    collector INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    goal TEXT NOT NULL,
    points TEXT NOT NULL,
    reactions TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(collector) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_call_plan_goal CHECK (length("goal") > 0),
    CONSTRAINT ck_call_plan_points_sqlite CHECK (json_valid("points")),
    CONSTRAINT ck_call_plan_reactions_sqlite CHECK (json_valid("reactions"))
)
 STRICT
;;
CREATE INDEX ix_call_plan_case ON call_plan (case_id, collector, at)
;;
CREATE TABLE case_party (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    person INTEGER NOT NULL,
    role TEXT NOT NULL,
    relation TEXT,
    reserved INTEGER,
    agreed INTEGER,
    authority_from INTEGER,
    authority_until INTEGER,
    authority_evidence TEXT,
    may_know_basis TEXT,
    treated_as_debtor INTEGER,
    PRIMARY KEY (id),
    UNIQUE (case_id, person, role),
    FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(person) REFERENCES person (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_case_party_role CHECK ("role" IN ('debtor', 'co_debtor', 'guarantor', 'spouse', 'parent', 'guardian', 'heir', 'agent', 'attorney', 'contact', 'employer', 'bureau', 'creditor', 'other')),
    CHECK (reserved IN (0, 1)),
    CHECK (agreed IN (0, 1)),
    CHECK (treated_as_debtor IN (0, 1))
)
 STRICT
;;
CREATE INDEX ix_case_party_person ON case_party (person)
;;
CREATE TABLE statement (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    as_of TEXT NOT NULL,
    principal INTEGER NOT NULL,
    interest INTEGER NOT NULL,
    fees INTEGER NOT NULL,
    total INTEGER NOT NULL,
    currency TEXT NOT NULL,
    days_past_due INTEGER,
    stated_at INTEGER,
    imported_at INTEGER NOT NULL,
    import_batch INTEGER,
    PRIMARY KEY (id),
    CONSTRAINT ck_statement_sum CHECK (total = principal + interest + fees),
    FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_statement_as_of CHECK (length("as_of") = 10),
    CONSTRAINT ck_statement_currency CHECK (length("currency") > 0),
    CONSTRAINT ck_statement_days_past_due CHECK ("days_past_due" >= 0),
    FOREIGN KEY(import_batch) REFERENCES import_batch (id) DEFERRABLE INITIALLY IMMEDIATE
)
 STRICT
;;
CREATE INDEX ix_statement_case ON statement (case_id, as_of, imported_at)
;;
CREATE TABLE contract_term (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    code TEXT NOT NULL,
    clause TEXT,
    content TEXT,
    params TEXT,
    PRIMARY KEY (id),
    UNIQUE (case_id, code),
    FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_contract_term_code CHECK (length("code") > 0),
    CONSTRAINT ck_contract_term_params_sqlite CHECK (json_valid("params"))
)
 STRICT
;;
CREATE TABLE case_consequence (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    code TEXT NOT NULL,
    params TEXT,
    PRIMARY KEY (id),
    UNIQUE (case_id, code),
    FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_case_consequence_code CHECK (length("code") > 0),
    CONSTRAINT ck_case_consequence_params_sqlite CHECK (json_valid("params"))
)
 STRICT
;;
CREATE TABLE consent (
    id INTEGER NOT NULL,
    debtor INTEGER NOT NULL,
    opens TEXT NOT NULL,
    by_person INTEGER NOT NULL,
    to_org INTEGER,
    debts TEXT NOT NULL,
    numbers TEXT NOT NULL,
    channels TEXT NOT NULL,
    given_at INTEGER NOT NULL,
    from_at INTEGER,
    until INTEGER,
    only_in TEXT NOT NULL,
    weekly TEXT NOT NULL,
    via TEXT NOT NULL,
    in_event INTEGER,
    evidence TEXT,
    confirmed_by INTEGER,
    revoked_at INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(debtor) REFERENCES person (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_consent_opens_sqlite CHECK (json_valid("opens")),
    FOREIGN KEY(by_person) REFERENCES person (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(to_org) REFERENCES org (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_consent_debts_sqlite CHECK (json_valid("debts")),
    CONSTRAINT ck_consent_numbers_sqlite CHECK (json_valid("numbers")),
    CONSTRAINT ck_consent_channels_sqlite CHECK (json_valid("channels")),
    CONSTRAINT ck_consent_only_in_sqlite CHECK (json_valid("only_in")),
    CONSTRAINT ck_consent_weekly_sqlite CHECK (json_valid("weekly")),
    CONSTRAINT ck_consent_via CHECK ("via" IN ('call', 'writing', 'email', 'app', 'contract')),
    FOREIGN KEY(in_event) REFERENCES contact_event (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(confirmed_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE
)
 STRICT
;;
CREATE INDEX ix_consent_debtor ON consent (debtor)
;;
CREATE TABLE designation (
    id INTEGER NOT NULL,
    debtor INTEGER NOT NULL,
    by_person INTEGER,
    via TEXT NOT NULL,
    kind TEXT NOT NULL,
    weekly TEXT NOT NULL,
    dates_from TEXT,
    dates_until TEXT,
    place TEXT,
    number INTEGER,
    channel TEXT,
    debts TEXT NOT NULL,
    from_at INTEGER,
    until INTEGER,
    revoked_at INTEGER,
    in_event INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(debtor) REFERENCES person (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(by_person) REFERENCES person (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_designation_via CHECK ("via" IN ('debtor', 'agent', 'creditor_note')),
    CONSTRAINT ck_designation_kind CHECK ("kind" IN ('barred', 'only')),
    CONSTRAINT ck_designation_weekly_sqlite CHECK (json_valid("weekly")),
    CONSTRAINT ck_designation_dates_from CHECK (length("dates_from") = 10),
    CONSTRAINT ck_designation_dates_until CHECK (length("dates_until") = 10),
    CONSTRAINT ck_designation_place CHECK ("place" IN ('home', 'work', 'other', 'none', 'unknown')),
    FOREIGN KEY(number) REFERENCES number (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_designation_channel CHECK ("channel" IN ('voice', 'voice_notice', 'text', 'email', 'letter', 'app', 'visit')),
    CONSTRAINT ck_designation_debts_sqlite CHECK (json_valid("debts")),
    FOREIGN KEY(in_event) REFERENCES contact_event (id) DEFERRABLE INITIALLY IMMEDIATE
)
 STRICT
;;
CREATE INDEX ix_designation_debtor ON designation (debtor)
;;
CREATE TABLE attestation (
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    batch INTEGER,
    case_id INTEGER,
    by_staff INTEGER NOT NULL,
    at INTEGER NOT NULL,
    scope TEXT,
    PRIMARY KEY (id),
    CONSTRAINT ck_attestation_kind CHECK (length("kind") > 0),
    FOREIGN KEY(batch) REFERENCES import_batch (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(by_staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_attestation_scope_sqlite CHECK (json_valid("scope"))
)
 STRICT
;;
CREATE INDEX ix_attestation_batch ON attestation (batch)
;;
CREATE INDEX ix_attestation_case ON attestation (case_id)
;;
CREATE TABLE payment (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    currency TEXT NOT NULL,
    paid_on TEXT NOT NULL,
    reference TEXT,
    channel TEXT,
    reverses INTEGER,
    reason TEXT,
    mark TEXT NOT NULL,
    import_batch INTEGER,
    by_staff INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (case_id, mark),
    CONSTRAINT ck_payment_amount CHECK (amount <> 0),
    CONSTRAINT ck_payment_reverses CHECK ((amount < 0) = (reverses IS NOT NULL)),
    FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_payment_currency CHECK (length("currency") > 0),
    CONSTRAINT ck_payment_paid_on CHECK (length("paid_on") = 10),
    FOREIGN KEY(reverses) REFERENCES payment (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_payment_mark CHECK (length("mark") > 0),
    FOREIGN KEY(import_batch) REFERENCES import_batch (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(by_staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE
)
 STRICT
;;
CREATE INDEX ix_payment_case ON payment (case_id, paid_on)
;;
CREATE TABLE verdict (
    id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    allowed INTEGER NOT NULL,
    dial TEXT NOT NULL,
    decision TEXT NOT NULL,
    digests TEXT NOT NULL,
    journal_seq INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY IMMEDIATE,
    CHECK (allowed IN (0, 1)),
    CONSTRAINT ck_verdict_dial_sqlite CHECK (json_valid("dial")),
    CONSTRAINT ck_verdict_decision_sqlite CHECK (json_valid("decision")),
    CONSTRAINT ck_verdict_digests_sqlite CHECK (json_valid("digests")),
    CONSTRAINT ck_verdict_journal_seq CHECK ("journal_seq" >= 0)
)
 STRICT
;;
CREATE INDEX ix_verdict_case ON verdict (case_id, at)
;;
CREATE TABLE destruction (
    id INTEGER NOT NULL,
    number TEXT,
    kind TEXT NOT NULL,
    case_id INTEGER,
    status TEXT NOT NULL,
    reason TEXT NOT NULL,
    receipt TEXT,
    receipt_digest TEXT,
    asked_by INTEGER NOT NULL,
    asked_at INTEGER NOT NULL,
    decided_by INTEGER,
    decided_at INTEGER,
    done_at INTEGER,
    certificate TEXT,
    digest TEXT,
    PRIMARY KEY (id),
    CONSTRAINT ck_destruction_other_decides CHECK (decided_by <> asked_by),
    CONSTRAINT ck_destruction_done CHECK ((status = 'done') = (certificate IS NOT NULL)),
    UNIQUE (number),
    CONSTRAINT ck_destruction_kind CHECK ("kind" IN ('recordings', 'case_returned', 'case_destroyed')),
    FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_destruction_status CHECK ("status" IN ('asked', 'approved', 'refused', 'withdrawn', 'done')),
    CONSTRAINT ck_destruction_reason CHECK (length("reason") > 0),
    FOREIGN KEY(asked_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(decided_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_destruction_certificate_sqlite CHECK (json_valid("certificate"))
)
 STRICT
;;
CREATE INDEX ix_destruction_status ON destruction (status)
;;
CREATE TABLE referral (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    referred_to TEXT NOT NULL,
    basis TEXT NOT NULL,
    referred_on TEXT NOT NULL,
    leaves_queue INTEGER NOT NULL,
    reference TEXT,
    status TEXT NOT NULL,
    answer TEXT,
    answered_on TEXT,
    ended_on TEXT,
    by_staff INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_referral_referred_to CHECK ("referred_to" IN ('legal', 'mediation', 'court', 'address_check')),
    CONSTRAINT ck_referral_basis CHECK (length("basis") > 0),
    CONSTRAINT ck_referral_referred_on CHECK (length("referred_on") = 10),
    CHECK (leaves_queue IN (0, 1)),
    CONSTRAINT ck_referral_status CHECK ("status" IN ('open', 'answered', 'ended')),
    CONSTRAINT ck_referral_answered_on CHECK (length("answered_on") = 10),
    CONSTRAINT ck_referral_ended_on CHECK (length("ended_on") = 10),
    FOREIGN KEY(by_staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE
)
 STRICT
;;
CREATE INDEX ix_referral_case ON referral (case_id, status)
;;
CREATE TABLE request (
    id INTEGER NOT NULL,
    matter TEXT NOT NULL,
    subject INTEGER NOT NULL,
    case_id INTEGER,
    officer INTEGER NOT NULL,
    party TEXT NOT NULL,
    choices TEXT NOT NULL,
    digest TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    made_by INTEGER NOT NULL,
    status TEXT NOT NULL,
    answer TEXT,
    reason TEXT NOT NULL,
    reference TEXT,
    answered_on TEXT,
    answer_digest TEXT,
    entered_at INTEGER,
    entered_by INTEGER,
    PRIMARY KEY (id),
    CONSTRAINT ck_request_matter CHECK (length("matter") > 0),
    CONSTRAINT ck_request_subject CHECK ("subject" >= 1),
    FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(officer) REFERENCES outside_officer (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_request_party_sqlite CHECK (json_valid("party")),
    CONSTRAINT ck_request_choices_sqlite CHECK (json_valid("choices")),
    CONSTRAINT ck_request_digest CHECK (length("digest") > 0),
    FOREIGN KEY(made_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_request_status CHECK ("status" IN ('open', 'answered', 'void')),
    CONSTRAINT ck_request_answered_on CHECK (length("answered_on") = 10),
    FOREIGN KEY(entered_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE
)
 STRICT
;;
CREATE INDEX ix_request_subject ON request (matter, subject)
;;
CREATE TABLE step (
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    subject INTEGER NOT NULL,
    case_id INTEGER,
    act TEXT NOT NULL,
    state TEXT NOT NULL,
    by_staff INTEGER,
    at INTEGER NOT NULL,
    content TEXT,
    PRIMARY KEY (id),
    CONSTRAINT ck_step_kind CHECK (length("kind") > 0),
    CONSTRAINT ck_step_subject CHECK ("subject" >= 1),
    FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_step_act CHECK (length("act") > 0),
    CONSTRAINT ck_step_state CHECK (length("state") > 0),
    FOREIGN KEY(by_staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_step_content_sqlite CHECK (json_valid("content"))
)
 STRICT
;;
CREATE INDEX ix_step_subject ON step (kind, subject)
;;
CREATE INDEX ix_step_case ON step (case_id, at)
;;
CREATE TABLE history_cover (
    id INTEGER NOT NULL,
    case_id INTEGER,
    org INTEGER,
    complete_from INTEGER,
    complete_through INTEGER,
    attestation INTEGER,
    import_batch INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(org) REFERENCES org (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(attestation) REFERENCES attestation (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(import_batch) REFERENCES import_batch (id) DEFERRABLE INITIALLY IMMEDIATE
)
 STRICT
;;
CREATE INDEX ix_history_cover_case ON history_cover (case_id, org)
;;
CREATE TABLE notice (
    id INTEGER NOT NULL,
    debtor INTEGER NOT NULL,
    kind TEXT NOT NULL,
    debts TEXT NOT NULL,
    person INTEGER,
    sent_at INTEGER,
    received_at INTEGER,
    returned_at INTEGER,
    attestation INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(debtor) REFERENCES person (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_notice_kind CHECK ("kind" IN ('collection_start', 'validation', 'debt', 'outsourcing', 'assignment', 'adverse_credit', 'dispute_and_sue')),
    CONSTRAINT ck_notice_debts_sqlite CHECK (json_valid("debts")),
    FOREIGN KEY(person) REFERENCES person (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(attestation) REFERENCES attestation (id) DEFERRABLE INITIALLY IMMEDIATE
)
 STRICT
;;
CREATE INDEX ix_notice_debtor ON notice (debtor)
;;
CREATE TABLE permit (
    id INTEGER NOT NULL,
    debtor INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    person INTEGER NOT NULL,
    number INTEGER,
    collector INTEGER NOT NULL,
    debts TEXT NOT NULL,
    purpose TEXT NOT NULL,
    state TEXT NOT NULL,
    granted_at INTEGER NOT NULL,
    shown_at INTEGER,
    resolved_at INTEGER,
    expires_at INTEGER NOT NULL,
    allowed_until INTEGER,
    reason TEXT,
    idempotency_key TEXT NOT NULL,
    verdict INTEGER,
    event INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(debtor) REFERENCES person (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(person) REFERENCES person (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(number) REFERENCES number (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(collector) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_permit_debts_sqlite CHECK (json_valid("debts")),
    CONSTRAINT ck_permit_purpose CHECK (length("purpose") > 0),
    CONSTRAINT ck_permit_state CHECK ("state" IN ('granted', 'shown', 'resolved', 'lapsed', 'refused')),
    UNIQUE (idempotency_key),
    CONSTRAINT ck_permit_idempotency_key CHECK (length("idempotency_key") > 0),
    FOREIGN KEY(verdict) REFERENCES verdict (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(event) REFERENCES contact_event (id) DEFERRABLE INITIALLY IMMEDIATE
)
 STRICT
;;
CREATE INDEX ix_permit_person ON permit (person, state)
;;
CREATE INDEX ix_permit_granted_at ON permit (granted_at)
;;
CREATE INDEX ix_permit_debtor ON permit (debtor, state)
;;
CREATE UNIQUE INDEX ux_permit_open ON permit (collector) WHERE state IN ('granted', 'shown')
;;
CREATE TABLE call (
    id INTEGER NOT NULL,
    permit INTEGER,
    case_id INTEGER NOT NULL,
    collector INTEGER NOT NULL,
    direction TEXT NOT NULL,
    driver TEXT NOT NULL,
    step TEXT NOT NULL,
    state TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    connected_at INTEGER,
    ended_at INTEGER,
    number INTEGER,
    event INTEGER,
    line TEXT,
    talk TEXT,
    party TEXT,
    person INTEGER,
    identity TEXT,
    ended_by TEXT,
    cause TEXT,
    ability TEXT,
    attitude TEXT,
    outcome TEXT,
    next_action TEXT,
    next_at INTEGER,
    script TEXT,
    language TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(permit) REFERENCES permit (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(collector) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_call_direction CHECK ("direction" IN ('out', 'in')),
    CONSTRAINT ck_call_driver CHECK ("driver" IN ('terminal', 'json', 'rehearsal', 'import')),
    CONSTRAINT ck_call_step CHECK (length("step") > 0),
    CONSTRAINT ck_call_state_sqlite CHECK (json_valid("state")),
    FOREIGN KEY(number) REFERENCES number (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(event) REFERENCES contact_event (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_call_line CHECK ("line" IN ('answered', 'dropped', 'no_answer', 'rejected', 'busy', 'switched_off', 'unreachable', 'suspended', 'void_number', 'voicemail', 'voicemail_full', 'ringless', 'carrier_blocked', 'network_failed', 'not_dialled', 'unknown')),
    CONSTRAINT ck_call_talk CHECK ("talk" IN ('none', 'brief', 'conversation', 'unknown')),
    FOREIGN KEY(person) REFERENCES person (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_call_identity CHECK ("identity" IN ('verified', 'failed', 'refused', 'not_asked')),
    CONSTRAINT ck_call_ended_by CHECK ("ended_by" IN ('us', 'them', 'line', 'unknown'))
)
 STRICT
;;
CREATE INDEX ix_call_case ON call (case_id, started_at)
;;
CREATE INDEX ix_call_collector ON call (collector, ended_at)
;;
CREATE TABLE letter (
    id INTEGER NOT NULL,
    origin TEXT NOT NULL,
    status TEXT NOT NULL,
    kind TEXT NOT NULL,
    case_id INTEGER NOT NULL,
    person INTEGER NOT NULL,
    debts TEXT NOT NULL,
    year INTEGER,
    serial INTEGER,
    template TEXT,
    version TEXT,
    template_digest TEXT,
    lang TEXT,
    html TEXT,
    plain TEXT,
    html_digest TEXT,
    plain_digest TEXT,
    made_at INTEGER NOT NULL,
    made_by INTEGER NOT NULL,
    notice INTEGER,
    way TEXT,
    tracking TEXT,
    evidence TEXT,
    PRIMARY KEY (id),
    UNIQUE (year, serial),
    UNIQUE (notice),
    CONSTRAINT ck_letter_rendered CHECK (origin <> 'rendered' OR (year IS NOT NULL AND serial IS NOT NULL AND template IS NOT NULL AND version IS NOT NULL AND template_digest IS NOT NULL AND lang IS NOT NULL AND html IS NOT NULL AND plain IS NOT NULL AND html_digest IS NOT NULL AND plain_digest IS NOT NULL)),
    CONSTRAINT ck_letter_number CHECK (origin = 'rendered' OR serial IS NULL),
    CONSTRAINT ck_letter_sent CHECK ((notice IS NULL) = (status IN ('made', 'void'))),
    CONSTRAINT ck_letter_origin CHECK ("origin" IN ('rendered', 'outside', 'imported')),
    CONSTRAINT ck_letter_status CHECK ("status" IN ('made', 'void', 'sent', 'received', 'returned')),
    CONSTRAINT ck_letter_kind CHECK ("kind" IN ('collection_start', 'validation', 'debt', 'outsourcing', 'assignment', 'adverse_credit', 'dispute_and_sue')),
    FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(person) REFERENCES person (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_letter_debts_sqlite CHECK (json_valid("debts")),
    CONSTRAINT ck_letter_year CHECK ("year" >= 0),
    CONSTRAINT ck_letter_serial CHECK ("serial" >= 1),
    FOREIGN KEY(made_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(notice) REFERENCES notice (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_letter_way CHECK ("way" IN ('letter', 'hand', 'email', 'app', 'text'))
)
 STRICT
;;
CREATE INDEX ix_letter_case ON letter (case_id)
;;
CREATE INDEX ix_letter_plain ON letter (plain_digest)
;;
CREATE INDEX ix_letter_status ON letter (status)
;;
CREATE INDEX ix_letter_html ON letter (html_digest)
;;
CREATE TABLE dial_record (
    id INTEGER NOT NULL,
    source INTEGER NOT NULL,
    mark TEXT NOT NULL,
    direction TEXT NOT NULL,
    at INTEGER NOT NULL,
    offset_s INTEGER NOT NULL,
    number INTEGER,
    number_digest TEXT,
    extension TEXT,
    staff INTEGER,
    line TEXT NOT NULL,
    duration_s INTEGER,
    permit INTEGER,
    event INTEGER,
    import_batch INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (source, mark),
    CONSTRAINT ck_dial_record_number CHECK ((number IS NULL) = (number_digest IS NOT NULL)),
    FOREIGN KEY(source) REFERENCES phone_source (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_dial_record_mark CHECK (length("mark") > 0),
    CONSTRAINT ck_dial_record_direction CHECK ("direction" IN ('out', 'in')),
    FOREIGN KEY(number) REFERENCES number (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_dial_record_line CHECK ("line" IN ('answered', 'dropped', 'no_answer', 'rejected', 'busy', 'switched_off', 'unreachable', 'suspended', 'void_number', 'voicemail', 'voicemail_full', 'ringless', 'carrier_blocked', 'network_failed', 'not_dialled', 'unknown')),
    CONSTRAINT ck_dial_record_duration_s CHECK ("duration_s" >= 0),
    FOREIGN KEY(permit) REFERENCES permit (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(event) REFERENCES contact_event (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(import_batch) REFERENCES import_batch (id) DEFERRABLE INITIALLY IMMEDIATE
)
 STRICT
;;
CREATE INDEX ix_dial_record_event ON dial_record (event)
;;
CREATE INDEX ix_dial_record_digest ON dial_record (number_digest)
;;
CREATE INDEX ix_dial_record_permit ON dial_record (permit)
;;
CREATE TABLE call_answer (
    id INTEGER NOT NULL,
    call INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    step TEXT NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (call, seq),
    FOREIGN KEY(call) REFERENCES call (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_call_answer_seq CHECK ("seq" >= 0),
    CONSTRAINT ck_call_answer_step CHECK (length("step") > 0),
    CONSTRAINT ck_call_answer_field CHECK (length("field") > 0),
    CONSTRAINT ck_call_answer_value_sqlite CHECK (json_valid("value"))
)
 STRICT
;;
CREATE TABLE line_shown (
    id INTEGER NOT NULL,
    call INTEGER NOT NULL,
    line TEXT NOT NULL,
    script TEXT NOT NULL,
    script_version TEXT NOT NULL,
    content TEXT NOT NULL,
    shown_at INTEGER NOT NULL,
    acknowledged_at INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(call) REFERENCES call (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_line_shown_line CHECK (length("line") > 0),
    CONSTRAINT ck_line_shown_script CHECK (length("script") > 0),
    CONSTRAINT ck_line_shown_script_version CHECK (length("script_version") > 0),
    CONSTRAINT ck_line_shown_content CHECK (length("content") > 0)
)
 STRICT
;;
CREATE INDEX ix_line_shown_call ON line_shown (call)
;;
CREATE TABLE callback (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    call INTEGER,
    person INTEGER NOT NULL,
    number INTEGER,
    due_at INTEGER NOT NULL,
    purpose TEXT NOT NULL,
    status TEXT NOT NULL,
    collector INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(call) REFERENCES call (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(person) REFERENCES person (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(number) REFERENCES number (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_callback_purpose CHECK (length("purpose") > 0),
    CONSTRAINT ck_callback_status CHECK ("status" IN ('open', 'done', 'missed', 'withdrawn')),
    FOREIGN KEY(collector) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE
)
 STRICT
;;
CREATE INDEX ix_callback_due ON callback (collector, status, due_at)
;;
CREATE TABLE complaint (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    call INTEGER,
    channel TEXT NOT NULL,
    category TEXT NOT NULL,
    content TEXT NOT NULL,
    about INTEGER,
    assigned_to INTEGER,
    received_at INTEGER NOT NULL,
    received_on TEXT NOT NULL,
    term INTEGER NOT NULL,
    last_on TEXT NOT NULL,
    due_on TEXT NOT NULL,
    asked_term INTEGER,
    asked_by INTEGER,
    status TEXT NOT NULL,
    cause TEXT,
    remedy TEXT,
    upheld TEXT NOT NULL,
    outcome TEXT,
    reply TEXT,
    replied_on TEXT,
    ended_on TEXT,
    closed_at INTEGER,
    by_staff INTEGER NOT NULL,
    hold INTEGER,
    PRIMARY KEY (id),
    CONSTRAINT ck_complaint_handler_is_not_subject CHECK (assigned_to <> about),
    CONSTRAINT ck_complaint_closed CHECK ((status = 'closed') = (closed_at IS NOT NULL)),
    FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(call) REFERENCES call (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_complaint_channel CHECK ("channel" IN ('call', 'hotline', 'letter', 'email', 'app', 'visit', 'creditor', 'regulator', 'other')),
    CONSTRAINT ck_complaint_category CHECK (length("category") > 0),
    CONSTRAINT ck_complaint_content CHECK (length("content") > 0),
    FOREIGN KEY(about) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(assigned_to) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_complaint_received_on CHECK (length("received_on") = 10),
    CONSTRAINT ck_complaint_term CHECK ("term" >= 1),
    CONSTRAINT ck_complaint_last_on CHECK (length("last_on") = 10),
    CONSTRAINT ck_complaint_due_on CHECK (length("due_on") = 10),
    CONSTRAINT ck_complaint_asked_term CHECK ("asked_term" >= 1),
    FOREIGN KEY(asked_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_complaint_status CHECK ("status" IN ('waiting', 'in_hand', 'extending', 'decided', 'replied', 'closed')),
    CONSTRAINT ck_complaint_upheld_sqlite CHECK (json_valid("upheld")),
    CONSTRAINT ck_complaint_outcome CHECK ("outcome" IN ('upheld', 'dismissed', 'withdrawn')),
    CONSTRAINT ck_complaint_replied_on CHECK (length("replied_on") = 10),
    CONSTRAINT ck_complaint_ended_on CHECK (length("ended_on") = 10),
    FOREIGN KEY(by_staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(hold) REFERENCES hold (id) DEFERRABLE INITIALLY IMMEDIATE
)
 STRICT
;;
CREATE INDEX ix_complaint_status ON complaint (status, received_at)
;;
CREATE TABLE conduct_warning (
    id INTEGER NOT NULL,
    staff INTEGER NOT NULL,
    call INTEGER,
    case_id INTEGER,
    entry TEXT NOT NULL,
    place TEXT NOT NULL,
    blocked INTEGER NOT NULL,
    debtors_words INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(call) REFERENCES call (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_conduct_warning_entry CHECK (length("entry") > 0),
    CONSTRAINT ck_conduct_warning_place CHECK (length("place") > 0),
    CHECK (blocked IN (0, 1)),
    CHECK (debtors_words IN (0, 1))
)
 STRICT
;;
CREATE INDEX ix_conduct_warning_staff ON conduct_warning (staff, at)
;;
CREATE TABLE emergency (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    call INTEGER,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    by_staff INTEGER NOT NULL,
    alerted TEXT NOT NULL,
    level INTEGER NOT NULL,
    next_alert_at INTEGER,
    acknowledged_by INTEGER,
    acknowledged_at INTEGER,
    release_asked_by INTEGER,
    release_asked_at INTEGER,
    closed_by INTEGER,
    closed_at INTEGER,
    safe TEXT,
    status TEXT NOT NULL,
    content TEXT NOT NULL,
    hold INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(call) REFERENCES call (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_emergency_kind CHECK (length("kind") > 0),
    FOREIGN KEY(by_staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_emergency_alerted_sqlite CHECK (json_valid("alerted")),
    CONSTRAINT ck_emergency_level CHECK ("level" >= 0),
    FOREIGN KEY(acknowledged_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(release_asked_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(closed_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_emergency_status CHECK ("status" IN ('open', 'acknowledged', 'release_asked', 'closed')),
    FOREIGN KEY(hold) REFERENCES hold (id) DEFERRABLE INITIALLY IMMEDIATE
)
 STRICT
;;
CREATE INDEX ix_emergency_status ON emergency (status, at)
;;
CREATE INDEX ix_emergency_next ON emergency (status, next_alert_at)
;;
CREATE TABLE note (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    call INTEGER,
    by_staff INTEGER NOT NULL,
    at INTEGER NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(call) REFERENCES call (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(by_staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_note_content CHECK (length("content") > 0)
)
 STRICT
;;
CREATE INDEX ix_note_case ON note (case_id, at)
;;
CREATE TABLE objection (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    call INTEGER,
    category TEXT NOT NULL,
    content TEXT NOT NULL,
    evidence TEXT,
    via TEXT NOT NULL,
    by_person INTEGER,
    received_at INTEGER NOT NULL,
    due_on TEXT,
    written INTEGER NOT NULL,
    annotated_at INTEGER,
    finding TEXT,
    found TEXT,
    found_at INTEGER,
    answer TEXT,
    answered_at INTEGER,
    told_at INTEGER,
    told_how TEXT,
    told_call INTEGER,
    reopened INTEGER NOT NULL,
    status TEXT NOT NULL,
    by_staff INTEGER NOT NULL,
    hold INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(call) REFERENCES call (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_objection_category CHECK (length("category") > 0),
    CONSTRAINT ck_objection_content CHECK (length("content") > 0),
    CONSTRAINT ck_objection_via CHECK ("via" IN ('call', 'letter', 'email', 'app', 'text', 'visit', 'creditor', 'regulator')),
    FOREIGN KEY(by_person) REFERENCES person (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_objection_due_on CHECK (length("due_on") = 10),
    CHECK (written IN (0, 1)),
    CONSTRAINT ck_objection_finding CHECK ("finding" IN ('founded', 'partly', 'unfounded')),
    CONSTRAINT ck_objection_told_how CHECK ("told_how" IN ('call', 'letter', 'email', 'app', 'text', 'visit', 'creditor', 'regulator')),
    FOREIGN KEY(told_call) REFERENCES call (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_objection_reopened CHECK ("reopened" >= 0),
    CONSTRAINT ck_objection_status CHECK ("status" IN ('open', 'verified', 'answered', 'closed')),
    FOREIGN KEY(by_staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(hold) REFERENCES hold (id) DEFERRABLE INITIALLY IMMEDIATE
)
 STRICT
;;
CREATE INDEX ix_objection_status ON objection (status, due_on)
;;
CREATE INDEX ix_objection_case ON objection (case_id)
;;
CREATE TABLE dial_finding (
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    record INTEGER,
    permit INTEGER,
    event INTEGER,
    staff INTEGER,
    debtor INTEGER,
    about INTEGER,
    details TEXT NOT NULL,
    happened_at INTEGER NOT NULL,
    found_at INTEGER NOT NULL,
    line TEXT,
    evidence TEXT,
    explained_by INTEGER,
    explained_at INTEGER,
    closed_by INTEGER,
    closed_at INTEGER,
    PRIMARY KEY (id),
    CONSTRAINT ck_dial_finding_of CHECK (record IS NOT NULL OR permit IS NOT NULL OR event IS NOT NULL),
    CONSTRAINT ck_dial_finding_other_closes CHECK (closed_by <> explained_by),
    CONSTRAINT ck_dial_finding_kind CHECK ("kind" IN ('no_permit', 'other_number', 'no_dial', 'result', 'duration', 'no_inbound', 'no_incoming')),
    CONSTRAINT ck_dial_finding_status CHECK ("status" IN ('open', 'explained', 'closed')),
    FOREIGN KEY(record) REFERENCES dial_record (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(permit) REFERENCES permit (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(event) REFERENCES contact_event (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(debtor) REFERENCES person (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(about) REFERENCES case_file (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_dial_finding_details_sqlite CHECK (json_valid("details")),
    CONSTRAINT ck_dial_finding_line CHECK ("line" IN ('answered', 'dropped', 'no_answer', 'rejected', 'busy', 'switched_off', 'unreachable', 'suspended', 'void_number', 'voicemail', 'voicemail_full', 'ringless', 'carrier_blocked', 'network_failed', 'not_dialled', 'unknown')),
    FOREIGN KEY(explained_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(closed_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE
)
 STRICT
;;
CREATE INDEX ix_dial_finding_status ON dial_finding (status, kind)
;;
CREATE INDEX ix_dial_finding_debtor ON dial_finding (debtor)
;;
CREATE INDEX ix_dial_finding_permit ON dial_finding (permit)
;;
CREATE TABLE "plan" (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    call INTEGER,
    kind TEXT NOT NULL,
    difficulty TEXT NOT NULL,
    statement INTEGER NOT NULL,
    principal INTEGER NOT NULL,
    interest INTEGER NOT NULL,
    fees INTEGER NOT NULL,
    total INTEGER NOT NULL,
    currency TEXT NOT NULL,
    terms TEXT NOT NULL,
    revision INTEGER NOT NULL,
    digest TEXT NOT NULL,
    status TEXT NOT NULL,
    proposed_by INTEGER NOT NULL,
    proposed_at INTEGER NOT NULL,
    submitted_by INTEGER,
    submitted_at INTEGER,
    decide_by TEXT,
    decided_by INTEGER,
    decided_at INTEGER,
    approved_digest TEXT,
    form TEXT,
    agreed_on TEXT,
    agreed_at INTEGER,
    recording TEXT,
    hold INTEGER,
    grace_days INTEGER,
    PRIMARY KEY (id),
    CONSTRAINT ck_plan_sum CHECK (total = principal + interest + fees),
    CONSTRAINT ck_plan_other_decides CHECK (decided_by <> proposed_by AND decided_by <> submitted_by),
    CONSTRAINT ck_plan_oral_recorded CHECK (form <> 'oral' OR recording IS NOT NULL),
    FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(call) REFERENCES call (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_plan_kind CHECK ("kind" IN ('equal', 'step_up', 'balloon', 'extension')),
    CONSTRAINT ck_plan_difficulty CHECK ("difficulty" IN ('income_lost', 'income_reduced', 'wages_late', 'business_trouble', 'medical', 'family_burden', 'bereavement', 'disaster', 'other_debts', 'other')),
    FOREIGN KEY(statement) REFERENCES statement (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_plan_currency CHECK (length("currency") > 0),
    CONSTRAINT ck_plan_terms_sqlite CHECK (json_valid("terms")),
    CONSTRAINT ck_plan_revision CHECK ("revision" >= 1),
    CONSTRAINT ck_plan_digest CHECK (length("digest") > 0),
    CONSTRAINT ck_plan_status CHECK ("status" IN ('draft', 'submitted', 'returned', 'approved', 'active', 'broken', 'completed', 'rejected', 'withdrawn')),
    FOREIGN KEY(proposed_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(submitted_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_plan_decide_by CHECK (length("decide_by") = 10),
    FOREIGN KEY(decided_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_plan_form CHECK ("form" IN ('signed', 'oral')),
    CONSTRAINT ck_plan_agreed_on CHECK (length("agreed_on") = 10),
    FOREIGN KEY(hold) REFERENCES hold (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_plan_grace_days CHECK ("grace_days" >= 0)
)
 STRICT
;;
CREATE INDEX ix_plan_case ON "plan" (case_id, status)
;;
CREATE INDEX ix_plan_status ON "plan" (status, decide_by)
;;
CREATE TABLE promise (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    call INTEGER,
    by_person INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    currency TEXT NOT NULL,
    pay_on TEXT NOT NULL,
    channel TEXT NOT NULL,
    status TEXT NOT NULL,
    at INTEGER NOT NULL,
    by_staff INTEGER NOT NULL,
    last_on TEXT,
    lapses_at INTEGER,
    remind_at INTEGER,
    holds TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(call) REFERENCES call (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(by_person) REFERENCES person (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_promise_currency CHECK (length("currency") > 0),
    CONSTRAINT ck_promise_pay_on CHECK (length("pay_on") = 10),
    CONSTRAINT ck_promise_channel CHECK (length("channel") > 0),
    CONSTRAINT ck_promise_status CHECK ("status" IN ('open', 'kept', 'partly_kept', 'broken', 'expired', 'withdrawn')),
    FOREIGN KEY(by_staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_promise_last_on CHECK (length("last_on") = 10),
    CONSTRAINT ck_promise_holds_sqlite CHECK (json_valid("holds"))
)
 STRICT
;;
CREATE INDEX ix_promise_case ON promise (case_id, pay_on)
;;
CREATE INDEX ix_promise_lapse ON promise (status, lapses_at)
;;
CREATE TABLE quality_review (
    id INTEGER NOT NULL,
    call INTEGER NOT NULL,
    collector INTEGER NOT NULL,
    month TEXT NOT NULL,
    why TEXT NOT NULL,
    status TEXT NOT NULL,
    picked_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    card TEXT,
    digest TEXT,
    claimed_by INTEGER,
    claimed_until INTEGER,
    first_by INTEGER,
    second_by INTEGER,
    settled_by INTEGER,
    first_score INTEGER,
    second_score INTEGER,
    score INTEGER,
    fatal INTEGER,
    told_at INTEGER,
    reply_until INTEGER,
    ended_at INTEGER,
    PRIMARY KEY (id),
    CONSTRAINT ck_quality_review_is_of_its_call CHECK (id = call),
    CONSTRAINT ck_quality_review_first CHECK (first_by <> collector),
    CONSTRAINT ck_quality_review_second CHECK (second_by <> collector AND second_by <> first_by),
    CONSTRAINT ck_quality_review_claimed CHECK ((status IN ('claimed', 'rechecking')) = (claimed_by IS NOT NULL AND claimed_until IS NOT NULL)),
    CONSTRAINT ck_quality_review_ended CHECK ((status = 'final') = (ended_at IS NOT NULL)),
    UNIQUE (call),
    FOREIGN KEY(call) REFERENCES call (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(collector) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_quality_review_month CHECK (length("month") > 0),
    CONSTRAINT ck_quality_review_why_sqlite CHECK (json_valid("why")),
    CONSTRAINT ck_quality_review_status CHECK ("status" IN ('waiting', 'claimed', 'told', 'recheck', 'rechecking', 'differing', 'confirmed', 'replied', 'answered', 'final')),
    FOREIGN KEY(claimed_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(first_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(second_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(settled_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_quality_review_first_score CHECK ("first_score" >= 0),
    CONSTRAINT ck_quality_review_second_score CHECK ("second_score" >= 0),
    CONSTRAINT ck_quality_review_score CHECK ("score" >= 0),
    CHECK (fatal IN (0, 1))
)
 STRICT
;;
CREATE INDEX ix_quality_review_collector ON quality_review (collector, month)
;;
CREATE INDEX ix_quality_review_status ON quality_review (status, due_at)
;;
CREATE TABLE recording (
    id INTEGER NOT NULL,
    call INTEGER NOT NULL,
    status TEXT NOT NULL,
    due_at INTEGER,
    reference TEXT,
    keeper INTEGER,
    file TEXT,
    digest TEXT,
    size INTEGER,
    duration_ms INTEGER,
    format TEXT,
    modified_ns INTEGER,
    fault TEXT,
    checked_at INTEGER,
    at INTEGER NOT NULL,
    kept_at INTEGER,
    kept_by INTEGER,
    purged_at INTEGER,
    PRIMARY KEY (id),
    UNIQUE (call),
    UNIQUE (keeper, file),
    CONSTRAINT ck_recording_kept CHECK (status NOT IN ('kept', 'purge_asked') OR (keeper IS NOT NULL AND file IS NOT NULL AND digest IS NOT NULL AND size IS NOT NULL)),
    CONSTRAINT ck_recording_due CHECK (due_at IS NULL OR status IN ('owed', 'named')),
    FOREIGN KEY(call) REFERENCES call (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_recording_status CHECK ("status" IN ('owed', 'named', 'kept', 'absent', 'purge_asked', 'purged')),
    FOREIGN KEY(keeper) REFERENCES recording_keeper (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_recording_size CHECK ("size" >= 0),
    CONSTRAINT ck_recording_duration_ms CHECK ("duration_ms" >= 0),
    CONSTRAINT ck_recording_format CHECK ("format" IN ('wav', 'mp3', 'ogg', 'flac', 'm4a')),
    CONSTRAINT ck_recording_modified_ns CHECK ("modified_ns" >= 0),
    CONSTRAINT ck_recording_fault CHECK ("fault" IN ('altered', 'vanished', 'unreadable')),
    FOREIGN KEY(kept_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE
)
 STRICT
;;
CREATE INDEX ix_recording_digest ON recording (digest)
;;
CREATE INDEX ix_recording_status ON recording (status)
;;
CREATE INDEX ix_recording_due ON recording (due_at)
;;
CREATE TABLE found_recording (
    id INTEGER NOT NULL,
    keeper INTEGER NOT NULL,
    file TEXT NOT NULL,
    digest TEXT NOT NULL,
    size INTEGER NOT NULL,
    duration_ms INTEGER NOT NULL,
    format TEXT NOT NULL,
    modified_ns INTEGER NOT NULL,
    started_at INTEGER,
    candidates TEXT NOT NULL,
    status TEXT NOT NULL,
    call INTEGER,
    at INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (keeper, file),
    FOREIGN KEY(keeper) REFERENCES recording_keeper (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_found_recording_file CHECK (length("file") > 0),
    CONSTRAINT ck_found_recording_digest CHECK (length("digest") > 0),
    CONSTRAINT ck_found_recording_size CHECK ("size" >= 0),
    CONSTRAINT ck_found_recording_duration_ms CHECK ("duration_ms" >= 0),
    CONSTRAINT ck_found_recording_format CHECK ("format" IN ('wav', 'mp3', 'ogg', 'flac', 'm4a')),
    CONSTRAINT ck_found_recording_modified_ns CHECK ("modified_ns" >= 0),
    CONSTRAINT ck_found_recording_candidates_sqlite CHECK (json_valid("candidates")),
    CONSTRAINT ck_found_recording_status CHECK ("status" IN ('ambiguous', 'unmatched', 'duplicate', 'chosen', 'dismissed', 'destroyed')),
    FOREIGN KEY(call) REFERENCES call (id) DEFERRABLE INITIALLY IMMEDIATE
)
 STRICT
;;
CREATE INDEX ix_found_recording_status ON found_recording (status)
;;
CREATE TABLE grievance (
    id INTEGER NOT NULL,
    complaint INTEGER NOT NULL,
    number INTEGER NOT NULL,
    category TEXT NOT NULL,
    content TEXT NOT NULL,
    about INTEGER,
    at INTEGER NOT NULL,
    by_staff INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (complaint, number),
    FOREIGN KEY(complaint) REFERENCES complaint (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_grievance_number CHECK ("number" >= 2),
    CONSTRAINT ck_grievance_category CHECK (length("category") > 0),
    CONSTRAINT ck_grievance_content CHECK (length("content") > 0),
    FOREIGN KEY(about) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(by_staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE
)
 STRICT
;;
CREATE TABLE violation (
    id INTEGER NOT NULL,
    staff INTEGER NOT NULL,
    kind TEXT NOT NULL,
    grave INTEGER NOT NULL,
    source TEXT NOT NULL,
    call INTEGER,
    case_id INTEGER,
    warning INTEGER,
    complaint INTEGER,
    evidence TEXT NOT NULL,
    recorded_by INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    status TEXT NOT NULL,
    outcome TEXT,
    decided_by INTEGER,
    decided_at INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_violation_kind CHECK (length("kind") > 0),
    CHECK (grave IN (0, 1)),
    CONSTRAINT ck_violation_source CHECK ("source" IN ('wording', 'complaint', 'review')),
    FOREIGN KEY(call) REFERENCES call (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(warning) REFERENCES conduct_warning (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_violation_complaint CHECK ("complaint" >= 1),
    CONSTRAINT ck_violation_evidence CHECK (length("evidence") > 0),
    FOREIGN KEY(recorded_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_violation_status CHECK ("status" IN ('recorded', 'decided', 'appealed', 'final')),
    CONSTRAINT ck_violation_outcome CHECK ("outcome" IN ('none', 'warned', 'retrain', 'suspended')),
    FOREIGN KEY(decided_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE
)
 STRICT
;;
CREATE INDEX ix_violation_staff ON violation (staff, recorded_at)
;;
CREATE INDEX ix_violation_status ON violation (status)
;;
CREATE TABLE emergency_alert (
    id INTEGER NOT NULL,
    emergency INTEGER NOT NULL,
    level INTEGER NOT NULL,
    staff INTEGER,
    contact INTEGER,
    at INTEGER NOT NULL,
    delivered_at INTEGER,
    hook TEXT,
    mail TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(emergency) REFERENCES emergency (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_emergency_alert_level CHECK ("level" >= 0),
    FOREIGN KEY(staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(contact) REFERENCES emergency_contact (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_emergency_alert_hook CHECK ("hook" IN ('none', 'started', 'failed'))
)
 STRICT
;;
CREATE INDEX ix_emergency_alert_owed ON emergency_alert (delivered_at)
;;
CREATE INDEX ix_emergency_alert_of ON emergency_alert (emergency)
;;
CREATE TABLE plan_instalment (
    id INTEGER NOT NULL,
    "plan" INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    number INTEGER NOT NULL,
    due_on TEXT NOT NULL,
    amount INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE ("plan", revision, number),
    FOREIGN KEY("plan") REFERENCES "plan" (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_plan_instalment_revision CHECK ("revision" >= 1),
    CONSTRAINT ck_plan_instalment_number CHECK ("number" >= 0),
    CONSTRAINT ck_plan_instalment_due_on CHECK (length("due_on") = 10),
    CONSTRAINT ck_plan_instalment_amount CHECK ("amount" >= 1)
)
 STRICT
;;
CREATE TABLE plan_evidence (
    id INTEGER NOT NULL,
    "plan" INTEGER NOT NULL,
    item TEXT NOT NULL,
    state TEXT NOT NULL,
    by_staff INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE ("plan", item),
    FOREIGN KEY("plan") REFERENCES "plan" (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_plan_evidence_item CHECK ("item" IN ('income', 'unemployment', 'wages', 'business', 'medical', 'family', 'disaster', 'debts', 'bank_statement', 'declaration', 'other')),
    CONSTRAINT ck_plan_evidence_state CHECK ("state" IN ('asked', 'received', 'sufficient', 'insufficient')),
    FOREIGN KEY(by_staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE
)
 STRICT
;;
CREATE TABLE quality_answer (
    id INTEGER NOT NULL,
    review INTEGER NOT NULL,
    round INTEGER NOT NULL,
    item TEXT NOT NULL,
    level TEXT NOT NULL,
    reason TEXT,
    note TEXT,
    by_staff INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(review) REFERENCES quality_review (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_quality_answer_round CHECK ("round" >= 1),
    CONSTRAINT ck_quality_answer_item CHECK (length("item") > 0),
    CONSTRAINT ck_quality_answer_level CHECK ("level" IN ('full', 'part', 'none', 'not_applicable', 'clear', 'found')),
    FOREIGN KEY(by_staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE
)
 STRICT
;;
CREATE INDEX ix_quality_answer_review ON quality_answer (review, round, item)
;;
CREATE TABLE destruction_item (
    id INTEGER NOT NULL,
    destruction INTEGER NOT NULL,
    recording INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    why TEXT,
    at INTEGER,
    PRIMARY KEY (id),
    UNIQUE (destruction, recording),
    FOREIGN KEY(destruction) REFERENCES destruction (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(recording) REFERENCES recording (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_destruction_item_outcome CHECK ("outcome" IN ('asked', 'destroyed', 'gone', 'stays'))
)
 STRICT
;;
CREATE TABLE suspension (
    id INTEGER NOT NULL,
    staff INTEGER NOT NULL,
    violation INTEGER,
    cause TEXT NOT NULL,
    reason TEXT,
    by_staff INTEGER,
    from_at INTEGER NOT NULL,
    lifted_at INTEGER,
    lifted_by INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(violation) REFERENCES violation (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_suspension_cause CHECK ("cause" IN ('grave', 'repeated', 'decided', 'inquiry', 'capability', 'absence', 'other')),
    FOREIGN KEY(by_staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(lifted_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE
)
 STRICT
;;
CREATE INDEX ix_suspension_staff ON suspension (staff, lifted_at)
;;
CREATE TABLE quality_finding (
    id INTEGER NOT NULL,
    review INTEGER NOT NULL,
    item TEXT NOT NULL,
    violation INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(review) REFERENCES quality_review (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_quality_finding_item CHECK (length("item") > 0),
    FOREIGN KEY(violation) REFERENCES violation (id) DEFERRABLE INITIALLY IMMEDIATE
)
 STRICT
;;
CREATE UNIQUE INDEX ux_quality_finding_item ON quality_finding (review, item)
;;
CREATE TABLE retraining (
    id INTEGER NOT NULL,
    staff INTEGER NOT NULL,
    section TEXT NOT NULL,
    call INTEGER,
    violation INTEGER,
    due_on TEXT NOT NULL,
    by_staff INTEGER NOT NULL,
    at INTEGER NOT NULL,
    ended_at INTEGER,
    attempt INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_retraining_section CHECK (length("section") > 0),
    FOREIGN KEY(call) REFERENCES call (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(violation) REFERENCES violation (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_retraining_due_on CHECK (length("due_on") = 10),
    FOREIGN KEY(by_staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(attempt) REFERENCES exam_attempt (id) DEFERRABLE INITIALLY IMMEDIATE
)
 STRICT
;;
CREATE INDEX ix_retraining_staff ON retraining (staff, at)
