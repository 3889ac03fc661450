"""Recordings (录音, policy article 14.1): owed by each call that connected, kept with a digest, destroyed in time."""
