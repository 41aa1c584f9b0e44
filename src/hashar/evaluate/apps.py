from django.apps import AppConfig


class EvaluateConfig(AppConfig):
    """Evaluate: claims, judged and kept."""

    name = "hashar.evaluate"
    label = "evaluate"
