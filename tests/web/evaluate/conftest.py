from tests.assess.conftest import data, survey

__all__ = ["data", "survey"]
