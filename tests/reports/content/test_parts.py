import pytest

from hashar.errors import NotFound
from hashar.i18n import LANGUAGES
from hashar.reports.content.document import Chart, Heading, PageBreak, Reference, Table
from hashar.reports.content.parts import part_names, profile_part
from tests.reports.sample import sample_profile


def tables(part):
    return [b.table if isinstance(b, Chart) else b for b in part.blocks if isinstance(b, Chart | Table)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_has_a_title_and_no_first_heading(language):
    profile = sample_profile()
    for name in part_names(profile):
        part = profile_part(profile, language, name)
        assert part.title
        assert part.blocks
        assert not [b for b in part.blocks if isinstance(b, PageBreak) or (isinstance(b, Heading) and b.level == 1)]


def test_every_indicator_and_factor_has_a_part_of_its_own():
    profile = sample_profile()
    for item in profile.indicators:
        part = profile_part(profile, "en", "indicator", item.name)
        rows = [row.about for table in tables(part) for row in table.rows if row.about]
        assert all(about.name == item.name for about in rows)
        assert not item.breakdowns or Reference("indicator", item.name) in rows
    for factor in profile.factors:
        assert profile_part(profile, "en", "factor", factor.code).blocks


@pytest.mark.parametrize(("name", "subject"), [("nothing", ""), ("indicator", "nobody"), ("factor", "F-X9"), ("", "")])
def test_other_parts_do_not_exist(name, subject):
    with pytest.raises(NotFound):
        profile_part(sample_profile(), "en", name, subject)
