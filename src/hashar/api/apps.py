from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The read API."""

    name = "hashar.api"
    label = "api"
