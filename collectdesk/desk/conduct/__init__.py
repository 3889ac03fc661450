"""Conduct (行为规范, policy article 9): violations recorded, decided by somebody else, appealed; who may not call."""
