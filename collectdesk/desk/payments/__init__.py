"""Payments (还款): a file of them brought in, matched with cases, taken back; what they do to promises and cases.

``effects.payments_changed`` is the one place from which everything that lives by payments hears of them.
"""
