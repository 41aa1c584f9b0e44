"""Reads of plans: only what the actor may see, as frozen records."""
