from tests.evaluate.conftest import data, kit, register, survey, two_waves

__all__ = ["data", "kit", "register", "survey", "two_waves"]
