"""A report of Almaty centre, and what its claims rest on: a survey with two waves, a register."""

import datetime as dt
import io
from dataclasses import dataclass

import numpy as np
import pytest

from hashar.assess.contracts.series import Measure, PeriodKind
from hashar.assess.contracts.series_draft import SeriesDraft
from hashar.assess.services import series as series_services
from hashar.assess.services import series_imports
from hashar.assess.services.series_preview import preview
from hashar.evaluate import queries
from hashar.evaluate.contracts.claims import Direction, TrendClaim
from hashar.evaluate.contracts.kept import Source, SourceKind
from hashar.evaluate.services import kept, reports
from hashar.evaluate.services.guard import trend_from_samples
from tests.assess import small_survey
from tests.assess.conftest import data, survey
from tests.assess.site import csv
from tests.people.cast import NOW

__all__ = ["data", "survey"]
LATER = NOW + dt.timedelta(days=1)
SENTENCE = {"en": "Fewer pupils drink than two years ago."}
FELL = TrendClaim(direction=Direction.FELL)
STATED = Source(kind=SourceKind.TYPED, stated="Report of the city, 2026, page 4")


def printed(earlier=0.10, later=0.08, n=600, **more):
    """Evidence that somebody typed out of a printed report."""
    return trend_from_samples(earlier=earlier, later=later, n_earlier=n, n_later=n, clusters=60, deff=2, **more)


@dataclass
class Kit:
    """One report, and short words for what is done in it."""

    cast: object
    report: int

    def actor(self, who="coordinator"):
        return self.cast.actor(who)

    def open(self, title="Another report", who="coordinator", **about):
        return reports.open_report(actor=self.actor(who), organisation=self.cast.centre, title=title, now=NOW, **about)

    def keep(self, claim=FELL, source=STATED, typed=None, who="analyst", report=None, sentence=SENTENCE, now=NOW):
        typed = printed() if typed is None and source.kind is SourceKind.TYPED else typed
        return kept.keep(
            actor=self.actor(who),
            report=report or self.report,
            sentence=sentence,
            claim=claim,
            source=source,
            typed=typed,
            now=now,
        )

    def read(self, claim, who="analyst"):
        return queries.kept_claim(self.actor(who), claim)

    def detail(self, who="analyst", report=None):
        return queries.report(self.actor(who), report or self.report)

    def override(self, claim, reason="The ministry asked for the sentence as it is.", who="coordinator", number=1):
        kept.override(actor=self.actor(who), claim=claim, judgement=number, reason=reason, now=LATER)


@pytest.fixture
def kit(cast):
    made = reports.open_report(actor=cast.actor("coordinator"), organisation=cast.centre, title="Report", now=NOW)
    return Kit(cast, made)


def drinkers(wave, yes):
    """The columns of a wave of 600 pupils in 40 schools, of whom exactly ``yes`` drink, drawn by lot."""
    columns = small_survey.rows(seed=wave, wave=wave)
    n = len(columns["alc"])
    columns["w"][:] = 1.0
    columns["alc"][:] = 2
    columns["alc"][np.random.default_rng(wave).permutation(600)[:yes]] = 1
    assert n == 610
    return columns


@pytest.fixture
def two_waves(survey):
    """A shared release: ``make(earlier, later)`` drinkers of 600 in each wave."""

    def make(earlier, later):
        survey.upload("survey_2020.csv", csv(columns=drinkers(2020, earlier)))
        survey.upload("survey_2022.csv", csv(columns=drinkers(2022, later)))
        survey.save()
        release = survey.release()
        survey.share(release)
        return release

    return make


def from_release(release, name="alcohol", **more):
    return Source(kind=SourceKind.RELEASE, release=release, place={"name": name, **more})


def level_of(release, name="alcohol", wave="2022", group="", level="", about="indicator"):
    return from_release(release, name, about=about, wave=wave, group=group, level=level)


@dataclass
class Register:
    """A register of the city."""

    cast: object
    id: int

    def bring(self, text, name="register.csv", now=NOW):
        official = self.cast.actor("official")
        made = series_imports.upload(
            actor=official, series=self.id, name=name, content=io.BytesIO(text.encode()), now=now
        )
        digest = preview(official, made, now=now).digest
        series_imports.store(actor=official, import_id=made, digest=digest, good_only=False, now=now)

    def counts(self, earlier="2022", later="2023", territory="KZ-75", noted=()):
        place = {"territory": territory, "earlier": earlier, "later": later}
        return Source(kind=SourceKind.SERIES, series=self.id, place=place, noted=noted)


@pytest.fixture
def register(cast, data):
    draft = SeriesDraft(
        title="Registered drug users",
        source="Ministry of Health",
        territory="KZ-75",
        measure=Measure.PEOPLE,
        period_kind=PeriodKind.YEAR,
    )
    made = series_services.create_series(actor=cast.actor("official"), organisation=cast.centre, draft=draft, now=NOW)
    found = Register(cast, made)
    found.bring("territory,year,value\nKZ-75,2022,1000\nKZ-75,2023,1200\nKZ-75,2024,3\n")
    return found
