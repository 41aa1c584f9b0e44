from django.apps import AppConfig


class RunsConfig(AppConfig):
    """Runs: long work with progress."""

    name = "hashar.runs"
    label = "runs"
