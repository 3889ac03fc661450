"""Recordings (录音, policy article 14.1): owed by each connected call, kept with their digest, destroyed in their time."""
