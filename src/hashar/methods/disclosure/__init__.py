"""Disclosure control: which numbers of a release are hidden, and the test that tries to work them out again."""

from hashar.methods.disclosure.attacker import Attack, Knowledge, attack
from hashar.methods.disclosure.primary import Harmless, Reason, Thresholds, primary
from hashar.methods.disclosure.suppression import Suppressed, complementary
from hashar.methods.disclosure.tables import Relations, Tables

__all__ = [
    "Attack",
    "Harmless",
    "Knowledge",
    "Reason",
    "Relations",
    "Suppressed",
    "Tables",
    "Thresholds",
    "attack",
    "complementary",
    "primary",
]
