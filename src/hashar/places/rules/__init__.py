"""Pure decisions about places."""

TERRITORY_LEVELS = ("country", "region", "district", "city")
SEXES = ("all", "female", "male")
OPEN_AGE = 150
"""Stored as the last age of a band without an end ("65 and older", "all ages")."""
IMPORT_KINDS = ("territories", "population")
IMPORT_STATES = ("checked", "done", "undone")
LONGEST_PATH = 120
