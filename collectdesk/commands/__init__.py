"""One module per noun the user types: parse, ask the desk, show.

Heavy imports stand inside function bodies.
"""
