"""Territories, their names, boundaries and populations."""
