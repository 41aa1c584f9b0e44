"""Reads of surveys, releases and findings: only what the actor may see, as frozen records."""
