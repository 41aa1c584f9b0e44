"""Hashar."""
