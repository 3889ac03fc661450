"""Promises to pay (承诺还款, policy article 7.3): kept, partly kept, broken or expired by payments and by dates.

``judging`` decides without a database; ``following`` writes what it decided; ``catching_up`` lets time that passed
while nobody looked take its effect before anybody looks.
"""
