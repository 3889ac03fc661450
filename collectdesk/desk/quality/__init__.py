"""Quality (质检, policy articles 9 and 14): which calls are reviewed and why, how each is scored, what follows."""
