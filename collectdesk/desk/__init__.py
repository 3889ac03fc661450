"""The work: one module per chapter of the policy, the call and the import in rooms of their own."""
