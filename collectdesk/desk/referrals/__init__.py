"""Referrals (转介, policy article 11.2): to legal, mediation, a court or an address check."""
