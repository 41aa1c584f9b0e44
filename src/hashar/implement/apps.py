from django.apps import AppConfig


class ImplementConfig(AppConfig):
    """Implement: progress of measures and activities."""

    name = "hashar.implement"
    label = "implement"
