import pytest

from tests.assess.site import make_survey


@pytest.fixture
def data(settings, tmp_path):
    """An empty data folder of its own."""
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    return settings.DATA


@pytest.fixture
def survey(cast, data):
    """A survey of Almaty centre without any file."""
    return make_survey(cast, data)
