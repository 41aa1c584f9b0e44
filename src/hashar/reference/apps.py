from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    """Reference: the field's vocabulary."""

    name = "hashar.reference"
    label = "reference"
