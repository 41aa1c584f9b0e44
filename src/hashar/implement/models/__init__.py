"""The tables of the step."""
