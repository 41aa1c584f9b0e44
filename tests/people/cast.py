"""The fixed cast: who is who in every test of rights.

Almaty centre (a state body of the city of Almaty) owns what the tests work with. Its coordinator, official, analyst and
reader are its own; the colleague is an analyst elsewhere in the same city; the stranger coordinates an organisation in
Osh; the programme manager looks over the whole of Kazakhstan; the operator runs the site and belongs to nobody.

``tests/conftest.py`` registers this module as a plugin:
a test asks for ``cast``, and signs somebody in with ``cast.sign_in(client, "analyst")``.
"""

import datetime as dt
from dataclasses import dataclass, field

import pytest

from hashar.people.contracts import CONSOLE, Actor, Role

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
PASSWORD = "seven calm rivers"


@dataclass
class Cast:
    """Organisations, territories and people by name; ``actor("analyst")`` is what services ask for."""

    country: int
    city: int
    elsewhere: int
    centre: int
    """Almaty centre."""
    neighbour: int
    """Another organisation in the same city."""
    foreign: int
    """An organisation in another country."""
    ministry: int
    """The programme manager's, for the whole country."""
    people: dict[str, int] = field(default_factory=dict)
    memberships: dict[str, int] = field(default_factory=dict)

    def actor(self, name: str) -> Actor:
        """The actor as the site sees them now."""
        from hashar.people.queries import actor_of

        return actor_of(self.people[name])

    def sign_in(self, client, name: str):
        """Sign somebody in with Django's test client, and give the client back."""
        from django.contrib.auth import get_user_model

        client.force_login(get_user_model().objects.get(pk=self.people[name]))
        return client


def make_territory(code, parent, level, names):
    from django.apps import apps

    model = apps.get_model("places", "Territory")
    found = model.objects.filter(code=code).first()
    path = f"{parent.path if parent else ''}{code}/"
    return found or model.objects.create(
        code=code, parent=parent, path=path, level=level, names=names, source="test", licence="test"
    )


def make_cast(now=NOW):
    """Everybody, through the services."""
    from hashar.people.services import accounts, memberships, organisations

    kz = make_territory("KZ", None, "country", {"en": "Kazakhstan", "ru": "Казахстан"})
    almaty = make_territory("KZ-75", kz, "region", {"en": "Almaty", "ru": "Алматы"})
    kg = make_territory("KG", None, "country", {"en": "Kyrgyzstan", "ru": "Кыргызстан"})
    osh = make_territory("KG-GO", kg, "region", {"en": "Osh", "ru": "Ош"})

    def organisation(name, kind, sector, level, territory):
        return organisations.create_organisation(
            actor=CONSOLE, name=name, kind=kind, sector=sector, level=level, territory=territory.pk, now=now
        )

    cast = Cast(
        country=kz.pk,
        city=almaty.pk,
        elsewhere=osh.pk,
        centre=organisation("Almaty centre", "state_body", "health", "region", almaty),
        neighbour=organisation("Almaty youth", "ngo", "youth", "region", almaty),
        foreign=organisation("Osh coalition", "ngo", "civic", "region", osh),
        ministry=organisation("Ministry", "state_body", "government", "country", kz),
    )
    played = {
        "operator": None,
        "coordinator": (cast.centre, Role.COORDINATOR),
        "official": (cast.centre, Role.OFFICIAL),
        "analyst": (cast.centre, Role.ANALYST),
        "reader": (cast.centre, Role.READER),
        "colleague": (cast.neighbour, Role.ANALYST),
        "stranger": (cast.foreign, Role.COORDINATOR),
        "manager": (cast.ministry, Role.PROGRAMME_MANAGER),
    }
    for name, part in played.items():
        person = accounts.make_account(
            actor=CONSOLE, login=name, name=name.title(), password=PASSWORD, operator=part is None, now=now
        )
        cast.people[name] = person
        if part is not None:
            cast.memberships[name] = memberships.add_member(
                actor=CONSOLE, organisation=part[0], person=person, role=part[1], now=now
            )
    return cast


@pytest.fixture
def cast(db):
    """The fixed cast, in the database."""
    return make_cast()
