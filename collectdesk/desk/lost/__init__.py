"""Lost contact (失联, policy article 11.2): whether it is, whom that lets the desk ask, and what was tried."""
