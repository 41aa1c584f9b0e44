"""The name that was probably meant."""

from hashar.assess.rules.names import close_match


def test_capital_letters_are_the_first_thing_to_forgive():
    assert close_match("WEIGHT", ["weigh", "weight"]) == "weight"


def test_a_slip_of_the_finger_is_understood():
    assert close_match("straum", ["psu", "stratum"]) == "stratum"


def test_nothing_is_guessed_from_nothing():
    assert close_match("zzz", ["psu", "stratum"]) == ""
