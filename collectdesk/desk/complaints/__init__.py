"""Complaints (投诉, policy article 10.2): received, handled by somebody it is not about, decided, told of, closed."""
