"""Emergencies through their whole life (突发情况, policy article 12): alarm, next in line, taking it, release."""
