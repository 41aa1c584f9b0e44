"""Reads of what is done for plans: only what the actor may see, as frozen records."""
