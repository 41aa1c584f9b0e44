"""A national centre with its people, the shipped territories, and files of registers."""

import datetime as dt
import io

import pytest

from hashar.assess.contracts.series import Measure, PeriodKind
from hashar.assess.contracts.series_draft import SeriesDraft
from hashar.assess.services.series import create_series
from hashar.assess.services.series_imports import store, upload
from hashar.assess.services.series_preview import preview
from hashar.people.contracts import CONSOLE, Role
from hashar.people.queries import actor_of
from hashar.people.services import accounts, memberships, organisations
from hashar.places.services.loading import load_shipped

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(hours=2)


class World:
    """What the tests of registers act with."""

    def __init__(self, cast):
        self.cast = cast
        self.centre = organisations.create_organisation(
            actor=CONSOLE,
            name="National centre",
            kind="state_body",
            sector="health",
            level="country",
            territory=cast.country,
            now=NOW,
        )
        self.people = {}
        for role in Role:
            name = f"national-{role.value}"
            self.people[role.value] = accounts.make_account(
                actor=CONSOLE, login=name, name=name.title(), password="seven calm rivers", now=NOW
            )
            memberships.add_member(
                actor=CONSOLE, organisation=self.centre, person=self.people[role.value], role=role, now=NOW
            )

    def actor(self, role):
        return actor_of(self.people[role]) if role in self.people else self.cast.actor(role)

    def sign_in(self, client, role):
        from django.contrib.auth import get_user_model

        client.force_login(get_user_model().objects.get(pk=self.people[role]))
        return client

    def series(self, title="Registered drug offences", **more):
        draft = {
            "title": title,
            "source": "Committee on Legal Statistics",
            "territory": "KZ",
            "measure": Measure.EVENTS,
            "period_kind": PeriodKind.YEAR,
        }
        return create_series(
            actor=self.actor("official"), organisation=self.centre, draft=SeriesDraft(**{**draft, **more}), now=NOW
        )

    def upload(self, series, text, name="register.csv", who="official", now=NOW):
        content = text.encode() if isinstance(text, str) else text
        return upload(actor=self.actor(who), series=series, name=name, content=io.BytesIO(content), now=now)

    def preview(self, import_id, who="official", now=NOW):
        return preview(self.actor(who), import_id, now=now)

    def store(self, import_id, good_only=False, who="official", now=NOW):
        digest = self.preview(import_id, who, now).digest
        store(actor=self.actor(who), import_id=import_id, digest=digest, good_only=good_only, now=now)

    def bring(self, series, text, name="register.csv", now=NOW, good_only=False):
        """Upload and store in one go; returns the import."""
        made = self.upload(series, text, name, now=now)
        self.store(made, good_only=good_only, now=now)
        return made


@pytest.fixture
def world(cast, settings, tmp_path):
    settings.DATA = tmp_path
    settings.HASHAR_REQUIRE_SECOND_FACTOR = False
    load_shipped(now=NOW)
    return World(cast)
