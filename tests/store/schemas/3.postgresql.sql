CREATE TABLE meta (
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (key),
    CONSTRAINT ck_meta_key CHECK (length("key") > 0)
)
;;
CREATE TABLE migration (
    number SERIAL NOT NULL,
    name TEXT NOT NULL,
    applied_at BIGINT NOT NULL,
    PRIMARY KEY (number),
    CONSTRAINT ck_migration_name CHECK (length("name") > 0)
)
;;
CREATE TABLE login_failure (
    id BIGSERIAL NOT NULL,
    slot TEXT NOT NULL,
    at BIGINT NOT NULL,
    failures BIGINT NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT ck_login_failure_slot CHECK (length("slot") > 0),
    CONSTRAINT ck_login_failure_failures CHECK ("failures" >= 1)
)
;;
CREATE INDEX ix_login_failure_slot ON login_failure (slot, at)
;;
CREATE TABLE journal (
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    before TEXT,
    after TEXT,
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
;;
CREATE FUNCTION journal_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the journal is append-only' USING ERRCODE = 'restrict_violation'; END $$
;;
CREATE TRIGGER journal_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON journal FOR EACH STATEMENT EXECUTE FUNCTION journal_append_only()
;;
CREATE TABLE org (
    id BIGSERIAL NOT NULL,
    name TEXT NOT NULL,
    kind TEXT,
    licensed BOOLEAN,
    own BOOLEAN NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (name),
    CONSTRAINT ck_org_name CHECK (length("name") > 0),
    CONSTRAINT ck_org_kind CHECK ("kind" IN ('lender', 'agency', 'buyer', 'law_firm'))
)
;;
CREATE TABLE person (
    id BIGSERIAL NOT NULL,
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
;;
CREATE INDEX ix_person_document ON person (id_kind, id_number)
;;
CREATE INDEX ix_person_name ON person (name)
;;
CREATE TABLE team (
    id BIGSERIAL NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (name),
    CONSTRAINT ck_team_name CHECK (length("name") > 0)
)
;;
CREATE TABLE creditor (
    org BIGINT NOT NULL,
    identity_items TEXT NOT NULL,
    hotline TEXT,
    languages TEXT NOT NULL,
    settings TEXT,
    PRIMARY KEY (org),
    FOREIGN KEY(org) REFERENCES org (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_creditor_identity_items_postgresql CHECK ("identity_items" IS NULL OR ("identity_items"::json) IS NOT NULL),
    CONSTRAINT ck_creditor_languages_postgresql CHECK ("languages" IS NULL OR ("languages"::json) IS NOT NULL),
    CONSTRAINT ck_creditor_settings_postgresql CHECK ("settings" IS NULL OR ("settings"::json) IS NOT NULL)
)
;;
CREATE TABLE person_zone (
    id BIGSERIAL NOT NULL,
    person BIGINT NOT NULL,
    zone TEXT NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (person, zone, source),
    FOREIGN KEY(person) REFERENCES person (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_person_zone_zone CHECK (length("zone") > 0),
    CONSTRAINT ck_person_zone_source CHECK ("source" IN ('address', 'mobile_code', 'landline_code', 'told', 'creditor', 'fixed'))
)
;;
CREATE TABLE number (
    id BIGSERIAL NOT NULL,
    person BIGINT NOT NULL,
    number TEXT NOT NULL,
    class TEXT NOT NULL,
    place TEXT NOT NULL,
    source TEXT NOT NULL,
    status TEXT NOT NULL,
    status_at BIGINT,
    confirmed_at BIGINT,
    added_at BIGINT,
    PRIMARY KEY (id),
    UNIQUE (person, number),
    FOREIGN KEY(person) REFERENCES person (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_number_number CHECK (length("number") > 0),
    CONSTRAINT ck_number_class CHECK ("class" IN ('mobile', 'landline', 'voip', 'unknown')),
    CONSTRAINT ck_number_place CHECK ("place" IN ('home', 'work', 'other', 'none', 'unknown')),
    CONSTRAINT ck_number_source CHECK ("source" IN ('contract', 'application', 'authorisation', 'public', 'told_by_contact', 'bureau_authorised', 'debtor', 'unknown')),
    CONSTRAINT ck_number_status CHECK ("status" IN ('ok', 'invalid', 'wrong', 'unknown'))
)
;;
CREATE INDEX ix_number_number ON number (number)
;;
CREATE TABLE staff (
    id BIGSERIAL NOT NULL,
    number TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    team BIGINT,
    superior BIGINT,
    status TEXT NOT NULL,
    joined_at BIGINT NOT NULL,
    removed_at BIGINT,
    PRIMARY KEY (id),
    UNIQUE (number),
    CONSTRAINT ck_staff_number CHECK (length("number") > 0),
    CONSTRAINT ck_staff_name CHECK (length("name") > 0),
    CONSTRAINT ck_staff_role CHECK ("role" IN ('collector', 'lead', 'admin', 'officer', 'script')),
    FOREIGN KEY(team) REFERENCES team (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(superior) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_staff_status CHECK ("status" IN ('active', 'suspended', 'removed'))
)
;;
CREATE TABLE adoption (
    id BIGSERIAL NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    digest TEXT NOT NULL,
    content TEXT NOT NULL,
    compiled TEXT NOT NULL,
    adopted_at BIGINT NOT NULL,
    by_staff BIGINT NOT NULL,
    effective_from BIGINT NOT NULL,
    withdrawn_at BIGINT,
    PRIMARY KEY (id),
    UNIQUE (kind, name, version, digest),
    CONSTRAINT ck_adoption_kind CHECK ("kind" IN ('rulebook', 'calendar', 'callscript', 'wording', 'codes', 'reactions', 'consequences', 'safety', 'template', 'course', 'scorecard')),
    CONSTRAINT ck_adoption_name CHECK (length("name") > 0),
    CONSTRAINT ck_adoption_version CHECK (length("version") > 0),
    CONSTRAINT ck_adoption_digest CHECK (length("digest") > 0),
    FOREIGN KEY(by_staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE
)
;;
CREATE INDEX ix_adoption_in_force ON adoption (kind, name, effective_from)
;;
CREATE TABLE emergency_contact (
    id BIGSERIAL NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT,
    phone TEXT,
    set_by BIGINT NOT NULL,
    set_at BIGINT NOT NULL,
    removed_at BIGINT,
    PRIMARY KEY (id),
    CONSTRAINT ck_emergency_contact_kind CHECK (length("kind") > 0),
    CONSTRAINT ck_emergency_contact_name CHECK (length("name") > 0),
    FOREIGN KEY(set_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE
)
;;
CREATE INDEX ix_emergency_contact_kind ON emergency_contact (kind, removed_at)
;;
CREATE TABLE hold (
    id BIGSERIAL NOT NULL,
    debtor BIGINT NOT NULL,
    kind TEXT NOT NULL,
    cause TEXT,
    debts TEXT NOT NULL,
    persons TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    until BIGINT,
    lifted_at BIGINT,
    lifted_by BIGINT,
    allows TEXT NOT NULL,
    counsel_known BOOLEAN,
    by_staff BIGINT,
    PRIMARY KEY (id),
    FOREIGN KEY(debtor) REFERENCES person (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_hold_kind CHECK ("kind" IN ('cease', 'attorney', 'dispute', 'objection', 'complaint', 'plan', 'promise', 'hardship', 'moratorium', 'disaster', 'bereavement', 'debt_adjustment', 'bankruptcy', 'litigation', 'deceased', 'incapacity', 'minor', 'settled', 'recalled', 'contact_refused', 'emergency', 'other')),
    CONSTRAINT ck_hold_debts_postgresql CHECK ("debts" IS NULL OR ("debts"::json) IS NOT NULL),
    CONSTRAINT ck_hold_persons_postgresql CHECK ("persons" IS NULL OR ("persons"::json) IS NOT NULL),
    FOREIGN KEY(lifted_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_hold_allows_postgresql CHECK ("allows" IS NULL OR ("allows"::json) IS NOT NULL),
    FOREIGN KEY(by_staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE
)
;;
CREATE INDEX ix_hold_debtor ON hold (debtor, lifted_at)
;;
CREATE TABLE import_batch (
    id BIGSERIAL NOT NULL,
    digest TEXT NOT NULL,
    at BIGINT NOT NULL,
    by_staff BIGINT NOT NULL,
    counts TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (digest),
    CONSTRAINT ck_import_batch_digest CHECK (length("digest") > 0),
    FOREIGN KEY(by_staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_import_batch_counts_postgresql CHECK ("counts" IS NULL OR ("counts"::json) IS NOT NULL)
)
;;
CREATE TABLE payment_channel (
    id BIGSERIAL NOT NULL,
    creditor BIGINT NOT NULL,
    code TEXT NOT NULL,
    label_zh TEXT NOT NULL,
    label_en TEXT NOT NULL,
    account TEXT,
    from_at BIGINT NOT NULL,
    until BIGINT,
    PRIMARY KEY (id),
    UNIQUE (creditor, code),
    FOREIGN KEY(creditor) REFERENCES creditor (org) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_payment_channel_code CHECK (length("code") > 0),
    CONSTRAINT ck_payment_channel_label_zh CHECK (length("label_zh") > 0),
    CONSTRAINT ck_payment_channel_label_en CHECK (length("label_en") > 0)
)
;;
CREATE TABLE phone_source (
    id BIGSERIAL NOT NULL,
    name TEXT NOT NULL,
    offset_s BIGINT,
    learned BIGINT NOT NULL,
    added_at BIGINT NOT NULL,
    added_by BIGINT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (name),
    CONSTRAINT ck_phone_source_name CHECK (length("name") > 0),
    CONSTRAINT ck_phone_source_learned CHECK ("learned" >= 0),
    FOREIGN KEY(added_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE
)
;;
CREATE TABLE extension (
    id BIGSERIAL NOT NULL,
    number TEXT NOT NULL,
    staff BIGINT NOT NULL,
    from_at BIGINT NOT NULL,
    at BIGINT NOT NULL,
    by_staff BIGINT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (number, from_at),
    CONSTRAINT ck_extension_number CHECK (length("number") > 0),
    FOREIGN KEY(staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(by_staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE
)
;;
CREATE TABLE quality_sample (
    id BIGSERIAL NOT NULL,
    month TEXT NOT NULL,
    seed BIGINT NOT NULL,
    considered BIGINT NOT NULL,
    picked BIGINT NOT NULL,
    by_staff BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT ck_quality_sample_month CHECK (length("month") > 0),
    CONSTRAINT ck_quality_sample_seed CHECK ("seed" >= 0),
    CONSTRAINT ck_quality_sample_considered CHECK ("considered" >= 0),
    CONSTRAINT ck_quality_sample_picked CHECK ("picked" >= 0),
    FOREIGN KEY(by_staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE
)
;;
CREATE INDEX ix_quality_sample_month ON quality_sample (month)
;;
CREATE TABLE recording_keeper (
    id BIGSERIAL NOT NULL,
    name TEXT NOT NULL,
    folder TEXT NOT NULL,
    offset_s BIGINT,
    learned BIGINT NOT NULL,
    added_at BIGINT NOT NULL,
    added_by BIGINT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (name),
    CONSTRAINT ck_recording_keeper_name CHECK (length("name") > 0),
    CONSTRAINT ck_recording_keeper_folder CHECK (length("folder") > 0),
    CONSTRAINT ck_recording_keeper_learned CHECK ("learned" >= 0),
    FOREIGN KEY(added_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE
)
;;
CREATE TABLE outside_officer (
    id BIGSERIAL NOT NULL,
    name TEXT NOT NULL,
    organisation TEXT NOT NULL,
    contact TEXT NOT NULL,
    registered_at BIGINT NOT NULL,
    registered_by BIGINT NOT NULL,
    ended_at BIGINT,
    PRIMARY KEY (id),
    CONSTRAINT ck_outside_officer_name CHECK (length("name") > 0),
    CONSTRAINT ck_outside_officer_organisation CHECK (length("organisation") > 0),
    CONSTRAINT ck_outside_officer_contact CHECK (length("contact") > 0),
    FOREIGN KEY(registered_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE
)
;;
CREATE TABLE credential (
    id BIGSERIAL NOT NULL,
    staff BIGINT NOT NULL,
    verifier TEXT NOT NULL,
    scope TEXT,
    expires_at BIGINT,
    changed_at BIGINT NOT NULL,
    failures BIGINT NOT NULL,
    failed_at BIGINT,
    PRIMARY KEY (id),
    UNIQUE (staff),
    FOREIGN KEY(staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_credential_verifier CHECK (length("verifier") > 0),
    CONSTRAINT ck_credential_scope_postgresql CHECK ("scope" IS NULL OR ("scope"::json) IS NOT NULL),
    CONSTRAINT ck_credential_failures CHECK ("failures" >= 0)
)
;;
CREATE TABLE admission (
    id BIGSERIAL NOT NULL,
    staff BIGINT NOT NULL,
    status TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    opened_by BIGINT NOT NULL,
    signed_on TEXT,
    pledge TEXT,
    decided_at BIGINT,
    decided_by BIGINT,
    PRIMARY KEY (id),
    UNIQUE (staff),
    FOREIGN KEY(staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_admission_status CHECK ("status" IN ('open', 'admitted', 'refused')),
    FOREIGN KEY(opened_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_admission_signed_on CHECK (length("signed_on") = 10),
    FOREIGN KEY(decided_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE
)
;;
CREATE TABLE exam_attempt (
    id BIGSERIAL NOT NULL,
    staff BIGINT NOT NULL,
    course TEXT NOT NULL,
    section TEXT,
    version TEXT NOT NULL,
    digest TEXT NOT NULL,
    seed BIGINT NOT NULL,
    drawn TEXT NOT NULL,
    pass_mark BIGINT NOT NULL,
    status TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    until BIGINT NOT NULL,
    ended_at BIGINT,
    score BIGINT,
    PRIMARY KEY (id),
    FOREIGN KEY(staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_exam_attempt_course CHECK (length("course") > 0),
    CONSTRAINT ck_exam_attempt_version CHECK (length("version") > 0),
    CONSTRAINT ck_exam_attempt_digest CHECK (length("digest") > 0),
    CONSTRAINT ck_exam_attempt_seed CHECK ("seed" >= 0),
    CONSTRAINT ck_exam_attempt_drawn_postgresql CHECK ("drawn" IS NULL OR ("drawn"::json) IS NOT NULL),
    CONSTRAINT ck_exam_attempt_pass_mark CHECK ("pass_mark" >= 0),
    CONSTRAINT ck_exam_attempt_status CHECK ("status" IN ('open', 'passed', 'failed', 'lapsed', 'void')),
    CONSTRAINT ck_exam_attempt_score CHECK ("score" >= 0)
)
;;
CREATE INDEX ix_exam_attempt_staff ON exam_attempt (staff, course, started_at)
;;
CREATE TABLE exam_round (
    id BIGSERIAL NOT NULL,
    staff BIGINT NOT NULL,
    course TEXT NOT NULL,
    reason TEXT NOT NULL,
    by_staff BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_exam_round_course CHECK (length("course") > 0),
    CONSTRAINT ck_exam_round_reason CHECK (length("reason") > 0),
    FOREIGN KEY(by_staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE
)
;;
CREATE INDEX ix_exam_round_staff ON exam_round (staff, course)
;;
CREATE TABLE reading (
    id BIGSERIAL NOT NULL,
    staff BIGINT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    digest TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (staff, kind, name, digest),
    FOREIGN KEY(staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_reading_kind CHECK (length("kind") > 0),
    CONSTRAINT ck_reading_name CHECK (length("name") > 0),
    CONSTRAINT ck_reading_version CHECK (length("version") > 0),
    CONSTRAINT ck_reading_digest CHECK (length("digest") > 0)
)
;;
CREATE TABLE exchange (
    id BIGSERIAL NOT NULL,
    held_on TEXT NOT NULL,
    topic TEXT NOT NULL,
    minutes BIGINT,
    by_staff BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT ck_exchange_held_on CHECK (length("held_on") = 10),
    CONSTRAINT ck_exchange_topic CHECK (length("topic") > 0),
    CONSTRAINT ck_exchange_minutes CHECK ("minutes" >= 1),
    FOREIGN KEY(by_staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE
)
;;
CREATE TABLE case_file (
    id BIGSERIAL NOT NULL,
    code TEXT NOT NULL,
    creditor BIGINT NOT NULL,
    debtor BIGINT NOT NULL,
    contract_no TEXT NOT NULL,
    product TEXT,
    type TEXT,
    debt_group TEXT,
    signed_on TEXT,
    due_on TEXT,
    status TEXT NOT NULL,
    placed_at BIGINT,
    assigned_at BIGINT,
    team BIGINT,
    collector BIGINT,
    frozen_at BIGINT,
    frozen_why TEXT,
    import_batch BIGINT,
    destroyed_at BIGINT,
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
;;
CREATE INDEX ix_case_file_collector ON case_file (collector, status)
;;
CREATE INDEX ix_case_file_team ON case_file (team, status)
;;
CREATE INDEX ix_case_file_debtor ON case_file (debtor)
;;
CREATE TABLE contact_event (
    id BIGSERIAL NOT NULL,
    at BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    org BIGINT,
    direction TEXT NOT NULL,
    debtor BIGINT NOT NULL,
    person BIGINT,
    answered_by BIGINT,
    number BIGINT,
    channel TEXT NOT NULL,
    automated BOOLEAN,
    line TEXT,
    talk TEXT,
    identity TEXT,
    ended_by TEXT,
    duration_s BIGINT,
    message TEXT,
    debts TEXT NOT NULL,
    discussed TEXT NOT NULL,
    purpose TEXT,
    reply_to BIGINT,
    by_staff BIGINT,
    external_id TEXT,
    import_batch BIGINT,
    corrects BIGINT,
    superseded_at BIGINT,
    PRIMARY KEY (id),
    CONSTRAINT ck_contact_event_kind CHECK ("kind" IN ('call', 'message', 'visit')),
    FOREIGN KEY(org) REFERENCES org (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_contact_event_direction CHECK ("direction" IN ('out', 'in')),
    FOREIGN KEY(debtor) REFERENCES person (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(person) REFERENCES person (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(answered_by) REFERENCES person (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(number) REFERENCES number (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_contact_event_channel CHECK ("channel" IN ('voice', 'voice_notice', 'text', 'email', 'letter', 'app', 'visit')),
    CONSTRAINT ck_contact_event_line CHECK ("line" IN ('answered', 'dropped', 'no_answer', 'rejected', 'busy', 'switched_off', 'unreachable', 'suspended', 'void_number', 'voicemail', 'voicemail_full', 'ringless', 'carrier_blocked', 'network_failed', 'not_dialled', 'unknown')),
    CONSTRAINT ck_contact_event_talk CHECK ("talk" IN ('none', 'brief', 'conversation', 'unknown')),
    CONSTRAINT ck_contact_event_identity CHECK ("identity" IN ('verified', 'failed', 'refused', 'not_asked')),
    CONSTRAINT ck_contact_event_ended_by CHECK ("ended_by" IN ('us', 'them', 'line', 'unknown')),
    CONSTRAINT ck_contact_event_duration_s CHECK ("duration_s" >= 0),
    CONSTRAINT ck_contact_event_message CHECK ("message" IN ('none', 'limited', 'naming_debt')),
    CONSTRAINT ck_contact_event_debts_postgresql CHECK ("debts" IS NULL OR ("debts"::json) IS NOT NULL),
    CONSTRAINT ck_contact_event_discussed_postgresql CHECK ("discussed" IS NULL OR ("discussed"::json) IS NOT NULL),
    CONSTRAINT ck_contact_event_purpose CHECK ("purpose" IN ('collect', 'remind', 'callback', 'answer_request', 'answer_objection', 'answer_complaint', 'locate', 'legal_notice', 'litigation', 'resume_dropped', 'prevent_harm', 'safety')),
    FOREIGN KEY(reply_to) REFERENCES contact_event (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(by_staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(import_batch) REFERENCES import_batch (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(corrects) REFERENCES contact_event (id) DEFERRABLE INITIALLY IMMEDIATE
)
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
    id BIGSERIAL NOT NULL,
    staff BIGINT NOT NULL,
    kind TEXT NOT NULL,
    passed_on TEXT NOT NULL,
    score BIGINT,
    by_whom TEXT NOT NULL,
    expires_on TEXT,
    attested_by BIGINT,
    attempt BIGINT,
    recorded_at BIGINT NOT NULL,
    revoked_at BIGINT,
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
;;
CREATE INDEX ix_qualification_staff ON qualification (staff, kind)
;;
CREATE TABLE vetting_check (
    id BIGSERIAL NOT NULL,
    admission BIGINT NOT NULL,
    item TEXT NOT NULL,
    result TEXT NOT NULL,
    checked_on TEXT NOT NULL,
    evidence TEXT NOT NULL,
    by_staff BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(admission) REFERENCES admission (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_vetting_check_item CHECK (length("item") > 0),
    CONSTRAINT ck_vetting_check_result CHECK ("result" IN ('clear', 'concern')),
    CONSTRAINT ck_vetting_check_checked_on CHECK (length("checked_on") = 10),
    CONSTRAINT ck_vetting_check_evidence CHECK (length("evidence") > 0),
    FOREIGN KEY(by_staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE
)
;;
CREATE INDEX ix_vetting_check_admission ON vetting_check (admission, item)
;;
CREATE TABLE exam_answer (
    id BIGSERIAL NOT NULL,
    attempt BIGINT NOT NULL,
    question TEXT NOT NULL,
    chosen TEXT NOT NULL,
    correct BOOLEAN NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (attempt, question),
    FOREIGN KEY(attempt) REFERENCES exam_attempt (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_exam_answer_question CHECK (length("question") > 0),
    CONSTRAINT ck_exam_answer_chosen_postgresql CHECK ("chosen" IS NULL OR ("chosen"::json) IS NOT NULL)
)
;;
CREATE TABLE exchange_part (
    id BIGSERIAL NOT NULL,
    exchange BIGINT NOT NULL,
    staff BIGINT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (exchange, staff),
    FOREIGN KEY(exchange) REFERENCES exchange (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE
)
;;
CREATE TABLE preparation (
    id BIGSERIAL NOT NULL,
    collector BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    day TEXT NOT NULL,
    kind TEXT NOT NULL,
    digest TEXT NOT NULL,
    content TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(collector) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_preparation_day CHECK (length("day") = 10),
    CONSTRAINT ck_preparation_kind CHECK ("kind" IN ('brief', 'plan', 'materials')),
    CONSTRAINT ck_preparation_digest CHECK (length("digest") > 0),
    CONSTRAINT ck_preparation_content_postgresql CHECK ("content" IS NULL OR ("content"::json) IS NOT NULL)
)
;;
CREATE INDEX ix_preparation_case ON preparation (case_id, collector, day)
;;
CREATE TABLE call_plan (
    id BIGSERIAL NOT NULL,
    collector BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    goal TEXT NOT NULL,
    points TEXT NOT NULL,
    reactions TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(collector) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_call_plan_goal CHECK (length("goal") > 0),
    CONSTRAINT ck_call_plan_points_postgresql CHECK ("points" IS NULL OR ("points"::json) IS NOT NULL),
    CONSTRAINT ck_call_plan_reactions_postgresql CHECK ("reactions" IS NULL OR ("reactions"::json) IS NOT NULL)
)
;;
CREATE INDEX ix_call_plan_case ON call_plan (case_id, collector, at)
;;
CREATE TABLE case_party (
    id BIGSERIAL NOT NULL,
    case_id BIGINT NOT NULL,
    person BIGINT NOT NULL,
    role TEXT NOT NULL,
    relation TEXT,
    reserved BOOLEAN,
    agreed BOOLEAN,
    authority_from BIGINT,
    authority_until BIGINT,
    authority_evidence TEXT,
    may_know_basis TEXT,
    treated_as_debtor BOOLEAN,
    PRIMARY KEY (id),
    UNIQUE (case_id, person, role),
    FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(person) REFERENCES person (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_case_party_role CHECK ("role" IN ('debtor', 'co_debtor', 'guarantor', 'spouse', 'parent', 'guardian', 'heir', 'agent', 'attorney', 'contact', 'employer', 'bureau', 'creditor', 'other'))
)
;;
CREATE INDEX ix_case_party_person ON case_party (person)
;;
CREATE TABLE statement (
    id BIGSERIAL NOT NULL,
    case_id BIGINT NOT NULL,
    as_of TEXT NOT NULL,
    principal BIGINT NOT NULL,
    interest BIGINT NOT NULL,
    fees BIGINT NOT NULL,
    total BIGINT NOT NULL,
    currency TEXT NOT NULL,
    days_past_due BIGINT,
    stated_at BIGINT,
    imported_at BIGINT NOT NULL,
    import_batch BIGINT,
    PRIMARY KEY (id),
    CONSTRAINT ck_statement_sum CHECK (total = principal + interest + fees),
    FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_statement_as_of CHECK (length("as_of") = 10),
    CONSTRAINT ck_statement_currency CHECK (length("currency") > 0),
    CONSTRAINT ck_statement_days_past_due CHECK ("days_past_due" >= 0),
    FOREIGN KEY(import_batch) REFERENCES import_batch (id) DEFERRABLE INITIALLY IMMEDIATE
)
;;
CREATE INDEX ix_statement_case ON statement (case_id, as_of, imported_at)
;;
CREATE TABLE contract_term (
    id BIGSERIAL NOT NULL,
    case_id BIGINT NOT NULL,
    code TEXT NOT NULL,
    clause TEXT,
    content TEXT,
    params TEXT,
    PRIMARY KEY (id),
    UNIQUE (case_id, code),
    FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_contract_term_code CHECK (length("code") > 0),
    CONSTRAINT ck_contract_term_params_postgresql CHECK ("params" IS NULL OR ("params"::json) IS NOT NULL)
)
;;
CREATE TABLE case_consequence (
    id BIGSERIAL NOT NULL,
    case_id BIGINT NOT NULL,
    code TEXT NOT NULL,
    params TEXT,
    PRIMARY KEY (id),
    UNIQUE (case_id, code),
    FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_case_consequence_code CHECK (length("code") > 0),
    CONSTRAINT ck_case_consequence_params_postgresql CHECK ("params" IS NULL OR ("params"::json) IS NOT NULL)
)
;;
CREATE TABLE consent (
    id BIGSERIAL NOT NULL,
    debtor BIGINT NOT NULL,
    opens TEXT NOT NULL,
    by_person BIGINT NOT NULL,
    to_org BIGINT,
    debts TEXT NOT NULL,
    numbers TEXT NOT NULL,
    channels TEXT NOT NULL,
    given_at BIGINT NOT NULL,
    from_at BIGINT,
    until BIGINT,
    only_in TEXT NOT NULL,
    weekly TEXT NOT NULL,
    via TEXT NOT NULL,
    in_event BIGINT,
    evidence TEXT,
    confirmed_by BIGINT,
    revoked_at BIGINT,
    PRIMARY KEY (id),
    FOREIGN KEY(debtor) REFERENCES person (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_consent_opens_postgresql CHECK ("opens" IS NULL OR ("opens"::json) IS NOT NULL),
    FOREIGN KEY(by_person) REFERENCES person (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(to_org) REFERENCES org (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_consent_debts_postgresql CHECK ("debts" IS NULL OR ("debts"::json) IS NOT NULL),
    CONSTRAINT ck_consent_numbers_postgresql CHECK ("numbers" IS NULL OR ("numbers"::json) IS NOT NULL),
    CONSTRAINT ck_consent_channels_postgresql CHECK ("channels" IS NULL OR ("channels"::json) IS NOT NULL),
    CONSTRAINT ck_consent_only_in_postgresql CHECK ("only_in" IS NULL OR ("only_in"::json) IS NOT NULL),
    CONSTRAINT ck_consent_weekly_postgresql CHECK ("weekly" IS NULL OR ("weekly"::json) IS NOT NULL),
    CONSTRAINT ck_consent_via CHECK ("via" IN ('call', 'writing', 'email', 'app', 'contract')),
    FOREIGN KEY(in_event) REFERENCES contact_event (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(confirmed_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE
)
;;
CREATE INDEX ix_consent_debtor ON consent (debtor)
;;
CREATE TABLE designation (
    id BIGSERIAL NOT NULL,
    debtor BIGINT NOT NULL,
    by_person BIGINT,
    via TEXT NOT NULL,
    kind TEXT NOT NULL,
    weekly TEXT NOT NULL,
    dates_from TEXT,
    dates_until TEXT,
    place TEXT,
    number BIGINT,
    channel TEXT,
    debts TEXT NOT NULL,
    from_at BIGINT,
    until BIGINT,
    revoked_at BIGINT,
    in_event BIGINT,
    PRIMARY KEY (id),
    FOREIGN KEY(debtor) REFERENCES person (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(by_person) REFERENCES person (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_designation_via CHECK ("via" IN ('debtor', 'agent', 'creditor_note')),
    CONSTRAINT ck_designation_kind CHECK ("kind" IN ('barred', 'only')),
    CONSTRAINT ck_designation_weekly_postgresql CHECK ("weekly" IS NULL OR ("weekly"::json) IS NOT NULL),
    CONSTRAINT ck_designation_dates_from CHECK (length("dates_from") = 10),
    CONSTRAINT ck_designation_dates_until CHECK (length("dates_until") = 10),
    CONSTRAINT ck_designation_place CHECK ("place" IN ('home', 'work', 'other', 'none', 'unknown')),
    FOREIGN KEY(number) REFERENCES number (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_designation_channel CHECK ("channel" IN ('voice', 'voice_notice', 'text', 'email', 'letter', 'app', 'visit')),
    CONSTRAINT ck_designation_debts_postgresql CHECK ("debts" IS NULL OR ("debts"::json) IS NOT NULL),
    FOREIGN KEY(in_event) REFERENCES contact_event (id) DEFERRABLE INITIALLY IMMEDIATE
)
;;
CREATE INDEX ix_designation_debtor ON designation (debtor)
;;
CREATE TABLE attestation (
    id BIGSERIAL NOT NULL,
    kind TEXT NOT NULL,
    batch BIGINT,
    case_id BIGINT,
    by_staff BIGINT NOT NULL,
    at BIGINT NOT NULL,
    scope TEXT,
    PRIMARY KEY (id),
    CONSTRAINT ck_attestation_kind CHECK (length("kind") > 0),
    FOREIGN KEY(batch) REFERENCES import_batch (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(by_staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_attestation_scope_postgresql CHECK ("scope" IS NULL OR ("scope"::json) IS NOT NULL)
)
;;
CREATE INDEX ix_attestation_batch ON attestation (batch)
;;
CREATE INDEX ix_attestation_case ON attestation (case_id)
;;
CREATE TABLE payment (
    id BIGSERIAL NOT NULL,
    case_id BIGINT NOT NULL,
    amount BIGINT NOT NULL,
    currency TEXT NOT NULL,
    paid_on TEXT NOT NULL,
    reference TEXT,
    channel TEXT,
    reverses BIGINT,
    reason TEXT,
    mark TEXT NOT NULL,
    import_batch BIGINT,
    by_staff BIGINT NOT NULL,
    at BIGINT NOT NULL,
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
;;
CREATE INDEX ix_payment_case ON payment (case_id, paid_on)
;;
CREATE TABLE verdict (
    id BIGSERIAL NOT NULL,
    at BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    allowed BOOLEAN NOT NULL,
    dial TEXT NOT NULL,
    decision TEXT NOT NULL,
    digests TEXT NOT NULL,
    journal_seq BIGINT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_verdict_dial_postgresql CHECK ("dial" IS NULL OR ("dial"::json) IS NOT NULL),
    CONSTRAINT ck_verdict_decision_postgresql CHECK ("decision" IS NULL OR ("decision"::json) IS NOT NULL),
    CONSTRAINT ck_verdict_digests_postgresql CHECK ("digests" IS NULL OR ("digests"::json) IS NOT NULL),
    CONSTRAINT ck_verdict_journal_seq CHECK ("journal_seq" >= 0)
)
;;
CREATE INDEX ix_verdict_case ON verdict (case_id, at)
;;
CREATE TABLE destruction (
    id BIGSERIAL NOT NULL,
    number TEXT,
    kind TEXT NOT NULL,
    case_id BIGINT,
    status TEXT NOT NULL,
    reason TEXT NOT NULL,
    receipt TEXT,
    receipt_digest TEXT,
    asked_by BIGINT NOT NULL,
    asked_at BIGINT NOT NULL,
    decided_by BIGINT,
    decided_at BIGINT,
    done_at BIGINT,
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
    CONSTRAINT ck_destruction_certificate_postgresql CHECK ("certificate" IS NULL OR ("certificate"::json) IS NOT NULL)
)
;;
CREATE INDEX ix_destruction_status ON destruction (status)
;;
CREATE TABLE referral (
    id BIGSERIAL NOT NULL,
    case_id BIGINT NOT NULL,
    referred_to TEXT NOT NULL,
    basis TEXT NOT NULL,
    referred_on TEXT NOT NULL,
    leaves_queue BOOLEAN NOT NULL,
    reference TEXT,
    status TEXT NOT NULL,
    answer TEXT,
    answered_on TEXT,
    ended_on TEXT,
    by_staff BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_referral_referred_to CHECK ("referred_to" IN ('legal', 'mediation', 'court', 'address_check')),
    CONSTRAINT ck_referral_basis CHECK (length("basis") > 0),
    CONSTRAINT ck_referral_referred_on CHECK (length("referred_on") = 10),
    CONSTRAINT ck_referral_status CHECK ("status" IN ('open', 'answered', 'ended')),
    CONSTRAINT ck_referral_answered_on CHECK (length("answered_on") = 10),
    CONSTRAINT ck_referral_ended_on CHECK (length("ended_on") = 10),
    FOREIGN KEY(by_staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE
)
;;
CREATE INDEX ix_referral_case ON referral (case_id, status)
;;
CREATE TABLE request (
    id BIGSERIAL NOT NULL,
    matter TEXT NOT NULL,
    subject BIGINT NOT NULL,
    case_id BIGINT,
    officer BIGINT NOT NULL,
    party TEXT NOT NULL,
    choices TEXT NOT NULL,
    digest TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    made_by BIGINT NOT NULL,
    status TEXT NOT NULL,
    answer TEXT,
    reason TEXT NOT NULL,
    reference TEXT,
    answered_on TEXT,
    answer_digest TEXT,
    entered_at BIGINT,
    entered_by BIGINT,
    PRIMARY KEY (id),
    CONSTRAINT ck_request_matter CHECK (length("matter") > 0),
    CONSTRAINT ck_request_subject CHECK ("subject" >= 1),
    FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(officer) REFERENCES outside_officer (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_request_party_postgresql CHECK ("party" IS NULL OR ("party"::json) IS NOT NULL),
    CONSTRAINT ck_request_choices_postgresql CHECK ("choices" IS NULL OR ("choices"::json) IS NOT NULL),
    CONSTRAINT ck_request_digest CHECK (length("digest") > 0),
    FOREIGN KEY(made_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_request_status CHECK ("status" IN ('open', 'answered', 'void')),
    CONSTRAINT ck_request_answered_on CHECK (length("answered_on") = 10),
    FOREIGN KEY(entered_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE
)
;;
CREATE INDEX ix_request_subject ON request (matter, subject)
;;
CREATE TABLE step (
    id BIGSERIAL NOT NULL,
    kind TEXT NOT NULL,
    subject BIGINT NOT NULL,
    case_id BIGINT,
    act TEXT NOT NULL,
    state TEXT NOT NULL,
    by_staff BIGINT,
    at BIGINT NOT NULL,
    content TEXT,
    PRIMARY KEY (id),
    CONSTRAINT ck_step_kind CHECK (length("kind") > 0),
    CONSTRAINT ck_step_subject CHECK ("subject" >= 1),
    FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_step_act CHECK (length("act") > 0),
    CONSTRAINT ck_step_state CHECK (length("state") > 0),
    FOREIGN KEY(by_staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_step_content_postgresql CHECK ("content" IS NULL OR ("content"::json) IS NOT NULL)
)
;;
CREATE INDEX ix_step_subject ON step (kind, subject)
;;
CREATE INDEX ix_step_case ON step (case_id, at)
;;
CREATE TABLE history_cover (
    id BIGSERIAL NOT NULL,
    case_id BIGINT,
    org BIGINT,
    complete_from BIGINT,
    complete_through BIGINT,
    attestation BIGINT,
    import_batch BIGINT,
    PRIMARY KEY (id),
    FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(org) REFERENCES org (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(attestation) REFERENCES attestation (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(import_batch) REFERENCES import_batch (id) DEFERRABLE INITIALLY IMMEDIATE
)
;;
CREATE INDEX ix_history_cover_case ON history_cover (case_id, org)
;;
CREATE TABLE notice (
    id BIGSERIAL NOT NULL,
    debtor BIGINT NOT NULL,
    kind TEXT NOT NULL,
    debts TEXT NOT NULL,
    person BIGINT,
    sent_at BIGINT,
    received_at BIGINT,
    returned_at BIGINT,
    attestation BIGINT,
    PRIMARY KEY (id),
    FOREIGN KEY(debtor) REFERENCES person (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_notice_kind CHECK ("kind" IN ('collection_start', 'validation', 'debt', 'outsourcing', 'assignment', 'adverse_credit', 'dispute_and_sue')),
    CONSTRAINT ck_notice_debts_postgresql CHECK ("debts" IS NULL OR ("debts"::json) IS NOT NULL),
    FOREIGN KEY(person) REFERENCES person (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(attestation) REFERENCES attestation (id) DEFERRABLE INITIALLY IMMEDIATE
)
;;
CREATE INDEX ix_notice_debtor ON notice (debtor)
;;
CREATE TABLE permit (
    id BIGSERIAL NOT NULL,
    debtor BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    person BIGINT NOT NULL,
    number BIGINT,
    collector BIGINT NOT NULL,
    debts TEXT NOT NULL,
    purpose TEXT NOT NULL,
    state TEXT NOT NULL,
    granted_at BIGINT NOT NULL,
    shown_at BIGINT,
    resolved_at BIGINT,
    expires_at BIGINT NOT NULL,
    allowed_until BIGINT,
    reason TEXT,
    idempotency_key TEXT NOT NULL,
    verdict BIGINT,
    event BIGINT,
    PRIMARY KEY (id),
    FOREIGN KEY(debtor) REFERENCES person (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(person) REFERENCES person (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(number) REFERENCES number (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(collector) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_permit_debts_postgresql CHECK ("debts" IS NULL OR ("debts"::json) IS NOT NULL),
    CONSTRAINT ck_permit_purpose CHECK (length("purpose") > 0),
    CONSTRAINT ck_permit_state CHECK ("state" IN ('granted', 'shown', 'resolved', 'lapsed', 'refused')),
    UNIQUE (idempotency_key),
    CONSTRAINT ck_permit_idempotency_key CHECK (length("idempotency_key") > 0),
    FOREIGN KEY(verdict) REFERENCES verdict (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(event) REFERENCES contact_event (id) DEFERRABLE INITIALLY IMMEDIATE
)
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
    id BIGSERIAL NOT NULL,
    permit BIGINT,
    case_id BIGINT NOT NULL,
    collector BIGINT NOT NULL,
    direction TEXT NOT NULL,
    driver TEXT NOT NULL,
    step TEXT NOT NULL,
    state TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    connected_at BIGINT,
    ended_at BIGINT,
    number BIGINT,
    event BIGINT,
    line TEXT,
    talk TEXT,
    party TEXT,
    person BIGINT,
    identity TEXT,
    ended_by TEXT,
    cause TEXT,
    ability TEXT,
    attitude TEXT,
    outcome TEXT,
    next_action TEXT,
    next_at BIGINT,
    script TEXT,
    language TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(permit) REFERENCES permit (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(collector) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_call_direction CHECK ("direction" IN ('out', 'in')),
    CONSTRAINT ck_call_driver CHECK ("driver" IN ('terminal', 'json', 'rehearsal', 'import')),
    CONSTRAINT ck_call_step CHECK (length("step") > 0),
    CONSTRAINT ck_call_state_postgresql CHECK ("state" IS NULL OR ("state"::json) IS NOT NULL),
    FOREIGN KEY(number) REFERENCES number (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(event) REFERENCES contact_event (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_call_line CHECK ("line" IN ('answered', 'dropped', 'no_answer', 'rejected', 'busy', 'switched_off', 'unreachable', 'suspended', 'void_number', 'voicemail', 'voicemail_full', 'ringless', 'carrier_blocked', 'network_failed', 'not_dialled', 'unknown')),
    CONSTRAINT ck_call_talk CHECK ("talk" IN ('none', 'brief', 'conversation', 'unknown')),
    FOREIGN KEY(person) REFERENCES person (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_call_identity CHECK ("identity" IN ('verified', 'failed', 'refused', 'not_asked')),
    CONSTRAINT ck_call_ended_by CHECK ("ended_by" IN ('us', 'them', 'line', 'unknown'))
)
;;
CREATE INDEX ix_call_case ON call (case_id, started_at)
;;
CREATE INDEX ix_call_collector ON call (collector, ended_at)
;;
CREATE TABLE letter (
    id BIGSERIAL NOT NULL,
    origin TEXT NOT NULL,
    status TEXT NOT NULL,
    kind TEXT NOT NULL,
    case_id BIGINT NOT NULL,
    person BIGINT NOT NULL,
    debts TEXT NOT NULL,
    year BIGINT,
    serial BIGINT,
    template TEXT,
    version TEXT,
    template_digest TEXT,
    lang TEXT,
    html TEXT,
    plain TEXT,
    html_digest TEXT,
    plain_digest TEXT,
    made_at BIGINT NOT NULL,
    made_by BIGINT NOT NULL,
    notice BIGINT,
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
    CONSTRAINT ck_letter_debts_postgresql CHECK ("debts" IS NULL OR ("debts"::json) IS NOT NULL),
    CONSTRAINT ck_letter_year CHECK ("year" >= 0),
    CONSTRAINT ck_letter_serial CHECK ("serial" >= 1),
    FOREIGN KEY(made_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(notice) REFERENCES notice (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_letter_way CHECK ("way" IN ('letter', 'hand', 'email', 'app', 'text'))
)
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
    id BIGSERIAL NOT NULL,
    source BIGINT NOT NULL,
    mark TEXT NOT NULL,
    direction TEXT NOT NULL,
    at BIGINT NOT NULL,
    offset_s BIGINT NOT NULL,
    number BIGINT,
    number_digest TEXT,
    extension TEXT,
    staff BIGINT,
    line TEXT NOT NULL,
    duration_s BIGINT,
    permit BIGINT,
    event BIGINT,
    import_batch BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
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
;;
CREATE INDEX ix_dial_record_event ON dial_record (event)
;;
CREATE INDEX ix_dial_record_digest ON dial_record (number_digest)
;;
CREATE INDEX ix_dial_record_permit ON dial_record (permit)
;;
CREATE TABLE call_answer (
    id BIGSERIAL NOT NULL,
    call BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    step TEXT NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (call, seq),
    FOREIGN KEY(call) REFERENCES call (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_call_answer_seq CHECK ("seq" >= 0),
    CONSTRAINT ck_call_answer_step CHECK (length("step") > 0),
    CONSTRAINT ck_call_answer_field CHECK (length("field") > 0),
    CONSTRAINT ck_call_answer_value_postgresql CHECK ("value" IS NULL OR ("value"::json) IS NOT NULL)
)
;;
CREATE TABLE line_shown (
    id BIGSERIAL NOT NULL,
    call BIGINT NOT NULL,
    line TEXT NOT NULL,
    script TEXT NOT NULL,
    script_version TEXT NOT NULL,
    content TEXT NOT NULL,
    shown_at BIGINT NOT NULL,
    acknowledged_at BIGINT,
    PRIMARY KEY (id),
    FOREIGN KEY(call) REFERENCES call (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_line_shown_line CHECK (length("line") > 0),
    CONSTRAINT ck_line_shown_script CHECK (length("script") > 0),
    CONSTRAINT ck_line_shown_script_version CHECK (length("script_version") > 0),
    CONSTRAINT ck_line_shown_content CHECK (length("content") > 0)
)
;;
CREATE INDEX ix_line_shown_call ON line_shown (call)
;;
CREATE TABLE callback (
    id BIGSERIAL NOT NULL,
    case_id BIGINT NOT NULL,
    call BIGINT,
    person BIGINT NOT NULL,
    number BIGINT,
    due_at BIGINT NOT NULL,
    purpose TEXT NOT NULL,
    status TEXT NOT NULL,
    collector BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(call) REFERENCES call (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(person) REFERENCES person (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(number) REFERENCES number (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_callback_purpose CHECK (length("purpose") > 0),
    CONSTRAINT ck_callback_status CHECK ("status" IN ('open', 'done', 'missed', 'withdrawn')),
    FOREIGN KEY(collector) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE
)
;;
CREATE INDEX ix_callback_due ON callback (collector, status, due_at)
;;
CREATE TABLE complaint (
    id BIGSERIAL NOT NULL,
    case_id BIGINT NOT NULL,
    call BIGINT,
    channel TEXT NOT NULL,
    category TEXT NOT NULL,
    content TEXT NOT NULL,
    about BIGINT,
    assigned_to BIGINT,
    received_at BIGINT NOT NULL,
    received_on TEXT NOT NULL,
    term BIGINT NOT NULL,
    last_on TEXT NOT NULL,
    due_on TEXT NOT NULL,
    asked_term BIGINT,
    asked_by BIGINT,
    status TEXT NOT NULL,
    cause TEXT,
    remedy TEXT,
    upheld TEXT NOT NULL,
    outcome TEXT,
    reply TEXT,
    replied_on TEXT,
    ended_on TEXT,
    closed_at BIGINT,
    by_staff BIGINT NOT NULL,
    hold BIGINT,
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
    CONSTRAINT ck_complaint_upheld_postgresql CHECK ("upheld" IS NULL OR ("upheld"::json) IS NOT NULL),
    CONSTRAINT ck_complaint_outcome CHECK ("outcome" IN ('upheld', 'dismissed', 'withdrawn')),
    CONSTRAINT ck_complaint_replied_on CHECK (length("replied_on") = 10),
    CONSTRAINT ck_complaint_ended_on CHECK (length("ended_on") = 10),
    FOREIGN KEY(by_staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(hold) REFERENCES hold (id) DEFERRABLE INITIALLY IMMEDIATE
)
;;
CREATE INDEX ix_complaint_status ON complaint (status, received_at)
;;
CREATE TABLE conduct_warning (
    id BIGSERIAL NOT NULL,
    staff BIGINT NOT NULL,
    call BIGINT,
    case_id BIGINT,
    entry TEXT NOT NULL,
    place TEXT NOT NULL,
    blocked BOOLEAN NOT NULL,
    debtors_words BOOLEAN NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(call) REFERENCES call (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_conduct_warning_entry CHECK (length("entry") > 0),
    CONSTRAINT ck_conduct_warning_place CHECK (length("place") > 0)
)
;;
CREATE INDEX ix_conduct_warning_staff ON conduct_warning (staff, at)
;;
CREATE TABLE emergency (
    id BIGSERIAL NOT NULL,
    case_id BIGINT NOT NULL,
    call BIGINT,
    kind TEXT NOT NULL,
    at BIGINT NOT NULL,
    by_staff BIGINT NOT NULL,
    alerted TEXT NOT NULL,
    level BIGINT NOT NULL,
    next_alert_at BIGINT,
    acknowledged_by BIGINT,
    acknowledged_at BIGINT,
    release_asked_by BIGINT,
    release_asked_at BIGINT,
    closed_by BIGINT,
    closed_at BIGINT,
    safe TEXT,
    status TEXT NOT NULL,
    content TEXT NOT NULL,
    hold BIGINT,
    PRIMARY KEY (id),
    FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(call) REFERENCES call (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_emergency_kind CHECK (length("kind") > 0),
    FOREIGN KEY(by_staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_emergency_alerted_postgresql CHECK ("alerted" IS NULL OR ("alerted"::json) IS NOT NULL),
    CONSTRAINT ck_emergency_level CHECK ("level" >= 0),
    FOREIGN KEY(acknowledged_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(release_asked_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(closed_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_emergency_status CHECK ("status" IN ('open', 'acknowledged', 'release_asked', 'closed')),
    FOREIGN KEY(hold) REFERENCES hold (id) DEFERRABLE INITIALLY IMMEDIATE
)
;;
CREATE INDEX ix_emergency_status ON emergency (status, at)
;;
CREATE INDEX ix_emergency_next ON emergency (status, next_alert_at)
;;
CREATE TABLE note (
    id BIGSERIAL NOT NULL,
    case_id BIGINT NOT NULL,
    call BIGINT,
    by_staff BIGINT NOT NULL,
    at BIGINT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(call) REFERENCES call (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(by_staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_note_content CHECK (length("content") > 0)
)
;;
CREATE INDEX ix_note_case ON note (case_id, at)
;;
CREATE TABLE objection (
    id BIGSERIAL NOT NULL,
    case_id BIGINT NOT NULL,
    call BIGINT,
    category TEXT NOT NULL,
    content TEXT NOT NULL,
    evidence TEXT,
    via TEXT NOT NULL,
    by_person BIGINT,
    received_at BIGINT NOT NULL,
    due_on TEXT,
    written BOOLEAN NOT NULL,
    annotated_at BIGINT,
    finding TEXT,
    found TEXT,
    found_at BIGINT,
    answer TEXT,
    answered_at BIGINT,
    told_at BIGINT,
    told_how TEXT,
    told_call BIGINT,
    reopened BIGINT NOT NULL,
    status TEXT NOT NULL,
    by_staff BIGINT NOT NULL,
    hold BIGINT,
    PRIMARY KEY (id),
    FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(call) REFERENCES call (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_objection_category CHECK (length("category") > 0),
    CONSTRAINT ck_objection_content CHECK (length("content") > 0),
    CONSTRAINT ck_objection_via CHECK ("via" IN ('call', 'letter', 'email', 'app', 'text', 'visit', 'creditor', 'regulator')),
    FOREIGN KEY(by_person) REFERENCES person (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_objection_due_on CHECK (length("due_on") = 10),
    CONSTRAINT ck_objection_finding CHECK ("finding" IN ('founded', 'partly', 'unfounded')),
    CONSTRAINT ck_objection_told_how CHECK ("told_how" IN ('call', 'letter', 'email', 'app', 'text', 'visit', 'creditor', 'regulator')),
    FOREIGN KEY(told_call) REFERENCES call (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_objection_reopened CHECK ("reopened" >= 0),
    CONSTRAINT ck_objection_status CHECK ("status" IN ('open', 'verified', 'answered', 'closed')),
    FOREIGN KEY(by_staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(hold) REFERENCES hold (id) DEFERRABLE INITIALLY IMMEDIATE
)
;;
CREATE INDEX ix_objection_status ON objection (status, due_on)
;;
CREATE INDEX ix_objection_case ON objection (case_id)
;;
CREATE TABLE dial_finding (
    id BIGSERIAL NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    record BIGINT,
    permit BIGINT,
    event BIGINT,
    staff BIGINT,
    debtor BIGINT,
    about BIGINT,
    details TEXT NOT NULL,
    happened_at BIGINT NOT NULL,
    found_at BIGINT NOT NULL,
    line TEXT,
    evidence TEXT,
    explained_by BIGINT,
    explained_at BIGINT,
    closed_by BIGINT,
    closed_at BIGINT,
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
    CONSTRAINT ck_dial_finding_details_postgresql CHECK ("details" IS NULL OR ("details"::json) IS NOT NULL),
    CONSTRAINT ck_dial_finding_line CHECK ("line" IN ('answered', 'dropped', 'no_answer', 'rejected', 'busy', 'switched_off', 'unreachable', 'suspended', 'void_number', 'voicemail', 'voicemail_full', 'ringless', 'carrier_blocked', 'network_failed', 'not_dialled', 'unknown')),
    FOREIGN KEY(explained_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(closed_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE
)
;;
CREATE INDEX ix_dial_finding_status ON dial_finding (status, kind)
;;
CREATE INDEX ix_dial_finding_debtor ON dial_finding (debtor)
;;
CREATE INDEX ix_dial_finding_permit ON dial_finding (permit)
;;
CREATE TABLE plan (
    id BIGSERIAL NOT NULL,
    case_id BIGINT NOT NULL,
    call BIGINT,
    kind TEXT NOT NULL,
    difficulty TEXT NOT NULL,
    statement BIGINT NOT NULL,
    principal BIGINT NOT NULL,
    interest BIGINT NOT NULL,
    fees BIGINT NOT NULL,
    total BIGINT NOT NULL,
    currency TEXT NOT NULL,
    terms TEXT NOT NULL,
    revision BIGINT NOT NULL,
    digest TEXT NOT NULL,
    status TEXT NOT NULL,
    proposed_by BIGINT NOT NULL,
    proposed_at BIGINT NOT NULL,
    submitted_by BIGINT,
    submitted_at BIGINT,
    decide_by TEXT,
    decided_by BIGINT,
    decided_at BIGINT,
    approved_digest TEXT,
    form TEXT,
    agreed_on TEXT,
    agreed_at BIGINT,
    recording TEXT,
    hold BIGINT,
    grace_days BIGINT,
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
    CONSTRAINT ck_plan_terms_postgresql CHECK ("terms" IS NULL OR ("terms"::json) IS NOT NULL),
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
;;
CREATE INDEX ix_plan_case ON plan (case_id, status)
;;
CREATE INDEX ix_plan_status ON plan (status, decide_by)
;;
CREATE TABLE promise (
    id BIGSERIAL NOT NULL,
    case_id BIGINT NOT NULL,
    call BIGINT,
    by_person BIGINT NOT NULL,
    amount BIGINT NOT NULL,
    currency TEXT NOT NULL,
    pay_on TEXT NOT NULL,
    channel TEXT NOT NULL,
    status TEXT NOT NULL,
    at BIGINT NOT NULL,
    by_staff BIGINT NOT NULL,
    last_on TEXT,
    lapses_at BIGINT,
    remind_at BIGINT,
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
    CONSTRAINT ck_promise_holds_postgresql CHECK ("holds" IS NULL OR ("holds"::json) IS NOT NULL)
)
;;
CREATE INDEX ix_promise_case ON promise (case_id, pay_on)
;;
CREATE INDEX ix_promise_lapse ON promise (status, lapses_at)
;;
CREATE TABLE quality_review (
    id BIGSERIAL NOT NULL,
    call BIGINT NOT NULL,
    collector BIGINT NOT NULL,
    month TEXT NOT NULL,
    why TEXT NOT NULL,
    status TEXT NOT NULL,
    picked_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    card TEXT,
    digest TEXT,
    claimed_by BIGINT,
    claimed_until BIGINT,
    first_by BIGINT,
    second_by BIGINT,
    settled_by BIGINT,
    first_score BIGINT,
    second_score BIGINT,
    score BIGINT,
    fatal BOOLEAN,
    told_at BIGINT,
    reply_until BIGINT,
    ended_at BIGINT,
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
    CONSTRAINT ck_quality_review_why_postgresql CHECK ("why" IS NULL OR ("why"::json) IS NOT NULL),
    CONSTRAINT ck_quality_review_status CHECK ("status" IN ('waiting', 'claimed', 'told', 'recheck', 'rechecking', 'differing', 'confirmed', 'replied', 'answered', 'final')),
    FOREIGN KEY(claimed_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(first_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(second_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(settled_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_quality_review_first_score CHECK ("first_score" >= 0),
    CONSTRAINT ck_quality_review_second_score CHECK ("second_score" >= 0),
    CONSTRAINT ck_quality_review_score CHECK ("score" >= 0)
)
;;
CREATE INDEX ix_quality_review_collector ON quality_review (collector, month)
;;
CREATE INDEX ix_quality_review_status ON quality_review (status, due_at)
;;
CREATE TABLE recording (
    id BIGSERIAL NOT NULL,
    call BIGINT NOT NULL,
    status TEXT NOT NULL,
    due_at BIGINT,
    reference TEXT,
    keeper BIGINT,
    file TEXT,
    digest TEXT,
    size BIGINT,
    duration_ms BIGINT,
    format TEXT,
    modified_ns BIGINT,
    fault TEXT,
    checked_at BIGINT,
    at BIGINT NOT NULL,
    kept_at BIGINT,
    kept_by BIGINT,
    purged_at BIGINT,
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
;;
CREATE INDEX ix_recording_digest ON recording (digest)
;;
CREATE INDEX ix_recording_status ON recording (status)
;;
CREATE INDEX ix_recording_due ON recording (due_at)
;;
CREATE TABLE found_recording (
    id BIGSERIAL NOT NULL,
    keeper BIGINT NOT NULL,
    file TEXT NOT NULL,
    digest TEXT NOT NULL,
    size BIGINT NOT NULL,
    duration_ms BIGINT NOT NULL,
    format TEXT NOT NULL,
    modified_ns BIGINT NOT NULL,
    started_at BIGINT,
    candidates TEXT NOT NULL,
    status TEXT NOT NULL,
    call BIGINT,
    at BIGINT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (keeper, file),
    FOREIGN KEY(keeper) REFERENCES recording_keeper (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_found_recording_file CHECK (length("file") > 0),
    CONSTRAINT ck_found_recording_digest CHECK (length("digest") > 0),
    CONSTRAINT ck_found_recording_size CHECK ("size" >= 0),
    CONSTRAINT ck_found_recording_duration_ms CHECK ("duration_ms" >= 0),
    CONSTRAINT ck_found_recording_format CHECK ("format" IN ('wav', 'mp3', 'ogg', 'flac', 'm4a')),
    CONSTRAINT ck_found_recording_modified_ns CHECK ("modified_ns" >= 0),
    CONSTRAINT ck_found_recording_candidates_postgresql CHECK ("candidates" IS NULL OR ("candidates"::json) IS NOT NULL),
    CONSTRAINT ck_found_recording_status CHECK ("status" IN ('ambiguous', 'unmatched', 'duplicate', 'chosen', 'dismissed', 'destroyed')),
    FOREIGN KEY(call) REFERENCES call (id) DEFERRABLE INITIALLY IMMEDIATE
)
;;
CREATE INDEX ix_found_recording_status ON found_recording (status)
;;
CREATE TABLE grievance (
    id BIGSERIAL NOT NULL,
    complaint BIGINT NOT NULL,
    number BIGINT NOT NULL,
    category TEXT NOT NULL,
    content TEXT NOT NULL,
    about BIGINT,
    at BIGINT NOT NULL,
    by_staff BIGINT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (complaint, number),
    FOREIGN KEY(complaint) REFERENCES complaint (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_grievance_number CHECK ("number" >= 2),
    CONSTRAINT ck_grievance_category CHECK (length("category") > 0),
    CONSTRAINT ck_grievance_content CHECK (length("content") > 0),
    FOREIGN KEY(about) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(by_staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE
)
;;
CREATE TABLE violation (
    id BIGSERIAL NOT NULL,
    staff BIGINT NOT NULL,
    kind TEXT NOT NULL,
    grave BOOLEAN NOT NULL,
    source TEXT NOT NULL,
    call BIGINT,
    case_id BIGINT,
    warning BIGINT,
    complaint BIGINT,
    evidence TEXT NOT NULL,
    recorded_by BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    status TEXT NOT NULL,
    outcome TEXT,
    decided_by BIGINT,
    decided_at BIGINT,
    PRIMARY KEY (id),
    FOREIGN KEY(staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_violation_kind CHECK (length("kind") > 0),
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
;;
CREATE INDEX ix_violation_staff ON violation (staff, recorded_at)
;;
CREATE INDEX ix_violation_status ON violation (status)
;;
CREATE TABLE emergency_alert (
    id BIGSERIAL NOT NULL,
    emergency BIGINT NOT NULL,
    level BIGINT NOT NULL,
    staff BIGINT,
    contact BIGINT,
    at BIGINT NOT NULL,
    delivered_at BIGINT,
    hook TEXT,
    mail TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(emergency) REFERENCES emergency (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_emergency_alert_level CHECK ("level" >= 0),
    FOREIGN KEY(staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(contact) REFERENCES emergency_contact (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_emergency_alert_hook CHECK ("hook" IN ('none', 'started', 'failed'))
)
;;
CREATE INDEX ix_emergency_alert_owed ON emergency_alert (delivered_at)
;;
CREATE INDEX ix_emergency_alert_of ON emergency_alert (emergency)
;;
CREATE TABLE plan_instalment (
    id BIGSERIAL NOT NULL,
    plan BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    number BIGINT NOT NULL,
    due_on TEXT NOT NULL,
    amount BIGINT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (plan, revision, number),
    FOREIGN KEY(plan) REFERENCES plan (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_plan_instalment_revision CHECK ("revision" >= 1),
    CONSTRAINT ck_plan_instalment_number CHECK ("number" >= 0),
    CONSTRAINT ck_plan_instalment_due_on CHECK (length("due_on") = 10),
    CONSTRAINT ck_plan_instalment_amount CHECK ("amount" >= 1)
)
;;
CREATE TABLE plan_evidence (
    id BIGSERIAL NOT NULL,
    plan BIGINT NOT NULL,
    item TEXT NOT NULL,
    state TEXT NOT NULL,
    by_staff BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (plan, item),
    FOREIGN KEY(plan) REFERENCES plan (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_plan_evidence_item CHECK ("item" IN ('income', 'unemployment', 'wages', 'business', 'medical', 'family', 'disaster', 'debts', 'bank_statement', 'declaration', 'other')),
    CONSTRAINT ck_plan_evidence_state CHECK ("state" IN ('asked', 'received', 'sufficient', 'insufficient')),
    FOREIGN KEY(by_staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE
)
;;
CREATE TABLE quality_answer (
    id BIGSERIAL NOT NULL,
    review BIGINT NOT NULL,
    round BIGINT NOT NULL,
    item TEXT NOT NULL,
    level TEXT NOT NULL,
    reason TEXT,
    note TEXT,
    by_staff BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(review) REFERENCES quality_review (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_quality_answer_round CHECK ("round" >= 1),
    CONSTRAINT ck_quality_answer_item CHECK (length("item") > 0),
    CONSTRAINT ck_quality_answer_level CHECK ("level" IN ('full', 'part', 'none', 'not_applicable', 'clear', 'found')),
    FOREIGN KEY(by_staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE
)
;;
CREATE INDEX ix_quality_answer_review ON quality_answer (review, round, item)
;;
CREATE TABLE destruction_item (
    id BIGSERIAL NOT NULL,
    destruction BIGINT NOT NULL,
    recording BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    why TEXT,
    at BIGINT,
    PRIMARY KEY (id),
    UNIQUE (destruction, recording),
    FOREIGN KEY(destruction) REFERENCES destruction (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(recording) REFERENCES recording (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_destruction_item_outcome CHECK ("outcome" IN ('asked', 'destroyed', 'gone', 'stays'))
)
;;
CREATE TABLE suspension (
    id BIGSERIAL NOT NULL,
    staff BIGINT NOT NULL,
    violation BIGINT,
    cause TEXT NOT NULL,
    reason TEXT,
    by_staff BIGINT,
    from_at BIGINT NOT NULL,
    lifted_at BIGINT,
    lifted_by BIGINT,
    PRIMARY KEY (id),
    FOREIGN KEY(staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(violation) REFERENCES violation (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_suspension_cause CHECK ("cause" IN ('grave', 'repeated', 'decided', 'inquiry', 'capability', 'absence', 'other')),
    FOREIGN KEY(by_staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(lifted_by) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE
)
;;
CREATE INDEX ix_suspension_staff ON suspension (staff, lifted_at)
;;
CREATE TABLE quality_finding (
    id BIGSERIAL NOT NULL,
    review BIGINT NOT NULL,
    item TEXT NOT NULL,
    violation BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(review) REFERENCES quality_review (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_quality_finding_item CHECK (length("item") > 0),
    FOREIGN KEY(violation) REFERENCES violation (id) DEFERRABLE INITIALLY IMMEDIATE
)
;;
CREATE UNIQUE INDEX ux_quality_finding_item ON quality_finding (review, item)
;;
CREATE TABLE retraining (
    id BIGSERIAL NOT NULL,
    staff BIGINT NOT NULL,
    section TEXT NOT NULL,
    call BIGINT,
    violation BIGINT,
    due_on TEXT NOT NULL,
    by_staff BIGINT NOT NULL,
    at BIGINT NOT NULL,
    ended_at BIGINT,
    attempt BIGINT,
    PRIMARY KEY (id),
    FOREIGN KEY(staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_retraining_section CHECK (length("section") > 0),
    FOREIGN KEY(call) REFERENCES call (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(violation) REFERENCES violation (id) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT ck_retraining_due_on CHECK (length("due_on") = 10),
    FOREIGN KEY(by_staff) REFERENCES staff (id) DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY(attempt) REFERENCES exam_attempt (id) DEFERRABLE INITIALLY IMMEDIATE
)
;;
CREATE INDEX ix_retraining_staff ON retraining (staff, at)
