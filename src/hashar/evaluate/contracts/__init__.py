"""Frozen records that enter and leave the step."""
