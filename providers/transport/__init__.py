"""What the hosted providers share: sending, limits, retries, checks of answers, notes of calls."""
