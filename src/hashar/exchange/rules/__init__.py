"""Pure decisions about practices."""

LANES = ("tested", "community")
STATES = ("draft", "shared", "withdrawn")
SETTINGS = (
    *("school", "family", "home", "community", "health", "workplace"),
    *("online", "media", "policy", "justice", "nightlife"),
)
LEVELS = ("universal", "selective", "indicated", "environmental")
COSTS = ("low", "medium", "high")
READINGS = ("effective", "promising", "unclear", "no_effect", "against", "listed")
BASES = ("source", "inferred")
ALL_FACTORS = "ALL"
"""A way of working that chooses practices for whichever factors are raised."""
OLDEST = 120
LONGEST_NAME, LONGEST_TEXT = 160, 2000
