"""Notices (函件, policy article 9.3): made from adopted templates only, numbered, posted, found if altered."""
