from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """People: organisations, members, roles, audit."""

    name = "hashar.people"
    label = "people"
