"""Training (培训, policy article 13): courses, exams, certificates, what is read again, sessions of exchange."""
